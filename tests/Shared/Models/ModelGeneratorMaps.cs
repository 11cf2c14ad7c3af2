using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Tests;

/// <summary>Structure maps, representation maps and item scheme maps, of 3.0 and of a 2.1 structure set.</summary>
internal sealed partial class ModelGenerator
{
    private static readonly (StructureType Map, StructureType Scheme)[] ItemMapTypes =
    [
        (StructureType.CategorySchemeMap, StructureType.CategoryScheme), (StructureType.ConceptSchemeMap, StructureType.ConceptScheme),
        (StructureType.OrganisationSchemeMap, StructureType.AgencyScheme), (StructureType.ReportingTaxonomyMap, StructureType.ReportingTaxonomy),
    ];

    private IEnumerable<Maintainable> Maps30()
    {
        foreach ((StructureType map, StructureType scheme) in ItemMapTypes)
        {
            yield return Headed(new ItemSchemeMap
            {
                MapType = map,
                AgencyId = "DSM",
                Id = Id("ISM"),
                Source = SchemeReference(scheme),
                Target = SchemeReference(scheme),
                Items = Some(() => new ItemMap(MappedValue(), Maybe(Text), Maybe(Date), Maybe(Date)) { Annotations = Annotations() }, 1),
            });
        }

        yield return Headed(new RepresentationMap
        {
            AgencyId = "DSM",
            Id = Id("RM"),
            Sources = Some(Side, 1, 2),
            Targets = Some(Side, 1, 2),
            Mappings = Some(() => new RepresentationMapping(Some(MappedValue, 1, 2), Some(Text), Maybe(Date), Maybe(Date)) { Annotations = Annotations() }),
        });
        yield return Headed(new StructureMap
        {
            AgencyId = "DSM",
            Id = Id("SM"),
            Source = Reference(Pick(StructureType.DataStructure, StructureType.Dataflow)),
            Target = Reference(StructureType.DataStructure),
            ComponentMaps = Some(() => new ComponentMap
            {
                Sources = Some(() => Id("D"), 1, 2),
                Targets = Some(() => Id("D"), 1, 2),
                RepresentationMap = Maybe(() => Reference(StructureType.RepresentationMap)),
                Annotations = Annotations(),
            }),
            FixedValues = Some(() => new FixedValueMap(Id("D"), Some(Text), Chance()) { Annotations = Annotations() }),
            TimeMaps = [.. Some(EpochMap), .. Some(DateMap)],
        });
    }

    private StructureReference SchemeReference(StructureType scheme)
        => scheme == StructureType.AgencyScheme ? new(scheme, Pick("DSM", "ESTAT"), "AGENCIES", "1.0") : Reference(scheme);

    private MappedValue MappedValue() => new(Text(), Chance(30), MaybeValue(() => 0), MaybeValue(() => 3));

    private RepresentationSide Side() => Chance() ? new(Reference(Pick(StructureType.Codelist, StructureType.ValueList)), null) : new(null, Pick(SdmxDataType.String, SdmxDataType.Integer));

    private TimePatternMap EpochMap() => Frequencies(new TimePatternMap
    {
        Source = Id("D"),
        Target = "TIME_PERIOD",
        EpochPeriod = Pick("second", "day"),
        BasePeriod = "1970",
        ResolvePeriod = Maybe(() => Pick("startOfPeriod", "endOfPeriod")),
    });

    private TimePatternMap DateMap() => Frequencies(new TimePatternMap
    {
        Source = Id("D"),
        Target = "TIME_PERIOD",
        SourcePattern = "yyyy-MM",
        Locale = Pick("en", "ru"),
        ResolvePeriod = Maybe(() => Pick("startOfPeriod", "midPeriod")),
    });

    private TimePatternMap Frequencies(TimePatternMap map)
    {
        map = map with { Id = Maybe(() => Id("TM")), Uri = Maybe(Url), Annotations = Annotations(), Links = Links() };
        return Chance()
            ? map with { TargetFrequencyId = Pick("A", "M"), FrequencyFormats = Chance(10) ? ImmutableDictionary<string, string>.Empty.Add("A", "yyyy") : ImmutableDictionary<string, string>.Empty }
            : map with { FrequencyDimension = Id("FREQ"), FrequencyFormats = ImmutableDictionary<string, string>.Empty.Add("A", Pick("yyyy", "yy")).Add("M", "yyyy-MM") };
    }

    /// <summary>The maps of one 2.1 structure set; they share what is said of the set.</summary>
    private IEnumerable<Maintainable> StructureSet()
    {
        Dataflow head = Headed(new Dataflow { AgencyId = "DSM", Id = Id("SET") });
        StructureSetContainer set = new(head.Id, "", head.Name, head.Description)
        {
            RelatedStructures = Some(() => Reference(StructureType.DataStructure)),
            Uri = head.Uri,
            Annotations = head.Annotations,
        };
        string version = head.Version.ToString();
        T InSet<T>(T map)
            where T : Maintainable => map with
            {
                Version = head.Version,
                Name = Texts(),
                Description = Chance() ? Texts() : default,
                ValidFrom = head.ValidFrom,
                ValidTo = head.ValidTo,
                IsFinal = head.IsFinal,
                StructureUrl = head.StructureUrl,
                ServiceUrl = head.ServiceUrl,
                Uri = Maybe(Url),
                Annotations = Annotations(),
            };

        foreach ((StructureType type, StructureType scheme) in ItemMapTypes)
        {
            string id = Id("ISM");
            yield return InSet(new ItemSchemeMap
            {
                MapType = type,
                AgencyId = "DSM",
                Id = $"{set.Id}-{id}",
                Container = set with { MapId = id },
                Source = SchemeReference(scheme),
                Target = SchemeReference(scheme),
                Items = Some(() => Chance(90) ? new ItemMap(new MappedValue(Id("I")), Id("I")) { Annotations = Annotations() } : new ItemMap(new MappedValue(Id("I"), Chance(30), MaybeValue(() => 1)), Maybe(() => Id("I")), Maybe(Date), Maybe(Date)), 1),
            });
        }

        RepresentationMap CodelistMap(bool hybrid)
        {
            string id = Id("CLM");
            return InSet(new RepresentationMap
            {
                AgencyId = "DSM",
                Id = $"{set.Id}-{id}",
                Container = set with { MapId = id, IsHybrid = hybrid },
                Sources = [new RepresentationSide(CodelistReference(), null)],
                Targets = [new RepresentationSide(Reference(hybrid ? StructureType.Hierarchy : StructureType.Codelist), null)],
                Mappings = Some(
                    () => Chance(90) ? new RepresentationMapping([new MappedValue(Id("V"))], [Id("V")]) { Annotations = Annotations() }
                        : new RepresentationMapping([new MappedValue(Id("V"), Chance(), MaybeValue(() => 1), MaybeValue(() => 2))], Some(() => Id("V"), 1, 2), Maybe(Date), Maybe(Date)),
                    1),
            });
        }

        RepresentationMap codes = CodelistMap(hybrid: false);
        yield return codes;
        yield return CodelistMap(hybrid: true);
        string mapId = Id("SM"), source = Id("D");
        RepresentationSide text = new(null, SdmxDataType.String);
        RepresentationMap values = new()
        {
            AgencyId = "DSM",
            Id = $"{set.Id}-{mapId}-{source}",
            Version = head.Version,
            ValidFrom = head.ValidFrom,
            ValidTo = head.ValidTo,
            IsFinal = head.IsFinal,
            StructureUrl = head.StructureUrl,
            ServiceUrl = head.ServiceUrl,
            Container = set with { MapId = mapId, ValueMapOf = source },
            Sources = [text],
            Targets = [text],
            Mappings = Some(() => new RepresentationMapping([new MappedValue(Text())], [Text()]), 1),
        };
        yield return InSet(new StructureMap
        {
            AgencyId = "DSM",
            Id = $"{set.Id}-{mapId}",
            Container = set with { MapId = mapId },
            IsExtension = Chance(),
            Source = Reference(StructureType.DataStructure),
            Target = Reference(StructureType.DataStructure),
            ComponentMaps =
            [
                ComponentMap(Id("D")) with { RepresentationMap = codes.Reference with { Version = version } },
                ComponentMap(source) with { RepresentationMap = values.Reference with { Version = version } },
                .. Chance(10) ? [ComponentMap(Id("D")) with { RepresentationMap = Reference(StructureType.RepresentationMap) }] : ImmutableArray<ComponentMap>.Empty,
                .. Chance(10) ? [ComponentMap(Id("D")) with { Sources = [Id("D"), Id("D")] }] : ImmutableArray<ComponentMap>.Empty,
                ComponentMap(Id("D")) with { ToTextFormat = Format(multilingual: true) with { SentinelValues = [], Decimals = null }, ToValueType = Pick("Value", "Name") },
            ],
            FixedValues = Chance(10) ? [new FixedValueMap(Id("D"), ["X"])] : [],
            TimeMaps = Chance(10) ? [EpochMap()] : [],
        });
        yield return values;
    }

    private ComponentMap ComponentMap(string source) => new()
    {
        Sources = [source],
        Targets = [Id("D")],
        SourceClass = Pick("Dimension", "Attribute"),
        TargetClass = Pick("Dimension", "Attribute"),
        Annotations = Annotations(),
    };
}
