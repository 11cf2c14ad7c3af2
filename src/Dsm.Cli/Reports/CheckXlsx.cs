using Dsm.Sdmx.Issues;
using MiniExcelLibs;

namespace Dsm.Cli.Reports;

/// <summary>The report as a workbook: a sheet with the counts, one with the causes, one with the places.</summary>
internal static class CheckXlsx
{
    public static void Write(Stream stream, CheckReport report, CliText text)
    {
        Dictionary<string, object> sheets = new()
        {
            [text["report.sheet.summary"]] = Summary(report, text),
            [text["report.sheet.causes"]] = report.Causes.Select(c => Cause(c, text)).DefaultIfEmpty(Empty(text)),
            [text["report.sheet.places"]] = report.Causes.SelectMany(c => c.Samples.Select(s => Place(s, text))).DefaultIfEmpty(Empty(text)),
        };

        // The writer of the package wants to go back in its stream.
        using MemoryStream buffer = new();
        buffer.SaveAs(sheets);
        buffer.Position = 0;
        buffer.CopyTo(stream);
    }

    private static IEnumerable<Dictionary<string, object?>> Summary(CheckReport report, CliText text)
    {
        (string, object)[] rows =
        [
            (text["report.file"], report.File),
            (text["report.structure"], string.Join(", ", report.Structures)),
            (text["datasets"], report.DataSets),
            (text["observations"], report.Observations),
            (text["report.refused"], report.Refused),
            (text["report.findings"], report.Issues.Count),
        ];
        return rows.Select(r => new Dictionary<string, object?> { [text["report.title"]] = r.Item1, [" "] = r.Item2 });
    }

    private static Dictionary<string, object?> Cause(IssueGroup cause, CliText text) => new()
    {
        [text["report.severity"]] = text["severity." + cause.Severity],
        [text["report.code"]] = cause.Code.Id,
        [text["report.component"]] = cause.Component,
        [text["report.message"]] = CheckReport.TextOf(text, cause),
        [text["report.total"]] = cause.Total,
        [text["observations"]] = cause.Observations,
    };

    private static Dictionary<string, object?> Place(Issue issue, CliText text) => new()
    {
        [text["report.code"]] = issue.Code.Id,
        [text["report.component"]] = issue.Location.Component,
        [text["report.message"]] = IssueText.For(issue, text.Language),
        [text["report.line"]] = issue.Location.Line == 0 ? null : issue.Location.Line,
        [text["report.column"]] = issue.Location.Column == 0 ? null : issue.Location.Column,
        [text["report.key"]] = issue.Location.Key,
        [text["report.period"]] = issue.Location.Period,
    };

    private static Dictionary<string, object?> Empty(CliText text) => new() { [text["report.message"]] = text["report.clean"] };
}
