namespace Dsm.Exchange.Submissions;

/// <summary>Which door a submission came through.</summary>
public enum SubmissionOrigin
{
    /// <summary>Pulled from a registered source.</summary>
    Harvest,

    /// <summary>Uploaded as a file on a page.</summary>
    Upload,

    /// <summary>Pushed over HTTP by a national system.</summary>
    Push,

    /// <summary>Typed into a form.</summary>
    Form,

    /// <summary>Copied from paper.</summary>
    Paper,
}

/// <summary>How far a submission came. Only <see cref="Merged"/> and <see cref="Unchanged"/> are good ends.</summary>
public enum SubmissionStatus
{
    /// <summary>The bytes are kept; nothing else was done yet.</summary>
    Received,

    /// <summary>It is being read, checked, mapped and staged.</summary>
    Processing,

    /// <summary>Findings forbid its use; nothing changed in the warehouse.</summary>
    Rejected,

    /// <summary>Checked only, as asked for; nothing changed in the warehouse.</summary>
    Checked,

    /// <summary>Its content is in the warehouse.</summary>
    Merged,

    /// <summary>Everything in it was in the warehouse already.</summary>
    Unchanged,

    /// <summary>It would withdraw or alter so much that a person has to decide; nothing changed in the warehouse.</summary>
    Held,

    /// <summary>A fault of the hub ended the work; nothing changed in the warehouse, it can be repeated.</summary>
    Failed,
}

/// <summary>One message as received, with what became of it. The bytes are in <see cref="SubmissionContents"/> under the hash.</summary>
public sealed class Submission
{
    /// <summary>Number, ascending.</summary>
    public long Id { get; set; }

    /// <summary>The door.</summary>
    public SubmissionOrigin Origin { get; set; }

    /// <summary>When the first byte came.</summary>
    public DateTimeOffset ReceivedAt { get; set; }

    /// <summary>When the work on it ended; null while it is not.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>URN of the provision agreement it is for.</summary>
    public required string AgreementUrn { get; set; }

    /// <summary>URN of the structure map from the national to the regional structure; null when they are one.</summary>
    public string? MapUrn { get; set; }

    /// <summary>URN of the national dataflow the message must follow; null for the agreement's own flow.</summary>
    public string? SourceStructureUrn { get; set; }

    /// <summary>True when the message holds all data of the agreement, so that what it lacks is withdrawn.</summary>
    public bool IsSnapshot { get; set; }

    /// <summary>SHA-256 of the bytes, lower-case hexadecimal.</summary>
    public required string ContentHash { get; set; }

    /// <summary>Number of bytes.</summary>
    public long ContentLength { get; set; }

    /// <summary>Content type as declared by the sender; null when none.</summary>
    public string? DeclaredMediaType { get; set; }

    /// <summary>Format as found in the bytes, e.g. <c>SDMX-ML 2.1 generic</c>; null when not recognised.</summary>
    public string? DetectedFormat { get; set; }

    /// <summary>File name or URL it came from.</summary>
    public string? SourceName { get; set; }

    /// <summary>User who sent it; null for harvests.</summary>
    public string? UserName { get; set; }

    /// <summary>Harvest run it belongs to; null otherwise.</summary>
    public long? RunId { get; set; }

    /// <summary>How far it came.</summary>
    public SubmissionStatus Status { get; set; }

    /// <summary>Counts in observations of the message.</summary>
    public MergeCounts Counts { get; set; } = new();

    /// <summary>Series that got a new version.</summary>
    public long SeriesVersions { get; set; }

    /// <summary>Instant from which its content is current in the warehouse; null when nothing was merged.</summary>
    public DateTimeOffset? MergedAt { get; set; }
}
