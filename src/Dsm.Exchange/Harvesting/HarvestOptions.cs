namespace Dsm.Exchange.Harvesting;

/// <summary>Limits of harvests, section <c>Hub:Harvest</c>. What differs by source is in <see cref="Source"/>.</summary>
public sealed record HarvestOptions
{
    /// <summary>Requests made at most in one run.</summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>Pause before the second request; doubled before each further one, with up to a quarter of chance added.</summary>
    public TimeSpan BackOff { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest pause a source may ask for with Retry-After; a longer one ends the run.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a run gives a sign of life and looks whether it shall stop.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Bytes an answer may have after decompression.</summary>
    public long MaxContentBytes { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>True to ask sources through the proxy of the environment (HTTPS_PROXY), which then decides what may be reached.</summary>
    public bool UseProxy { get; init; }

    /// <summary>Redirects followed in one request.</summary>
    public int MaxRedirects { get; init; } = 5;

    /// <summary>
    /// Hosts that may be harvested although they are inside the network (loopback, private, link-local). A public host needs no entry
    /// unless <see cref="OnlyAllowedHosts"/>.
    /// </summary>
    public List<string> AllowedHosts { get; init; } = [];

    /// <summary>True when no other host than <see cref="AllowedHosts"/> may be harvested.</summary>
    public bool OnlyAllowedHosts { get; init; }

    /// <summary>
    /// Subtracted from the source's time of the last good run for <c>updatedAfter</c>: what was being written then may have been stamped
    /// before. Repeated data do no harm.
    /// </summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Age of the last whole answer of a source that is asked for changes beyond which it is asked for everything again: changes do not tell
    /// of what was deleted in silence.
    /// </summary>
    public TimeSpan WholeEvery { get; init; } = TimeSpan.FromDays(7);
}
