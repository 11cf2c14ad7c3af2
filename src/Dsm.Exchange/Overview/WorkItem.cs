using Dsm.Exchange.Harvesting;
using Dsm.Exchange.Submissions;

namespace Dsm.Exchange.Overview;

/// <summary>What somebody has to look at.</summary>
public enum WorkKind
{
    /// <summary>The last run of a source failed, was stopped or refused observations.</summary>
    Run,

    /// <summary>The last submission of an agreement was rejected, failed or is held for a decision.</summary>
    Submission,

    /// <summary>Figures are late.</summary>
    Late,
}

/// <summary>One entry of a person's list of work.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="State">Code of the state.</param>
/// <param name="FlowUrn">URN of the indicator's dataflow.</param>
/// <param name="Since">Since when.</param>
public sealed record WorkItem(WorkKind Kind, string State, string FlowUrn, DateTimeOffset Since)
{
    /// <summary>The run, for runs.</summary>
    public HarvestRun? Run { get; init; }

    /// <summary>The submission, for submissions.</summary>
    public Submission? Submission { get; init; }

    /// <summary>The cell, for late figures.</summary>
    public CoverageCell? Cell { get; init; }
}
