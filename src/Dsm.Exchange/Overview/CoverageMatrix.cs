using Dsm.Exchange.Access;
using Dsm.Exchange.Harvesting;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Storage;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Overview;

/// <summary>States by indicators: what there is, how timely it is, how the last harvest went. As a reader may see it.</summary>
public sealed class CoverageMatrix(
    WarehouseReader warehouse, HubDatabase database, StructureRegistry registry, RegionOptions region, FreshnessOptions freshness, TimeProvider clock)
{
    /// <summary>Type of the annotation that marks synthetic figures, on a provision agreement.</summary>
    public const string SyntheticAnnotation = "DSM_SYNTHETIC";

    /// <summary>A cell for every state and indicator of the region.</summary>
    public async Task<IReadOnlyList<CoverageCell>> ReadAsync(ReaderAccess reader, CancellationToken ct)
    {
        // That figures are synthetic is said to everybody; whose harvests there are, only to those who may see their agreements.
        RegistrySnapshot structures = registry.Current, seen = registry.For(reader);
        ILookup<(string?, string), Coverage> figures = (await warehouse.CoverageAsync(reader, ct).ConfigureAwait(false))
            .ToLookup(c => (c.State, c.FlowUrn));
        ILookup<(string?, string?), HarvestRun?> runs = (await SourceRun.ListAsync(database, ct).ConfigureAwait(false))
            .ToLookup(s => Place(seen, s.Source.AgreementUrn), s => s.Run);
        return [.. region.States.SelectMany(state => region.Flows.Select(flow => Cell(structures, state, flow, [.. figures[(state, flow)]], runs[(state, flow)])))];
    }

    private CoverageCell Cell(RegistrySnapshot structures, string state, string flow, Coverage[] figures, IEnumerable<HarvestRun?> runs)
    {
        TimePeriod last = figures.Select(f => TimePeriod.TryParse(f.LastPeriod, out TimePeriod p) ? p : default).Where(p => !p.IsNone).OrderBy(p => p.End).LastOrDefault();
        return new CoverageCell
        {
            State = state,
            FlowUrn = flow,
            LastPeriod = last,
            Freshness = freshness.Of(last, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)),
            Due = last.IsNone ? null : freshness.DueAfter(last),
            Observations = figures.Sum(f => f.Observations),
            IsSynthetic = figures.Any(f => Agreement(structures, f.AgreementUrn)?.AnnotationOf(SyntheticAnnotation) is not null),
            LastRun = runs.MaxBy(r => SourceRun.Attention(r?.Status)),
        };
    }

    private (string? State, string? Flow) Place(RegistrySnapshot structures, string agreementUrn)
    {
        ProvisionAgreement? agreement = Agreement(structures, agreementUrn);
        DataSchema? schema = agreement is null ? null : structures.Schema(agreement.Reference);
        return schema is null ? (null, null)
            : (AgreementState.Of(structures.Structures, agreement!, schema, region.StateDimension), schema.Dataflow?.Urn);
    }

    private static ProvisionAgreement? Agreement(RegistrySnapshot structures, string urn)
        => StructureReference.TryParseUrn(urn, out StructureReference? reference) ? structures.Structures.Find<ProvisionAgreement>(reference) : null;
}
