using System.Collections.Immutable;
using Dsm.Sdmx.Issues;

namespace Dsm.Exchange.Registry.Impact;

/// <summary>
/// What the last message of an agreement, kept as it came, would become: read, validated, mapped, validated and checked once by the
/// structures of now and once by those to come. Staging and merging are left out, so nothing changes.
/// </summary>
public sealed record MessageTrial
{
    /// <summary>Which structures to come.</summary>
    public required ImpactTiming Timing { get; init; }

    /// <summary>Number of the submission.</summary>
    public required long SubmissionId { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>URN of its agreement.</summary>
    public required string AgreementUrn { get; init; }

    /// <summary>URN of the structure map it goes through; null when it follows the regional structure.</summary>
    public string? MapUrn { get; init; }

    /// <summary>Code of the reporting state; null when the agreement is not bound to one.</summary>
    public required string? State { get; init; }

    /// <summary>What becomes of it now.</summary>
    public required TrialCounts Before { get; init; }

    /// <summary>What becomes of it then.</summary>
    public required TrialCounts After { get; init; }

    /// <summary>Findings that are new or concern more observations than now, the weightiest first.</summary>
    public required ImmutableArray<TrialFinding> Findings { get; init; }

    /// <summary>Observations accepted now and not then; negative when more are accepted then.</summary>
    public long Lost => Before.Accepted - After.Accepted;
}

/// <summary>Counts of one trial.</summary>
/// <param name="Read">Observations read.</param>
/// <param name="Refused">Those of them that are refused one by one.</param>
/// <param name="IsRejected">True when the message as a whole cannot be used.</param>
public readonly record struct TrialCounts(long Read, long Refused, bool IsRejected)
{
    /// <summary>Observations that would go into the warehouse.</summary>
    public long Accepted => IsRejected ? 0 : Read - Refused;
}

/// <summary>A kind of finding that the structures to come make or make more often.</summary>
/// <param name="Stage">Stage of the pipeline: read, validate, map, check.</param>
/// <param name="Group">The findings, with samples.</param>
/// <param name="More">How many more there are than now.</param>
/// <param name="MoreObservations">How many more observations they stand for than now.</param>
public sealed record TrialFinding(string Stage, IssueGroup Group, long More, long MoreObservations);
