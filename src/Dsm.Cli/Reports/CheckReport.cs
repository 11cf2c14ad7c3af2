using System.Collections.Immutable;
using Dsm.Sdmx.Issues;

namespace Dsm.Cli.Reports;

/// <summary>What a check of data found.</summary>
/// <param name="File">The message.</param>
/// <param name="Structures">What its data sets follow.</param>
/// <param name="DataSets">Number of data sets.</param>
/// <param name="Observations">Number of observations.</param>
/// <param name="Refused">Number of observations with an error.</param>
/// <param name="Issues">The findings by cause; each cause with its whole number and its first places.</param>
internal sealed record CheckReport(string File, ImmutableArray<string> Structures, int DataSets, long Observations, long Refused, IssueList Issues)
{
    /// <summary>The causes, worst first, then those with most findings.</summary>
    public IEnumerable<IssueGroup> Causes => Issues.Groups.OrderByDescending(g => g.Severity).ThenByDescending(g => g.Total);

    /// <summary>The text of a cause.</summary>
    public static string TextOf(CliText text, IssueGroup cause) => cause.IsOverflow ? text.Format("findings.overflow", cause.Code.Id) : cause.Text(text.Language);
}
