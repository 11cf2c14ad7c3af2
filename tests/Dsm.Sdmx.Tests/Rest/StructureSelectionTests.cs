using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;

namespace Dsm.Sdmx.Tests.Rest;

/// <summary>Structure queries on the region's own structures.</summary>
public sealed class StructureSelectionTests
{
    private static Lazy<StructureSet> Structures => StructureSelectionSpecimens.Structures;

    [Fact]
    public void None_brings_what_is_asked_for_and_nothing_else()
        => Ids("structure/dataflow/EECA/DF_RSD").Should().Equal("Dataflow DF_RSD");

    [Fact]
    public void Children_are_what_it_refers_to_and_the_scheme_of_its_agency()
        => Ids("structure/dataflow/EECA/DF_RSD?references=children").Should().Equal("Dataflow DF_RSD", "DataStructure DSD_RSD", "AgencyScheme AGENCIES");

    [Fact]
    public void Parents_are_what_refers_to_it()
        => Ids("structure/dataflow/EECA/DF_RSD?references=parents").Should().Contain(["DataConstraint DC_RSD", "Categorisation CN_RSD", "ProvisionAgreement PA_RSD_AZE_SMS"])
            .And.NotContain("DataStructure DSD_RSD");

    [Fact]
    public void Siblings_are_what_the_parents_refer_to()
        => Ids("structure/dataflow/EECA/DF_RSD?references=parentsandsiblings").Should().Contain(["CategoryScheme CAT_MIGRATION", "DataProviderScheme DATA_PROVIDERS"])
            .And.NotContain("DataStructure DSD_RSD");

    [Fact]
    public void Descendants_go_down_to_codelists_and_concepts()
        => Ids("structure/dataflow/EECA/DF_RSD?references=descendants").Should().Contain(["DataStructure DSD_RSD", "Codelist CL_SEX", "ConceptScheme CS_MIGRATION"])
            .And.NotContain(i => i.StartsWith("ProvisionAgreement", StringComparison.Ordinal));

    [Fact]
    public void All_is_parents_and_siblings_and_descendants()
    {
        string[] parts = [.. Ids("structure/dataflow/EECA/DF_RSD?references=parentsandsiblings").Union(Ids("structure/dataflow/EECA/DF_RSD?references=descendants"))];
        Ids("structure/dataflow/EECA/DF_RSD?references=all").Distinct().Should().BeEquivalentTo(parts);
    }

    [Fact]
    public void Ancestors_go_up_beyond_the_parents()
        => Ids("structure/datastructure/EECA/DSD_RSD?references=ancestors").Should().Contain(["Dataflow DF_RSD", "ProvisionAgreement PA_RSD_AZE_SMS"]);

    [Fact]
    public void A_named_type_brings_that_type_only()
        => Ids("structure/dataflow/EECA/DF_RSD?references=conceptscheme").Should().Equal("Dataflow DF_RSD", "ConceptScheme CS_MIGRATION");

    [Theory]
    [InlineData("descendants")]
    [InlineData("all")]
    public void Partial_references_are_cut_to_what_the_constraint_allows(string references)
    {
        Maintainable[] answer = Answer($"structure/dataflow/EECA/DF_ASYLAPP?references={references}&detail=referencepartial");
        Codelist frequencies = answer.OfType<Codelist>().Single(c => c.Id == "CL_FREQ");
        frequencies.IsPartial.Should().BeTrue();
        frequencies.Codes.Select(c => c.Id).Should().BeEquivalentTo("A", "Q", "M");
        answer.OfType<Codelist>().Single(c => c.Id == "CL_AREA_EECA").IsPartial.Should().BeFalse("nothing of it is left out");
        ConceptScheme concepts = answer.OfType<ConceptScheme>().Single(c => c.Id == "CS_MIGRATION");
        concepts.IsPartial.Should().BeTrue();
        concepts.Concepts.Select(c => c.Id).Should().Contain("CITIZENSHIP").And.NotContain("STAY_DURATION");
    }

    [Fact]
    public void What_is_asked_for_is_never_partial_by_detail()
        => Answer("structure/codelist/SDMX/CL_FREQ?detail=referencepartial&references=parents").OfType<Codelist>().Single().IsPartial.Should().BeFalse();

    [Fact]
    public void Stubs_have_neither_content_nor_description()
    {
        Maintainable[] stubs = Answer("structure/*/*/*/*?detail=allstubs");
        stubs.Should().HaveCount(Structures.Value.All.Length);
        stubs.Should().OnlyContain(s => s.IsExternalReference && s.Description.IsEmpty && s.Annotations.IsEmpty && !s.Name.IsEmpty);
        stubs.OfType<ItemScheme>().SelectMany(s => s.AllItems).Should().BeEmpty();
        Answer("structure/dataflow/EECA/DF_RSD?detail=allcompletestubs").Single().Description.IsEmpty.Should().BeFalse();
    }

    [Fact]
    public void Reference_stubs_leave_what_is_asked_for_whole()
    {
        Maintainable[] answer = Answer("structure/dataflow/EECA/DF_RSD?detail=referencestubs&references=descendants");
        answer[0].IsExternalReference.Should().BeFalse();
        answer.Skip(1).Should().NotBeEmpty().And.OnlyContain(a => a.IsExternalReference);
    }

    [Theory]
    [InlineData("structure/codelist/SDMX/CL_FREQ/~/A,Q", "A Q")]
    [InlineData("structure/codelist/SDMX/CL_FREQ/~/NOPE", null)]
    [InlineData("structure/codelist/EECA/CL_AGE_MIG/~/NOPE,_T", "_T")]
    public void Items_cut_the_scheme(string address, string? expected)
    {
        Maintainable[] answer = Answer(address);
        (answer.Length == 0 ? null : string.Join(' ', ((Codelist)answer.Single()).Codes.Select(c => c.Id).Order(StringComparer.Ordinal))).Should().Be(expected);
        answer.OfType<Codelist>().Should().NotContain(c => !c.IsPartial);
    }

    [Fact]
    public void Items_come_with_their_ancestors_and_without_their_children()
    {
        Codelist list = new()
        {
            AgencyId = "T", Id = "CL", Version = SdmxVersion.Parse("1.0"),
            Codes = [new Code { Id = "A" }, new Code { Id = "B", ParentId = "A" }, new Code { Id = "C", ParentId = "B" }, new Code { Id = "D", ParentId = "A" }],
        };
        StructureSelection selection = new(new StructureSet([list]));
        foreach (string item in new[] { "B", "A.B" })
        {
            Codelist cut = (Codelist)selection.Answer(Query($"structure/codelist/T/CL/~/{item}")).Single();
            cut.Codes.Select(c => c.Id).Should().Equal("A", "B");
            cut.IsPartial.Should().BeTrue();
        }

        selection.Answer(Query("structure/codelist/T/CL/~/D.B")).Should().BeEmpty();
    }

    [Fact]
    public void Items_of_categories_and_hierarchies_are_paths()
    {
        CategoryScheme scheme = Structures.Value.Of<CategoryScheme>().First(s => s.Id == "CAT_MIGRATION");
        string first = scheme.Categories[0].Id;
        CategoryScheme cut = (CategoryScheme)Answer($"structure/categoryscheme/EECA/CAT_MIGRATION/~/{first}").Single();
        cut.Categories.Select(c => c.Id).Should().Equal(first);
        cut.Categories[0].Children.Should().BeEmpty();
        Hierarchy hierarchy = Structures.Value.Of<Hierarchy>().First(h => h.Id == "H_WORLD");
        HierarchicalCode top = hierarchy.Codes.First(c => !c.Children.IsEmpty);
        Hierarchy branch = (Hierarchy)Answer($"structure/hierarchy/EECA/H_WORLD/~/{top.Id}.{top.Children[0].Id}").Single();
        branch.Codes.Should().ContainSingle().Which.Children.Should().ContainSingle().Which.Id.Should().Be(top.Children[0].Id);
    }

    [Fact]
    public void Extensions_are_resolved_but_for_raw()
    {
        Codelist basis = new() { AgencyId = "T", Id = "B", Version = SdmxVersion.Parse("1.0.0"), Codes = [new Code { Id = "X" }] };
        Codelist extended = new() { AgencyId = "T", Id = "E", Version = SdmxVersion.Parse("1.0.0"), Codes = [new Code { Id = "Y" }], Extensions = [new CodelistExtension(basis.Reference, null, [], false)] };
        StructureSelection selection = new(new StructureSet([basis, extended]));
        Codelist full = (Codelist)selection.Answer(Query("structure/codelist/T/E")).Single();
        full.Codes.Select(c => c.Id).Should().BeEquivalentTo("X", "Y");
        full.Extensions.Should().BeEmpty();
        Codelist raw = (Codelist)selection.Answer(Query("structure/codelist/T/E?detail=raw")).Single();
        raw.Codes.Select(c => c.Id).Should().Equal("Y");
        raw.Extensions.Should().ContainSingle();
    }

    [Fact]
    public void Every_artefact_comes_once()
        => Answer("structure/*/*/*/*?references=all").Select(a => a.Urn).Should().OnlyHaveUniqueItems().And.HaveCount(Structures.Value.All.Length);

    private static StructureQuery Query(string address)
    {
        string[] parts = address.Split('?');
        Rest2.TryParse(parts[0], parts.Length > 1 ? parts[1] : null, out RestQuery? query, new IssueList()).Should().BeTrue();
        return (StructureQuery)query!;
    }

    private static Maintainable[] Answer(string address) => [.. new StructureSelection(Structures.Value).Answer(Query(address))];

    private static string[] Ids(string address) => [.. Answer(address).Select(a => $"{a.Type} {a.Id}")];
}
