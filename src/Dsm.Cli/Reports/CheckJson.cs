using System.Text.Encodings.Web;
using System.Text.Json;
using Dsm.Sdmx.Issues;

namespace Dsm.Cli.Reports;

/// <summary>The report as JSON.</summary>
internal static class CheckJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" };

    public static void Write(Stream stream, CheckReport report, CliText text)
    {
        using (Utf8JsonWriter json = new(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("file", report.File);
            json.WriteStartArray("structures");
            foreach (string structure in report.Structures)
            {
                json.WriteStringValue(structure);
            }

            json.WriteEndArray();
            json.WriteNumber("datasets", report.DataSets);
            json.WriteNumber("observations", report.Observations);
            json.WriteNumber("refused", report.Refused);
            json.WriteNumber("findings", report.Issues.Count);
            json.WriteStartArray("causes");
            foreach (IssueGroup cause in report.Causes)
            {
                Write(json, cause, text);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.Write("\n"u8);
    }

    private static void Write(Utf8JsonWriter json, IssueGroup cause, CliText text)
    {
        json.WriteStartObject();
        json.WriteString("code", cause.Code.Id);
        json.WriteString("severity", cause.Severity.ToString());
        json.WriteString("component", cause.Component);
        json.WriteString("message", CheckReport.TextOf(text, cause));
        json.WriteNumber("total", cause.Total);
        json.WriteNumber("observations", cause.Observations);
        json.WriteStartArray("places");
        foreach (Issue issue in cause.Samples)
        {
            json.WriteStartObject();
            json.WriteNumber("line", issue.Location.Line);
            json.WriteNumber("column", issue.Location.Column);
            json.WriteString("key", issue.Location.Key);
            json.WriteString("period", issue.Location.Period);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
