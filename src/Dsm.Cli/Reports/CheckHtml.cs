using System.Net;
using Dsm.Sdmx.Issues;

namespace Dsm.Cli.Reports;

/// <summary>The report as one HTML page without scripts and without anything fetched, to be read or printed.</summary>
internal static class CheckHtml
{
    private const string Style =
        "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1b1f24}"
        + "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #d0d7de}"
        + "td.n{text-align:right;font-variant-numeric:tabular-nums}.Fatal,.Error{color:#a40e26}.Warning{color:#7d4e00}"
        + "details{margin:.2rem 0}code{overflow-wrap:anywhere}dl{display:grid;grid-template-columns:max-content auto;gap:.2rem 1rem}dd{margin:0}";

    public static void Write(TextWriter output, CheckReport report, CliText text)
    {
        output.WriteLine("<!DOCTYPE html>");
        output.WriteLine($"<html lang=\"{text.Language}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">");
        output.WriteLine($"<title>{Encode(text["report.title"])}: {Encode(report.File)}</title><style>{Style}</style></head><body>");
        output.WriteLine($"<h1>{Encode(text["report.title"])}</h1><dl>");
        Pair(output, text["report.file"], report.File);
        Pair(output, text["report.structure"], string.Join(", ", report.Structures));
        Pair(output, text["datasets"], text.Number(report.DataSets));
        Pair(output, text["observations"], text.Number(report.Observations));
        Pair(output, text["report.refused"], text.Number(report.Refused));
        Pair(output, text["report.findings"], text.Number(report.Issues.Count));
        output.WriteLine("</dl>");
        if (report.Issues.Count == 0)
        {
            output.WriteLine($"<p>{Encode(text["report.clean"])}</p>");
        }
        else
        {
            Causes(output, report, text);
        }

        output.WriteLine("</body></html>");
    }

    private static void Causes(TextWriter output, CheckReport report, CliText text)
    {
        string[] columns = ["report.severity", "report.code", "report.component", "report.message", "report.total"];
        output.WriteLine($"<table><thead><tr>{string.Concat(columns.Select(c => $"<th scope=\"col\">{Encode(text[c])}</th>"))}</tr></thead><tbody>");
        foreach (IssueGroup cause in report.Causes)
        {
            output.Write($"<tr><td class=\"{cause.Severity}\">{Encode(text["severity." + cause.Severity])}</td><td>{cause.Code.Id}</td><td>{Encode(cause.Component ?? "")}</td>");
            output.Write($"<td>{Encode(CheckReport.TextOf(text, cause))}");
            Location[] places = [.. cause.Samples.Select(s => s.Location).Where(l => l != Location.None)];
            if (places.Length > 0)
            {
                output.Write($"<details><summary>{Encode(text.Format("report.places", places.Length, text.Number(cause.Total)))}</summary><ol>");
                foreach (Location place in places)
                {
                    output.Write($"<li><code>{Encode(FindingsText.Place(text, place))}</code></li>");
                }

                output.Write("</ol></details>");
            }

            output.WriteLine($"</td><td class=\"n\">{Encode(text.Number(cause.Total))}</td></tr>");
        }

        output.WriteLine("</tbody></table>");
    }

    private static void Pair(TextWriter output, string name, string value) => output.WriteLine($"<dt>{Encode(name)}</dt><dd>{Encode(value)}</dd>");

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
