using System.Collections.Frozen;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Rest;

/// <summary>The words of the two lines of the REST specification.</summary>
internal static class RestWords
{
    /// <summary>Structure resources of REST 1.5 that the information model here does not have.</summary>
    public static readonly FrozenSet<string> OtherTypes15 = FrozenSet.ToFrozenSet(
    [
        "reportingtaxonomy", "process", "attachmentconstraint", "transformationscheme", "rulesetscheme", "userdefinedoperatorscheme",
        "customtypescheme", "namepersonalisationscheme", "namealiasscheme", "vtlmappingscheme",
    ]);

    /// <summary>Structure types of REST 2.x that the information model here does not have.</summary>
    public static readonly FrozenSet<string> OtherTypes2 = FrozenSet.ToFrozenSet(
    [
        "reportingtaxonomy", "process", "metadataconstraint", "conceptschememap", "categoryschememap", "organisationschememap",
        "reportingtaxonomymap", "transformationscheme", "rulesetscheme", "userdefinedoperatorscheme", "customtypescheme",
        "namepersonalisationscheme", "vtlmappingscheme", "geographiccodelist", "geogridcodelist",
    ]);

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
