using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Xml;
using Dsm.Conformance.JsonSchemas;
using Dsm.Conformance.Seed;
using Dsm.Sdmx.Formats;

namespace Dsm.Conformance.Rest;

/// <summary>
/// Thousands of addresses that nobody has thought of: the requests of the tables, changed at random places. The same in every run.
/// Whatever comes, it is no fault of the service, and what is refused is refused in the standard's way.
/// </summary>
[Collection(SeededHubCollection.Name)]
public sealed class RestFuzzTests(SeededHub hub)
{
    private const int Requests = 4000;
    private const int Seed = 20261123;

    private static readonly string[] Scraps =
    [
        "", "*", "+", "~", "all", "latest", ",", ".", "..", "...", "/", "//", "%2F", "%2B", "%25", "%", "%zz", "%00", "%0A", "%E2%82%AC", "%C3", "'", "\"", "<", ">", "&", "?", "=", "==", "[", "]", "{", "}", "\\", "|", "^",
        "-1", "0", "1", "99999999999999999999", "1.0", "1.0.0", "1.0.0-draft", "1+.0.0", "+.2.3", "2.3+", "1.0+.0+", "1.+", "~.0", "X", "SEED", "SEED3", "SDMX", "DF_STOCK", "CL_FREQ", "codelist", "structure", "dataflow", "data",
        "metadata", "metadataset", "metadataflow", "registration", "provider", "id", "schema", "availability", "availableconstraint", "provisionagreement", "datastructure", "categoryscheme", "hierarchicalcodelist",
        "detail=allstubs", "detail=", "references=all", "references=codelist,dataflow", "references=,", "asOf=2020-01-01", "asOf=2026-13-45", "asOf=9999-12-31T23:59:59Z", "asOf=0001-01-01", "updatedAfter=2020", "updatedBefore=x",
        "c[FREQ]=A", "c[TIME_PERIOD]=ge:2010+le:2020", "c%5BFREQ%5D=ne:A", "c[]=", "c[FREQ]=", "c[FREQ]=zz:A", "startPeriod=2010-Q9", "endPeriod=2010-W99", "firstNObservations=-1", "limit=0", "offset=1", "sort=FREQ:desc",
        "dimensionAtObservation=AllDimensions", "dimensionAtObservation=%20", "explicitMeasure=maybe", "deletion=true", "format=csv", "format=zip", "formatVersion=9", "lang=ru", "lang=*;q=x", "compression=zstd", "labels=name", "includeHistory=true",
        "reportingYearStartDay=--13-45", "attributes=none", "measures=", "mode=available", "A.B.C", "A..", "A+B", "ру", "\u00e9",
    ];

    private static readonly string[] Accepts =
    [
        "", "", "", "*/*", "application/xml", "text/xml", "application/json", "text/csv", "image/png", "nonsense", "*/*;q=0", "application/xml;q=x", ";;;", "application/vnd.sdmx.structure+xml;version=2.1", "application/vnd.sdmx.structure+json;version=2+.0.0",
        "application/vnd.sdmx.structure+xml;version=3.0.0", "application/vnd.sdmx.data+csv;version=2.0.0;labels=both", "application/vnd.sdmx.schema+xml;version=3.1.0", "application/vnd.sdmx.metadata+xml;version=3.0.0",
        "application/vnd.sdmx.registry+xml;version=2.1", "application/vnd.sdmx.data+json;version=\"1.0.0", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    ];

    [SharedFolderFact]
    public async Task Nothing_that_is_asked_breaks_the_service()
    {
        Random random = new(Seed);
        (string Address, string Accept)[] requests = [.. Enumerable.Range(0, Requests).Select(_ => (Address(random), Accepts[random.Next(Accepts.Length)]))];
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 4 });
        List<string> faults = [];
        Dictionary<int, int> statuses = [];
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (request, ct) =>
        {
            (int status, string? fault) = await AskAsync(client, request.Address, request.Accept, ct);
            lock (faults)
            {
                statuses[status] = statuses.GetValueOrDefault(status) + 1;
                if (fault is not null)
                {
                    faults.Add($"{request.Address} [{request.Accept}]: {fault}");
                }
            }
        });
        faults.Should().BeEmpty();
        statuses.Keys.Should().Contain([200, 400, 404, 406, 501], "the requests must reach every part of the service");
    }

    private static async Task<(int Status, string? Fault)> AskAsync(HttpClient client, string address, string accept, CancellationToken ct)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        int status = (int)response.StatusCode;
        if (status >= 500 && status != 501)
        {
            return (status, $"status {status}");
        }

        // The server itself refuses a zero byte in a path, before anything of the hub sees it.
        bool isZero = status == 400 && address.Split('?')[0].Contains("%00", StringComparison.Ordinal);
        return (status, status >= 400 && !isZero ? await FaultOfAsync(response, ct) : null);
    }

    private static async Task<string?> FaultOfAsync(HttpResponseMessage response, CancellationToken ct)
    {
        byte[] body = await BodyAsync(response, ct);
        string type = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out HeaderStringValues types) ? types.ToString() : "";
        if (body.Length == 0 || MediaTypes.Find(type) is not { } format)
        {
            return $"status {(int)response.StatusCode} with a body of {body.Length} bytes of type '{type}'";
        }

        using MemoryStream message = new(body);
        IReadOnlyList<string> errors;
        try
        {
            errors = format.Syntax == "json" ? OfficialJsonSchemas.Errors(format, body) : OfficialSchemas.Errors(message, format.Standard);
        }
        catch (Exception e) when (e is JsonException or XmlException)
        {
            errors = [$"{e.Message} in {Encoding.UTF8.GetString(body)}"];
        }

        return errors.Count == 0 ? null : $"status {(int)response.StatusCode}: {string.Join("; ", errors)}";
    }

    // Parameters of an address can ask for compression, too.
    private static async Task<byte[]> BodyAsync(HttpResponseMessage response, CancellationToken ct)
    {
        await using Stream sent = await response.Content.ReadAsStreamAsync(ct);
        await using Stream plain = response.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(sent, CompressionMode.Decompress),
            "gzip" => new GZipStream(sent, CompressionMode.Decompress),
            _ => sent,
        };
        using MemoryStream body = new();
        await plain.CopyToAsync(body, ct);
        return body.ToArray();
    }

    private string Address(Random random)
    {
        RequestRow row = Rows[random.Next(Rows.Length)];
        string request = row.Request;
        for (int changes = random.Next(1, 5); changes > 0; changes--)
        {
            string scrap = Scraps[random.Next(Scraps.Length)];
            int at = random.Next(request.Length + 1);
            string[] parts = request.Split('/');
            request = random.Next(7) switch
            {
                0 => request.Insert(at, scrap),
                1 => request[..at] + scrap,
                2 => request.Remove(at, Math.Min(random.Next(1, 6), request.Length - at)),
                3 => request + (request.Contains('?', StringComparison.Ordinal) ? "&" : "?") + scrap,
                4 => string.Join('/', parts.Select((p, i) => i == at % parts.Length ? scrap : p)),
                5 => string.Join('/', parts.Append(scrap)),
                _ => string.Join('/', parts.Take(1).Concat(parts.Skip(1).OrderBy(_ => random.Next()))),
            };
        }

        // What no client can put on the wire is encoded; everything else goes as it is.
        string sent = string.Concat(request.Where(c => c != '#').Select(c => c is > ' ' and < '\u007f' ? c.ToString() : Uri.EscapeDataString(c.ToString())));
        return $"{(random.Next(8) == 0 ? row.Line != "v1" ? hub.V1 : hub.V2 : row.Line == "v1" ? hub.V1 : hub.V2)}/{sent}";
    }

    private static RequestRow[] Rows { get; } =
        [.. Directory.GetFiles(Path.Combine(SharedFolder.RepositoryRoot, "tests", "Dsm.Conformance", "Rest"), "requests-*.csv").Order(StringComparer.Ordinal).SelectMany(f => RequestTable.Read(Path.GetFileName(f)))];
}
