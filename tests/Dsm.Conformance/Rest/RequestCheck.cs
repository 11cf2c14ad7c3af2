using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Schema;
using Dsm.Conformance.DataMessages;
using Dsm.Conformance.JsonSchemas;
using Dsm.Conformance.Seed;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.Rest;

/// <summary>
/// Asks what a row says and judges the answer: status, media type, validity by the official schema of its format (structure-specific
/// data by the schema that the hub serves for them; CSV by a strict reader), and the content. Checks of content are separated by
/// semicolons: a text that the body has, <c>!</c> and a text that it has not, <c>obs=24</c>, <c>series=4</c> (different keys),
/// <c>sets=2</c> (data sets), <c>values=1,2,3</c> (of the first measure, in this order), <c>header:Name=text</c>; those of structures
/// are told in <see cref="StructureContent"/>.
/// </summary>
internal sealed partial class RequestCheck(SeededHub hub)
{
    [GeneratedRegex("\\b[A-Z]+-[0-9]{17}-[0-9a-f]{4}\\b|Prepared>[^<]+|\"prepared\": ?\"[^\"]+")]
    private static partial Regex Moments();

    private const string Vendor = "application/vnd.sdmx.";
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });

    /// <summary>Runs a row; fails when anything is not as it says.</summary>
    public async Task RunAsync(RequestRow row)
    {
        using HttpResponseMessage response = await AskAsync($"{(row.Line == "v1" ? hub.V1 : hub.V2)}/{row.Request}", row.Accept);
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        string text = Encoding.UTF8.GetString(body);
        ((int)response.StatusCode).Should().Be(row.Status, text.Length > 1500 ? text[..1500] : text);
        string type = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out System.Net.Http.Headers.HeaderStringValues types) ? types.ToString() : "";
        type.Replace(Vendor, "", StringComparison.Ordinal).Should().Be(row.MediaType);
        if (body.Length > 0)
        {
            (await ErrorsAsync(type, body, text)).Should().BeEmpty();
        }

        response.Headers.Vary.Should().Contain(["Accept", "Accept-Encoding", "Accept-Language"]);
        response.Headers.GetValues("Access-Control-Allow-Origin").Should().Equal("*");
        Judge(row.Check, response, body, text);
    }

    private static async Task<HttpResponseMessage> AskAsync(string address, string accept)
    {
        Uri uri = new(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using HttpRequestMessage request = new(HttpMethod.Get, uri);
        if (accept.Length > 0)
        {
            string full = accept.Split(';')[0].Contains('/', StringComparison.Ordinal) ? accept : Vendor + accept;
            request.Headers.TryAddWithoutValidation("Accept", full);
        }

        return await Client.SendAsync(request);
    }

    private async Task<IReadOnlyList<string>> ErrorsAsync(string type, byte[] body, string text)
    {
        if (MediaTypes.Find(type) is not { } format)
        {
            return [$"{type} is no media type of SDMX"];
        }

        switch (format.Syntax)
        {
            case "json" when format.Kind == MessageKind.Schema:
                using (JsonDocument.Parse(body))
                {
                    return [];
                }

            case "xml" when format.Kind == MessageKind.Schema:
                return Compiled(body, format.Standard);
            case "json":
                List<string> errors = [.. OfficialJsonSchemas.Errors(format, body)];
                return Ajv.Absent is null ? [.. errors, .. Ajv.Errors(format, body)] : errors;
            case "csv":
                List<string[]> records = StrictCsv.Parse(text);
                return records.Select(r => r.Length).Distinct().Count() == 1 ? [] : ["Records have different numbers of fields."];
            default:
                using (MemoryStream message = new(body))
                {
                    return OfficialSchemas.Errors(message, await SchemasAsync(format, text));
                }
        }
    }

    // A schema that the hub serves is right when it compiles with the official ones.
    private static List<string> Compiled(byte[] body, string version)
    {
        List<string> errors = [];
        XmlSchemaSet set = new() { XmlResolver = null };
        set.ValidationEventHandler += (_, e) => errors.Add(e.Message);
        set.Add(OfficialSchemas.Of(version));
        using MemoryStream message = new(body);
        using XmlReader xsd = XmlReader.Create(message);
        set.Add(null, xsd);
        set.Compile();
        return errors;
    }

    /// <summary>The official schemas with those of the types of the message, which the hub serves.</summary>
    private async Task<XmlSchemaSet> SchemasAsync(SdmxFormat format, string text)
    {
        XmlSchemaSet official = OfficialSchemas.Of(format.Standard);
        string[] types = [.. System.Text.RegularExpressions.Regex.Matches(text, "xmlns:ns[0-9]+=\"urn:sdmx:[^\"=]*[.]([A-Za-z]+)=([^:\"]+):([^(\"]+)[(]([^)\"]+)[)]:ObsLevelDim:([A-Za-z_]+)\"")
            .Select(m => $"schema/{m.Groups[1].Value.ToLowerInvariant()}/{m.Groups[2].Value}/{m.Groups[3].Value}/{m.Groups[4].Value}?dimensionAtObservation={m.Groups[5].Value}")
            .Concat(System.Text.RegularExpressions.Regex.Matches(text, "xmlns:str[0-9]+=\"urn:sdmx:[^\"=]*[.](Metadata[A-Za-z]+)=([^:\"]+):([^(\"]+)[(]([^)\"]+)[)]\"")
                .Select(m => $"schema/{m.Groups[1].Value.ToLowerInvariant()}/{m.Groups[2].Value}/{m.Groups[3].Value}/{m.Groups[4].Value}")).Distinct()];
        if (types.Length == 0)
        {
            return official;
        }

        XmlSchemaSet set = new() { XmlResolver = null };
        set.Add(official);
        foreach (string address in types)
        {
            bool is21 = format.Standard == "2.1";
            using HttpResponseMessage response = await AskAsync($"{(is21 ? hub.V1 : hub.V2)}/{address}", $"schema+xml;version={format.Standard}{(is21 ? "" : ".0")}");
            response.StatusCode.Should().Be(HttpStatusCode.OK, address);
            using XmlReader xsd = XmlReader.Create(await response.Content.ReadAsStreamAsync());
            set.Add(null, xsd);
        }

        set.Compile();
        return set;
    }

    private void Judge(string check, HttpResponseMessage response, byte[] body, string text)
    {
        foreach (string part in check.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.StartsWith("obs=", StringComparison.Ordinal) || part.StartsWith("series=", StringComparison.Ordinal)
                || part.StartsWith("sets=", StringComparison.Ordinal) || part.StartsWith("values=", StringComparison.Ordinal))
            {
                MessageContent content = MessageContent.Read(body, hub.Schema);
                string found = part.Split('=')[0] switch
                {
                    "obs" => $"obs={content.Values.Count}",
                    "series" => $"series={content.Keys.Count}",
                    "sets" => $"sets={content.DataSets}",
                    _ => "values=" + string.Join(',', content.Values),
                };
                found.Should().Be(part, text.Length > 1500 ? text[..1500] : text);
            }
            else if (MediaTypes.Find(response.Content.Headers.ContentType?.ToString()) is { } format && StructureContent.Judge(part, body, format) is { } judged)
            {
                judged.Found.Should().Be(judged.Expected, part);
            }
            else if (part.StartsWith("header:", StringComparison.Ordinal))
            {
                string[] header = part["header:".Length..].Split('=', 2);
                string.Join(", ", response.Headers.Concat(response.Content.Headers).Where(h => h.Key == header[0]).SelectMany(h => h.Value)).Should().Contain(header[1]);
            }
            else if (part[0] == '!')
            {
                // The digits of the moment it was made say nothing.
                Moments().Replace(text, "").Should().NotContain(part[1..]);
            }
            else
            {
                text.Should().Contain(part);
            }
        }
    }
}

/// <summary>What a data message holds, read strictly: any finding is a failure.</summary>
internal sealed record MessageContent(int DataSets, IReadOnlySet<string> Keys, IReadOnlyList<string> Values)
{
    public static MessageContent Read(byte[] body, Func<StructureReference, DataSchema?> schemas)
    {
        IssueList issues = new();
        using MemoryStream message = new(body);
        using DataReader? reader = DataMessageReader.Open(message, schemas, issues);
        int sets = 0;
        HashSet<string> keys = [];
        List<string> values = [];
        while (reader?.NextDataSet() == true)
        {
            sets++;
            ObservationBatch batch = new(reader.DataSet!);
            while (reader.Read(batch))
            {
                keys.UnionWith(Enumerable.Range(0, batch.SeriesCount).Select(batch.KeyOf));
                values.AddRange(Enumerable.Range(0, batch.Count).Select(r => batch.Measures[0][r].ToString()));
            }
        }

        issues.Kept.Where(i => i.Code.Severity >= Severity.Error).Should().BeEmpty();
        return new MessageContent(sets, keys, values);
    }
}
