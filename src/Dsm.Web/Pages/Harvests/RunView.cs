using System.Globalization;
using Dsm.Exchange;
using Dsm.Exchange.Harvesting;
using Dsm.Exchange.Submissions;
using Dsm.Sdmx.Issues;
using Dsm.Web.Localisation;

namespace Dsm.Web.Pages.Harvests;

/// <summary>A run in words and numbers of the page's language.</summary>
public static class RunView
{
    /// <summary>Class of the style sheet for a status.</summary>
    public static string Style(RunStatus? status) => status switch
    {
        RunStatus.Clean or RunStatus.Unchanged => "good",
        RunStatus.CleanWithRefusals or RunStatus.Stopped => "warn",
        RunStatus.Failed => "bad",
        RunStatus.Running => "busy",
        _ => "idle",
    };

    /// <summary>Key of the word for a status.</summary>
    public static string Key(RunStatus? status) => "run." + (status?.ToString() ?? "None");

    /// <summary>Counts in short: <c>+12 ~3 −0 =4 380 !2</c>.</summary>
    public static string Counts(MergeCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return string.Create(CultureInfo.CurrentCulture, $"+{counts.Added:N0} ~{counts.Changed:N0} −{counts.Removed:N0} ={counts.Same:N0} !{counts.Refused:N0}");
    }

    /// <summary>How long a run took, or takes by now.</summary>
    public static string Duration(HarvestRun run, DateTimeOffset now, PageTexts texts)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(texts);
        TimeSpan time = (run.FinishedAt ?? now) - run.StartedAt;
        return time.TotalSeconds < 60
            ? texts.Format("run.seconds", time.TotalSeconds)
            : texts.Format("run.minutes", (int)time.TotalMinutes, time.Seconds);
    }

    /// <summary>Why a run failed, in the page's language; null for a good end.</summary>
    public static string? Reason(HarvestRun run, PageTexts texts)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(texts);
        if (run.FailureCode is null)
        {
            return null;
        }

        IssueCode? code = ExchangeIssues.All.Concat(IssueCodes.All).FirstOrDefault(c => c.Id == run.FailureCode);
        string text = code is null ? run.FailureCode
            : IssueText.Format(code, [.. code.Arguments.Select(a => run.FailureArguments.GetValueOrDefault(a, ""))], texts.Language);
        return run.FailureArguments.TryGetValue("line", out string? line)
            ? text + " " + texts.Format("run.line", line, run.FailureArguments.GetValueOrDefault("column", "")) : text;
    }
}
