using System.Collections.Immutable;
using System.Globalization;
using Dsm.Exchange;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Json;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Web.Rest;

/// <summary>
/// What became of a submission, as <c>SubmitStructureResponse</c> with a result an artefact (sdmx-rest, maintenance, "Structure response
/// message"). That message exists in SDMX-ML only: who wants JSON gets the artefacts as they are now, or the errors.
/// </summary>
internal static class MaintenanceAnswer
{
    /// <summary>Writes the answer with its status.</summary>
    public static async Task WriteAsync(RestCall call, StructurePlan plan, bool isTrial, RestServices services, CancellationToken ct)
    {
        HttpResponse response = call.Http.Response;
        response.StatusCode = plan.CanBeApplied
            ? !isTrial && plan.Changes.Any(c => c.Kind == PlannedKind.Add) ? StatusCodes.Status201Created : StatusCodes.Status200OK
            : plan.Issues.Where(i => i.Severity >= Severity.Error).Select(StatusOf).Min(Rank).Status;
        response.Headers.CacheControl = "no-store";
        if (response.StatusCode == StatusCodes.Status201Created && plan.Changes.Where(c => c.Kind == PlannedKind.Add).ToArray() is [{ After: { } only }])
        {
            response.Headers.Location = call.Http.Request.PathBase + MaintenanceAddress.Of(call, only);
        }

        SdmxFormat wanted = Wanted(call);
        if (wanted.Syntax == "json")
        {
            await WriteJsonAsync(call, wanted, plan, services, ct);
            return;
        }

        SdmxFormat format = wanted.Standard switch { "2.1" => MediaTypes.Registry21, "3.0" => MediaTypes.Registry30, _ => MediaTypes.Registry31 };
        using MemoryStream message = new();

        // The schemas want a receiver, and requests over HTTP have none.
        RegistryMessageWriter.Write(
            format, message, new SubmitStructureResponse([.. plan.Changes.Select(c => Result(c, plan.CanBeApplied, isTrial))]), services.Header("REG") with { ReceiverIds = ["not_supplied"] },
            new IssueList(), indented: false);
        await StructureResource.SendAsync(call, format.MediaType, message, ct);
    }

    /// <summary>The status of an issue (sdmx-rest, maintenance, "Summary of HTTP response codes").</summary>
    internal static int StatusOf(Issue issue) => issue.Code.Id switch
    {
        _ when issue.Code == ExchangeIssues.NotMaintainer => StatusCodes.Status403Forbidden,
        _ when issue.Code == ExchangeIssues.ArtefactUnknown => StatusCodes.Status404NotFound,
        _ when issue.Code == ExchangeIssues.ItemTwice || issue.Code == ExchangeIssues.ItemParentUnknown || issue.Code == ExchangeIssues.StubForWhole
            || issue.Code == ExchangeIssues.PartialLanguages || issue.Code == ExchangeIssues.TextTooLong => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status409Conflict,
    };

    // Of several the one that the caller can do least about.
    private static (int Rank, int Status) Rank(int status) => (status switch { 403 => 0, 422 => 1, 409 => 2, _ => 3 }, status);

    private static SdmxFormat Wanted(RestCall call)
    {
        string accept = FormatParameters.Accept(call.Address) ?? call.Http.Request.Headers.Accept.ToString();
        ImmutableArray<SdmxFormat> registry = call.Line == RestLine.V1 ? [MediaTypes.Registry21, MediaTypes.Registry31, MediaTypes.Registry30] : OfferedFormats.Registry;
        return Negotiation.Choose(accept, [.. registry, .. OfferedFormats.Structures(call.Line)])?.Format ?? registry[0];
    }

    private static SubmissionResult Result(PlannedChange change, bool isApplied, bool isTrial)
    {
        string action = change.Kind switch { PlannedKind.Add => "Append", PlannedKind.Delete => "Delete", _ => "Replace" };
        ImmutableArray<Issue> said = Said(change, isApplied, isTrial);
        RequestStatus status = !isApplied ? RequestStatus.Failure : said.Any(i => i.Severity == Severity.Warning) ? RequestStatus.Warning : RequestStatus.Success;
        return new SubmissionResult(
            new SubmittedStructure(change.Reference, action),
            new StatusMessage(status, [.. said.Select(i => ErrorMessage.Of(Code(i, change, isTrial), i)).Select(e => new StatusText(e.Code, e.Text))]));
    }

    private static ImmutableArray<Issue> Said(PlannedChange change, bool isApplied, bool isTrial)
    {
        IssueCode done = isTrial && isApplied ? ExchangeIssues.TrialOnly : !isApplied ? ExchangeIssues.RefusedWithOthers : change.Kind switch
        {
            PlannedKind.Add => ExchangeIssues.ArtefactAdded,
            PlannedKind.Change => ExchangeIssues.ArtefactChanged,
            PlannedKind.Delete => ExchangeIssues.ArtefactDeleted,
            _ => ExchangeIssues.ArtefactSame,
        };
        bool isRefusedItself = change.Issues.Any(i => i.Severity >= Severity.Error);
        return isRefusedItself ? change.Issues : [new Issue(done, Location.None, change.Reference.Urn), .. change.Issues];
    }

    private static string Code(Issue issue, PlannedChange change, bool isTrial)
        => (issue.Severity >= Severity.Error ? StatusOf(issue)
            : change.Kind == PlannedKind.Add && !isTrial ? StatusCodes.Status201Created : StatusCodes.Status200OK).ToString(CultureInfo.InvariantCulture);

    private static async Task WriteJsonAsync(RestCall call, SdmxFormat format, StructurePlan plan, RestServices services, CancellationToken ct)
    {
        if (plan.CanBeApplied)
        {
            using MemoryStream message = new();
            StructureMessages.Write(format, message, plan.Changes.Select(c => c.After).OfType<Maintainable>(), services.Header("STR"), new IssueList(), indented: false);
            await StructureResource.SendAsync(call, format.MediaType, message, ct);
            return;
        }

        call.Http.Response.ContentType = OfferedFormats.ErrorOf(format).MediaType;
        JsonErrorMessageWriter.Write(
            call.Http.Response.BodyWriter, OfferedFormats.ErrorOf(format), services.Header("ERR"), LanguageNegotiation.Preferred(call),
            [.. plan.Issues.Where(i => i.Severity >= Severity.Error).Select(i => ErrorMessage.Of(StatusOf(i).ToString(CultureInfo.InvariantCulture), i))]);
        await call.Http.Response.BodyWriter.FlushAsync(ct);
    }
}
