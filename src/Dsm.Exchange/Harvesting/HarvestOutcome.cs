using System.Globalization;
using Dsm.Exchange.Submissions;
using Dsm.Sdmx.Issues;

namespace Dsm.Exchange.Harvesting;

/// <summary>Who must act when a run failed.</summary>
public static class ActionBy
{
    /// <summary>The institution that sends the data.</summary>
    public const string Provider = "provider";

    /// <summary>The coordinator of the region: maps, agreements, registrations, decisions.</summary>
    public const string Coordinator = "coordinator";

    /// <summary>Who runs the installation.</summary>
    public const string Administrator = "administrator";
}

/// <summary>How a run ended. Good ends follow from the counts, bad ends from the issue that ended it; nobody sets a status by hand.</summary>
public sealed record HarvestOutcome
{
    private HarvestOutcome()
    {
    }

    /// <summary>State.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Counts of the observations.</summary>
    public MergeCounts Counts { get; init; } = new();

    /// <summary>Code of the issue that ended it; null for a good end.</summary>
    public string? FailureCode { get; init; }

    /// <summary>Arguments of that issue by name.</summary>
    public Dictionary<string, string> FailureArguments { get; init; } = [];

    /// <summary>Who must act; null when nobody.</summary>
    public string? ActionBy { get; init; }

    /// <summary>True when the warehouse holds what the source sent.</summary>
    public bool IsGood => Status is RunStatus.Clean or RunStatus.CleanWithRefusals or RunStatus.Unchanged;

    /// <summary>The end of a run that had nothing new to fetch.</summary>
    public static HarvestOutcome NothingNew { get; } = new() { Status = RunStatus.Unchanged };

    /// <summary>The end of a run whose content was processed.</summary>
    public static HarvestOutcome Of(SubmissionReceipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        MergeCounts counts = receipt.Submission.Counts;
        if (receipt.IsAccepted)
        {
            return Of(counts);
        }

        // The ledger tells what became of the warehouse: of a message that waits for a decision nothing was taken.
        if (receipt.Submission.Status == SubmissionStatus.Held)
        {
            counts = new MergeCounts { Read = counts.Read, Refused = counts.Read };
        }

        // Of a rejected message the first finding says more than the sentence that there were some.
        Finding? first = receipt.Findings.FirstOrDefault(f => f.Severity >= Severity.Error && f.Code != ExchangeIssues.MessageRejected.Id);
        return (receipt.Submission.Status == SubmissionStatus.Rejected ? first ?? receipt.Failure : receipt.Failure) is { } finding
            ? new HarvestOutcome
            {
                Status = RunStatus.Failed,
                Counts = counts,
                FailureCode = finding.Code,
                FailureArguments = Located(finding),
                ActionBy = Responsible(finding.Code, finding.Arguments),
            }
            : Failed(new Issue(ExchangeIssues.HubFault, Location.None, "no receipt"), counts);
    }

    /// <summary>The end that follows from counts: balanced or not, something refused, something changed.</summary>
    public static HarvestOutcome Of(MergeCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (!counts.IsBalanced)
        {
            long accounted = counts.Added + counts.Changed + counts.Removed + counts.Same + counts.Refused;
            return Failed(new Issue(ExchangeIssues.RunUnbalanced, Location.None, counts.Read, accounted), counts);
        }

        RunStatus status = counts.Refused > 0 ? RunStatus.CleanWithRefusals : counts.HasChanges ? RunStatus.Clean : RunStatus.Unchanged;
        return new HarvestOutcome { Status = status, Counts = counts };
    }

    /// <summary>The end of a run by an issue.</summary>
    public static HarvestOutcome Failed(Issue issue, MergeCounts? counts = null)
    {
        ArgumentNullException.ThrowIfNull(issue);
        Dictionary<string, string> arguments = issue.Code.Arguments.Zip(issue.Arguments).ToDictionary(a => a.First, a => a.Second);
        return new HarvestOutcome
        {
            Status = issue.Code == ExchangeIssues.RunStopped ? RunStatus.Stopped : RunStatus.Failed,
            Counts = counts ?? new(),
            FailureCode = issue.Code.Id,
            FailureArguments = arguments,
            ActionBy = Responsible(issue.Code.Id, arguments),
        };
    }

    // The first place is kept with the arguments, so that the ledger alone says where to look.
    private static Dictionary<string, string> Located(Finding finding)
    {
        Dictionary<string, string> arguments = new(finding.Arguments);
        if (finding.Samples is { IsDefaultOrEmpty: false } samples && samples[0] is { Line: > 0 } place)
        {
            arguments["line"] = place.Line.ToString(CultureInfo.InvariantCulture);
            arguments["column"] = place.Column.ToString(CultureInfo.InvariantCulture);
        }

        return arguments;
    }

    private static string? Responsible(string code, IReadOnlyDictionary<string, string> arguments) => code switch
    {
        "X0101" when arguments.TryGetValue("status", out string? status) && status is "401" or "403" or "404" or "410" => Harvesting.ActionBy.Coordinator,
        "X0106" or "X0107" => null,
        "X0108" or "X0109" => Harvesting.ActionBy.Administrator,
        "X0105" or "X0110" or "X0111" or "X0113" or "X0202" or "X0204" => Harvesting.ActionBy.Coordinator,
        _ when code.StartsWith('P') => Harvesting.ActionBy.Coordinator,
        _ => Harvesting.ActionBy.Provider,
    };
}
