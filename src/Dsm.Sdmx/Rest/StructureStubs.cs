using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Rest;

/// <summary>Stubs: an artefact's identification and name, with description and annotations when complete (REST, parameter <c>detail</c>).</summary>
internal static class StructureStubs
{
    /// <summary>
    /// The stub of an artefact. What the schemas demand even of stubs is kept: both sides of agreements and maps, targets of metadata
    /// flows, one code of a hierarchy.
    /// </summary>
    public static Maintainable Of(Maintainable artefact, bool complete)
    {
        Maintainable stub = artefact switch
        {
            ItemScheme a => WithoutItems(a),
            Hierarchy a => a with { Codes = [.. a.Codes.Take(1).Select(c => c with { Children = [], Level = null })], Levels = [], HasFormalLevels = false },
            DataStructure a => a with { Dimensions = [], Groups = [], Attributes = [], Measures = [], MetadataAttributeUsages = [], MetadataStructure = null },
            Dataflow a => a with { Structure = null, DimensionConstraint = [] },
            DataConstraint a => a with { Attachments = [], Regions = [], KeySets = [] },
            MetadataConstraint a => a with { Attachments = [], Regions = [] },
            MetadataStructure a => a with { Attributes = [], Targets = [], Reports = [] },
            Metadataflow a => a with { Structure = null },
            MetadataProvisionAgreement a => a with { Targets = [] },
            MetadataSet a => a with { Attributes = [] },
            StructureMap a => a with { ComponentMaps = [], FixedValues = [], TimeMaps = [] },
            RepresentationMap a => a with { Mappings = [] },
            ItemSchemeMap a => a with { Items = [] },
            Process a => a with { Steps = [] },
            _ => artefact,
        };
        return complete
            ? stub with { IsExternalReference = true, Links = [] }
            : stub with { IsExternalReference = true, Description = default, Annotations = [], Links = [] };
    }

    private static ItemScheme WithoutItems(ItemScheme scheme) => scheme switch
    {
        Codelist a => a with { Codes = [], Extensions = [] },
        ValueList a => a with { Values = [] },
        ConceptScheme a => a with { Concepts = [] },
        CategoryScheme a => a with { Categories = [] },
        ReportingTaxonomy a => a with { Categories = [] },
        OrganisationScheme a => a with { Organisations = [] },
        TransformationScheme a => a with { Transformations = [] },
        RulesetScheme a => a with { Rulesets = [] },
        UserDefinedOperatorScheme a => a with { Operators = [] },
        CustomTypeScheme a => a with { CustomTypes = [] },
        NamePersonalisationScheme a => a with { Personalisations = [] },
        VtlMappingScheme a => a with { Mappings = [] },
        _ => scheme,
    };
}
