using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Tests.Model;

public class StructureSetTests
{
    private static readonly Codelist Old = new() { AgencyId = "A", Id = "C", Version = SdmxVersion.Parse("1.0.0"), Codes = [new Code { Id = "X" }] };
    private static readonly Codelist New = Old with { Version = SdmxVersion.Parse("1.2.0") };
    private static readonly Codelist Draft = Old with { Version = SdmxVersion.Parse("2.0.0-draft") };
    private static readonly ConceptScheme Concepts = new()
    {
        AgencyId = "A",
        Id = "CS",
        Concepts = [new Concept { Id = "K", CoreRepresentation = Representation.Coded(new StructureReference(StructureType.Codelist, "A", "C", "1.0+.0")) }],
    };

    private static readonly StructureSet Set = new([New, Draft, Old, Concepts]);

    [Theory]
    [InlineData("1.0.0", "1.0.0")]
    [InlineData("1.0+.0", "1.2.0")]
    [InlineData("+", "1.2.0")]
    [InlineData("~", "2.0.0-draft")]
    public void Finds_by_exact_version_and_by_wildcard(string version, string expected)
        => Set.Find(new StructureReference(StructureType.Codelist, "A", "C", version))!.Version.ToString().Should().Be(expected);

    [Fact]
    public void Finds_nothing_for_another_type_agency_or_version()
    {
        Set.Find(new StructureReference(StructureType.ValueList, "A", "C", "1.0.0")).Should().BeNull();
        Set.Find(new StructureReference(StructureType.Codelist, "B", "C", "1.0.0")).Should().BeNull();
        Set.Find(new StructureReference(StructureType.Codelist, "A", "C", "9.0.0")).Should().BeNull();
        Set.Find(new StructureReference(StructureType.Codelist, "A", "C", "nonsense")).Should().BeNull();
    }

    [Fact]
    public void Knows_who_refers_to_an_artefact()
    {
        Set.ReferrersOf(New).Should().Equal(Concepts);
        Set.ReferrersOf(Old).Should().BeEmpty("the wildcard means the newer version");
    }

    [Theory]
    [InlineData("1.0.0", "1.0+.0", "1.2.0")]
    [InlineData("1.0.0", "2.0+.0", null)]
    [InlineData("1.0", "1+.0.0", "1.2.0")]
    [InlineData("0.9.0", "1+.0.0", "1.2.0")]
    [InlineData("1.1.0-draft", "1.0+.0", "1.2.0")]
    [InlineData("1.1.0-draft", "2.0+.0", "2.0.0-draft")]
    [InlineData("1.1.0-draft", "1+.0.0", "2.0.0-draft")]
    [InlineData("1.1.0-draft", "1.0.0", "1.0.0")]
    [InlineData("1.1.0", "2.0.0-draft", "2.0.0-draft")]
    public void Late_bound_references_mean_stable_versions_and_in_drafts_those_with_extensions_too(string from, string version, string? expected)
    {
        ConceptScheme scheme = Concepts with { Version = SdmxVersion.Parse(from), Concepts = [new Concept { Id = "K", CoreRepresentation = Representation.Coded(new StructureReference(StructureType.Codelist, "A", "C", version)) }] };
        StructureSet set = new([New, Draft, Old, scheme]);

        set.FindFrom(scheme, scheme.References.Single())?.Version.ToString().Should().Be(expected);
        new[] { New, Draft, Old }.Where(list => set.ReferrersOf(list).Any()).Select(list => list.Version.ToString()).Should().Equal(expected is null ? [] : [expected]);
    }

    [Fact]
    public void A_reference_to_all_versions_means_each()
    {
        StructureReference all = new(StructureType.Codelist, "A", "C", "*");
        new[] { Old, New, Draft }.Should().OnlyContain(list => Set.Means(all, list));
        Set.Means(all with { Version = "1.*.0" }, Draft).Should().BeFalse();
        Set.Means(all with { Version = "~" }, New).Should().BeFalse("the draft is later");
    }

    [Fact]
    public void The_later_of_two_with_one_identity_wins()
    {
        StructureSet set = Set.With([Old with { Codes = [] }]);
        set.All.Should().HaveCount(4);
        set.Find<Codelist>(Old.Reference)!.Codes.Should().BeEmpty();
    }

    [Fact]
    public void Codes_are_found_in_a_copy_with_other_codes()
    {
        Old.Find("X").Should().NotBeNull();
        Codelist copy = Old with { Codes = [new Code { Id = "Y" }] };
        copy.Find("X").Should().BeNull();
        copy.Find("Y").Should().NotBeNull();
    }
}
