using System.Collections.Immutable;
using System.Globalization;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Json;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Rest;

namespace Dsm.Web.Rest;

/// <summary>
/// The one place where a request that cannot be served becomes HTTP: status, code of the standard and SDMX error message
/// (REST 1.5 and 2.2, "Status codes and error messages"), in JSON when JSON was asked for, else in SDMX-ML. REST 2.x knows no codes beside those of HTTP, so the status is the code.
/// </summary>
internal static class RestErrors
{
    /// <summary>Writes a problem as the answer.</summary>
    public static async Task WriteAsync(RestCall call, RestProblem problem, RestServices services, CancellationToken ct)
    {
        (int status, string code) = Of(problem.Fault, call.Line);
        HttpResponse response = call.Http.Response;
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        response.Headers.ETag = default;
        response.Headers.LastModified = default;
        response.Headers.RetryAfter = problem.Fault == RestFault.Busy ? "10" : default;
        response.Headers.WWWAuthenticate = problem.Fault == RestFault.Unauthenticated ? BasicSignIn.Challenge : default;
        if (status == StatusCodes.Status204NoContent)
        {
            return;
        }

        SdmxFormat format = Negotiation.ErrorFormat(call);
        ImmutableArray<ErrorMessage> errors = [.. problem.Issues.Select(i => ErrorMessage.Of(code, i))];
        response.ContentType = format.MediaType;
        if (format.Syntax == "json")
        {
            JsonErrorMessageWriter.Write(response.BodyWriter, format, services.Header("ERR"), LanguageNegotiation.Preferred(call), errors);
        }
        else
        {
            SdmxNamespaces namespaces = format.Standard switch { "2.1" => SdmxNamespaces.V21, "3.0" => SdmxNamespaces.V30, _ => SdmxNamespaces.V31 };
            ErrorMessageWriter.Write(response.BodyWriter, namespaces, errors);
        }

        await response.BodyWriter.FlushAsync(ct);
    }

    /// <summary>What the parser's verdict means.</summary>
    public static RestProblem Of(RestOutcome outcome, IssueList issues) => RestProblem.Of(
        outcome switch
        {
            RestOutcome.NotImplemented => RestFault.NotImplemented,
            RestOutcome.NoSuchResource => RestFault.NoSuchResource,
            _ => RestFault.Syntax,
        },
        issues);

    /// <summary>HTTP status and SDMX code of a fault in a line of the specification.</summary>
    internal static (int Status, string Code) Of(RestFault fault, RestLine line)
    {
        bool first = line == RestLine.V1;
        (int status, int code) = fault switch
        {
            RestFault.NoResults => first ? (404, 100) : (204, 0),
            RestFault.UnknownArtefact or RestFault.NoSuchResource => (404, 100),
            RestFault.Syntax => (400, 140),
            RestFault.Semantic => first ? (403, 150) : (422, 0),
            RestFault.Unauthenticated => (401, 110),
            RestFault.Forbidden => (403, 110),
            RestFault.UnsupportedBody => (415, 415),
            RestFault.Unfitting => (422, 422),
            RestFault.NotAcceptable => (406, 406),
            RestFault.NotImplemented => (501, 501),
            RestFault.MethodNotAllowed => (405, 405),
            RestFault.AddressTooLong => (414, 414),
            RestFault.Busy => (503, 503),
            RestFault.TooLarge => (413, 130),
            _ => (500, 500),
        };
        return (status, (first ? code : status).ToString(CultureInfo.InvariantCulture));
    }
}
