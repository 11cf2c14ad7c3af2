using System.Text.Encodings.Web;
using System.Text.Json;
using Dsm.Sdmx.Formats.Summary;
using Dsm.Sdmx.Issues;

namespace Dsm.Cli.Reports;

/// <summary>What was found in a message, as one JSON object on one line.</summary>
internal static class InspectionJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(CliConsole console, string file, MessageSummary summary, IssueList issues, string language)
    {
        console.Out.Flush();
        using (Utf8JsonWriter json = new(console.Output, Options))
        {
            json.WriteStartObject();
            json.WriteString("file", file);
            json.WriteString("format", summary.Format);
            json.WriteString("version", summary.Version);
            json.WriteStartObject("artefacts");
            foreach ((string name, long count) in summary.Artefacts.Where(a => a.Value > 0))
            {
                json.WriteNumber(name, count);
            }

            json.WriteEndObject();
            json.WriteNumber("datasets", summary.DataSets);
            json.WriteNumber("series", summary.Series);
            json.WriteNumber("observations", summary.Observations);
            json.WriteStartArray("issues");
            foreach (Issue issue in issues.Kept)
            {
                json.WriteStartObject();
                json.WriteString("code", issue.Code.Id);
                json.WriteString("severity", issue.Severity.ToString());
                json.WriteString("message", IssueText.For(issue, language));
                json.WriteNumber("line", issue.Location.Line);
                json.WriteNumber("column", issue.Location.Column);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        console.Output.Write("\n"u8);
        console.Output.Flush();
    }
}
