using System.Collections.Frozen;

namespace Dsm.Sdmx.Formats.Summary;

/// <summary>How artefacts and their parts are called in the formats, and the one name under which they are counted.</summary>
internal static class ArtefactNames
{
    /// <summary>Elements of SDMX-ML 1.0 and 2.0 below which artefacts stand (later versions gather them in <c>Structures</c>).</summary>
    public static readonly FrozenSet<string> OldContainers = FrozenSet.ToFrozenSet(
    [
        "OrganisationSchemes", "Dataflows", "Metadataflows", "CategorySchemes", "CodeLists", "HierarchicalCodelists", "Concepts", "KeyFamilies",
        "MetadataStructureDefinitions", "StructureSets", "ReportingTaxonomies", "Processes", "Agencies",
    ]);

    /// <summary>Parts by the class of their artefact.</summary>
    private static readonly FrozenDictionary<string, string[]> Parts = new Dictionary<string, string[]>
    {
        ["Codelist"] = ["Code"],
        ["ValueList"] = ["ValueItem"],
        ["GeographicCodelist"] = ["GeoFeatureSetCode"],
        ["GeoGridCodelist"] = ["GeoGridCode"],
        ["ConceptScheme"] = ["Concept"],
        ["CategoryScheme"] = ["Category"],
        ["AgencyScheme"] = ["Agency"],
        ["DataProviderScheme"] = ["DataProvider"],
        ["DataConsumerScheme"] = ["DataConsumer"],
        ["MetadataProviderScheme"] = ["MetadataProvider"],
        ["OrganisationUnitScheme"] = ["OrganisationUnit"],
        ["OrganisationScheme"] = ["Agency", "DataProvider", "DataConsumer", "OrganisationUnit"],
        ["DataStructure"] = ["Dimension", "TimeDimension", "MeasureDimension", "Attribute", "Measure", "PrimaryMeasure", "CrossSectionalMeasure", "Group"],
        ["MetadataStructure"] = ["MetadataAttribute", "MetadataTarget", "ReportStructure"],
        ["HierarchicalCodelist"] = ["Hierarchy", "HierarchicalCode"],
        ["Hierarchy"] = ["HierarchicalCode"],
        ["ContentConstraint"] = ["CubeRegion", "DataKeySet", "MetadataTargetRegion", "MetadataKeySet"],
        ["AttachmentConstraint"] = ["DataKeySet", "MetadataKeySet"],
        ["DataConstraint"] = ["CubeRegion", "DataKeySet"],
        ["AvailabilityConstraint"] = ["CubeRegion", "DataKeySet"],
        ["MetadataConstraint"] = ["MetadataTargetRegion"],
        ["StructureSet"] =
        [
            "StructureMap", "CodelistMap", "HierarchicalCodelistMap", "ConceptSchemeMap", "CategorySchemeMap", "OrganisationSchemeMap", "ReportingTaxonomyMap",
            "HybridCodelistMap", "CodeMap", "ConceptMap", "CategoryMap", "OrganisationMap", "ReportingCategoryMap",
        ],
        ["RepresentationMap"] = ["RepresentationMapping"],
        ["ReportingTaxonomy"] = ["ReportingCategory"],
        ["Process"] = ["ProcessStep"],
        ["TransformationScheme"] = ["Transformation"],
        ["RulesetScheme"] = ["Ruleset"],
        ["UserDefinedOperatorScheme"] = ["UserDefinedOperator"],
        ["CustomTypeScheme"] = ["CustomType"],
        ["NamePersonalisationScheme"] = ["NamePersonalisation"],
        ["VtlMappingScheme"] = ["VtlMapping"],
    }.ToFrozenDictionary();

    /// <summary>All classes of artefacts by their name in any case of letters.</summary>
    private static readonly FrozenDictionary<string, string> Artefacts = Parts.Keys.Concat(
    [
        "Dataflow", "Metadataflow", "Categorisation", "ProvisionAgreement", "MetadataProvisionAgreement", "HierarchyAssociation", "StructureMap", "ConceptSchemeMap",
        "CategorySchemeMap", "OrganisationSchemeMap", "ReportingTaxonomyMap",
    ]).ToFrozenDictionary(name => name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Components stand in these lists; elements of the same names elsewhere only refer to them.</summary>
    private static readonly FrozenSet<string> ComponentLists = FrozenSet.ToFrozenSet(
        ["DimensionList", "AttributeList", "MeasureList", "DataStructureComponents", "Components", "DataStructure"]);

    /// <summary>Arrays of SDMX-JSON whose name is not the class with a small letter and an s.</summary>
    private static readonly FrozenDictionary<string, string> Plurals = new Dictionary<string, string>
    {
        ["agencies"] = "Agency",
        ["categories"] = "Category",
        ["hierarchies"] = "Hierarchy",
        ["processes"] = "Process",
        ["reportingTaxonomies"] = "ReportingTaxonomy",
        ["reportingCategories"] = "ReportingCategory",
        ["hierarchicalCodelists"] = "HierarchicalCodelist",
        ["codeLists"] = "Codelist",
    }.ToFrozenDictionary();

    /// <summary>The class of a maintainable artefact by its element.</summary>
    public static string ClassOf(string element) => element switch
    {
        "KeyFamily" => "DataStructure",
        "CodeList" => "Codelist",
        "MetadataStructureDefinition" => "MetadataStructure",
        "DataFlow" => "Dataflow",
        "MetadataFlow" => "Metadataflow",
        _ => element,
    };

    /// <summary>The class of a part of an artefact by its element; null when it is none that is counted.</summary>
    public static string? PartOf(string artefact, string element, string parent)
    {
        if ((artefact == "DataStructure" && !ComponentLists.Contains(parent)) || (element == "MetadataTarget" && parent is "ReportStructure"))
        {
            return null;
        }

        // Codes of hierarchies in SDMX-ML 2.0.
        string part = element == "CodeRef" && artefact == "HierarchicalCodelist" ? "HierarchicalCode" : element;
        return Parts.TryGetValue(artefact, out string[]? parts) && Array.IndexOf(parts, part) is >= 0 and int i ? parts[i] : null;
    }

    /// <summary>The class of a part in SDMX-JSON by the name of its array or member.</summary>
    public static string? JsonPartOf(string artefact, string member, string parent)
    {
        string list = parent.Length > 0 ? char.ToUpperInvariant(parent[0]) + parent[1..] : "";
        string name = member is "timeDimension" or "primaryMeasure" ? char.ToUpperInvariant(member[0]) + member[1..] : Singular(member);
        return PartOf(artefact, name, list);
    }

    /// <summary>The item class of a scheme, for formats that call all of them <c>items</c>.</summary>
    public static string? ItemOf(string artefact) => artefact.EndsWith("Scheme", StringComparison.Ordinal) || artefact is "Codelist" or "ValueList" or "GeographicCodelist" or "GeoGridCodelist"
        ? Parts.GetValueOrDefault(artefact)?[0] : null;

    /// <summary>The class of the artefacts in an array of SDMX-JSON; null when it holds none. Some services write <c>valuelists</c> for <c>valueLists</c>.</summary>
    public static string? ClassOfArray(string array) => Artefacts.GetValueOrDefault(Singular(array));

    /// <summary>The class of what an array of SDMX-JSON holds.</summary>
    private static string Singular(string array)
    {
        if (Plurals.TryGetValue(array, out string? known))
        {
            return known;
        }

        string singular = array.EndsWith('s') ? array[..^1] : array;
        return singular.Length == 0 ? singular : ClassOf(char.ToUpperInvariant(singular[0]) + singular[1..]);
    }
}
