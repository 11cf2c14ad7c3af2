using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Dsm.NationalServer;

/// <summary>Data queries (SDMX REST 1.5 and 2.x paths, whole flows only) and plain files, with conditional requests and gzip.</summary>
internal static class DataResource
{
    public static void MapDataResource(this WebApplication app)
    {
        app.MapMethods("/{state}/rest/data/{flow}", Get, Rest1);
        app.MapMethods("/{state}/rest/data/{flow}/{key}", Get, Rest1);
        app.MapMethods("/{state}/rest/data/{flow}/{key}/{provider}", Get, Rest1);
        app.MapMethods("/{state}/rest/v2/data/dataflow/{agency}/{id}/{version}", Get, Rest2);
        app.MapMethods("/{state}/rest/v2/data/dataflow/{agency}/{id}/{version}/{key}", Get, Rest2);
        app.MapMethods("/{state}/files/{name}", Get, (string state, string name, HttpContext http, SourceCatalogue catalogue) =>
            AnswerAsync(http, catalogue.FindFile(state, name), null));
        app.MapFallback((HttpContext http) => ErrorAsync(http, StatusCodes.Status501NotImplemented, 501, "Not implemented by this service."));
    }

    private static readonly string[] Get = ["GET", "HEAD"];

    private static Task Rest1(string state, string flow, HttpContext http, SourceCatalogue catalogue)
    {
        return http.Request.RouteValues["key"] is null or "" or "all"
            ? AnswerAsync(http, catalogue.Find(state, flow), UpdatedAfter(http))
            : ErrorAsync(http, StatusCodes.Status501NotImplemented, 501, "This service answers whole dataflows only: use the key 'all'.");
    }

    private static Task Rest2(string state, string agency, string id, string version, HttpContext http, SourceCatalogue catalogue)
    {
        string number = version is "*" or "~" or "+" ? "latest" : version;
        return http.Request.RouteValues["key"] is null or "" or "*"
            ? AnswerAsync(http, catalogue.Find(state, $"{(agency == "*" ? "all" : agency)},{id},{number}"), UpdatedAfter(http))
            : ErrorAsync(http, StatusCodes.Status501NotImplemented, 501, "This service answers whole dataflows only: use the key '*'.");
    }

    private static DateTimeOffset? UpdatedAfter(HttpContext http)
    {
        string? text = http.Request.Query["updatedAfter"];
        // A literal plus sign of the offset arrives as a blank.
        return DateTimeOffset.TryParse(text?.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant) ? instant : null;
    }

    private static async Task AnswerAsync(HttpContext http, NationalSource? source, DateTimeOffset? updatedAfter)
    {
        if (source is null)
        {
            await ErrorAsync(http, StatusCodes.Status404NotFound, 100, "No such dataflow.");
            return;
        }

        switch (source.Behaviour)
        {
            case Behaviour.Error500:
                await ErrorAsync(http, StatusCodes.Status500InternalServerError, 500, "Internal error.");
                return;
            case Behaviour.Html:
                http.Response.ContentType = "text/html; charset=utf-8";
                await http.Response.WriteAsync("<!DOCTYPE html><html><head><title>Maintenance</title></head><body><h1>The service is being maintained</h1></body></html>");
                return;
            case Behaviour.Slow:
                await Task.Delay(TimeSpan.FromSeconds(source.SlowSeconds), http.RequestAborted);
                break;
        }

        SourceVersion version = source.Current();
        if (updatedAfter is DateTimeOffset instant && source.Entry.UpdatedAfter && instant >= source.Published)
        {
            IReadOnlyList<string> lines = source.ChangedSince(instant);
            if (lines.Count == 0)
            {
                await ErrorAsync(http, StatusCodes.Status404NotFound, 100, "Nothing was updated after the given time.");
                return;
            }

            version = SourceVersion.Of(SourceText.WithLines(version.Text, lines), version.LastModified);
        }

        await SendAsync(http, source, version);
    }

    private static async Task SendAsync(HttpContext http, NationalSource source, SourceVersion version)
    {
        HttpResponse response = http.Response;
        response.Headers.Vary = "Accept, Accept-Encoding";
        if (!Accepts(http.Request.Headers.Accept, source.Entry.MediaType))
        {
            await ErrorAsync(http, StatusCodes.Status406NotAcceptable, 406, $"Only {source.Entry.MediaType} is offered.");
            return;
        }

        bool gzip = http.Request.Headers.AcceptEncoding.Any(v => v is not null && v.Contains("gzip", StringComparison.OrdinalIgnoreCase));
        string tag = $"\"{version.ETag}{(gzip ? "-gzip" : "")}\"";
        response.Headers.ETag = tag;
        response.Headers.LastModified = HeaderUtilities.FormatDate(version.LastModified);
        response.Headers.CacheControl = "no-cache";
        if (NotModified(http.Request, version))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.Headers.ContentType = source.Entry.MediaType;
        byte[] body = gzip ? Compress(version.Bytes) : version.Bytes;
        if (gzip)
        {
            response.Headers.ContentEncoding = "gzip";
        }

        response.ContentLength = body.Length;
        if (HttpMethods.IsHead(http.Request.Method))
        {
            return;
        }

        if (source.Behaviour == Behaviour.Truncated)
        {
            await response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), http.RequestAborted);
            await response.Body.FlushAsync(http.RequestAborted);
            http.Abort();
            return;
        }

        await response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static bool NotModified(HttpRequest request, SourceVersion version)
    {
        StringValues none = request.Headers.IfNoneMatch;
        if (none.Count > 0)
        {
            return none.Any(v => v is not null && (v == "*" || v.Contains(version.ETag, StringComparison.Ordinal)));
        }

        return request.GetTypedHeaders().IfModifiedSince is DateTimeOffset since && version.LastModified <= since;
    }

    /// <summary>Parameters of media types are not compared: a service with one format may give it to everyone who asks for the type.</summary>
    private static bool Accepts(StringValues accept, string mediaType)
    {
        if (StringValues.IsNullOrEmpty(accept))
        {
            return true;
        }

        string own = mediaType.Split(';')[0];
        string general = own.EndsWith("+xml", StringComparison.Ordinal) ? "application/xml" : "text/csv";
        return string.Join(',', accept.ToArray()).Split(',').Select(a => a.Split(';')[0].Trim()).Any(a => a is "*/*" or "application/*" || a == own || a == general);
    }

    private static byte[] Compress(byte[] bytes)
    {
        using MemoryStream buffer = new();
        using (GZipStream gzip = new(buffer, CompressionLevel.Fastest, true))
        {
            gzip.Write(bytes);
        }

        return buffer.ToArray();
    }

    private static Task ErrorAsync(HttpContext http, int status, int code, string text)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.ContentType = "application/vnd.sdmx.structure+xml;version=2.1";
        string body = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
            + "<mes:Error xmlns:mes=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message\" xmlns:com=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common\">"
            + $"<mes:ErrorMessage code=\"{code.ToString(CultureInfo.InvariantCulture)}\"><com:Text xml:lang=\"en\">{System.Security.SecurityElement.Escape(text)}</com:Text></mes:ErrorMessage></mes:Error>\n";
        return http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body), http.RequestAborted).AsTask();
    }
}
