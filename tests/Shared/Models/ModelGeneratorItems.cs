using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Tests;

/// <summary>Item schemes, hierarchies and processes.</summary>
internal sealed partial class ModelGenerator
{
    private IEnumerable<Maintainable> ItemSchemes()
    {
        yield return Codelist(GeoCodelistType.None);
        yield return Codelist(GeoCodelistType.Geographic);
        yield return Codelist(GeoCodelistType.Grid);
        yield return Headed(new ValueList
        {
            AgencyId = "DSM",
            Id = Id("VL"),
            IsPartial = Chance(20),
            Values = WithParents(Some(ValueItem, 1)),
        });
        yield return Headed(new ConceptScheme { AgencyId = "DSM", Id = Id("CS"), IsPartial = Chance(20), Concepts = WithParents(Some(Concept, 1, 4)) });
        yield return Headed(new CategoryScheme { AgencyId = "DSM", Id = Id("CAT"), IsPartial = Chance(20), Categories = Some(() => Category(2), 1) });
        yield return Headed(new Categorisation { AgencyId = "DSM", Id = Id("CTG"), Source = Reference(StructureType.Dataflow), Target = Reference(StructureType.CategoryScheme, "A.B") });
        yield return Headed(new ReportingTaxonomy { AgencyId = "DSM", Id = Id("RT"), IsPartial = Chance(20), Categories = Some(() => ReportingCategory(2), 1) });
        foreach (StructureType type in new[]
        {
            StructureType.AgencyScheme, StructureType.DataProviderScheme, StructureType.DataConsumerScheme, StructureType.MetadataProviderScheme, StructureType.OrganisationUnitScheme,
        })
        {
            yield return OrganisationScheme(type);
        }

        yield return Hierarchy(contained: false);
        yield return Hierarchy(contained: true);
        yield return Headed(new HierarchyAssociation
        {
            AgencyId = "DSM",
            Id = Id("HA"),
            LinkedHierarchy = Reference(StructureType.Hierarchy),
            LinkedObject = CodelistReference(),
            ContextObject = Maybe(() => Reference(StructureType.Dataflow)),
        });
        yield return Headed(new Process { AgencyId = "DSM", Id = Id("PROC"), Steps = Some(() => ProcessStep(2), 1) });
    }

    private ValueItem ValueItem() => new()
    {
        Id = Id("€ "),
        Name = Chance() ? Texts() : default,
        Description = Chance() ? Texts() : default,
        Uri = Maybe(Url, 10),
        Annotations = Annotations(),
        Links = Chance(10) ? Links() : [],
    };

    private Codelist Codelist(GeoCodelistType geo) => Headed(new Codelist
    {
        AgencyId = "DSM",
        Id = Id("CL"),
        IsPartial = Chance(20),
        GeoType = geo,
        GridDefinition = geo == GeoCodelistType.Grid || Chance(5) ? Text() : null,
        Codes = WithParents(Some(() => Named(new Code { Id = Id("A"), Geometry = geo == GeoCodelistType.None && Chance(95) ? null : Text() }), 1, 5)),
        Extensions = Chance(40) ? Some(Extension, 1, 2) : [],
    });

    private CodelistExtension Extension()
    {
        ImmutableArray<MemberValue> codes = Some(() => new MemberValue(Pick("A%", "B1", "%"), Pick(CascadeValues.None, CascadeValues.WithRoot, CascadeValues.ExcludeRoot)));
        return new CodelistExtension(CodelistReference(), Maybe(() => "P_"), codes, !codes.IsEmpty && Chance());
    }

    private Concept Concept()
    {
        bool iso = Chance(30);
        return Named(new Concept
        {
            Id = Id("C"),
            CoreRepresentation = Maybe(() => Representation(occurs: true, multilingual: true, valueList: true)),
            IsoConceptAgency = iso ? Text() : null,
            IsoConceptId = iso ? Text() : null,
            IsoConceptSchemeId = iso ? Text() : null,
        });
    }

    private Category Category(int depth) => Named(new Category { Id = Id("K"), Children = depth == 0 ? [] : Some(() => Category(depth - 1)) });

    private ReportingCategory ReportingCategory(int depth)
    {
        bool structures = Chance();
        return Named(new ReportingCategory
        {
            Id = Id("K"),
            Children = depth == 0 ? [] : Some(() => ReportingCategory(depth - 1), most: 2),
            StructuralMetadata = structures ? Some(() => Reference(Pick(StructureType.DataStructure, StructureType.MetadataStructure))) : [],
            ProvisioningMetadata = structures && Chance(80) ? [] : Some(() => Reference(Pick(StructureType.Dataflow, StructureType.Metadataflow))),
        });
    }

    private OrganisationScheme OrganisationScheme(StructureType type)
    {
        ImmutableArray<Organisation> organisations = Some(() => Named(new Organisation { Id = Id("O"), Contacts = Some(Contact, most: 2) }), 1);
        string id = type == StructureType.AgencyScheme ? "AGENCIES" : type == StructureType.DataProviderScheme ? "DATA_PROVIDERS"
            : type == StructureType.DataConsumerScheme ? "DATA_CONSUMERS" : type == StructureType.MetadataProviderScheme ? "METADATA_PROVIDERS" : Id("UNITS");
        return Headed(new OrganisationScheme
        {
            SchemeType = type,
            AgencyId = "DSM",
            Id = id,
            IsPartial = Chance(20),
            Organisations = type == StructureType.OrganisationUnitScheme || Chance(20) ? WithParents(organisations) : organisations,
        });
    }

    private Contact Contact() => new()
    {
        Id = Maybe(() => Id("CT")),
        Name = Chance() ? Texts() : default,
        Department = Chance() ? Texts() : default,
        Role = Chance() ? Texts() : default,
        Details =
        [
            .. Some(() => KeyValuePair.Create(Pick("Telephone", "Fax", "X400"), Text())), .. Some(() => KeyValuePair.Create("URI", Url()), most: 1),
            .. Some(() => KeyValuePair.Create("Email", $"{Id("a")}@example.org"), most: 1),
        ],
    };

    private Hierarchy Hierarchy(bool contained)
    {
        ImmutableArray<HierarchyLevel> levels = Some(Level);
        string id = Id("H"), container = Id("HCL");
        return Headed(new Hierarchy
        {
            AgencyId = "DSM",
            Id = contained ? $"{container}-{id}" : id,
            Container = contained ? new HierarchicalCodelist(container, id, Texts(), Chance() ? Texts() : default) { Uri = Maybe(Url), Annotations = Annotations() } : null,
            HasFormalLevels = Chance(),
            Levels = levels,
            Codes = [.. Some(() => HierarchicalCode(levels, 2), 1).DistinctBy(c => c.Id)],
        });
    }

    private HierarchyLevel Level() => new(Id("L"), Texts())
    {
        Description = Chance() ? Texts() : default,
        CodingFormat = Maybe(() => new TextFormat
        {
            DataType = Pick(SdmxDataType.Alpha, SdmxDataType.AlphaNumeric, SdmxDataType.Numeric),
            MinLength = 1,
            MaxLength = 8,
            Pattern = Maybe(() => "[A-Z]+"),
        }),
        Annotations = Annotations(),
        Links = Links(),
        Uri = Maybe(Url),
    };

    private HierarchicalCode HierarchicalCode(ImmutableArray<HierarchyLevel> levels, int depth) => new()
    {
        Id = Chance(10) ? "SAME" + depth : Id("HC"),
        Code = CodeReference(),
        Level = levels.IsEmpty ? null : Maybe(() => levels[_random.Next(levels.Length)].Id),
        ValidFrom = Maybe(Instant),
        ValidTo = Maybe(Instant),
        Uri = Maybe(Url),
        Version = Maybe(() => "1.1", 20),
        Annotations = Annotations(),
        Links = Links(),
        Children = depth == 0 ? [] : [.. Some(() => HierarchicalCode(levels, depth - 1)).DistinctBy(c => c.Id)],
    };

    private ProcessStep ProcessStep(int depth) => Named(new ProcessStep
    {
        Id = Id("S"),
        Inputs = Some(ProcessArtefact, most: 2),
        Outputs = Some(ProcessArtefact, most: 2),
        Computation = Maybe(() => new Computation
        {
            LocalId = Maybe(() => Id("LOC")),
            SoftwarePackage = Maybe(Text),
            SoftwareLanguage = Maybe(Text),
            SoftwareVersion = Maybe(Text),
            Description = Texts(),
            Annotations = Annotations(),
        }),
        Transitions = Some(() => new Transition(Maybe(() => Id("T")), "S1.S2", Texts()) { LocalId = Maybe(() => Id("LOC")), Uri = Maybe(Url), Links = Links(), Annotations = Annotations() }, most: 2),
        Children = depth == 0 ? [] : Some(() => ProcessStep(depth - 1), most: 2),
    });

    private ProcessArtefact ProcessArtefact()
        => new(Chance(20) ? Reference(StructureType.DataStructure, "FREQ") with { ItemClassName = "Dimension" } : Reference(Pick(StructureType.Dataflow, StructureType.Codelist, StructureType.DataStructure)), Maybe(() => Id("LOC"))) { Annotations = Annotations() };
}
