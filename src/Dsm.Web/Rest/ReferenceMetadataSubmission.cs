using System.Collections.Immutable;
using Dsm.Exchange;
using Dsm.Exchange.Access;
using Dsm.Exchange.ReferenceMetadata;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Validation;

namespace Dsm.Web.Rest;

/// <summary>
/// Takes reports of reference metadata: a message of any format, all of it or nothing. A provider's reports may be sent by whoever may
/// send the data of his state. The standard leaves the address open; the answer is that of a submission of structures.
/// </summary>
internal static class ReferenceMetadataSubmission
{
    private static readonly string[] Taken = [.. MediaTypes.All.Where(MetadataMessageReader.CanRead).Select(f => f.MediaType)];

    /// <summary>Answers <c>POST /metadata</c>.</summary>
    public static async Task<RestProblem?> PostAsync(RestCall call, RestServices services, CancellationToken ct)
    {
        if (call.SignInNeeded is { } stranger)
        {
            return stranger;
        }

        (MemoryStream? body, RestProblem? problem) = await SubmittedBody.ReadAsync(call, type => MetadataMessageReader.CanRead(type), Taken, ct);
        if (body is null)
        {
            return problem;
        }

        RegistrySnapshot registry = services.Registry.For(call.Access);
        StructureSet structures = registry.Structures;
        IssueList issues = new();
        MetadataMessage message = MetadataMessageReader.Read(body, issues);
        if (issues.HasErrors || message.Sets.IsEmpty)
        {
            return issues.HasErrors ? RestProblem.Of(RestFault.Syntax, issues) : RestProblem.Of(RestFault.Syntax, IssueCodes.InvalidSubmission, "MetadataSet", "");
        }

        new MetadataSetValidator(structures, issues).Check(message);
        if (issues.HasErrors)
        {
            return RestProblem.Of(RestFault.Semantic, issues);
        }

        foreach (MetadataSet set in message.Sets)
        {
            foreach (TooLong part in LimitCheck.Of(set, call.Http.RequestServices.GetRequiredService<RegionOptions>().Limits))
            {
                issues.Add(ExchangeIssues.TextTooLong, new Location(Component: part.Where), LimitCheck.Shown(set.Id), part.Where, part.Length, part.Limit);
            }
        }

        if (issues.HasErrors)
        {
            return RestProblem.Of(RestFault.Semantic, issues);
        }

        MetadataSelection selection = new(structures, agency => registry.Spaces.IsSeen(agency, call.Access));
        if (message.Sets.FirstOrDefault(s => !HubRights.MaySubmitFor(call.Http.User, StateOf(selection.ProviderOf(s), s, structures))) is { } refused)
        {
            return RestProblem.Of(RestFault.Forbidden, IssueCodes.NotAllowed, refused.Reference);
        }

        ImmutableArray<MetadataChange> changes = await services.Metadata.SubmitAsync(message.Sets, call.Http.User.Identity?.Name ?? "", ct);
        call.Http.Response.StatusCode = changes.Contains(MetadataChange.Added) ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        await RegistryAnswer.WriteAsync(call, new SubmitStructureResponse([.. message.Sets.Zip(changes, Result)]), services, ct);
        return null;
    }

    /// <summary>Code of the state that a provider reports for: its annotation, else the beginning of its id.</summary>
    private static string StateOf(StructureReference? provider, MetadataSet set, StructureSet structures)
    {
        string id = provider?.ItemId ?? set.AgencyId[(set.AgencyId.LastIndexOf('.') + 1)..];
        return structures.Find<OrganisationScheme>(provider)?.Organisations.FirstOrDefault(p => p.Id == id)?.AnnotationOf(AgreementState.Annotation)?.Title
            ?? id.Split('_')[0];
    }

    private static SubmissionResult Result(MetadataSet set, MetadataChange change)
        => new(new SubmittedStructure(set.Reference, change switch { MetadataChange.Added => "Append", MetadataChange.Deleted => "Delete", _ => "Replace" }), new StatusMessage(RequestStatus.Success, []));
}
