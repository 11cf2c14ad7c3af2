using System.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Content of SDMX-ML 3.0 and 3.1 structure messages. Parts by theme stand in the other files of this class.</summary>
internal sealed partial class StructureXml30(XmlWriter xml, SdmxNamespaces namespaces, IssueList issues) : StructureXml(xml, namespaces, issues)
{
    private bool Is31 => Namespaces == SdmxNamespaces.V31;

    /// <inheritdoc/>
    protected override void Structures(IReadOnlyCollection<Maintainable> artefacts)
    {
        IEnumerable<OrganisationScheme> Schemes(StructureType type) => artefacts.OfType<OrganisationScheme>().Where(s => s.Type == type);
        Container("AgencySchemes", Schemes(StructureType.AgencyScheme), OrganisationScheme);
        Container("AvailabilityConstraints", artefacts.OfType<DataConstraint>().Where(IsAvailability), AvailabilityConstraint);
        Container("Categorisations", artefacts.OfType<Categorisation>(), Categorisation);
        Container("CategorySchemes", artefacts.OfType<CategoryScheme>(), CategoryScheme);
        Container("Codelists", artefacts.OfType<Codelist>(), Codelist);
        Container("ConceptSchemes", artefacts.OfType<ConceptScheme>(), ConceptScheme);
        Container("DataConstraints", artefacts.OfType<DataConstraint>().Where(c => !IsAvailability(c)), DataConstraint);
        Container("DataConsumerSchemes", Schemes(StructureType.DataConsumerScheme), OrganisationScheme);
        Container("Dataflows", artefacts.OfType<Dataflow>(), Dataflow);
        Container("DataProviderSchemes", Schemes(StructureType.DataProviderScheme), OrganisationScheme);
        Container("DataStructures", artefacts.OfType<DataStructure>(), DataStructure);
        Container("Hierarchies", artefacts.OfType<Hierarchy>(), Hierarchy);
        Container("HierarchyAssociations", artefacts.OfType<HierarchyAssociation>(), HierarchyAssociation);
        Container("Metadataflows", artefacts.OfType<Metadataflow>(), Metadataflow);
        Container("MetadataProviderSchemes", Schemes(StructureType.MetadataProviderScheme), OrganisationScheme);
        Container("MetadataProvisionAgreements", artefacts.OfType<MetadataProvisionAgreement>(), MetadataProvisionAgreement);
        Container("MetadataStructures", artefacts.OfType<MetadataStructure>(), MetadataStructure);
        Container("OrganisationUnitSchemes", Schemes(StructureType.OrganisationUnitScheme), OrganisationScheme);
        Container("ProvisionAgreements", artefacts.OfType<ProvisionAgreement>(), ProvisionAgreement);
        Container("RepresentationMaps", artefacts.OfType<RepresentationMap>(), RepresentationMap);
        Container("StructureMaps", artefacts.OfType<StructureMap>(), StructureMap);
        Container("ValueLists", artefacts.OfType<ValueList>(), ValueList);
    }

    /// <inheritdoc/>
    protected override void Sentinel(SentinelValue value)
    {
        Start("SentinelValue");
        Attribute("value", value.Value);
        Names(value.Value, value.Name, value.Description, []);
        End();
    }

    /// <summary>Starts an artefact: attributes, annotations, names. True when its content is to be written, false for a stub.</summary>
    private bool Begin(Maintainable artefact, bool versioned = true)
    {
        Start(artefact.Type.Class);
        Attribute("id", artefact.Id);
        Attribute("agencyID", artefact.AgencyId);
        if (versioned)
        {
            Attribute("version", artefact.Version.ToString());
        }
        else if (artefact.Version != SdmxVersion.Default)
        {
            // Schemes of organisations have no version of their own, nor have categorisations of 3.1.
            NotCarried($"version of {artefact.Reference}");
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

        // Some services mark what they cut down to part of a list as external, with the part in it.
        return artefact is not { IsExternalReference: true } or ItemScheme { IsPartial: true };
    }

    private void Names(Maintainable artefact) => Names(artefact.Id, artefact.Name, artefact.Description, artefact.Annotations);

    private void Names(Item item, bool required = true) => Names(item.Id, item.Name, item.Description, item.Annotations, required);

    private void Reference(string element, StructureReference? reference) => Element(element, reference?.Urn);

    private void BeginItem(string element, Item item)
    {
        Start(element);
        Attribute("id", item.Id);
        Attribute("uri", item.Uri);
        Names(item);
    }
}
