using System.Net.Http.Headers;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Summary;
using Dsm.Sdmx.Issues;

namespace Dsm.Cli.Inputs;

/// <summary>
/// A message that can be opened several times: a file, standard input (<c>-</c>) or an address. What can be read only once is kept in a
/// temporary file, so that memory does not follow its size.
/// </summary>
internal sealed class MessageInput : IDisposable
{
    /// <summary>What SDMX services are asked for, best first (REST 1.5 and 2.x).</summary>
    private const string Accept =
        "application/vnd.sdmx.structure+xml;version=3.0.0, application/vnd.sdmx.structure+xml;version=2.1;q=0.9, application/xml;q=0.5, */*;q=0.1";

    private readonly CliContext _context;
    private readonly string _path;
    private readonly bool _isTemporary;
    private readonly Progress _progress;

    private MessageInput(CliContext context, string name, string path, bool isTemporary)
        => (_context, Name, _path, _isTemporary, _progress) = (context, name, path, isTemporary, new Progress(context, name));

    /// <summary>The name as given on the command line.</summary>
    public string Name { get; }

    /// <summary>Makes an input.</summary>
    /// <exception cref="IOException">The file does not exist, or cannot be kept.</exception>
    /// <exception cref="HttpRequestException">The address does not answer with a message.</exception>
    public static async Task<MessageInput> OpenAsync(CliContext context, string name, CancellationToken cancellationToken)
    {
        if (name == "-")
        {
            return new MessageInput(context, name, await KeepAsync(context.Console.Input, cancellationToken).ConfigureAwait(false), true);
        }

        if (name.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || name.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return new MessageInput(context, name, await FetchAsync(context, name, cancellationToken).ConfigureAwait(false), true);
        }

        if (!File.Exists(name))
        {
            throw new FileNotFoundException(context.Text.Format("file.none", name));
        }

        // An opened and closed stream tells at once, and in the words of the system, why a file cannot be read.
        using (File.OpenRead(name))
        {
            return new MessageInput(context, name, name, false);
        }
    }

    /// <summary>The message from its beginning, as it lies there, packed or not.</summary>
    public Stream Open() => new ProgressStream(new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, FileOptions.SequentialScan), _progress);

    /// <summary>The format of the message by its first bytes; null with an issue when it is not known.</summary>
    public SdmxFormat? Format(IssueList issues)
    {
        using Stream content = MessagePacking.Unpack(Open(), issues, DataReaderOptions.Default.MaxBytes);
        byte[] first = new byte[FormatSniffer.Window];
        int count = content.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        return issues.HasFatal ? null : FormatSniffer.Sniff(first.AsSpan(0, count), issues);
    }

    public void Dispose()
    {
        _progress.Dispose();
        if (_isTemporary)
        {
            File.Delete(_path);
        }
    }

    private static async Task<string> FetchAsync(CliContext context, string address, CancellationToken cancellationToken)
    {
        using HttpClient client = context.Console.Http is { } handler ? new HttpClient(handler, disposeHandler: false) : new HttpClient();
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("dsm", typeof(MessageInput).Assembly.GetName().Version?.ToString(3)));
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept", Accept);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        request.Headers.TryAddWithoutValidation("Accept-Language", context.Text.Language);
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        return await KeepAsync(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string> KeepAsync(Stream stream, CancellationToken cancellationToken)
    {
        string path = Path.GetTempFileName();
        try
        {
            await using FileStream file = new(path, FileMode.Create, FileAccess.Write);
            await stream.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            return path;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }
}
