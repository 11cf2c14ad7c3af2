using System.Globalization;
using System.Text;
using Dsm.Exchange.Submissions;
using Dsm.Sdmx.Issues;

namespace Dsm.Web.Pages.Submissions;

/// <summary>Findings as CSV (RFC 4180, UTF-8 with BOM, so that spreadsheets read Cyrillic): one line a located sample.</summary>
public static class FindingsCsv
{
    private static readonly string[] Header =
        ["stage", "rule", "severity", "text", "found", "observations", "line", "column", "key", "period", "component"];

    /// <summary>Writes the findings in a language.</summary>
    public static byte[] Write(IEnumerable<Finding> findings, string language)
    {
        ArgumentNullException.ThrowIfNull(findings);
        StringBuilder csv = new();
        Line(csv, Header);
        foreach (Finding finding in findings)
        {
            string text = SubmissionView.Text(finding, language);
            foreach (Location at in finding.Samples.IsDefaultOrEmpty ? [Location.None] : finding.Samples)
            {
                Line(csv, [
                    finding.Stage, finding.Code, finding.Severity.ToString(), text, Number(finding.Total), Number(finding.Observations),
                    at.Line > 0 ? Number(at.Line) : "", at.Line > 0 ? Number(at.Column) : "", at.Key ?? "", at.Period ?? "", at.Component ?? finding.Component ?? ""]);
            }
        }

        return [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(csv.ToString())];
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder csv, IEnumerable<string> fields) => csv.AppendJoin(',', fields.Select(Field)).Append("\r\n");

    // What a spreadsheet would take for a formula is made text: the values come from files of others.
    private static string Field(string value)
    {
        string safe = value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + value : value;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}
