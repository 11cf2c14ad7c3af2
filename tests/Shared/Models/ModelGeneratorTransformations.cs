using Dsm.Sdmx.Model;

namespace Dsm.Tests;

/// <summary>Schemes of VTL definitions and mappings.</summary>
internal sealed partial class ModelGenerator
{
    private IEnumerable<Maintainable> Transformations()
    {
        yield return Vtl(new TransformationScheme
        {
            AgencyId = "DSM",
            Id = Id("TS"),
            Transformations = Some(() => Named(new Transformation { Id = Id("T"), Expression = Text(), Result = Text(), IsPersistent = Chance() }), 1),
            VtlMappingScheme = Maybe(() => Reference(StructureType.VtlMappingScheme)),
            NamePersonalisationScheme = Maybe(() => Reference(StructureType.NamePersonalisationScheme)),
            CustomTypeScheme = Maybe(() => Reference(StructureType.CustomTypeScheme)),
            RulesetSchemes = Some(() => Reference(StructureType.RulesetScheme)),
            UserDefinedOperatorSchemes = Some(() => Reference(StructureType.UserDefinedOperatorScheme)),
        });
        yield return Vtl(new RulesetScheme
        {
            AgencyId = "DSM",
            Id = Id("RS"),
            Rulesets = Some(() => Named(new Ruleset { Id = Id("R"), Definition = Text(), RulesetType = "datapoint", Scope = Pick("variable", "valuedomain") }), 1),
            VtlMappingScheme = Maybe(() => Reference(StructureType.VtlMappingScheme)),
        });
        yield return Vtl(new UserDefinedOperatorScheme
        {
            AgencyId = "DSM",
            Id = Id("US"),
            Operators = Some(() => Named(new UserDefinedOperator { Id = Id("U"), Definition = Text() }), 1),
            VtlMappingScheme = Maybe(() => Reference(StructureType.VtlMappingScheme)),
            RulesetSchemes = Some(() => Reference(StructureType.RulesetScheme)),
        });
        yield return Vtl(new CustomTypeScheme
        {
            AgencyId = "DSM",
            Id = Id("CT"),
            CustomTypes = Some(
                () => Named(new CustomType
                {
                    Id = Id("C"),
                    VtlScalarType = "number",
                    DataType = Pick("Decimal", "my own"),
                    VtlLiteralFormat = Maybe(Text),
                    OutputFormat = Maybe(Text),
                    NullValue = Maybe(Text),
                }),
                1),
        });
        yield return Vtl(new NamePersonalisationScheme
        {
            AgencyId = "DSM",
            Id = Id("NS"),
            Personalisations = Some(() => Named(new NamePersonalisation { Id = Id("N"), VtlArtefact = Text(), VtlDefaultName = Text(), PersonalisedName = Text() }), 1),
        });
        yield return Headed(new VtlMappingScheme { AgencyId = "DSM", Id = Id("VM"), IsPartial = Chance(20), Mappings = Some(VtlMapping, 2, 6) });
    }

    private T Vtl<T>(T scheme)
        where T : VtlScheme => Headed(scheme) with { VtlVersion = Pick("2.0", "2.1"), IsPartial = Chance(20) };

    private VtlMapping VtlMapping()
    {
        StructureReference? artefact = Pick(
            null, Reference(StructureType.Dataflow), CodelistReference(), ConceptReference(), Reference(StructureType.ConceptScheme));
        bool flow = artefact is null || artefact.Type == StructureType.Dataflow;
        return Named(new VtlMapping
        {
            Id = Id("M"),
            Alias = Text(),
            Artefact = artefact,
            ToVtl = flow ? Maybe(() => new VtlConversion(Maybe(() => Pick("Basic", "Pivot", "own")), Some(() => Id("D")))) : null,
            FromVtl = flow ? Maybe(() => new VtlConversion(Maybe(() => Pick("Basic", "M2A")), Some(() => Id("D")))) : null,
        });
    }
}
