using System.Collections.Immutable;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;

namespace Dsm.Web.Rest;

/// <summary>What there is of one target of a query, as a reader may see.</summary>
/// <param name="Target">Flow, data structure or provision agreement.</param>
/// <param name="Counts">Codes, times and counts.</param>
/// <param name="Providers">Providers that brought any of it; empty when nobody asked for them.</param>
internal sealed record Available(DataTarget Target, Availability Counts, ImmutableArray<StructureReference> Providers)
{
    /// <summary>Counts what there is of the targets of a query; targets with nothing are left out.</summary>
    public static async Task<ImmutableArray<Available>> OfAsync(
        AvailabilityQuery query, CubeSelection selection, ReaderAccess access, RestServices services, CancellationToken ct)
    {
        ImmutableArray<Available>.Builder found = ImmutableArray.CreateBuilder<Available>();
        bool wantsProviders = query.AllReferences || query.ReferenceTypes.Contains(StructureType.DataProviderScheme);
        foreach ((DataTarget target, WarehouseQuery one) in selection.Targets)
        {
            Availability counts = query.IsAvailableMode
                ? await services.Warehouse.ChoicesAsync(one, access, ct)
                : await services.Warehouse.AvailabilityAsync(one, access, ct);

            // What can still be chosen may be something although what is chosen gives nothing.
            if (counts.Observations > 0 || (query.IsAvailableMode && counts.Codes.Any(c => !c.IsEmpty)))
            {
                found.Add(new Available(target, counts, wantsProviders ? await ProvidersAsync(selection.Registry, target, one, access, services, ct) : []));
            }
        }

        return found.ToImmutable();
    }

    private static async Task<ImmutableArray<StructureReference>> ProvidersAsync(
        RegistrySnapshot registry, DataTarget target, WarehouseQuery one, ReaderAccess access, RestServices services, CancellationToken ct)
    {
        ImmutableArray<StructureReference>.Builder providers = ImmutableArray.CreateBuilder<StructureReference>();
        foreach (ProvisionAgreement agreement in registry.Structures.Of<ProvisionAgreement>()
            .Where(a => a.DataProvider is not null && registry.Structures.Find<Dataflow>(a.Dataflow)?.Urn == target.FlowUrn
                && (target.AgreementUrns.IsEmpty || target.AgreementUrns.Contains(a.Urn))))
        {
            if (await services.HoldsAsync(one with { AgreementUrns = [agreement.Urn] }, access, ct))
            {
                providers.Add(agreement.DataProvider!);
            }
        }

        return providers.ToImmutable();
    }
}
