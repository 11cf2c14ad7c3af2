using System.Collections.Immutable;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Proposals;
using Dsm.Exchange.Registry.Subscriptions;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Tests.Registry.Proposals;

public sealed class ProposalDeskTests : IAsyncLifetime
{
    private static readonly Participant Armenia = new("arm", "ARM", true, new ReaderAccess(false, ["ARM"]));
    private static readonly Participant Georgia = new("geo", "GEO", true, new ReaderAccess(false, ["GEO"]));
    private static readonly Participant Office = new("maintainer", null, true, ReaderAccess.Public);
    private static readonly Participant Public = new("", null, false, ReaderAccess.Public);
    private static readonly Maintainer Maintainer = new("maintainer") { MaintainsAll = true, Foreign = ["EECA.ARM", "EECA.GEO"] };
    private static readonly Maintainer Nobody = new("arm");
    private Exchange hub = null!;
    private ProposalDesk desk = null!;
    private ChangeFollower follower = null!;

    public async Task InitializeAsync()
    {
        hub = await Exchange.StartAsync();
        desk = new ProposalDesk(hub.Database, hub.Registry, hub.Maintenance, Exchange.Region, TimeProvider.System);
        follower = new ChangeFollower(hub.Database, hub.Registry, TimeProvider.System);
        await follower.FollowAsync(CancellationToken.None);
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task A_code_goes_from_the_wish_to_the_published_version()
    {
        long id = await SubmitAsync(Code("TRANSIT"));
        (await FindAsync(id, Armenia)).Status.Should().Be(ProposalStatus.Open);

        (await desk.DiscussAsync(id, Armenia, "It is counted at our airports.", default)).Should().Be(ProposalOutcome.Done);
        (await FindAsync(id, Armenia)).Status.Should().Be(ProposalStatus.Open, "its author speaks to himself so far");
        (await desk.DiscussAsync(id, Georgia, "With us too.", default)).Should().Be(ProposalOutcome.Done);
        (await FindAsync(id, Armenia)).Status.Should().Be(ProposalStatus.Discussed);
        (await desk.FindAsync(id, Public, default)).Should().BeNull("the public sees what was accepted");

        (await desk.AcceptAsync(id, Office, Maintainer, "Five states count it.", default)).Outcome.Should().Be(ProposalOutcome.Done);
        Proposal accepted = await FindAsync(id, Public);
        accepted.Status.Should().Be(ProposalStatus.Accepted);
        accepted.DraftUrn.Should().EndWith("EECA:CL_DIRECTION(1.1.0-draft)");
        accepted.Decision.Should().Be("Five states count it.");
        Codelist draft = Find<Codelist>(accepted.DraftUrn!);
        draft.Codes.Select(c => c.Id).Should().Equal("IN", "OUT", "TRANSIT");
        draft.Find("TRANSIT")!.Name["ru"].Should().Be("Транзит");
        (await hub.ScalarAsync($"SELECT count(*) FROM structure_transaction WHERE id = {accepted.DraftTransaction} AND origin = 'proposal {id}' AND comment = 'Five states count it.'")).Should().Be(1);

        await follower.FollowAsync(default);
        (await FindAsync(id, Public)).Status.Should().Be(ProposalStatus.Accepted, "a draft is not published");
        StructureReceipt published = await ApplyAsync(StructureTask.Append(draft with { Version = SdmxVersion.Parse("1.1.0") }), StructureTask.Delete(draft.Reference));
        (await follower.FollowAsync(default)).Should().Be(1);

        (Proposal Proposal, ImmutableArray<ProposalEntry> Record) end = (await desk.FindAsync(id, Georgia, default))!.Value;
        end.Proposal.Status.Should().Be(ProposalStatus.Published);
        end.Proposal.PublishedUrn.Should().EndWith("EECA:CL_DIRECTION(1.1.0)");
        end.Proposal.PublishedTransaction.Should().Be(published.Transaction);
        end.Record.Select(e => e.Step).Should().Equal(null, ProposalStatus.Discussed, ProposalStatus.Accepted, ProposalStatus.Published);
        (await desk.FindAsync(id, Public, default))!.Value.Record.Should().BeEmpty("what people said stays among them");
    }

    [Fact]
    public async Task Two_proposals_stand_in_one_draft_and_one_taken_out_again_stays_accepted()
    {
        long first = await SubmitAsync(Code("TRANSIT")), second = await SubmitAsync(Code("UNKNOWN"), Georgia);
        foreach (long id in new[] { first, second })
        {
            (await desk.AcceptAsync(id, Office, Maintainer, "Yes.", default)).Outcome.Should().Be(ProposalOutcome.Done);
        }

        string urn = (await FindAsync(first, Public)).DraftUrn!;
        (await FindAsync(second, Public)).DraftUrn.Should().Be(urn);
        Codelist draft = Find<Codelist>(urn);
        draft.Codes.Should().HaveCount(4);
        await ApplyAsync(StructureTask.Append(draft with { Version = SdmxVersion.Parse("1.1.0"), Codes = [.. draft.Codes.Where(c => c.Id != "UNKNOWN")] }), StructureTask.Delete(draft.Reference));
        await follower.FollowAsync(default);

        (await FindAsync(first, Public)).Status.Should().Be(ProposalStatus.Published);
        (await FindAsync(second, Public)).Status.Should().Be(ProposalStatus.Accepted);
    }

    [Fact]
    public async Task Only_those_who_maintain_the_agency_decide_and_only_once()
    {
        long id = await SubmitAsync(Code("TRANSIT"));
        (await desk.AcceptAsync(id, Armenia, Nobody, "Mine.", default)).Outcome.Should().Be(ProposalOutcome.Forbidden);
        (await desk.RejectAsync(id, Armenia, Nobody, "Mine.", default)).Should().Be(ProposalOutcome.Forbidden);
        (await desk.RejectAsync(id, Office, Maintainer, " ", default)).Should().Be(ProposalOutcome.Text, "a decision has a reason");
        (await desk.DiscussAsync(id, Public, "Hello", default)).Should().Be(ProposalOutcome.Unknown);

        ProposalDecision[] decisions = await Task.WhenAll(
            Task.Run(() => desk.AcceptAsync(id, Office, Maintainer, "Yes.", default)), Task.Run(() => desk.AcceptAsync(id, Office, Maintainer, "Yes, too.", default)));

        decisions.Select(d => d.Outcome).Should().BeEquivalentTo([ProposalOutcome.Done, ProposalOutcome.TooLate]);
        (await desk.RejectAsync(id, Office, Maintainer, "No.", default)).Should().Be(ProposalOutcome.TooLate);
        (await hub.ScalarAsync("SELECT count(*) FROM structure WHERE urn LIKE '%CL_DIRECTION(1.1.0-draft)'")).Should().Be(1);
    }

    [Fact]
    public async Task Is_withdrawn_by_its_author_alone_and_a_rejected_one_is_not_public()
    {
        long id = await SubmitAsync(Code("TRANSIT"));
        (await desk.WithdrawAsync(id, Georgia, "", default)).Should().Be(ProposalOutcome.Forbidden);
        (await desk.WithdrawAsync(id, Armenia, "", default)).Should().Be(ProposalOutcome.Done);
        (await desk.AcceptAsync(id, Office, Maintainer, "Yes.", default)).Outcome.Should().Be(ProposalOutcome.TooLate);

        long other = await SubmitAsync(Code("TRANSIT"));
        (await desk.RejectAsync(other, Office, Maintainer, "It is no direction.", default)).Should().Be(ProposalOutcome.Done);
        (await desk.ListAsync(Armenia, null, 10, null, default)).Select(p => p.Status).Should().Equal(ProposalStatus.Rejected, ProposalStatus.Withdrawn);
        (await desk.ListAsync(Public, null, 10, null, default)).Should().BeEmpty();
        (await hub.ScalarAsync("SELECT count(*) FROM structure WHERE urn LIKE '%draft%'")).Should().Be(0);
    }

    [Fact]
    public async Task Is_not_accepted_when_the_structures_no_longer_allow_it()
    {
        long id = await SubmitAsync(Code("TRANSIT"));
        Codelist list = Find<Codelist>("urn:sdmx:org.sdmx.infomodel.codelist.Codelist=EECA:CL_DIRECTION(1.0.0)");
        await ApplyAsync(StructureTask.Append(list with { Version = SdmxVersion.Parse("1.1.0"), Codes = [.. list.Codes, new Code { Id = "TRANSIT", Name = LocalisedText.Of("Transit") }] }));

        (await desk.AcceptAsync(id, Office, Maintainer, "Yes.", default)).Should().Be(new ProposalDecision(ProposalOutcome.Impossible, ProposalFault.ItemThere));
        (await FindAsync(id, Armenia)).Status.Should().Be(ProposalStatus.Open);
    }

    [Fact]
    public async Task An_indicator_becomes_the_draft_of_a_flow_with_a_structure_of_its_own()
    {
        long id = await SubmitAsync(new Proposal
        {
            Kind = ProposalKind.Indicator, AgencyId = "EECA", Class = "Dataflow", ArtefactId = "DF_REMITTANCES", Name = new() { ["en"] = "Remittances" }, Reason = "Asked for by ministers.", ProposedBy = "",
            StructureUrn = "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=EECA:DSD_ASYLAPP(1.0.0)", NeedsOwnStructure = true,
        });

        ProposalDecision decision = await desk.AcceptAsync(id, Office, Maintainer, "Yes.", default);

        decision.Outcome.Should().Be(ProposalOutcome.Done, string.Join('\n', decision.Plan?.Issues ?? []));
        Dataflow flow = Find<Dataflow>((await FindAsync(id, Public)).DraftUrn!);
        flow.Reference.ToString().Should().Be("EECA:DF_REMITTANCES(1.0.0-draft)");
        DataStructure structure = Find<DataStructure>(flow.Structure!.Urn);
        structure.Reference.ToString().Should().Be("EECA:DSD_REMITTANCES(1.0.0-draft)");
        structure.Dimensions.Should().NotBeEmpty();

        await ApplyAsync(
            StructureTask.Append(structure with { Version = SdmxVersion.Parse("1.0.0") }),
            StructureTask.Append(flow with { Version = SdmxVersion.Parse("1.0.0"), Structure = structure.Reference with { Version = "1.0.0" } }),
            StructureTask.Delete(flow.Reference), StructureTask.Delete(structure.Reference));
        await follower.FollowAsync(default);
        (await FindAsync(id, Public)).Status.Should().Be(ProposalStatus.Published);
    }

    [Fact]
    public async Task Other_words_go_into_the_draft_and_leave_other_languages_as_they_are()
    {
        Proposal wish = Code("OUT");
        (wish.Kind, wish.Name, wish.Description) = (ProposalKind.Definition, [], new() { ["en"] = "Leaving the territory by any border." });
        long id = await SubmitAsync(wish);

        (await desk.AcceptAsync(id, Office, Maintainer, "Clearer.", default)).Outcome.Should().Be(ProposalOutcome.Done);

        Code code = Find<Codelist>((await FindAsync(id, Public)).DraftUrn!).Find("OUT")!;
        code.Description["en"].Should().Be("Leaving the territory by any border.");
        code.Name["ru"].Should().Be("Выезд");
    }

    [Theory]
    [InlineData("IN", "x", "why", "id", ProposalFault.ItemThere)]
    [InlineData("A B", "x", "why", "id", ProposalFault.InvalidId)]
    [InlineData("NEW", "", "why", "name", ProposalFault.NoName)]
    [InlineData("NEW", "x", " ", "reason", ProposalFault.NoReason)]
    public async Task Says_what_is_wrong_before_anything_is_written(string code, string name, string reason, string field, ProposalFault fault)
    {
        Proposal wish = Code(code);
        (wish.Name, wish.Reason) = (name.Length == 0 ? [] : new() { ["en"] = name }, reason);

        (await desk.SubmitAsync(wish, Armenia, default)).Should().Equal((field, fault));
        (await hub.ScalarAsync("SELECT count(*) FROM proposal")).Should().Be(0);
    }

    [Fact]
    public async Task What_concerns_a_restricted_space_is_seen_by_those_who_see_the_space()
    {
        Maintainer national = new("arm-admin") { Agencies = ["EECA.ARM"], Reading = Armenia.Reading };
        OrganisationScheme agencies = hub.Registry.Current.Structures.Of<OrganisationScheme>().Single(s => s.Type == StructureType.AgencyScheme && s.AgencyId == "EECA");
        if (agencies.Organisations.All(o => o.Id != "ARM"))
        {
            await ApplyAsync(StructureTask.Replace(agencies with { Organisations = [.. agencies.Organisations, new Organisation { Id = "ARM", Name = LocalisedText.Of("Armenia") }] }));
        }

        StructureReceipt restricted = await hub.Maintenance.SetSpaceAsync(new AgencySpace { AgencyId = "EECA.ARM", State = "ARM", IsRestricted = true }, national, null, default);
        restricted.IsApplied.Should().BeTrue(string.Join('\n', restricted.Plan.Issues));
        StructureReceipt list = await hub.Maintenance.ApplyAsync(new StructureSubmission
        {
            Tasks = [StructureTask.Append(new Codelist { AgencyId = "EECA.ARM", Id = "CL_MARZ", Version = SdmxVersion.Parse("1.0.0"), Name = LocalisedText.Of("Provinces"), Codes = [new Code { Id = "A", Name = LocalisedText.Of("A") }] })],
            By = national, Origin = "test",
        }, default);
        list.IsApplied.Should().BeTrue(string.Join('\n', list.Plan.Issues));
        Proposal wish = Code("B");
        (wish.AgencyId, wish.ArtefactId) = ("EECA.ARM", "CL_MARZ");
        (await desk.SubmitAsync(Copy(wish), Georgia, default)).Should().Equal(("of", ProposalFault.NoSuchArtefact));
        long id = await SubmitAsync(wish);

        (await desk.FindAsync(id, Georgia, default)).Should().BeNull();
        (await desk.AcceptAsync(id, Office, Maintainer, "Yes.", default)).Outcome.Should().Be(ProposalOutcome.Unknown);
        (await desk.AcceptAsync(id, Armenia, national, "Yes.", default)).Outcome.Should().Be(ProposalOutcome.Done);
        (await desk.FindAsync(id, Public, default)).Should().BeNull();
    }

    private static Proposal Code(string id) => new()
    {
        Kind = ProposalKind.Code, AgencyId = "EECA", Class = "Codelist", ArtefactId = "CL_DIRECTION", ItemId = id, Name = new() { ["en"] = "Transit", ["ru"] = "Транзит" }, Reason = "It is counted apart.", ProposedBy = "",
    };

    private static Proposal Copy(Proposal p) => new()
    {
        Kind = p.Kind, AgencyId = p.AgencyId, Class = p.Class, ArtefactId = p.ArtefactId, ItemId = p.ItemId, Name = p.Name, Reason = p.Reason, ProposedBy = "",
    };

    private async Task<long> SubmitAsync(Proposal proposal, Participant? by = null)
    {
        (await desk.SubmitAsync(proposal, by ?? Armenia, default)).Should().BeEmpty();
        return proposal.Id;
    }

    private async Task<Proposal> FindAsync(long id, Participant reader) => (await desk.FindAsync(id, reader, default))!.Value.Proposal;

    private T Find<T>(string urn)
        where T : Maintainable => hub.Registry.Current.Structures.Find<T>(StructureReference.ParseUrn(urn))!;

    private async Task<StructureReceipt> ApplyAsync(params StructureTask[] tasks)
    {
        StructureReceipt receipt = await hub.Maintenance.ApplyAsync(new StructureSubmission { Tasks = [.. tasks], By = Maintainer, Origin = "test" }, default);
        receipt.IsApplied.Should().BeTrue(string.Join('\n', receipt.Plan.Issues));
        return receipt;
    }
}
