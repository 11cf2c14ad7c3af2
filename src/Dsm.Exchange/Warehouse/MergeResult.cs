using Dsm.Exchange.Submissions;

namespace Dsm.Exchange.Warehouse;

/// <summary>How a merge ended.</summary>
public enum MergeOutcome
{
    /// <summary>Published.</summary>
    Published,

    /// <summary>The warehouse had everything already; nothing was written.</summary>
    Unchanged,

    /// <summary>Compared only; nothing was written.</summary>
    Checked,

    /// <summary>A snapshot would withdraw more than it may; nothing was written.</summary>
    TooMuchWithdrawn,

    /// <summary>The counts do not add up, which is a fault of the hub; nothing was written.</summary>
    Unbalanced,
}

/// <summary>What a merge did, or would have done.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Counts">What became of every observation of the message.</param>
/// <param name="SeriesVersions">Series that got a new version.</param>
/// <param name="CurrentObservations">Observations the agreement had before; 0 when no snapshot was merged.</param>
/// <param name="PublishedAt">From when the content is current; null when nothing was published.</param>
public sealed record MergeResult(MergeOutcome Outcome, MergeCounts Counts, long SeriesVersions, long CurrentObservations, DateTimeOffset? PublishedAt);

/// <summary>What a merge has to know beside what is staged.</summary>
public sealed record MergeOptions
{
    /// <summary>Observations read from the message.</summary>
    public required long Read { get; init; }

    /// <summary>Of them, those refused before staging.</summary>
    public required long Refused { get; init; }

    /// <summary>Compare only.</summary>
    public bool CheckOnly { get; init; }

    /// <summary>Share of the agreement's observations that a snapshot may withdraw; null for no limit.</summary>
    public double? MaxWithdrawnShare { get; init; }
}
