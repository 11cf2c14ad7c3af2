using System.Collections.Immutable;
using System.Globalization;
using Dsm.Sdmx.Model;

namespace Dsm.Tests;

/// <summary>
/// Makes random artefacts of every type, with every property the standard gives them, reproducible by their seed. What it makes is in
/// the form in which readers give it (no empty names, ids that are unique, lists in the order of the schemas), so that a difference
/// after writing and reading is a loss. <see cref="ModelCoverage"/> checks that no property is forgotten.
/// </summary>
internal sealed partial class ModelGenerator(int seed)
{
    private static readonly string[] Languages = ["en", "ru", "fr", "hy", "zh-Hant"];

    private readonly Random _random = new(seed);
    private int _number;

    /// <summary>Artefacts of every type, several of each; those in one list belong together (one structure set) and are written together.</summary>
    public IEnumerable<ImmutableArray<Maintainable>> All()
    {
        foreach (IEnumerable<Maintainable> group in new[] { ItemSchemes(), Transformations(), Structures(), Registrations(), Maps30(), Stubs() })
        {
            foreach (Maintainable artefact in group)
            {
                yield return [artefact];
            }
        }

        yield return [.. StructureSet()];
        yield return [MetadataSet()];
    }

    private bool Chance(int percent = 60) => _random.Next(100) < percent;

    private T? Maybe<T>(Func<T> make, int percent = 60)
        where T : class => Chance(percent) ? make() : null;

    private T? MaybeValue<T>(Func<T> make)
        where T : struct => Chance() ? make() : null;

    private ImmutableArray<T> Some<T>(Func<T> make, int least = 0, int most = 3)
        => [.. Enumerable.Range(0, _random.Next(least, most + 1)).Select(_ => make())];

    private T Pick<T>(params ReadOnlySpan<T> from) => from[_random.Next(from.Length)];

    /// <summary>An id that begins with a letter, unique in what this generator makes.</summary>
    private string Id(string prefix = "X") => string.Create(CultureInfo.InvariantCulture, $"{prefix}{_number++}_{(char)('A' + _random.Next(26))}");

    private string Text() => string.Create(CultureInfo.InvariantCulture, $"{Pick("Text", "Größe", "Население", "A & B <c>", "\"q\" 'r'")} {_random.Next(1000)}");

    private LocalisedText Texts(int least = 1)
        => new(Languages.OrderBy(_ => _random.Next()).Take(_random.Next(least, 4)).Select(l => KeyValuePair.Create(l, Text())).ToArray());

    private string Url() => string.Create(CultureInfo.InvariantCulture, $"https://example.org/{_random.Next(1000)}?a=b&c={_random.Next(10)}");

    private string Instant() => string.Create(CultureInfo.InvariantCulture, $"20{_random.Next(10, 30)}-0{_random.Next(1, 10)}-1{_random.Next(10)}T00:00:00");

    private string Date() => string.Create(CultureInfo.InvariantCulture, $"20{_random.Next(10, 30)}-0{_random.Next(1, 10)}-1{_random.Next(10)}");

    private string Period() => string.Create(CultureInfo.InvariantCulture, $"20{_random.Next(10, 30)}{Pick("", "-Q3", "-05", "-05-17")}");

    private Annotation Annotation() => new()
    {
        Id = Maybe(() => Id("ANN")),
        Title = Maybe(Text),
        Type = Maybe(Text),
        Url = Maybe(Url),
        Urls = Chance(30) ? new LocalisedText(KeyValuePair.Create("en", Url()), KeyValuePair.Create("ru", Url())) : default,
        Value = Maybe(Text),
        Text = Chance() ? Texts() : default,
    };

    private ImmutableArray<Annotation> Annotations() => Chance(40) ? Some(Annotation, 1, 2) : [];

    private Link Link() => new(Pick("self", "reference_metadata"), Url(), Maybe(() => CodelistReference().Urn), Maybe(() => Pick("PDF", "CSV")));

    private ImmutableArray<Link> Links() => Chance(40) ? Some(Link, 1, 2) : [];

    private ListNotes Notes() => new() { Annotations = Some(Annotation, 1, 2), Links = Links(), Uri = Maybe(Url) };

    private StructureReference Reference(StructureType type, string? item = null)
        => new(type, Pick("DSM", "DSM.SUB", "ESTAT"), Id("REF"), Pick("1.0", "1.0.0", "2.3.1", "1.0+.0"), item);

    private StructureReference CodelistReference() => Reference(StructureType.Codelist);

    private StructureReference ConceptReference() => Reference(StructureType.ConceptScheme, Id("C"));

    private StructureReference CodeReference() => Reference(StructureType.Codelist, Id("CODE"));

    private StructureReference Provider() => new(StructureType.DataProviderScheme, "DSM", "DATA_PROVIDERS", "1.0", Id("P"));

    private StructureReference MetadataProvider() => new(StructureType.MetadataProviderScheme, "DSM", "METADATA_PROVIDERS", "1.0", Id("P"));

    /// <summary>Gives an artefact what all artefacts may have; organisation schemes have a fixed version.</summary>
    private T Headed<T>(T artefact)
        where T : Maintainable
    {
        bool fixedVersion = artefact is OrganisationScheme;
        T headed = artefact with
        {
            Version = fixedVersion && Chance(70) ? SdmxVersion.Default : SdmxVersion.Parse(Pick("1.0", "1.0.0", "2.3.1", "0.1.0", "1.2.0-draft")),
            Name = Texts(),
            Description = Chance() ? Texts() : default,
            ValidFrom = Maybe(Instant),
            ValidTo = Maybe(Instant),
            StructureUrl = Maybe(Url, 20),
            ServiceUrl = Maybe(Url, 20),
            Uri = Maybe(Url, 40),
            Annotations = Annotations(),
            Links = Links(),
            IsPartialLanguage = Chance(20),
        };
        return Chance(20) && !headed.Version.IsStable ? headed with { IsFinal = true } : headed;
    }

    private T Named<T>(T item, bool links = true)
        where T : Item => item with
        {
            Name = Texts(),
            Description = Chance() ? Texts() : default,
            Uri = Maybe(Url, 30),
            Annotations = Annotations(),
            Links = links ? Links() : [],
        };

    /// <summary>Gives some items a parent among those before them.</summary>
    private ImmutableArray<T> WithParents<T>(ImmutableArray<T> items)
        where T : Item => [.. items.Select((item, at) => at > 0 && Chance(40) ? item with { ParentId = items[_random.Next(at)].Id } : item)];

    /// <summary>External references without content.</summary>
    private IEnumerable<Maintainable> Stubs()
    {
        T Stub<T>(T artefact)
            where T : Maintainable => Headed(artefact) with { IsExternalReference = true, StructureUrl = Url() };

        yield return Stub(new Codelist { AgencyId = "DSM", Id = Id("CL") });
        yield return Stub(new ConceptScheme { AgencyId = "DSM", Id = Id("CS") });
        yield return Stub(new DataStructure { AgencyId = "DSM", Id = Id("DSD") });
        yield return Stub(new Dataflow { AgencyId = "DSM", Id = Id("DF") });
        yield return Stub(new MetadataStructure { AgencyId = "DSM", Id = Id("MSD") });
        yield return Stub(new Process { AgencyId = "DSM", Id = Id("PROC") });
        yield return Stub(new ReportingTaxonomy { AgencyId = "DSM", Id = Id("RT") });
        yield return Stub(new VtlMappingScheme { AgencyId = "DSM", Id = Id("VM") });
        yield return Stub(new DataConstraint { AgencyId = "DSM", Id = Id("CON") });
    }
}
