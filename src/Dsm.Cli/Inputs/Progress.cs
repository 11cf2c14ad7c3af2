using System.Diagnostics;

namespace Dsm.Cli.Inputs;

/// <summary>Shows on a terminal how far a long piece of work has come; silent for what is done within a second, and where nobody looks.</summary>
internal sealed class Progress(CliContext context, string what) : IDisposable
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1), Next = TimeSpan.FromMilliseconds(250);
    private readonly long _started = Stopwatch.GetTimestamp();
    private TimeSpan _shown;
    private bool _isShown;

    /// <summary>Tells how many of how many bytes are read; a total of 0 is not known.</summary>
    public void Report(long done, long total)
    {
        if (!context.Console.ShowsProgress)
        {
            return;
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(_started);
        if (elapsed - _shown < (_isShown ? Next : First))
        {
            return;
        }

        (_shown, _isShown) = (elapsed, true);
        string amount = total > 0 ? $"{100.0 * done / total:0} %" : $"{context.Text.Number(done / 1024 / 1024)} MiB";
        context.Console.Error.Write($"\r{what}: {amount}\u001b[K");
        context.Console.Error.Flush();
    }

    public void Dispose()
    {
        if (_isShown)
        {
            context.Console.Error.Write("\r\u001b[K");
            context.Console.Error.Flush();
        }
    }
}
