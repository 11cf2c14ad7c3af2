using System.Text.Json;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Content of SDMX-JSON 2.0 and 2.1 structure messages. Parts by theme stand in the other files of this class.</summary>
internal sealed partial class StructureJson20(Utf8JsonWriter json, string version, IssueList issues) : StructureJson(json, version, issues)
{
    /// <inheritdoc/>
    protected override string Urn(StructureReference reference) => reference.Urn;

    /// <summary>True when this version has a form for an artefact.</summary>
    private bool HasForm(Maintainable artefact) => artefact switch
    {
        MetadataSet => false,
        DataConstraint constraint => constraint.Role != ConstraintRole.Attachment && (!IsAvailability(constraint) || Attached(constraint) is not null),
        RepresentationMap map => map.Sources.Concat(map.Targets).All(s => s.List is null || s.List.Type == StructureType.Codelist || s.List.Type == StructureType.ValueList),
        ProvisionAgreement agreement => agreement.Dataflow is null || agreement.Dataflow.Type == StructureType.Dataflow,
        _ => true,
    };

    /// <inheritdoc/>
    protected override void Structures(IReadOnlyCollection<Maintainable> artefacts)
    {
        Maintainable[] left = [.. artefacts.Where(a => !HasForm(a))];
        foreach (Maintainable artefact in left)
        {
            NotCarried(artefact.Type.Class, artefact.Reference);
        }

        artefacts = [.. artefacts.Except(left)];

        IEnumerable<OrganisationScheme> Schemes(StructureType type) => artefacts.OfType<OrganisationScheme>().Where(s => s.Type == type);
        IEnumerable<ItemSchemeMap> Maps(StructureType type) => artefacts.OfType<ItemSchemeMap>().Where(m => m.Type == type);
        IEnumerable<Codelist> Codelists(GeoCodelistType type) => artefacts.OfType<Codelist>().Where(c => c.GeoType == type);
        Array("dataStructures", artefacts.OfType<DataStructure>(), DataStructure);
        Array("metadataStructures", artefacts.OfType<MetadataStructure>(), MetadataStructure);
        Array("categorySchemes", artefacts.OfType<CategoryScheme>(), CategoryScheme);
        Array("conceptSchemes", artefacts.OfType<ConceptScheme>(), ConceptScheme);
        Array("codelists", Codelists(GeoCodelistType.None), Codelist);
        Array("geographicCodelists", Codelists(GeoCodelistType.Geographic), Codelist);
        Array("geoGridCodelists", Codelists(GeoCodelistType.Grid), Codelist);
        Array("valueLists", artefacts.OfType<ValueList>(), ValueList);
        Array("hierarchies", artefacts.OfType<Hierarchy>(), Hierarchy);
        Array("hierarchyAssociations", artefacts.OfType<HierarchyAssociation>(), HierarchyAssociation);
        Array("agencySchemes", Schemes(StructureType.AgencyScheme), s => OrganisationScheme(s, "agencies"));
        Array("dataProviderSchemes", Schemes(StructureType.DataProviderScheme), s => OrganisationScheme(s, "dataProviders"));
        Array("dataConsumerSchemes", Schemes(StructureType.DataConsumerScheme), s => OrganisationScheme(s, "dataConsumers"));
        Array("metadataProviderSchemes", Schemes(StructureType.MetadataProviderScheme), s => OrganisationScheme(s, "metadataProviders"));
        Array("organisationUnitSchemes", Schemes(StructureType.OrganisationUnitScheme), s => OrganisationScheme(s, "organisationUnits"));
        Array("dataflows", artefacts.OfType<Dataflow>(), Dataflow);
        Array("metadataflows", artefacts.OfType<Metadataflow>(), Metadataflow);
        Array("reportingTaxonomies", artefacts.OfType<ReportingTaxonomy>(), ReportingTaxonomy);
        Array("provisionAgreements", artefacts.OfType<ProvisionAgreement>(), ProvisionAgreement);
        Array("metadataProvisionAgreements", artefacts.OfType<MetadataProvisionAgreement>(), MetadataProvisionAgreement);
        Array("structureMaps", artefacts.OfType<StructureMap>(), StructureMap);
        Array("representationMaps", artefacts.OfType<RepresentationMap>(), RepresentationMap);
        Array("conceptSchemeMaps", Maps(StructureType.ConceptSchemeMap), ItemSchemeMap);
        Array("categorySchemeMaps", Maps(StructureType.CategorySchemeMap), ItemSchemeMap);
        Array("organisationSchemeMaps", Maps(StructureType.OrganisationSchemeMap), ItemSchemeMap);
        Array("reportingTaxonomyMaps", Maps(StructureType.ReportingTaxonomyMap), ItemSchemeMap);
        Array("processes", artefacts.OfType<Process>(), Process);
        Array("categorisations", artefacts.OfType<Categorisation>(), Categorisation);
        DataConstraint[] constraints = [.. artefacts.OfType<DataConstraint>()];
        Array("dataConstraints", constraints.Where(c => !IsAvailability(c)), DataConstraint);
        Array("availabilityConstraints", constraints.Where(IsAvailability), AvailabilityConstraint);
        Array("metadataConstraints", artefacts.OfType<MetadataConstraint>(), MetadataConstraint);
        Array("customTypeSchemes", artefacts.OfType<CustomTypeScheme>(), CustomTypeScheme);
        Array("vtlMappingSchemes", artefacts.OfType<VtlMappingScheme>(), VtlMappingScheme);
        Array("namePersonalisationSchemes", artefacts.OfType<NamePersonalisationScheme>(), NamePersonalisationScheme);
        Array("rulesetSchemes", artefacts.OfType<RulesetScheme>(), RulesetScheme);
        Array("transformationSchemes", artefacts.OfType<TransformationScheme>(), TransformationScheme);
        Array("userDefinedOperatorSchemes", artefacts.OfType<UserDefinedOperatorScheme>(), UserDefinedOperatorScheme);
    }
}
