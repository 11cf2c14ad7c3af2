using System.Globalization;
using Dsm.Sdmx.Data;

namespace Dsm.Cli.Outputs;

/// <summary>What a command writes: standard output (<c>-</c>), or a file that appears only when it is whole.</summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string? _path;
    private readonly string? _temporary;
    private bool _isKept;

    private OutputFile(Stream stream, string? path, string? temporary) => (Stream, _path, _temporary) = (stream, path, temporary);

    /// <summary>Where to write.</summary>
    public Stream Stream { get; }

    /// <summary>Opens an output.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static OutputFile Create(CliContext context, string path)
    {
        if (path == "-")
        {
            context.Console.Out.Flush();
            return new OutputFile(context.Console.Output, null, null);
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException(context.Text.Format("folder.none", folder));
        }

        string temporary = $"{path}.{Environment.ProcessId}.part";
        return new OutputFile(new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024), path, temporary);
    }

    /// <summary>A header for messages whose source has none.</summary>
    public static MessageHeader NewHeader()
    {
        DateTime now = DateTime.UtcNow;
        return new MessageHeader
        {
            Id = "DSM" + now.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture),
            Prepared = now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Says that all was written.</summary>
    public void Keep() => _isKept = true;

    public void Dispose()
    {
        Stream.Flush();
        if (_temporary is null)
        {
            return;
        }

        Stream.Dispose();
        if (_isKept)
        {
            File.Move(_temporary, _path!, overwrite: true);
        }
        else
        {
            File.Delete(_temporary);
        }
    }
}
