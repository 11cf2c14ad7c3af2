using System.Collections.Frozen;
using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Rest;

/// <summary>The words of the two lines of the REST specification.</summary>
internal static class RestWords
{
    private static readonly Dictionary<string, ImmutableArray<StructureType>> Several15 = new()
    {
        ["organisationscheme"] = [StructureType.AgencyScheme, StructureType.DataProviderScheme, StructureType.DataConsumerScheme, StructureType.OrganisationUnitScheme],
        ["contentconstraint"] = [StructureType.DataConstraint, StructureType.MetadataConstraint],
        ["actualconstraint"] = [StructureType.DataConstraint, StructureType.MetadataConstraint],
        ["allowedconstraint"] = [StructureType.DataConstraint, StructureType.MetadataConstraint],
        ["structureset"] =
        [
            StructureType.StructureMap, StructureType.RepresentationMap, StructureType.CategorySchemeMap, StructureType.ConceptSchemeMap,
            StructureType.OrganisationSchemeMap, StructureType.ReportingTaxonomyMap,
        ],
    };

    /// <summary>The types of the model that a resource of REST 1.5 means; null when there is no such resource.</summary>
    public static ImmutableArray<StructureType>? Types15(string word)
        => Several15.TryGetValue(word, out ImmutableArray<StructureType> several) ? several
            : StructureType.FromRest1(word) is { } type ? [type] : null;

    /// <summary>The resource of REST 1.5 that means just these types; null when there is none.</summary>
    public static string? Word15(ImmutableArray<StructureType> types)
        => Several15.FirstOrDefault(s => s.Value.SequenceEqual(types)).Key is { } word ? word : types.Length == 1 ? types[0].Rest1 : null;

    /// <summary>The kind of geospatial codelist that a word means, though REST 2.x lists only <c>codelist</c>; null for other words.</summary>
    public static GeoCodelistType? GeoType(string word) => word switch
    {
        "geographiccodelist" => GeoCodelistType.Geographic,
        "geogridcodelist" => GeoCodelistType.Grid,
        _ => null,
    };

    public static readonly IReadOnlyDictionary<string, StructureDetail> Detail15 = new Dictionary<string, StructureDetail>
    {
        ["full"] = StructureDetail.Full,
        ["allstubs"] = StructureDetail.AllStubs,
        ["referencestubs"] = StructureDetail.ReferenceStubs,
        ["allcompletestubs"] = StructureDetail.AllCompleteStubs,
        ["referencecompletestubs"] = StructureDetail.ReferenceCompleteStubs,
        ["referencepartial"] = StructureDetail.ReferencePartial,
    };

    public static readonly IReadOnlyDictionary<string, StructureDetail> Detail2 =
        new Dictionary<string, StructureDetail>(Detail15) { ["raw"] = StructureDetail.Raw };

    public static readonly IReadOnlyDictionary<string, StructureReferences> References15 = new Dictionary<string, StructureReferences>
    {
        ["none"] = StructureReferences.None,
        ["parents"] = StructureReferences.Parents,
        ["parentsandsiblings"] = StructureReferences.ParentsAndSiblings,
        ["children"] = StructureReferences.Children,
        ["descendants"] = StructureReferences.Descendants,
        ["all"] = StructureReferences.All,
    };

    public static readonly IReadOnlyDictionary<string, StructureReferences> References2 =
        new Dictionary<string, StructureReferences>(References15) { ["ancestors"] = StructureReferences.Ancestors };

    public static readonly IReadOnlyDictionary<string, bool> Modes = new Dictionary<string, bool> { ["exact"] = false, ["available"] = true };

    /// <summary>Types that an availability query may bring along.</summary>
    public static readonly FrozenSet<string> AvailabilityReferences =
        FrozenSet.ToFrozenSet(["codelist", "valuelist", "datastructure", "conceptscheme", "dataflow", "dataproviderscheme"]);

    /// <summary>Contexts of data queries in REST 2.x.</summary>
    public static StructureType? DataContext(string word) => word switch
    {
        "datastructure" => StructureType.DataStructure,
        "dataflow" => StructureType.Dataflow,
        "provisionagreement" => StructureType.ProvisionAgreement,
        _ => null,
    };

    /// <summary>Contexts of schema queries.</summary>
    public static StructureType? SchemaContext(string word) => DataContext(word) ?? word switch
    {
        "metadatastructure" => StructureType.MetadataStructure,
        "metadataflow" => StructureType.Metadataflow,
        "metadataprovisionagreement" => StructureType.MetadataProvisionAgreement,
        _ => null,
    };
}
