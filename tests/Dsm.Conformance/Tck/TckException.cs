using System.Text.RegularExpressions;

namespace Dsm.Conformance.Tck;

/// <summary>Tests of the kit that no server can pass, and why: what was read in its code (4.3.0) or in the official schemas.</summary>
/// <param name="Tests">Group and id of the tests.</param>
/// <param name="Count">How many tests these are, mode Full of v1.4.0.</param>
/// <param name="Why">The reason, with the place in the kit.</param>
internal sealed record TckException(Regex Tests, int Count, string Why)
{
    /// <summary>The exceptions of v1.4.0, mode Full.</summary>
    public static IReadOnlyList<TckException> Of140 { get; } =
    [
        new("^Structure /structure/", 7,
            "The resource 'structure' has no type in the kit: SDMX_STRUCTURE_TYPE.fromRestResource gives null, and getRandomSdmxObjectOfType throws before anything is checked."),
        new("^Structure /(attachmentconstraint|allowedconstraint|actualconstraint)/", 53,
            "SdmxV21StructuresParser.parseAttachmentConstraints is empty, and all content constraints are kept as CONTENT_CONSTRAINT, while StructureTestExecutionManager looks for "
            + "ATTACHMENT_CONSTRAINT, ALLOWED_CONTRAINT and ACTUAL_CONSTRAINT: it finds null at the first test of each branch and throws."),
        new("^Structure /(hierarchicalcodelist|reportingtaxonomy)/agency/id/version/items$", 2,
            "Items are handed to this test only by an ItemSchemeObject; the kit reads hierarchical codelists and reporting taxonomies as MaintainableObject, without items."),
        new("^Structure /codelist/agency/id/version \\(invalid representation query\\)$", 1,
            "The test wants 406, but HttpResponseValidator counts 406 as a failed answer before the test looks at it."),
        new("^Structure /provisionagreement/agency/id/version\\?detail=all(complete)?stubs&references=children$", 2,
            "The kit wants stubs without StructureUsage and DataProvider, which the official schema (ProvisionAgreementType) demands of every provision agreement."),
        new("^Data /data/agency,id,version/all/providerId1\\+providerId2$", 1,
            "The only data test without an Accept header (DataIdentificationParameters): the answer is generic data, the default of the standard, and SdmxObjectsFactory knows no "
            + "generic data. It also asks for 'provider,provider', which means agency and provider (DataRequestPropsBuilder.getProvider)."),
        new("^Schema /schema/provisionagreement/agency/id/version\\?explicitMeasure=true \\(RANDOM\\)$", 1,
            "DataStructureObject.hasMeasureDimension looks for a primary measure, so the first agreement is taken whether it has a measure dimension or not; the data tests take the same "
            + "first agreement and need one without measure dimension (DataSemanticChecker._checkReferencedCodelists wants a codelist for every dimension)."),
    ];

    private TckException(string tests, int count, string why)
        : this(new Regex(tests, RegexOptions.CultureInvariant), count, why)
    {
    }
}
