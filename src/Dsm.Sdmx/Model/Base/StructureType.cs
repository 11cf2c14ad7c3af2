using System.Collections.Frozen;

namespace Dsm.Sdmx.Model;

/// <summary>
/// A type of artefact with its names: class of the information model, package of its URN, resource names of REST 1.5 and 2.x.
/// </summary>
/// <param name="Class">Class in the information model and in URNs, e.g. <c>DataStructure</c>.</param>
/// <param name="Package">Package in URNs, e.g. <c>datastructure</c>.</param>
/// <param name="Rest1">Resource name in REST 1.5; null when the type does not exist there.</param>
/// <param name="Rest2">Resource name in REST 2.x; null when the type does not exist there.</param>
public sealed record StructureType(string Class, string Package, string? Rest1, string? Rest2)
{
    /// <summary>Item class of a scheme (e.g. <c>Code</c> of <c>Codelist</c>), or null.</summary>
    public string? ItemClass { get; init; }

#pragma warning disable CS1591 // the names are those of the standard
    public static readonly StructureType AgencyScheme = new("AgencyScheme", "base", "agencyscheme", "agencyscheme") { ItemClass = "Agency" };
    public static readonly StructureType DataProviderScheme = new("DataProviderScheme", "base", "dataproviderscheme", "dataproviderscheme") { ItemClass = "DataProvider" };
    public static readonly StructureType DataConsumerScheme = new("DataConsumerScheme", "base", "dataconsumerscheme", "dataconsumerscheme") { ItemClass = "DataConsumer" };
    public static readonly StructureType OrganisationUnitScheme = new("OrganisationUnitScheme", "base", "organisationunitscheme", "organisationunitscheme") { ItemClass = "OrganisationUnit" };
    public static readonly StructureType MetadataProviderScheme = new("MetadataProviderScheme", "base", null, "metadataproviderscheme") { ItemClass = "MetadataProvider" };
    public static readonly StructureType Codelist = new("Codelist", "codelist", "codelist", "codelist") { ItemClass = "Code" };
    public static readonly StructureType ValueList = new("ValueList", "codelist", null, "valuelist") { ItemClass = "ValueItem" };
    public static readonly StructureType ConceptScheme = new("ConceptScheme", "conceptscheme", "conceptscheme", "conceptscheme") { ItemClass = "Concept" };
    public static readonly StructureType CategoryScheme = new("CategoryScheme", "categoryscheme", "categoryscheme", "categoryscheme") { ItemClass = "Category" };
    public static readonly StructureType Categorisation = new("Categorisation", "categoryscheme", "categorisation", "categorisation");
    public static readonly StructureType Hierarchy = new("Hierarchy", "codelist", "hierarchicalcodelist", "hierarchy");
    public static readonly StructureType HierarchyAssociation = new("HierarchyAssociation", "codelist", null, "hierarchyassociation");
    public static readonly StructureType DataStructure = new("DataStructure", "datastructure", "datastructure", "datastructure");
    public static readonly StructureType Dataflow = new("Dataflow", "datastructure", "dataflow", "dataflow");
    public static readonly StructureType DataConstraint = new("DataConstraint", "registry", "contentconstraint", "dataconstraint");
    public static readonly StructureType ProvisionAgreement = new("ProvisionAgreement", "registry", "provisionagreement", "provisionagreement");
    public static readonly StructureType MetadataStructure = new("MetadataStructure", "metadatastructure", "metadatastructure", "metadatastructure");
    public static readonly StructureType Metadataflow = new("Metadataflow", "metadatastructure", "metadataflow", "metadataflow");
    public static readonly StructureType MetadataProvisionAgreement = new("MetadataProvisionAgreement", "registry", null, "metadataprovisionagreement");
    public static readonly StructureType StructureMap = new("StructureMap", "structuremapping", "structureset", "structuremap");
    public static readonly StructureType RepresentationMap = new("RepresentationMap", "structuremapping", null, "representationmap");
    public static readonly StructureType CategorySchemeMap = new("CategorySchemeMap", "structuremapping", null, "categoryschememap");
    public static readonly StructureType ConceptSchemeMap = new("ConceptSchemeMap", "structuremapping", null, "conceptschememap");
    public static readonly StructureType OrganisationSchemeMap = new("OrganisationSchemeMap", "structuremapping", null, "organisationschememap");
    public static readonly StructureType ReportingTaxonomyMap = new("ReportingTaxonomyMap", "structuremapping", null, "reportingtaxonomymap");
    public static readonly StructureType AttachmentConstraint = new("AttachmentConstraint", "registry", "attachmentconstraint", null);
    public static readonly StructureType MetadataConstraint = new("MetadataConstraint", "registry", null, "metadataconstraint");
    public static readonly StructureType ReportingTaxonomy = new("ReportingTaxonomy", "categoryscheme", "reportingtaxonomy", "reportingtaxonomy") { ItemClass = "ReportingCategory" };
    public static readonly StructureType Process = new("Process", "process", "process", "process");
    public static readonly StructureType TransformationScheme = new("TransformationScheme", "transformation", "transformationscheme", "transformationscheme") { ItemClass = "Transformation" };
    public static readonly StructureType RulesetScheme = new("RulesetScheme", "transformation", "rulesetscheme", "rulesetscheme") { ItemClass = "Ruleset" };
    public static readonly StructureType UserDefinedOperatorScheme = new("UserDefinedOperatorScheme", "transformation", "userdefinedoperatorscheme", "userdefinedoperatorscheme") { ItemClass = "UserDefinedOperator" };
    public static readonly StructureType CustomTypeScheme = new("CustomTypeScheme", "transformation", "customtypescheme", "customtypescheme") { ItemClass = "CustomType" };
    public static readonly StructureType NamePersonalisationScheme = new("NamePersonalisationScheme", "transformation", "namepersonalisationscheme", "namepersonalisationscheme") { ItemClass = "NamePersonalisation" };
    public static readonly StructureType VtlMappingScheme = new("VtlMappingScheme", "transformation", "vtlmappingscheme", "vtlmappingscheme") { ItemClass = "VtlDataflowMapping" };
    // Served by the metadata resource, not by the structure resource.
    public static readonly StructureType MetadataSet = new("MetadataSet", "metadatastructure", null, null);
#pragma warning restore CS1591

    private static readonly FrozenDictionary<string, StructureType> ByClass = AllTypes().ToFrozenDictionary(t => t.Class);

    private static readonly FrozenDictionary<string, StructureType> ByRest2 = AllTypes().Where(t => t.Rest2 is not null).ToFrozenDictionary(t => t.Rest2!);

    private static readonly FrozenDictionary<string, StructureType> ByRest1 = AllTypes().Where(t => t.Rest1 is not null).ToFrozenDictionary(t => t.Rest1!);

    private static readonly FrozenDictionary<string, StructureType> ByItem = AllTypes().Where(t => t.ItemClass is not null).ToFrozenDictionary(t => t.ItemClass!);

    /// <summary>All types of this model.</summary>
    public static IReadOnlyList<StructureType> All { get; } = [.. AllTypes()];

    /// <summary>The type with a class name; SDMX 2.1 names (<c>ContentConstraint</c>, <c>HierarchicalCodelist</c>) are understood. Null when unknown.</summary>
    public static StructureType? FromClass(string name) => ByClass.GetValueOrDefault(name switch
    {
        "ContentConstraint" => "DataConstraint",
        "DataStructureDefinition" => "DataStructure",
        "MetadataStructureDefinition" => "MetadataStructure",
        "HierarchicalCodelist" => "Hierarchy",
        "MetadataFlow" => "Metadataflow",
        "DataFlow" => "Dataflow",
        _ => name,
    });

    /// <summary>The scheme type whose items have a class name, e.g. <c>Code</c> gives <see cref="Codelist"/>; null when unknown.</summary>
    public static StructureType? FromItemClass(string name) => ByItem.GetValueOrDefault(name);

    /// <summary>The type with a REST 2.x resource name; null when unknown.</summary>
    public static StructureType? FromRest2(string name) => ByRest2.GetValueOrDefault(name);

    /// <summary>The type with a REST 1.5 resource name; null when unknown.</summary>
    public static StructureType? FromRest1(string name) => ByRest1.GetValueOrDefault(name);

    /// <summary>The class name.</summary>
    public override string ToString() => Class;

    private static IEnumerable<StructureType> AllTypes() => typeof(StructureType).GetFields()
        .Where(f => f.IsStatic && f.FieldType == typeof(StructureType)).Select(f => (StructureType)f.GetValue(null)!);
}
