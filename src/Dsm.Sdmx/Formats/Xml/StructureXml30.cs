using System.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Content of SDMX-ML 3.0 and 3.1 structure messages. Parts by theme stand in the other files of this class.</summary>
internal sealed partial class StructureXml30(XmlWriter xml, SdmxNamespaces namespaces, IssueList issues) : StructureXml(xml, namespaces, issues)
{
    private bool Is31 => Namespaces == SdmxNamespaces.V31;

    /// <inheritdoc/>
    protected internal override void Structures(IReadOnlyCollection<Maintainable> artefacts)
    {
        IEnumerable<OrganisationScheme> Schemes(StructureType type) => artefacts.OfType<OrganisationScheme>().Where(s => s.Type == type);
        IEnumerable<ItemSchemeMap> ItemMaps(StructureType type) => artefacts.OfType<ItemSchemeMap>().Where(m => m.MapType == type);
        foreach (Maintainable artefact in artefacts.Where(a => !HasForm(a)))
        {
            NotCarried(artefact.Type.Class, artefact.Reference);
        }

        Container("AgencySchemes", Schemes(StructureType.AgencyScheme), OrganisationScheme);
        Container("AvailabilityConstraints", artefacts.OfType<DataConstraint>().Where(IsAvailability).Where(IsAttached), AvailabilityConstraint);
        Container("Categorisations", artefacts.OfType<Categorisation>(), Categorisation);
        Container("CategorySchemes", artefacts.OfType<CategoryScheme>(), CategoryScheme);
        Container("CategorySchemeMaps", ItemMaps(StructureType.CategorySchemeMap), ItemSchemeMap);
        Container("Codelists", artefacts.OfType<Codelist>().Where(c => c.GeoType == GeoCodelistType.None), Codelist);
        Container("ConceptSchemeMaps", ItemMaps(StructureType.ConceptSchemeMap), ItemSchemeMap);
        Container("ConceptSchemes", artefacts.OfType<ConceptScheme>(), ConceptScheme);
        Container("CustomTypeSchemes", artefacts.OfType<CustomTypeScheme>(), CustomTypeScheme);
        Container("DataConstraints", artefacts.OfType<DataConstraint>().Where(c => !IsAvailability(c) && HasForm(c)), DataConstraint);
        Container("DataConsumerSchemes", Schemes(StructureType.DataConsumerScheme), OrganisationScheme);
        Container("Dataflows", artefacts.OfType<Dataflow>(), Dataflow);
        Container("DataProviderSchemes", Schemes(StructureType.DataProviderScheme), OrganisationScheme);
        Container("DataStructures", artefacts.OfType<DataStructure>(), DataStructure);
        Container("GeographicCodelists", artefacts.OfType<Codelist>().Where(c => c.GeoType == GeoCodelistType.Geographic), Codelist);
        Container("GeoGridCodelists", artefacts.OfType<Codelist>().Where(c => c.GeoType == GeoCodelistType.Grid), Codelist);
        Container("Hierarchies", artefacts.OfType<Hierarchy>(), Hierarchy);
        Container("HierarchyAssociations", artefacts.OfType<HierarchyAssociation>(), HierarchyAssociation);
        Container("MetadataConstraints", artefacts.OfType<MetadataConstraint>().Where(HasForm), MetadataConstraint);
        Container("Metadataflows", artefacts.OfType<Metadataflow>(), Metadataflow);
        Container("MetadataProviderSchemes", Schemes(StructureType.MetadataProviderScheme), OrganisationScheme);
        Container("MetadataProvisionAgreements", artefacts.OfType<MetadataProvisionAgreement>(), MetadataProvisionAgreement);
        Container("MetadataStructures", artefacts.OfType<MetadataStructure>(), MetadataStructure);
        Container("NamePersonalisationSchemes", artefacts.OfType<NamePersonalisationScheme>(), NamePersonalisationScheme);
        Container("OrganisationSchemeMaps", ItemMaps(StructureType.OrganisationSchemeMap), ItemSchemeMap);
        Container("OrganisationUnitSchemes", Schemes(StructureType.OrganisationUnitScheme), OrganisationScheme);
        Container("Processes", artefacts.OfType<Process>(), Process);
        Container("ProvisionAgreements", artefacts.OfType<ProvisionAgreement>().Where(HasForm), ProvisionAgreement);
        Container("ReportingTaxonomies", artefacts.OfType<ReportingTaxonomy>(), ReportingTaxonomy);
        Container("ReportingTaxonomyMaps", ItemMaps(StructureType.ReportingTaxonomyMap), ItemSchemeMap);
        Container("RepresentationMaps", artefacts.OfType<RepresentationMap>().Where(HasForm), RepresentationMap);
        Container("RulesetSchemes", artefacts.OfType<RulesetScheme>(), RulesetScheme);
        Container("StructureMaps", artefacts.OfType<StructureMap>(), StructureMap);
        Container("TransformationSchemes", artefacts.OfType<TransformationScheme>(), TransformationScheme);
        Container("UserDefinedOperatorSchemes", artefacts.OfType<UserDefinedOperatorScheme>(), UserDefinedOperatorScheme);
        Container("ValueLists", artefacts.OfType<ValueList>(), ValueList);
        Container("VtlMappingSchemes", artefacts.OfType<VtlMappingScheme>(), VtlMappingScheme);
    }

    /// <summary>True when 3.x has a form for an artefact.</summary>
    internal static bool HasForm(Maintainable artefact) => artefact switch
    {
        Constraint constraint => constraint.Role != ConstraintRole.Attachment,
        ProvisionAgreement agreement => agreement.Dataflow is null || agreement.Dataflow.Type == StructureType.Dataflow,
        // A structure set without maps, and maps of hierarchical codelists of 2.1 have none.
        RepresentationMap map => !map.Sources.IsEmpty && !map.Targets.IsEmpty
            && map.Sources.Concat(map.Targets).All(s => s.List is null || s.List.Type == StructureType.Codelist || s.List.Type == StructureType.ValueList),
        MetadataSet => false,
        _ => true,
    };

    /// <inheritdoc/>
    protected override bool Begin(Maintainable artefact) => Begin(artefact.Type.Class, artefact);

    /// <summary>Starts an artefact: attributes. True when its content is to be written, false for a stub.</summary>
    private bool Begin(string element, Maintainable artefact, bool versioned = true)
    {
        Start(element);
        Attribute("id", artefact.Id);
        Attribute("agencyID", artefact.AgencyId);
        if (versioned)
        {
            Attribute("version", artefact.Version.ToString());
        }
        else if (artefact.Version != SdmxVersion.Default)
        {
            // Schemes of organisations have no version of their own, nor have categorisations of 3.1.
            NotCarried("Maintainable.Version", artefact.Reference);
        }

        Attribute("urn", versioned ? artefact.Urn : (artefact with { Version = SdmxVersion.Default }).Urn);
        Attribute("uri", artefact.Uri);
        Attribute("validFrom", artefact.ValidFrom);
        Attribute("validTo", artefact.ValidTo);
        Flag("isExternalReference", artefact.IsExternalReference);
        Attribute("serviceURL", artefact.ServiceUrl);
        Attribute("structureURL", artefact.StructureUrl);
        if (artefact is ItemScheme { IsPartial: true } and not Model.ValueList)
        {
            Flag("isPartial", true);
        }

        if (Is31)
        {
            Flag("isPartialLanguage", artefact.IsPartialLanguage);
        }
        else if (artefact.IsPartialLanguage)
        {
            NotCarried("Maintainable.IsPartialLanguage", artefact.Reference);
        }

        if (artefact is { IsFinal: true, Version.IsStable: false })
        {
            // Here only the version says it.
            NotCarried("Maintainable.IsFinal", artefact.Reference);
        }

        // Some services mark what they cut down to part of a list as external, with the part in it.
        return artefact is not { IsExternalReference: true } or ItemScheme { IsPartial: true };
    }

    /// <inheritdoc/>
    protected override void Reference(string element, StructureReference? reference) => Element(element, reference?.Urn);

    /// <inheritdoc/>
    protected internal override void ReferenceContent(StructureReference reference) => Xml.WriteString(XmlText.Clean(reference.Urn));

    /// <inheritdoc/>
    protected override void Inner(string element, string id) => Element(element, id);

    /// <inheritdoc/>
    protected override void BeginItem(string element, Item item)
    {
        Start(element);
        Attribute("id", item.Id);
        Attribute("uri", item.Uri);
        Names(item);
    }
}
