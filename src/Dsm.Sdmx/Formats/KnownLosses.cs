using System.Collections.Immutable;

namespace Dsm.Sdmx.Formats;

/// <summary>
/// What each structure format cannot carry. Whoever writes says each loss when it happens (S0006); tests hold the table and the writers
/// together, and docs/known-losses.md is made from it.
/// </summary>
public static partial class KnownLosses
{
    private const string Ml21 = "SDMX-ML 2.1", Ml30 = "SDMX-ML 3.0", Ml31 = "SDMX-ML 3.1";
    private const string Json10 = "SDMX-JSON 1.0", Json20 = "SDMX-JSON 2.0", Json21 = "SDMX-JSON 2.1";

    /// <summary>All losses, by property.</summary>
    public static ImmutableArray<KnownLoss> All { get; } =
        [.. Artefacts.Concat(Names).Concat(Items).Concat(Structures).Concat(Constraints).Concat(Maps).Concat(JsonOnly).OrderBy(l => l.Property, StringComparer.Ordinal)];

    /// <summary>The loss of a property in a format; null when the format carries it.</summary>
    public static KnownLoss? Find(string property, string format) => All.FirstOrDefault(l => l.Property == property && l.Formats.Contains(format));

    private static KnownLoss[] Artefacts =>
    [
        new("ValueList", "2.1 has no value lists.", [Ml21, Json10]),
        new("HierarchyAssociation", "2.1 has no hierarchy associations.", [Ml21, Json10]),
        new("MetadataProvisionAgreement", "2.1 has no agreements on reference metadata.", [Ml21, Json10]),
        new("MetadataProviderScheme", "2.1 has no metadata providers.", [Ml21, Json10]),
        new("MetadataSet", "Reports have messages of their own.", [Ml21, Ml30, Ml31, Json10, Json20, Json21]),
        new("DataStructure", "A structure with several measures would need a measure dimension and other data in 2.1.", [Ml21, Json10]),
        new("StructureMap", "In 2.1 a map stands in a structure set; only maps read from one are written, and only when they map a component to a component.", [Ml21, Json10]),
        new("RepresentationMap", "In 2.1 a map stands in a structure set; 3.x wants lists or types on both sides, no hierarchical codelists.", [Ml21, Ml30, Ml31, Json10, Json20, Json21]),
        new("CategorySchemeMap", "In 2.1 a map stands in a structure set; only maps read from one are written.", [Ml21, Json10]),
        new("ConceptSchemeMap", "In 2.1 a map stands in a structure set; only maps read from one are written.", [Ml21, Json10]),
        new("OrganisationSchemeMap", "In 2.1 a map stands in a structure set; only maps read from one are written.", [Ml21, Json10]),
        new("ReportingTaxonomyMap", "In 2.1 a map stands in a structure set; only maps read from one are written.", [Ml21, Json10]),
        new("AttachmentConstraint", "3.0 has no attachment constraints.", [Ml30, Ml31, Json20, Json21]),
        new("MetadataConstraint", "In 2.1 it is told from a constraint on data by its regions, keys and attachments; without any it is left out.", [Ml21, Json10]),
        new("DataConstraint", "An availability constraint of 3.1 needs something it is attached to.", [Ml31, Json21]),
        new("ProvisionAgreement", "An agreement of 2.1 on a metadataflow is none on data in 3.x.", [Ml30, Ml31, Json20, Json21]),
    ];

    private static KnownLoss[] Names =>
    [
        new("Annotation.Urls", "2.1 has one URL without a language.", [Ml21]),
        new("Annotation.Value", "2.1 has no AnnotationValue.", [Ml21, Json10]),
        new("Maintainable.Links", "2.1 has no links.", [Ml21]),
        new("Item.Links", "2.1 has no links; values of value lists have none.", [Ml21, Ml30, Ml31, Json20, Json21]),
        new("Item.Uri", "Values of value lists have no uri.", [Ml30, Ml31, Json20, Json21]),
        new("Item.ParentId", "Only codes, concepts and organisation units have parents.", [Ml21, Ml30, Ml31, Json10, Json20, Json21]),
        new("Component.Links", "2.1 has no links.", [Ml21]),
        new("ListNotes.Links", "2.1 has no links.", [Ml21]),
        new("HierarchicalCode.Links", "2.1 has no links.", [Ml21]),
        new("HierarchyLevel.Links", "2.1 has no links.", [Ml21]),
        new("Transition.Links", "2.1 has no links.", [Ml21]),
        new("Maintainable.Version", "2.1 has no extensions (-draft); schemes of agencies, providers and consumers have a fixed version, in 3.x all organisation schemes, in 3.1 categorisations too.", [Ml21, Ml30, Ml31, Json10, Json20, Json21]),
        new("StructureReference.Version", "2.1 has no wildcards and extensions in versions.", [Ml21, Json10]),
        new("Maintainable.IsFinal", "In 3.x the version says it; schemes of agencies, providers and consumers are never final in 2.1.", [Ml21, Ml30, Ml31, Json20, Json21]),
        new("Maintainable.IsPartialLanguage", "Only 3.1 has isPartialLanguage.", [Ml21, Ml30, Json10, Json20]),
    ];

    private static KnownLoss[] Items =>
    [
        new("ItemScheme.IsPartial", "A value list of 3.x has no isPartial.", [Ml30, Ml31, Json20, Json21]),
        new("Codelist.Extensions", "2.1 has no extensions of codelists.", [Ml21, Json10]),
        new("Codelist.GeoType", "2.1 has no geospatial codelists; ordinary ones are written.", [Ml21, Json10]),
        new("Codelist.GridDefinition", "Only grid codelists of 3.x have one.", [Ml21, Ml30, Ml31, Json10, Json20, Json21]),
        new("Code.Geometry", "2.1 has no geospatial codes; in 3.x only geospatial codelists have them.", [Ml21, Ml30, Ml31, Json10, Json20, Json21]),
        new("Hierarchy.Container", "3.x has no hierarchical codelists; each hierarchy stands for itself.", [Ml30, Ml31, Json20, Json21]),
        new("HierarchicalCode.Version", "3.x has no version of a code in a hierarchy.", [Ml30, Ml31, Json20, Json21]),
        new("HierarchicalCode.Id", "In 3.x it is unique in the hierarchy, in 2.1 only among its siblings.", [Ml30, Ml31]),
        new("VtlMapping.Artefact", "3.x maps concepts, not concept schemes.", [Ml30, Ml31, Json20, Json21]),
        new("ReportingCategory.ProvisioningMetadata", "The schemas allow either structures or flows, not both.", [Ml21, Ml30, Ml31, Json20, Json21]),
    ];

    private static KnownLoss[] JsonOnly =>
    [
        new("CodelistExtension.Codes", "SDMX-JSON lists values with a wildcard (at their end, without cascade) apart from others, each once.", [Json20, Json21]),
        new("Concept.IsoConceptAgency", "1.0 wants the URN of an SDMX concept.", [Json10]),
        new("Concept.IsoConceptId", "1.0 wants the URN of an SDMX concept.", [Json10]),
        new("Concept.IsoConceptSchemeId", "1.0 wants the URN of an SDMX concept.", [Json10]),
        new("Contact.Details", "SDMX-JSON has a list for each kind of detail; the order among kinds is lost.", [Json10, Json20, Json21]),
        new("CustomTypeScheme", "1.0 has no VTL.", [Json10]),
        new("HierarchicalCode.ValidFrom", "SDMX-JSON wants an instant with an offset: what has none is taken for UTC.", [Json10, Json20, Json21]),
        new("HierarchicalCode.ValidTo", "SDMX-JSON wants an instant with an offset: what has none is taken for UTC.", [Json10, Json20, Json21]),
        new("Maintainable.ValidFrom", "SDMX-JSON wants an instant with an offset: what has none is taken for UTC.", [Json10, Json20, Json21]),
        new("Maintainable.ValidTo", "SDMX-JSON wants an instant with an offset: what has none is taken for UTC.", [Json10, Json20, Json21]),
        new("MemberSelection.IsIncluded", "Selections of 1.0 include.", [Json10]),
        new("MetadataProvisionAgreement.Targets", "SDMX-JSON names each once.", [Json20, Json21]),
        new("MetadataTarget.Objects", "1.0 has a list for each kind of object; the order among kinds is lost.", [Json10]),
        new("NamePersonalisationScheme", "1.0 has no VTL.", [Json10]),
        new("RulesetScheme", "1.0 has no VTL.", [Json10]),
        new("TransformationScheme", "1.0 has no VTL.", [Json10]),
        new("UserDefinedOperatorScheme", "1.0 has no VTL.", [Json10]),
        new("VtlMappingScheme", "1.0 has no VTL.", [Json10]),
    ];
}
