using System.Collections.Immutable;
using Dsm.Sdmx.Issues;

namespace Dsm.Exchange.Submissions;

/// <summary>What was received, accepted and refused, and why.</summary>
/// <param name="Submission">The submission with its state and counts.</param>
/// <param name="Findings">All findings, grouped by cause, in the order of the stages.</param>
public sealed record SubmissionReceipt(Submission Submission, ImmutableArray<Finding> Findings)
{
    /// <summary>True when the message's content is in the warehouse.</summary>
    public bool IsAccepted => Submission.Status is SubmissionStatus.Merged or SubmissionStatus.Unchanged;

    /// <summary>The finding that ended the work; null for a good end.</summary>
    public Finding? Failure => IsAccepted || Submission.Status == SubmissionStatus.Checked
        ? null
        : Findings.LastOrDefault(f => f.Severity == Severity.Fatal) ?? Findings.LastOrDefault(f => f.Severity == Severity.Error);
}
