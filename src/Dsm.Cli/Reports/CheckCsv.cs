using System.Globalization;
using Dsm.Sdmx.Issues;

namespace Dsm.Cli.Reports;

/// <summary>The report as CSV (RFC 4180): a line for every kept place, with the whole number of its cause.</summary>
internal static class CheckCsv
{
    public static void Write(TextWriter output, CheckReport report, CliText text)
    {
        Row(output, ["code", "severity", "component", "message", "total", "observations", "line", "column", "key", "period"]);
        foreach (IssueGroup cause in report.Causes)
        {
            string[] start =
            [
                cause.Code.Id, text["severity." + cause.Severity], cause.Component ?? "", CheckReport.TextOf(text, cause),
                cause.Total.ToString(CultureInfo.InvariantCulture), cause.Observations.ToString(CultureInfo.InvariantCulture),
            ];
            foreach (Location place in cause.Samples.Select(s => s.Location))
            {
                Row(output, [.. start, Whole(place.Line), Whole(place.Column), place.Key ?? "", place.Period ?? ""]);
            }
        }
    }

    private static string Whole(int number) => number == 0 ? "" : number.ToString(CultureInfo.InvariantCulture);

    private static void Row(TextWriter output, ReadOnlySpan<string> fields)
    {
        for (int i = 0; i < fields.Length; i++)
        {
            output.Write(i > 0 ? "," : "");
            output.Write(Field(fields[i]));
        }

        output.WriteLine();
    }

    // What a spreadsheet would take for a formula is put behind an apostrophe.
    private static string Field(string text)
    {
        string safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
