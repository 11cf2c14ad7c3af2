using Dsm.Sdmx.Issues;

namespace Dsm.Exchange.Rules;

/// <summary>
/// Findings of the domain rules, under the numbers by which migration statisticians know them. An error refuses the observation: it is
/// not published, and the rest of the message is. A warning lets it pass and asks the provider to explain.
/// </summary>
public static class RuleIssues
{
    /// <summary>A value is given although the status says that there is none.</summary>
    public static readonly IssueCode ValueDespiteStatus = new("V03A", Severity.Error, "value", "status");

    /// <summary>Neither a value nor a status that says why there is none.</summary>
    public static readonly IssueCode NoValueNoReason = new("V03B", Severity.Error, "status");

    /// <summary>Citizens of the reporting state itself among foreigners. A warning: national sources count some of them on purpose (returning refugees).</summary>
    public static readonly IssueCode OwnCitizens = new("V19", Severity.Warning, "state");

    /// <summary>Suppressed, but free for publication.</summary>
    public static readonly IssueCode SuppressedButFree = new("V24A", Severity.Warning, "confidentiality");

    /// <summary>Under embargo without saying until when. Such observations are not shown to the public anyway.</summary>
    public static readonly IssueCode EmbargoWithoutTime = new("V24B", Severity.Warning);

    /// <summary>All codes of this catalogue.</summary>
    public static IReadOnlyList<IssueCode> All { get; } =
        [.. typeof(RuleIssues).GetFields().Where(f => f.FieldType == typeof(IssueCode)).Select(f => (IssueCode)f.GetValue(null)!)];
}
