using System.Collections.Immutable;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;

namespace Dsm.Web.Rest;

/// <summary>Registrations of data sources (REST 2.2, "Data registration queries").</summary>
internal static class RegistrationResource
{
    /// <summary>Adds the addresses.</summary>
    public static void MapRegistrations(this IEndpointRouteBuilder routes)
    {
        routes.MapResource<RegistrationQuery>(RestLine.V2, "/registration/{**rest}", GetAsync);
        routes.MapSubmission(RestLine.V2, "/registration", RegistrationSubmission.PostAsync);
    }

    // Nothing was asked about keys; of reference metadata the schema wants that called a match.
    private static QueryRegistrationResult Result(Registration registration, StructureSet structures)
    {
        bool isOfMetadata = structures.Find<ProvisionAgreement>(registration.ProvisionAgreement)?.Dataflow is { } flow && structures.Find(flow) is Metadataflow;
        return new QueryRegistrationResult(registration, isOfMetadata, TimeSeriesMatch: isOfMetadata, []);
    }

    private static async Task<RestProblem?> GetAsync(RestCall call, RegistrationQuery query, RestServices services, CancellationToken ct)
    {
        (ChosenFormat? chosen, RestProblem? problem) = Negotiation.Format(call, OfferedFormats.Registry);
        if (chosen is null)
        {
            return problem;
        }

        StructureSet structures = services.Registry.For(call.Access).Structures;
        ImmutableArray<Registration> found = await services.Registrations.FindAsync(query, structures, ct);
        string state = string.Join('\n', found.Select(r => r.ToString()));
        if (Caching.IsKnown(call, chosen, "", state, null, services.Now))
        {
            return null;
        }

        if (found.IsEmpty)
        {
            return RestProblem.NoResults();
        }

        await RegistryAnswer.WriteAsync(call, chosen.Format, new QueryRegistrationResponse(new StatusMessage(RequestStatus.Success, []), [.. found.Select(r => Result(r, structures))]), services, ct);
        return null;
    }
}
