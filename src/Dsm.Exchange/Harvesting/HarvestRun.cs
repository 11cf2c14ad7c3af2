using Dsm.Exchange.Submissions;

namespace Dsm.Exchange.Harvesting;

/// <summary>State of a run. The four good or bad ends follow from the counts, never from the caller.</summary>
public enum RunStatus
{
    /// <summary>At work.</summary>
    Running,

    /// <summary>All that was read is in the warehouse.</summary>
    Clean,

    /// <summary>Some observations were refused, each with its reason; the others are in the warehouse.</summary>
    CleanWithRefusals,

    /// <summary>Nothing new.</summary>
    Unchanged,

    /// <summary>Nothing changed, with a reason; a run that does not balance is failed too.</summary>
    Failed,

    /// <summary>Ended by a person; nothing changed.</summary>
    Stopped,
}

/// <summary>An entry of the run ledger. Never deleted by the job engine.</summary>
public sealed class HarvestRun
{
    /// <summary>Number, ascending.</summary>
    public long Id { get; set; }

    /// <summary>The source.</summary>
    public required string SourceId { get; set; }

    /// <summary>What started it: schedule, manual, startup, retry.</summary>
    public required string Trigger { get; set; }

    /// <summary>User who started it; null when not a person.</summary>
    public string? StartedBy { get; set; }

    /// <summary>Start.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>End; null while running.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Sign of life while running.</summary>
    public DateTimeOffset HeartbeatAt { get; set; }

    /// <summary>Node that runs it.</summary>
    public required string Node { get; set; }

    /// <summary>Stage it is in or ended in: request, receive, read, merge, done.</summary>
    public string Stage { get; set; } = "request";

    /// <summary>State.</summary>
    public RunStatus Status { get; set; }

    /// <summary>Number of requests made.</summary>
    public int Attempts { get; set; }

    /// <summary>HTTP status of the last answer; null when there was none.</summary>
    public int? HttpStatus { get; set; }

    /// <summary>Bytes received.</summary>
    public long BytesReceived { get; set; }

    /// <summary>The submission it made; null when the source had nothing new or did not answer.</summary>
    public long? SubmissionId { get; set; }

    /// <summary>Counts; they must balance.</summary>
    public MergeCounts Counts { get; set; } = new();

    /// <summary>Code of the issue that ended it; null for a good end.</summary>
    public string? FailureCode { get; set; }

    /// <summary>Arguments of that issue by name.</summary>
    public Dictionary<string, string> FailureArguments { get; set; } = [];

    /// <summary>Who must act: provider, coordinator, administrator; null when nobody.</summary>
    public string? ActionBy { get; set; }

    /// <summary>User who asked it to stop; null when nobody did.</summary>
    public string? StopRequestedBy { get; set; }
}
