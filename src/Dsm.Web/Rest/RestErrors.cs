using System.Globalization;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Rest;

namespace Dsm.Web.Rest;

/// <summary>
/// The one place where a request that cannot be served becomes HTTP: status, code of the standard and SDMX error message
/// (REST 1.5 and 2.2, "Status codes and error messages"). REST 2.x knows no codes beside those of HTTP, so the status is the code.
/// </summary>
internal static class RestErrors
{
    /// <summary>Writes a problem as the answer.</summary>
    public static async Task WriteAsync(RestCall call, RestProblem problem, CancellationToken ct)
    {
        (int status, string code) = Of(problem.Fault, call.Line);
        HttpResponse response = call.Http.Response;
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        response.Headers.ETag = default;
        response.Headers.LastModified = default;
        if (status == StatusCodes.Status204NoContent)
        {
            return;
        }

        response.ContentType = call.Line.ErrorFormat.MediaType;
        ErrorMessageWriter.Write(response.BodyWriter, call.Line.ErrorNamespaces, [.. problem.Issues.Select(i => ErrorMessage.Of(code, i))]);
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
            RestFault.NotAcceptable => (406, 406),
            RestFault.NotImplemented => (501, 501),
            RestFault.AddressTooLong => (414, 414),
            RestFault.Busy => (503, 503),
            RestFault.TooLarge => (413, 130),
            _ => (500, 500),
        };
        return (status, (first ? code : status).ToString(CultureInfo.InvariantCulture));
    }
}
