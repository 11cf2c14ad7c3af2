using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Tests.Registry.Editing;

public sealed class PublicationTests
{
    private static readonly Codelist Stable = new() { AgencyId = "T", Id = "CL", Version = SdmxVersion.Parse("1.0.0"), Name = LocalisedText.Of("List"), Codes = [new Code { Id = "A" }, new Code { Id = "B" }] };
    private static readonly Codelist Draft = Stable with { Version = SdmxVersion.Parse("1.1.0-draft"), Codes = [.. Stable.Codes, new Code { Id = "C" }] };
    private static readonly DataStructure Own = Dsd("T", "DSD", "1.0.0", Stable), Theirs = Dsd("T.STATE", "DSD", "1.0.0", Stable), Begun = Dsd("T", "DSD2", "2.0.0-draft", Draft);
    private static readonly RepresentationMap Map = new()
    {
        AgencyId = "T", Id = "RM", Version = SdmxVersion.Parse("1.0.0"), Sources = [new RepresentationSide(Stable.Reference, null)], Targets = [new RepresentationSide(Stable.Reference, null)],
    };

    private readonly StructureSet all = new([Stable, Draft, Own, Theirs, Begun, Map]);

    [Fact]
    public void Gets_the_smallest_number_that_says_the_differences()
    {
        Publication publication = Publication.Of(all, Draft);

        (publication.Published.Version.ToString(), publication.Impact, publication.HasRightVersion).Should().Be(("1.1.0", ChangeImpact.Minor, true));
        Publication.Of(all, Draft, SdmxVersion.Parse("1.0.1")).HasRightVersion.Should().BeFalse("an addition is more than a text");
        Publication.Of(all, Draft, SdmxVersion.Parse("3.0.0")).HasRightVersion.Should().BeTrue();
        Publication.Of(all, Draft with { Codes = [Stable.Codes[0]] }).Required.ToString().Should().Be("2.0.0");
        Publication.Of(all, Draft with { Codes = Stable.Codes, Name = LocalisedText.Of("Renamed") }).Required.ToString().Should().Be("1.0.1");
    }

    [Fact]
    public void Moves_what_the_agency_owns_along_but_no_maps_and_nothing_of_others_unless_asked()
    {
        Publication publication = Publication.Of(all, Draft);

        publication.Candidates.Select(c => c.Before.Urn).Should().BeEquivalentTo([Own.Urn, Theirs.Urn, Begun.Urn, Map.Urn]);
        publication.Steps.Select(c => c.Before.Urn).Should().BeEquivalentTo([Own.Urn, Begun.Urn]);
        Publication.Of(all, Draft, isMoved: a => a == Map).Steps.Should().ContainSingle().Which.After.Version.ToString().Should().Be("2.0.0", "the sides of a map are what it is about");
    }

    [Fact]
    public void Asks_for_the_version_what_comes_along_and_the_end_of_the_draft_in_one_go()
    {
        Publication publication = Publication.Of(all, Draft);

        publication.Tasks.Select(t => $"{t.Action} {t.Reference}").Should().Equal(
            "Append T:CL(1.1.0)", "Append T:DSD(1.1.0)", "Replace T:DSD2(2.0.0-draft)", "Delete T:CL(1.1.0-draft)");
    }

    [Fact]
    public void A_draft_published_under_a_smaller_number_takes_those_that_refer_to_it_along()
    {
        Codelist renamed = Draft with { Codes = Stable.Codes, Name = LocalisedText.Of("Renamed") };
        StructureSet structures = new([Stable, renamed, Begun]);

        Publication publication = Publication.Of(structures, renamed);

        publication.Published.Version.ToString().Should().Be("1.0.1");
        publication.Steps.Should().ContainSingle().Which.After.References.Should().Contain(r => r.Id == "CL" && r.Version == "1.0.1");
        Publication.MustMove(renamed, Begun).Should().BeTrue();
    }

    private static DataStructure Dsd(string agency, string id, string version, Maintainable list) => new()
    {
        AgencyId = agency, Id = id, Version = SdmxVersion.Parse(version),
        Dimensions = [new Dimension { Id = "D", Concept = new StructureReference(StructureType.ConceptScheme, "T", "CS", "1.0.0", "D"), Representation = Representation.Coded(list.Reference) }],
    };
}
