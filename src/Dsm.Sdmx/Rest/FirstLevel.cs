using System.Collections.Frozen;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Rest;

/// <summary>
/// Which types of artefacts can refer to which others directly: the tables of first-level artefacts of REST 1.5 and 2.2 ("Applicability
/// and meaning of references").
/// </summary>
internal static class FirstLevel
{
    // These refer to artefacts of any type.
    private static readonly FrozenSet<StructureType> ToAny = FrozenSet.ToFrozenSet(
    [
        StructureType.Categorisation, StructureType.Process, StructureType.HierarchyAssociation, StructureType.MetadataProvisionAgreement,
    ]);

    private static readonly FrozenDictionary<StructureType, StructureType[]> Below = new Dictionary<StructureType, StructureType[]>
    {
        [StructureType.Codelist] = [StructureType.Codelist],
        [StructureType.ConceptScheme] = [StructureType.Codelist, StructureType.ValueList],
        [StructureType.Hierarchy] = [StructureType.Codelist],
        [StructureType.DataStructure] = [StructureType.Codelist, StructureType.ValueList, StructureType.ConceptScheme, StructureType.MetadataStructure],
        [StructureType.MetadataStructure] =
        [
            StructureType.Codelist, StructureType.ValueList, StructureType.ConceptScheme, StructureType.AgencyScheme, StructureType.DataProviderScheme,
            StructureType.DataConsumerScheme, StructureType.OrganisationUnitScheme,
        ],
        [StructureType.Dataflow] = [StructureType.DataStructure],
        [StructureType.Metadataflow] = [StructureType.MetadataStructure],
        [StructureType.ProvisionAgreement] = [StructureType.Dataflow, StructureType.Metadataflow, StructureType.DataProviderScheme],
        [StructureType.DataConstraint] =
        [
            StructureType.DataStructure, StructureType.Dataflow, StructureType.MetadataStructure, StructureType.Metadataflow, StructureType.ProvisionAgreement,
            StructureType.DataProviderScheme,
        ],
        [StructureType.MetadataConstraint] =
        [
            StructureType.MetadataStructure, StructureType.Metadataflow, StructureType.MetadataProvisionAgreement, StructureType.MetadataProviderScheme,
            StructureType.DataStructure, StructureType.Dataflow, StructureType.ProvisionAgreement, StructureType.DataProviderScheme,
        ],
        [StructureType.ReportingTaxonomy] = [StructureType.Dataflow, StructureType.Metadataflow],
        [StructureType.StructureMap] = [StructureType.DataStructure, StructureType.MetadataStructure, StructureType.Dataflow, StructureType.Metadataflow, StructureType.RepresentationMap],
        [StructureType.RepresentationMap] = [StructureType.Codelist, StructureType.ValueList, StructureType.Hierarchy],
        [StructureType.ConceptSchemeMap] = [StructureType.ConceptScheme],
        [StructureType.CategorySchemeMap] = [StructureType.CategoryScheme, StructureType.ReportingTaxonomy],
        [StructureType.ReportingTaxonomyMap] = [StructureType.ReportingTaxonomy],
        [StructureType.OrganisationSchemeMap] =
        [
            StructureType.AgencyScheme, StructureType.DataProviderScheme, StructureType.DataConsumerScheme, StructureType.OrganisationUnitScheme,
            StructureType.MetadataProviderScheme,
        ],
        [StructureType.TransformationScheme] =
        [
            StructureType.CustomTypeScheme, StructureType.NamePersonalisationScheme, StructureType.RulesetScheme, StructureType.UserDefinedOperatorScheme,
            StructureType.VtlMappingScheme,
        ],
        [StructureType.RulesetScheme] = [StructureType.VtlMappingScheme],
        [StructureType.UserDefinedOperatorScheme] = [StructureType.RulesetScheme, StructureType.VtlMappingScheme],
        [StructureType.VtlMappingScheme] = [StructureType.Codelist, StructureType.ConceptScheme, StructureType.Dataflow],
    }.ToFrozenDictionary();

    private static readonly FrozenSet<StructureType> Maps = FrozenSet.ToFrozenSet(
    [
        StructureType.StructureMap, StructureType.RepresentationMap, StructureType.ConceptSchemeMap, StructureType.CategorySchemeMap,
        StructureType.ReportingTaxonomyMap, StructureType.OrganisationSchemeMap,
    ]);

    /// <summary>True when an artefact of one type can refer to one of the other, whichever way. Agencies stand beside all they maintain.</summary>
    /// <param name="one">A type.</param>
    /// <param name="other">Another, or the same.</param>
    /// <param name="mapsAreOne">True when maps of any type are parts of structure sets, as in REST 1.5.</param>
    public static bool CanStandBeside(StructureType one, StructureType other, bool mapsAreOne)
        => one == StructureType.AgencyScheme || other == StructureType.AgencyScheme || (Maps.Contains(one) && Maps.Contains(other))
            || Alike(one, mapsAreOne).Any(a => Alike(other, mapsAreOne).Any(b => Refers(a, b) || Refers(b, a)));

    private static IEnumerable<StructureType> Alike(StructureType type, bool mapsAreOne) => mapsAreOne && Maps.Contains(type) ? Maps : [type];

    private static bool Refers(StructureType from, StructureType to)
        => ToAny.Contains(from) || (Below.TryGetValue(from, out StructureType[]? below) && below.Contains(to));
}
