using System.Collections.Immutable;
using System.Diagnostics;

namespace Dsm.Exchange.Registry.Impact;

/// <summary>The time a report may take: what does not fit into it is left out and named.</summary>
internal sealed class ImpactClock(TimeSpan limit, CancellationToken ct)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly SortedSet<string> _late = new(StringComparer.Ordinal);

    /// <summary>Ends the report as a whole.</summary>
    public CancellationToken Token => ct;

    /// <summary>Time since the beginning.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>True when a share of the time is used up, from 0 to 1.</summary>
    public bool IsPast(double share) => Elapsed >= limit * share;

    /// <summary>What there was no time for.</summary>
    public ImmutableArray<string> NotLookedAt => [.. _late];

    /// <summary>Does a part of the work; false when there was not enough time, which is noted under its name.</summary>
    public async Task<bool> TryAsync(string name, Func<CancellationToken, Task> work)
    {
        TimeSpan left = limit - Elapsed;
        if (left <= TimeSpan.Zero)
        {
            _late.Add(name);
            return false;
        }

        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        end.CancelAfter(left);
        try
        {
            await work(end.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            _late.Add(name);
            return false;
        }
    }
}
