using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Tests.Model.Comparison;

public sealed class StructureComparisonTests
{
    private static readonly Codelist Sexes = new()
    {
        AgencyId = "A",
        Id = "CL_SEX",
        Version = SdmxVersion.Parse("1.2.3"),
        Name = LocalisedText.Of("Sex"),
        Codes = [Code("F", "Female"), Code("M", "Male"), Code("_T", "Total")],
    };

    private static readonly DataStructure Structure = new()
    {
        AgencyId = "A",
        Id = "DSD",
        Version = SdmxVersion.Parse("1.2.3"),
        Dimensions = [Dimension("FREQ"), Dimension("SEX")],
        Attributes = [Attribute("NOTE", false)],
        Measures = [new Measure { Id = "OBS_VALUE", Concept = Concept("OBS_VALUE") }],
    };

    [Fact]
    public void Texts_are_a_patch()
        => Shows(Sexes, Sexes with { Codes = [Code("F", "Women"), Code("M", "Male"), Code("_T", "Total")] }, "Codes[F].Name@en", ChangeKind.Changed, ChangeImpact.Patch, "1.2.4");

    [Fact]
    public void Rows_of_maps_are_shown_as_people_write_them()
    {
        RepresentationMap map = new()
        {
            AgencyId = "A",
            Id = "RM",
            Version = SdmxVersion.Parse("1.0.0"),
            Mappings = [new([new("1")], ["M"]), new([new("^2.*", IsRegEx: true), new("x", StartIndex: 0, EndIndex: 3)], ["F", "T"], "2020", "2021")],
        };
        RepresentationMap after = map with { Mappings = [new([new("1")], ["F"])] };
        StructureChange[] changes = [.. StructureComparison.Compare(map, after).Changes];
        changes.Select(c => (c.Path, c.Before, c.After)).Should().BeEquivalentTo([
            ("Mappings[1].Targets[M]", "M", (string?)null),
            ("Mappings[1].Targets[F]", null, "F"),
            ("Mappings[/^2.*/, x [0..3] 2020]", "/^2.*/, x [0..3] → F, T (2020 – 2021)", null),
        ]);
    }

    [Fact]
    public void A_new_code_is_minor()
        => Shows(Sexes, Sexes with { Codes = Sexes.Codes.Add(Code("_U", "Unknown")) }, "Codes[_U]", ChangeKind.Added, ChangeImpact.Minor, "1.3.0");

    [Fact]
    public void A_code_that_is_gone_is_major()
        => Shows(Sexes, Sexes with { Codes = Sexes.Codes.RemoveAt(1) }, "Codes[M]", ChangeKind.Removed, ChangeImpact.Major, "2.0.0");

    [Fact]
    public void The_order_of_codes_is_a_patch_and_that_of_dimensions_major()
    {
        Shows(Sexes, Sexes with { Codes = [.. Sexes.Codes.Reverse()] }, "Codes (order)", ChangeKind.Changed, ChangeImpact.Patch, "1.2.4");
        Shows(Structure, Structure with { Dimensions = [.. Structure.Dimensions.Reverse()] }, "Dimensions (order)", ChangeKind.Changed, ChangeImpact.Major, "2.0.0");
    }

    [Fact]
    public void A_new_dimension_is_major_unless_the_structure_evolves()
    {
        DataStructure more = Structure with { Dimensions = Structure.Dimensions.Add(Dimension("AGE")) };
        Shows(Structure, more, "Dimensions[AGE]", ChangeKind.Added, ChangeImpact.Major, "2.0.0");
        Shows(Structure with { IsEvolving = true }, more with { IsEvolving = true }, "Dimensions[AGE]", ChangeKind.Added, ChangeImpact.Minor, "1.3.0");
    }

    [Fact]
    public void An_attribute_that_must_be_given_is_major_one_that_may_is_minor()
    {
        Shows(Structure, Structure with { Attributes = Structure.Attributes.Add(Attribute("X", true)) }, "Attributes[X]", ChangeKind.Added, ChangeImpact.Major, "2.0.0");
        Shows(Structure, Structure with { Attributes = Structure.Attributes.Add(Attribute("X", false)) }, "Attributes[X]", ChangeKind.Added, ChangeImpact.Minor, "1.3.0");
        Shows(Structure, Structure with { Attributes = [Attribute("NOTE", true)] }, "Attributes[NOTE].IsMandatory", ChangeKind.Changed, ChangeImpact.Major, "2.0.0");
        Shows(Structure with { Attributes = [Attribute("NOTE", true)] }, Structure, "Attributes[NOTE].IsMandatory", ChangeKind.Changed, ChangeImpact.Minor, "1.3.0");
    }

    [Fact]
    public void Limits_that_widen_are_minor_limits_that_narrow_major()
    {
        DataStructure Limited(int? max, int? min) => Structure with
        {
            Attributes = [Attribute("NOTE", false) with { Representation = new Representation { TextFormat = new TextFormat { MaxLength = max, MinLength = min } } }],
        };
        const string path = "Attributes[NOTE].Representation.TextFormat.";
        Shows(Limited(10, 2), Limited(20, 2), path + "MaxLength", ChangeKind.Changed, ChangeImpact.Minor, "1.3.0");
        Shows(Limited(20, 2), Limited(10, 2), path + "MaxLength", ChangeKind.Changed, ChangeImpact.Major, "2.0.0");
        Shows(Limited(20, 2), Limited(null, 2), path + "MaxLength", ChangeKind.Removed, ChangeImpact.Minor, "1.3.0");
        Shows(Limited(20, null), Limited(20, 1), path + "MinLength", ChangeKind.Added, ChangeImpact.Major, "2.0.0");
        Shows(Limited(20, 2), Limited(20, 1), path + "MinLength", ChangeKind.Changed, ChangeImpact.Minor, "1.3.0");
    }

    [Theory]
    [InlineData("1.0.0", "1.0.1", ChangeImpact.Patch)]
    [InlineData("1.0.0", "1.1.0", ChangeImpact.Minor)]
    [InlineData("1.0.0", "2.0.0", ChangeImpact.Major)]
    [InlineData("1.0+.0", "2.0+.0", ChangeImpact.Major)]
    [InlineData("1.0", "1.1", ChangeImpact.Major)]
    public void A_reference_to_another_version_weighs_what_the_version_says(string before, string after, ChangeImpact impact)
    {
        Dataflow Flow(string version) => new() { AgencyId = "A", Id = "DF", Version = SdmxVersion.Parse("1.0.0"), Structure = new StructureReference(StructureType.DataStructure, "A", "DSD", version) };
        StructureComparison.Compare(Flow(before), Flow(after)).Impact.Should().Be(impact);
    }

    [Fact]
    public void What_lets_less_data_pass_is_major_what_lets_more_pass_is_minor()
    {
        DataConstraint Constraint(bool region, bool selection, params string[] values) => new()
        {
            AgencyId = "A",
            Id = "DC",
            Version = SdmxVersion.Parse("1.0.0"),
            Regions = [new CubeRegion(region, [new MemberSelection { ComponentId = "SEX", IsIncluded = selection, Values = [.. values.Select(v => new MemberValue(v))] }])],
        };
        StructureComparison.Compare(Constraint(true, true, "F"), Constraint(true, true, "F", "M")).Impact.Should().Be(ChangeImpact.Minor);
        StructureComparison.Compare(Constraint(true, true, "F", "M"), Constraint(true, true, "F")).Impact.Should().Be(ChangeImpact.Major);
        StructureComparison.Compare(Constraint(true, false, "F"), Constraint(true, false, "F", "M")).Impact.Should().Be(ChangeImpact.Major);
        StructureComparison.Compare(Constraint(false, true, "F"), Constraint(false, true, "F", "M")).Impact.Should().Be(ChangeImpact.Major);
        StructureComparison.Compare(Constraint(false, true, "F", "M"), Constraint(false, true, "F")).Impact.Should().Be(ChangeImpact.Minor);
    }

    [Theory]
    [InlineData("1.2.3", ChangeImpact.Major, "2.0.0")]
    [InlineData("1.2.3", ChangeImpact.Minor, "1.3.0")]
    [InlineData("1.2.3", ChangeImpact.Patch, "1.2.4")]
    [InlineData("1.2.3", ChangeImpact.None, "1.2.3")]
    [InlineData("0.2.3", ChangeImpact.Major, "0.3.0")]
    [InlineData("1.2.0-draft", ChangeImpact.Major, "1.2.0-draft")]
    [InlineData("1.2", ChangeImpact.Major, "2.0")]
    [InlineData("1.2", ChangeImpact.Patch, "1.3")]
    [InlineData("3", ChangeImpact.Minor, "3.1")]
    public void The_smallest_next_version_follows_the_impact(string version, ChangeImpact impact, string next)
        => ArtefactComparison.Next(SdmxVersion.Parse(version), impact).ToString().Should().Be(next);

    [Fact]
    public void Sets_are_compared_by_identity_and_version()
    {
        Codelist next = Sexes with { Version = SdmxVersion.Parse("1.3.0"), Codes = Sexes.Codes.Add(Code("_U", "Unknown")) };
        Codelist other = Sexes with { Id = "CL_OTHER" };
        ImmutableArray<ArtefactComparison> compared = StructureComparison.Compare(new StructureSet([Sexes, Structure]), new StructureSet([next, Structure, other]));
        compared.Should().HaveCount(2);
        compared[0].Kind.Should().Be(ChangeKind.Changed);
        compared[0].HasRequiredVersion.Should().BeTrue();
        compared[1].Kind.Should().Be(ChangeKind.Added);
        StructureComparison.Compare(new StructureSet([Sexes, next]), new StructureSet([next])).Should().ContainSingle().Which.Kind.Should().Be(ChangeKind.Removed);
    }

    [Fact]
    public void Large_codelists_are_compared_in_moderate_time()
    {
        Codelist large = Sexes with { Codes = [.. Enumerable.Range(0, 50_000).Select(i => Code("C" + i, "Name " + i))] };
        Codelist changed = large with { Codes = large.Codes.SetItem(40_000, Code("C40000", "Other")) };
        StructureComparison.Compare(large, changed).Changes.Should().ContainSingle();
    }

    private static void Shows(Maintainable before, Maintainable after, string path, ChangeKind kind, ChangeImpact impact, string next)
    {
        ArtefactComparison comparison = StructureComparison.Compare(before, after);
        StructureChange change = comparison.Changes.Should().ContainSingle().Subject;
        (change.Path, change.Kind, change.Impact).Should().Be((path, kind, impact));
        comparison.RequiredVersion!.Value.ToString().Should().Be(next);
        comparison.HasRequiredVersion.Should().BeFalse();
    }

    private static Code Code(string id, string name) => new() { Id = id, Name = LocalisedText.Of(name) };

    private static StructureReference Concept(string id) => new(StructureType.ConceptScheme, "A", "CS", "1.0.0", id);

    private static Dimension Dimension(string id) => new() { Id = id, Concept = Concept(id) };

    private static DataAttribute Attribute(string id, bool isMandatory) => new() { Id = id, Concept = Concept(id), IsMandatory = isMandatory, Relationship = AttributeRelationship.Observation };
}
