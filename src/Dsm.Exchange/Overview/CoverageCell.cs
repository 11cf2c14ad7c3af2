using Dsm.Exchange.Harvesting;
using Dsm.Sdmx.Data;

namespace Dsm.Exchange.Overview;

/// <summary>What there is of one state and one indicator.</summary>
public sealed record CoverageCell
{
    /// <summary>Code of the state.</summary>
    public required string State { get; init; }

    /// <summary>URN of the indicator's dataflow.</summary>
    public required string FlowUrn { get; init; }

    /// <summary>Last period with figures that the reader may see; none when there are none.</summary>
    public TimePeriod LastPeriod { get; init; }

    /// <summary>How timely they are.</summary>
    public Freshness Freshness { get; init; }

    /// <summary>Last day on which the next figures are in time; null when there are no figures.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Number of observations the reader may see.</summary>
    public long Observations { get; init; }

    /// <summary>True when some of the figures are synthetic.</summary>
    public bool IsSynthetic { get; init; }

    /// <summary>The last run of its sources; of several sources the one that needs most attention. Null before the first run.</summary>
    public HarvestRun? LastRun { get; init; }
}
