namespace Dsm.Exchange.Submissions;

/// <summary>What is known of a message when its first byte comes.</summary>
public sealed record SubmissionDraft
{
    /// <summary>The door.</summary>
    public required SubmissionOrigin Origin { get; init; }

    /// <summary>URN of the provision agreement it is for.</summary>
    public required string AgreementUrn { get; init; }

    /// <summary>URN of the structure map; null when the message follows the regional structure.</summary>
    public string? MapUrn { get; init; }

    /// <summary>URN of the national dataflow; null when the message follows the regional structure.</summary>
    public string? SourceStructureUrn { get; init; }

    /// <summary>True when the message holds all data of the agreement, so that what it lacks is withdrawn.</summary>
    public bool IsSnapshot { get; init; }

    /// <summary>Content type as declared by the sender; null when none.</summary>
    public string? DeclaredMediaType { get; init; }

    /// <summary>File name or URL it came from.</summary>
    public string? SourceName { get; init; }

    /// <summary>User who sent it; null for harvests.</summary>
    public string? UserName { get; init; }

    /// <summary>Harvest run it belongs to; null otherwise.</summary>
    public long? RunId { get; init; }
}
