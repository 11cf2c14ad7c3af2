using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Rest;

/// <summary>
/// Answers structure queries from a set of structures: which artefacts, which others come along, and how much of each
/// (REST 1.5 and 2.x, "Structural metadata queries").
/// </summary>
public sealed class StructureSelection(StructureSet structures)
{
    /// <summary>
    /// The answer: artefacts asked for first, then those that come along, each once. Empty when nothing asked for exists.
    /// References that cannot be resolved here bring nothing.
    /// </summary>
    public ImmutableArray<Maintainable> Answer(StructureQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        bool isRaw = query.Detail == StructureDetail.Raw;
        StructureNeighbours neighbours = new(structures, isRaw, isRest15: query.Containers);
        Maintainable[] asked = [.. query.Select(structures.All.Where(a => IsOfType(query, a)))];
        if (!query.Items.IsEmpty)
        {
            asked = [.. asked.Select(a => PartialSchemes.Cut(isRaw ? a : Resolved(a), query.Items, isQuery: true)).OfType<Maintainable>()];
        }

        HashSet<string> askedUrns = [.. asked.Select(a => a.Urn)];
        Maintainable[] others = [.. asked.SelectMany(a => neighbours.Of(query, a)).DistinctBy(a => a.Urn).Where(a => !askedUrns.Contains(a.Urn))];
        return
        [
            .. asked.Select(a => Detailed(a, query.Detail, isAsked: true)),
            .. query.Detail == StructureDetail.ReferencePartial
                ? PartialSchemes.CutAll(structures, neighbours, asked, others).Select(Resolved)
                : others.Select(a => Detailed(a, query.Detail, isAsked: false)),
        ];
    }

    private static bool IsOfType(StructureQuery query, Maintainable artefact)
        => (query.Types.IsEmpty ? artefact.Type != StructureType.MetadataSet : query.Types.Contains(artefact.Type))
            && (query.GeoType is null || (artefact is Codelist list && list.GeoType == query.GeoType))
            && (query.Role is null || (artefact is Constraint constraint && constraint.Role == query.Role));

    private Maintainable Detailed(Maintainable artefact, StructureDetail detail, bool isAsked) => detail switch
    {
        StructureDetail.Raw => artefact,
        StructureDetail.AllStubs => StructureStubs.Of(artefact, complete: false),
        StructureDetail.AllCompleteStubs => StructureStubs.Of(artefact, complete: true),
        StructureDetail.ReferenceStubs when !isAsked => StructureStubs.Of(artefact, complete: false),
        StructureDetail.ReferenceCompleteStubs when !isAsked => StructureStubs.Of(artefact, complete: true),
        _ => Resolved(artefact),
    };

    private Maintainable Resolved(Maintainable artefact)
        => artefact is Codelist { Extensions.IsEmpty: false } list ? CodelistExtensions.Resolve(structures, list) with { Extensions = [] } : artefact;
}
