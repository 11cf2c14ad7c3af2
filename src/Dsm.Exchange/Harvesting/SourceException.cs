using Dsm.Sdmx.Issues;

namespace Dsm.Exchange.Harvesting;

/// <summary>A request to a source that gave no usable answer, as an issue, with the word whether trying again may help.</summary>
public sealed class SourceException : IOException
{
    /// <summary>Makes the exception.</summary>
    public SourceException(Issue issue, bool isTransient, TimeSpan? retryAfter = null, Exception? inner = null)
        : base(issue?.ToString(), inner)
    {
        Issue = issue!;
        IsTransient = isTransient;
        RetryAfter = retryAfter;
    }

    /// <summary>What happened.</summary>
    public Issue Issue { get; }

    /// <summary>True when the same request may succeed a little later.</summary>
    public bool IsTransient { get; }

    /// <summary>Pause the source asked for; null when it asked for none.</summary>
    public TimeSpan? RetryAfter { get; }
}
