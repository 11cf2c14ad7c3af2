using Dsm.Exchange;
using Dsm.Exchange.Submissions;
using Dsm.Sdmx.Issues;
using Dsm.Web.Localisation;

namespace Dsm.Web.Pages.Submissions;

/// <summary>A submission in words of the page's language.</summary>
public static class SubmissionView
{
    private static readonly Dictionary<string, IssueCode> Codes = ExchangeIssues.All.Concat(IssueCodes.All).DistinctBy(c => c.Id).ToDictionary(c => c.Id);

    /// <summary>Class of the style sheet for a status.</summary>
    public static string Style(SubmissionStatus status) => status switch
    {
        SubmissionStatus.Merged or SubmissionStatus.Unchanged => "good",
        SubmissionStatus.Checked or SubmissionStatus.Held => "warn",
        SubmissionStatus.Rejected or SubmissionStatus.Failed => "bad",
        _ => "busy",
    };

    /// <summary>Key of the word for a status.</summary>
    public static string Key(SubmissionStatus status) => "submission." + status;

    /// <summary>Class of the style sheet for a severity.</summary>
    public static string Style(Severity severity) => severity switch
    {
        Severity.Information => "idle",
        Severity.Warning => "warn",
        _ => "bad",
    };

    /// <summary>The text of a finding in a language.</summary>
    public static string Text(Finding finding, string language)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return Codes.TryGetValue(finding.Code, out IssueCode? code)
            ? IssueText.Format(code, [.. code.Arguments.Select(a => finding.Arguments.GetValueOrDefault(a, ""))], language)
            : finding.Code;
    }

    /// <summary>The text of an issue of which its code and arguments were kept, in a language.</summary>
    public static string Text(string code, ReadOnlySpan<string> arguments, string language)
        => Codes.TryGetValue(code, out IssueCode? known) && known.Arguments.Length == arguments.Length ? IssueText.Format(known, arguments, language) : code;

    /// <summary>The verdict in one sentence.</summary>
    public static string Verdict(SubmissionReceipt receipt, PageTexts texts)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        ArgumentNullException.ThrowIfNull(texts);
        MergeCounts counts = receipt.Submission.Counts;
        string key = receipt.Submission.Status switch
        {
            SubmissionStatus.Merged when counts.Refused > 0 => "verdict.MergedWithRefusals",
            SubmissionStatus.Checked when receipt.Findings.Any(f => f.Severity >= Severity.Error) => "verdict.CheckedWithFindings",
            SubmissionStatus status => "verdict." + status,
        };
        return texts.Format(key, counts.Read, counts.Added, counts.Changed, counts.Removed, counts.Same, counts.Refused);
    }

    /// <summary>What happens next, in one or two sentences.</summary>
    public static string Next(SubmissionReceipt receipt, PageTexts texts)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        ArgumentNullException.ThrowIfNull(texts);
        return texts[receipt.Submission.Status switch
        {
            SubmissionStatus.Merged when receipt.Submission.Counts.Refused > 0 => "next.MergedWithRefusals",
            SubmissionStatus.Checked when receipt.Findings.Any(f => f.Severity >= Severity.Error) => "next.Rejected",
            SubmissionStatus status => "next." + status,
        }];
    }
}
