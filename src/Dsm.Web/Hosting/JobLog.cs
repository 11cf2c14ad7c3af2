using System.Collections.Immutable;
using Hangfire.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Dsm.Web.Hosting;

/// <summary>
/// Where the job engine writes its log. The engine knows one place per process and asks it for a logger with every job it takes: were that
/// the loggers of one hub, the end of this hub would make every other hub of the process fail between taking a job and beginning it.
/// Therefore a logger is looked up when something is written, among the hubs that live; without any, nothing is written.
/// </summary>
internal sealed class JobLog : ILogProvider
{
    private static ImmutableList<ILoggerFactory> hubs = [];

    /// <summary>Has the engine write to the loggers of a hub until the result is disposed. Of several hubs the last to come gets all.</summary>
    public static IDisposable Join(ILoggerFactory loggers)
    {
        ImmutableInterlocked.Update(ref hubs, list => list.Add(loggers));
        return new Membership(loggers);
    }

    /// <inheritdoc/>
    public ILog GetLogger(string name) => new NamedLog(name);

    private sealed class Membership(ILoggerFactory loggers) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref hubs, list => list.Remove(loggers));
    }

    private sealed class NamedLog(string name) : ILog
    {
        // Asked without a message, the engine wants to know whether one would be written.
        public bool Log(Hangfire.Logging.LogLevel logLevel, Func<string>? messageFunc, Exception? exception = null)
        {
            LogLevel level = LevelOf(logLevel);
            ImmutableList<ILoggerFactory> living = Volatile.Read(ref hubs);
            try
            {
                if (living.IsEmpty || living[^1].CreateLogger(name) is not { } logger || !logger.IsEnabled(level))
                {
                    return false;
                }

                if (messageFunc is not null)
                {
                    logger.Log(level, 0, messageFunc(), exception, (text, _) => text);
                }

                return true;
            }
            catch (ObjectDisposedException)
            {
                // The hub ended at this moment; a line of the log is not worth a job.
                return false;
            }
        }
    }

    private static LogLevel LevelOf(Hangfire.Logging.LogLevel level) => level switch
    {
        Hangfire.Logging.LogLevel.Trace => LogLevel.Trace,
        Hangfire.Logging.LogLevel.Debug => LogLevel.Debug,
        Hangfire.Logging.LogLevel.Info => LogLevel.Information,
        Hangfire.Logging.LogLevel.Warn => LogLevel.Warning,
        Hangfire.Logging.LogLevel.Error => LogLevel.Error,
        _ => LogLevel.Critical,
    };
}
