using System.Collections.Immutable;
using Dsm.Exchange;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Web.Rest;

/// <summary>
/// Maintenance of structures (sdmx-rest, "Applying the HTTP methods to the SDMX REST API for Structural Metadata maintenance"): POST adds
/// and replaces, PUT replaces the artefact of the address, DELETE takes it or one of its items away. A message is taken as a whole or not
/// at all; <c>dryRun=true</c> says what would happen. Name and password come with the request (<see cref="BasicSignIn"/>).
/// </summary>
internal static class MaintenanceResource
{
    private static readonly string[] Methods = [HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete];

    /// <summary>Adds the addresses.</summary>
    public static void MapMaintenance(this IEndpointRouteBuilder routes)
    {
        routes.MapSubmission(RestLine.V2, "/structure/{**rest}", HandleAsync, Methods);
        routes.MapSubmission(RestLine.V1, "/{**rest}", HandleAsync, Methods);
    }

    private static async Task<RestProblem?> HandleAsync(RestCall call, RestServices services, CancellationToken ct)
    {
        // A cookie is not enough: another site's page could send it.
        if (!call.HasPassword)
        {
            return RestProblem.Of(RestFault.Unauthenticated, IssueCodes.SignInNeeded);
        }

        (MaintenanceAddress? address, RestProblem? problem) = MaintenanceAddress.Of(call);
        if (address is null)
        {
            return problem;
        }

        Maintainer by = HubRights.Maintainer(call.Http.User, services.Registry.Current.Spaces);
        if (by.MaintainsNothing)
        {
            return RestProblem.Of(RestFault.Forbidden, IssueCodes.NotAllowed, call.Address.Path);
        }

        string dryRun = call.Address.Parameter("dryRun") ?? "false";
        return dryRun is not ("true" or "false")
            ? RestProblem.Of(RestFault.Syntax, IssueCodes.InvalidParameter, "dryRun", dryRun, "true, false")
            : HttpMethods.IsDelete(call.Http.Request.Method)
                ? await DeleteAsync(call, address, by, dryRun == "true", services, ct)
                : await StoreAsync(call, address, by, dryRun == "true", services, ct);
    }

    private static async Task<RestProblem?> StoreAsync(RestCall call, MaintenanceAddress address, Maintainer by, bool isTrial, RestServices services, CancellationToken ct)
    {
        bool isPut = HttpMethods.IsPut(call.Http.Request.Method);
        if (isPut != address.NamesArtefact || address.Item is not null)
        {
            return RestProblem.Of(RestFault.Syntax, isPut ? IssueCodes.MissingPathPart : IssueCodes.TooManyPathParts, isPut ? ["version"] : [address.Item is null ? 4 : 5, 1]);
        }

        (MaintenanceMessage? message, byte[] bytes, RestProblem? problem) = await MaintenanceMessage.ReadAsync(call, ct);
        StructureSubmission submission = new() { Tasks = message?.Tasks ?? [], By = by, Origin = Origin(call), Message = bytes, MediaType = call.Http.Request.ContentType };
        if (message is null)
        {
            if (bytes.Length > 0 && problem!.Fault == RestFault.Syntax && !isTrial)
            {
                await services.Maintenance.LogUnreadableAsync(submission, problem.Issues, ct);
            }

            return problem;
        }

        Maintainable? stranger = message.Artefacts.FirstOrDefault(a => !address.Means(a));
        if (stranger is not null || (isPut && message.Artefacts.IsEmpty))
        {
            return Unfitting(stranger?.Urn ?? call.Address.Path);
        }

        if (isPut && Named(address, by, services).IsEmpty)
        {
            return RestProblem.Of(RestFault.UnknownArtefact, IssueCodes.UnknownArtefact, call.Address.Path);
        }

        return await DoAsync(call, submission, isTrial || message.IsTrial, services, ct);
    }

    private static async Task<RestProblem?> DeleteAsync(RestCall call, MaintenanceAddress address, Maintainer by, bool isTrial, RestServices services, CancellationToken ct)
    {
        if (!address.NamesArtefact || address.Resource is null)
        {
            return RestProblem.Of(RestFault.Syntax, IssueCodes.MissingPathPart, "version");
        }

        ImmutableArray<Maintainable> named = Named(address, by, services);
        if (named.IsEmpty)
        {
            return RestProblem.Of(RestFault.UnknownArtefact, IssueCodes.UnknownArtefact, call.Address.Path);
        }

        StructureSubmission submission = new()
        {
            Tasks = [.. named.Select(a => address.Item is { } item ? StructureTask.DeleteItem(a.Reference with { ItemId = item }) : StructureTask.Delete(a.Reference))],
            By = by,
            Origin = Origin(call),
        };
        return await DoAsync(call, submission, isTrial, services, ct);
    }

    private static async Task<RestProblem?> DoAsync(RestCall call, StructureSubmission submission, bool isTrial, RestServices services, CancellationToken ct)
    {
        StructurePlan plan = isTrial ? await services.Maintenance.PlanAsync(submission, ct) : (await services.Maintenance.ApplyAsync(submission, ct)).Plan;
        await MaintenanceAnswer.WriteAsync(call, plan, isTrial, services, ct);
        return null;
    }

    // A structure set or hierarchical codelist of SDMX 2.1 is several artefacts.
    private static ImmutableArray<Maintainable> Named(MaintenanceAddress address, Maintainer by, RestServices services)
        => [.. services.Registry.For(by.Reading).Structures.All.Where(address.Means)];

    private static RestProblem Unfitting(string what) => new(RestFault.Unfitting, [new Issue(ExchangeIssues.NotOfAddress, Location.None, what)]);

    private static string Origin(RestCall call) => $"rest {call.Http.Request.Method} {call.Address.Path}".TrimEnd();
}
