using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Storage;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Overview;

/// <summary>Where the figures of one agreement come from.</summary>
/// <param name="Coverage">What there is.</param>
/// <param name="IsSynthetic">True when they are synthetic, which has to be said to everybody.</param>
/// <param name="Synthetic">What their provider says of that; empty when nothing, or when the reader may not see the agreement.</param>
/// <param name="Attribution">Who published them; empty when nothing is said beyond the provider.</param>
public sealed record Provenance(Coverage Coverage, bool IsSynthetic, LocalisedText Synthetic, LocalisedText Attribution);

/// <summary>Tells who provides the figures of a flow and what has to be said about them.</summary>
public sealed class FlowProvenance(WarehouseReader warehouse, HubDatabase database, StructureRegistry registry)
{
    /// <summary>Type of the annotation that names the publication figures were taken from, on a national dataflow.</summary>
    public const string SourceAnnotation = "DSM_DATA_SOURCE";

    /// <summary>The agreements of a flow that have figures the reader may see, in order of states.</summary>
    public async Task<IReadOnlyList<Provenance>> OfAsync(string flowUrn, ReaderAccess reader, CancellationToken ct)
    {
        StructureSet all = registry.Current.Structures, structures = registry.For(reader).Structures;
        ILookup<string, string?> national = (await SourceRun.ListAsync(database, ct).ConfigureAwait(false)).ToLookup(s => s.Source.AgreementUrn, s => s.Source.SourceStructureUrn);
        return [.. (await warehouse.CoverageAsync(reader, ct).ConfigureAwait(false))
            .Where(c => c.FlowUrn == flowUrn)
            .Select(c => new Provenance(
                c,
                Find(all, c.AgreementUrn)?.AnnotationOf(CoverageMatrix.SyntheticAnnotation) is not null,
                Note(structures, c.AgreementUrn, CoverageMatrix.SyntheticAnnotation),
                national[c.AgreementUrn].Select(urn => Note(structures, urn, SourceAnnotation)).FirstOrDefault(t => !t.IsEmpty)))
            .OrderBy(p => p.Coverage.State, StringComparer.Ordinal)];
    }

    private static LocalisedText Note(StructureSet structures, string? urn, string annotation)
        => Find(structures, urn)?.AnnotationOf(annotation)?.Text ?? default;

    private static Maintainable? Find(StructureSet structures, string? urn)
        => urn is not null && StructureReference.TryParseUrn(urn, out StructureReference? reference) ? structures.Find(reference) : null;
}
