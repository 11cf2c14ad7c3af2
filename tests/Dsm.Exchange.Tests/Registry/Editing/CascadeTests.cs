using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Tests.Registry.Editing;

public sealed class CascadeTests
{
    private static readonly Codelist List = new() { AgencyId = "T", Id = "CL", Version = SdmxVersion.Parse("1.0.0"), Codes = [new Code { Id = "A" }] };
    private static readonly ConceptScheme Concepts = new()
    {
        AgencyId = "T", Id = "CS", Version = SdmxVersion.Parse("1.0.0"),
        Concepts = [new Concept { Id = "D", CoreRepresentation = Representation.Coded(List.Reference) }],
    };

    private static readonly DataStructure Structure = new()
    {
        AgencyId = "T", Id = "DSD", Version = SdmxVersion.Parse("1.2.0"),
        Dimensions = [new Dimension { Id = "D", Concept = Concepts.Reference with { ItemId = "D" }, Representation = Representation.Coded(List.Reference) }],
    };

    private static readonly Dataflow Exact = new() { AgencyId = "T", Id = "EXACT", Version = SdmxVersion.Parse("1.0.0"), Structure = Structure.Reference };
    private static readonly Dataflow Following = new() { AgencyId = "T", Id = "FOLLOWING", Version = SdmxVersion.Parse("1.0.0"), Structure = Structure.Reference with { Version = "1.0+.0" } };
    private static readonly Codelist Next = List with { Version = SdmxVersion.Parse("1.1.0"), Codes = [.. List.Codes, new Code { Id = "B" }] };
    private readonly StructureSet all = new([List, Concepts, Structure, Exact, Following]);

    [Fact]
    public void Finds_everything_that_refers_to_the_former_version_dependencies_first()
    {
        Cascade cascade = new(all, Next);

        cascade.Candidates.Select(c => c.Id).Should().Equal("CS", "DSD", "EXACT");
    }

    [Fact]
    public void Moves_every_reference_and_says_which_version_that_needs()
    {
        IEnumerable<CascadeStep> steps = new Cascade(all, Next).Steps(_ => true);

        steps.Select(s => $"{s.After.Id} {s.Required}").Should().Equal("CS 1.1.0", "DSD 1.3.0", "EXACT 1.1.0");
        DataStructure moved = (DataStructure)steps.ElementAt(1).After;
        moved.Dimensions[0].Representation!.Enumeration!.Version.Should().Be("1.1.0");
        moved.Dimensions[0].Concept.Should().Be(Concepts.Reference with { ItemId = "D", Version = "1.1.0" });
        ((Dataflow)steps.ElementAt(2).After).Structure!.Version.Should().Be("1.3.0");
        Structure.Dimensions[0].Representation!.Enumeration!.Version.Should().Be("1.0.0", "the stable version stays as it is");
    }

    [Fact]
    public void Leaves_alone_what_was_not_chosen_and_what_only_depends_on_that()
    {
        IEnumerable<CascadeStep> steps = new Cascade(all, Next).Steps(a => a.Id != "DSD");

        steps.Select(s => s.After.Id).Should().Equal("CS");
    }

    [Fact]
    public void Knows_what_follows_by_itself()
    {
        new Cascade(all, Structure with { Version = SdmxVersion.Parse("1.3.0") }).Followers.Should().Equal(Following);
        new Cascade(all, Structure with { Version = SdmxVersion.Parse("2.0.0") }).Followers.Should().BeEmpty("1.0+.0 stays below 2.0.0");
    }

    [Fact]
    public void Takes_the_latest_version_of_a_user_and_its_drafts()
    {
        DataStructure draft = Structure with { Version = SdmxVersion.Parse("1.3.0-draft") }, old = Structure with { Version = SdmxVersion.Parse("1.1.0") };
        IEnumerable<CascadeStep> steps = new Cascade(new StructureSet([List, old, Structure, draft]), Next).Steps(_ => true);

        steps.Select(s => s.After.Version.ToString()).Should().BeEquivalentTo("1.3.0", "1.3.0-draft");
    }

    [Fact]
    public void Makes_wildcards_concrete_for_messages_that_cannot_have_them()
    {
        StructureSet more = all.With([Structure with { Version = SdmxVersion.Parse("1.3.0") }]);

        ReferenceMove.Concrete(Following, more).Structure!.Version.Should().Be("1.3.0");
        ReferenceMove.Concrete(Exact, more).Should().BeSameAs(Exact);
    }

    [Fact]
    public void Moves_references_in_every_type_of_the_region()
    {
        string[] still = [.. Region()
            .Where(a => ReferenceMove.Apply(a, r => r with { Version = "9.9.9" }).References.Any(r => r.Version != "9.9.9")).Select(a => a.Urn)];

        still.Should().BeEmpty();
    }

    private static IEnumerable<Maintainable> Region() => Directory.EnumerateFiles(Exchange.StructuresFolder, "*.xml", SearchOption.AllDirectories).SelectMany(file =>
    {
        using FileStream stream = File.OpenRead(file);
        return Dsm.Sdmx.Formats.StructureMessages.Read(stream, new Dsm.Sdmx.Issues.IssueList()).Structures.All;
    });
}
