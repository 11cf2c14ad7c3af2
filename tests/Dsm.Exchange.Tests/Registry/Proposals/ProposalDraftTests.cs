using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Proposals;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Tests.Registry.Proposals;

public sealed class ProposalDraftTests
{
    private static readonly Codelist List = new()
    {
        AgencyId = "A", Id = "CL", Version = SdmxVersion.Parse("1.0.0"), Name = LocalisedText.Of("List"), ValidTo = "2026-12-31",
        Codes = [Code("ALL"), Code("X", "ALL"), Code("X1", "X"), Code("X2", "X"), Code("Y", "ALL"), Code("OTHER")],
    };

    [Theory]
    [InlineData("X", "ALL X X1 X2 NEW Y OTHER")]
    [InlineData("ALL", "ALL X X1 X2 Y NEW OTHER")]
    [InlineData("Y", "ALL X X1 X2 Y NEW OTHER")]
    [InlineData(null, "ALL X X1 X2 Y OTHER NEW")]
    public void A_code_stands_behind_its_siblings_and_all_below_them(string? parent, string order)
    {
        Codelist draft = (Codelist)ProposalDraft.Of(new StructureSet([List]), Wish("NEW", parent)).Draft!;
        string.Join(' ', draft.Codes.Select(c => c.Id)).Should().Be(order);
        draft.Find("NEW")!.ParentId.Should().Be(parent);
        draft.ValidTo.Should().BeNull("the next version begins without an end");
    }

    [Fact]
    public void A_draft_that_is_there_is_added_to_and_one_that_carries_it_stays_as_it_is()
    {
        Codelist draft = List with { Version = SdmxVersion.Parse("2.0.0-draft"), Codes = [.. List.Codes, Code("EDITED")] };
        ProposalDraft added = ProposalDraft.Of(new StructureSet([List, draft]), Wish("NEW", null));
        added.Tasks.Should().ContainSingle().Which.Action.Should().Be(StructureAction.Replace);
        ((Codelist)added.Draft!).Codes.Select(c => c.Id).Should().EndWith(["EDITED", "NEW"]);

        ProposalDraft again = ProposalDraft.Of(new StructureSet([List, (Codelist)added.Draft!]), Wish("NEW", null));
        again.Draft.Should().BeEquivalentTo(added.Draft);
    }

    [Fact]
    public void Faults_are_named()
    {
        ProposalDraft.Of(new StructureSet([List]), Wish("X", null)).Fault.Should().Be(ProposalFault.ItemThere);
        ProposalDraft.Of(new StructureSet([List]), Wish("NEW", "NOWHERE")).Fault.Should().Be(ProposalFault.NoSuchParent);
        ProposalDraft.Of(StructureSet.Empty, Wish("NEW", null)).Fault.Should().Be(ProposalFault.NoSuchArtefact);
        Proposal indicator = Wish("NEW", null);
        (indicator.Kind, indicator.StructureUrn) = (ProposalKind.Indicator, "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=A:DSD(1.0.0)");
        ProposalDraft.Of(new StructureSet([List]), indicator).Fault.Should().Be(ProposalFault.NoSuchStructure);
    }

    [Fact]
    public void Words_are_put_in_by_language()
    {
        LocalisedText text = new([new("ru", "старое"), new("en", "old")]);
        ProposalDraft.Put(text, new Dictionary<string, string> { ["en"] = "new", ["ky"] = "жаңы" }).Texts
            .Select(t => $"{t.Key} {t.Value}").Should().Equal("ru старое", "en new", "ky жаңы");
    }

    private static Code Code(string id, string? parent = null) => new() { Id = id, ParentId = parent, Name = LocalisedText.Of(id) };

    private static Proposal Wish(string id, string? parent) => new()
    {
        Kind = ProposalKind.Code, AgencyId = "A", Class = "Codelist", ArtefactId = "CL", ItemId = id, ParentId = parent, Name = new() { ["en"] = "New" }, Reason = "x", ProposedBy = "u",
    };
}
