using System.Text;

namespace Dsm.Cli;

/// <summary>The streams of the process; tests put their own in their place.</summary>
internal sealed class CliConsole(Stream input, Stream output, TextWriter error) : IDisposable
{
    /// <summary>Standard input.</summary>
    public Stream Input { get; } = input;

    /// <summary>Standard output as bytes. Flush <see cref="Out"/> before writing here.</summary>
    public Stream Output { get; } = output;

    /// <summary>Standard output as text in UTF-8 without byte order mark.</summary>
    public TextWriter Out { get; } = new StreamWriter(output, new UTF8Encoding(false), 16 * 1024, leaveOpen: true) { NewLine = "\n" };

    /// <summary>Standard error.</summary>
    public TextWriter Error { get; } = error;

    /// <summary>True when standard error is seen by somebody: progress is shown.</summary>
    public bool ShowsProgress { get; init; }

    /// <summary>True when standard output is a terminal: no binary content is written there.</summary>
    public bool IsOutputTerminal { get; init; }

    /// <summary>Language of the environment, e.g. <c>ru_RU.UTF-8</c>; null when not said.</summary>
    public string? EnvironmentLanguage { get; init; }

    /// <summary>How structures are fetched over HTTP.</summary>
    public HttpMessageHandler? Http { get; init; }

    /// <summary>The console of this process.</summary>
    public static CliConsole OfProcess() => new(
        Console.OpenStandardInput(),
        Console.OpenStandardOutput(),
        new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" })
    {
        ShowsProgress = !Console.IsErrorRedirected,
        IsOutputTerminal = !Console.IsOutputRedirected,
        EnvironmentLanguage = new[] { "LC_ALL", "LC_MESSAGES", "LANG" }.Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => !string.IsNullOrEmpty(v)),
    };

    public void Dispose()
    {
        Out.Dispose();
        Output.Flush();
        Error.Flush();
    }
}
