using System.Text.RegularExpressions;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Proposals;
using Dsm.Exchange.Registry.Subscriptions;
using Dsm.Exchange.Storage;
using Dsm.Exchange.Tests.Queries;
using Dsm.Sdmx.Model;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dsm.Exchange.Tests.Registry.Subscriptions;

/// <summary>Letters about proposals, through a real mail server: to authors and maintainers who asked for them, and to nobody else.</summary>
public sealed class ProposalLettersTests : IAsyncLifetime
{
    private static readonly IDataProtectionProvider Protection = new EphemeralDataProtectionProvider();
    private static readonly Participant Armenia = new("arm", "ARM", true, new ReaderAccess(false, ["ARM"])), Georgia = new("geo", "GEO", true, new ReaderAccess(false, ["GEO"])), Office = new("keeper", null, true, ReaderAccess.Public);
    private static readonly Maintainer Keeper = new("keeper") { MaintainsAll = true };
    private Exchange hub = null!;
    private SmtpSink mail = null!;
    private ChangesOptions options = null!;
    private ProposalDesk desk = null!;

    public async Task InitializeAsync()
    {
        hub = await Exchange.StartAsync();
        mail = new SmtpSink();
        options = new ChangesOptions { PublicAddress = "https://hub.example.org", MaxAttempts = 3, Smtp = new SmtpOptions { Host = "127.0.0.1", Port = mail.Port, Security = SmtpSecurity.None, From = "hub@example.org" } };
        desk = new ProposalDesk(hub.Database, hub.Registry, hub.Maintenance, Exchange.Region, TimeProvider.System);
        foreach ((string name, string? state, string role) in new[]
        {
            ("arm", "ARM", HubRoles.FocalPoint), ("geo", "GEO", HubRoles.FocalPoint), ("geo-admin", "GEO", HubRoles.CountryAdministrator), ("keeper", (string?)null, HubRoles.StructureMaintainer), ("second-keeper", null, HubRoles.StructureMaintainer),
        })
        {
            await hub.Database.GiveAsync(await hub.Database.AddAsync(name, state), role);
        }

        await hub.Database.AddAsync("reader");
        await WorkAsync();
    }

    public async Task DisposeAsync()
    {
        mail.Dispose();
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task Authors_and_maintainers_are_told_of_what_others_say_and_decide()
    {
        foreach (string name in new[] { "arm", "geo", "geo-admin", "keeper", "second-keeper", "reader" })
        {
            await SubscribeAsync(name);
        }

        long id = await ProposeAsync("TRANSIT", Armenia);
        (await TakeAsync()).Should().Equal("keeper: new", "second-keeper: new");

        await desk.DiscussAsync(id, Georgia, "With us too.", default);
        (await TakeAsync()).Should().Equal("arm: Discussed With us too.", "keeper: Discussed With us too.", "second-keeper: Discussed With us too.");
        await desk.DiscussAsync(id, Armenia, "Good.", default);
        (await TakeAsync()).Should().Equal("keeper: Good.", "second-keeper: Good.");

        (await desk.AcceptAsync(id, Office, Keeper, "Five states count it.", default)).Outcome.Should().Be(ProposalOutcome.Done);
        (await TakeAsync()).Should().Equal("arm: Accepted Five states count it.", "second-keeper: Accepted Five states count it.");

        Codelist draft = hub.Registry.Current.Structures.Of<Codelist>().Single(c => c is { AgencyId: "EECA", Id: "CL_DIRECTION", Version.Extension: not null });
        StructureReceipt published = await hub.Maintenance.ApplyAsync(new StructureSubmission
        {
            Tasks = [StructureTask.Append(draft with { Version = SdmxVersion.Parse("1.1.0") }), StructureTask.Delete(draft.Reference)], By = Maintainer.Hub, Origin = "test",
        }, default);
        published.IsApplied.Should().BeTrue(string.Join("; ", published.Plan.Issues));
        (await TakeAsync()).Should().Equal("arm: Published", "keeper: Published", "second-keeper: Published");
        await WorkAsync();
        (await TakeAsync()).Should().BeEmpty("nothing is told twice");
    }

    [Fact]
    public async Task Who_did_not_ask_for_them_or_asked_without_an_account_gets_none()
    {
        await SubscribeAsync("arm", new ChangeFilter { ArtefactId = "CL_DIRECTION" });
        await SubscribeAsync(null, new ChangeFilter { WithProposals = true });
        await SubscribeAsync("keeper", new ChangeFilter { WithProposals = true, ArtefactId = "CL_OUTCOME" });
        long id = await ProposeAsync("TRANSIT", Armenia);
        await desk.RejectAsync(id, Office, Keeper, "No.", default);

        (await TakeAsync()).Should().BeEmpty();
        (await hub.ScalarAsync("SELECT count(*) FROM change_delivery WHERE proposal_id IS NOT NULL")).Should().Be(0);
    }

    [Fact]
    public async Task What_waits_is_not_sent_to_who_lost_his_role_nor_about_what_became_restricted()
    {
        await SubscribeAsync("keeper");
        await SubscribeAsync("arm");
        long id = await ProposeAsync("TRANSIT", Armenia);
        await desk.DiscussAsync(id, Georgia, "Heard.", default);
        await using (HubDbContext db = hub.Database.CreateContext())
        {
            await db.UserRoles.Where(r => r.RoleId == HubRoles.StructureMaintainer).ExecuteDeleteAsync();
        }

        (await TakeAsync()).Should().Equal("arm: Discussed Heard.");
        (await hub.ScalarAsync("SELECT count(*) FROM change_delivery WHERE status = 'Dropped'")).Should().Be(2);

        Codelist national = hub.Registry.Current.Structures.Of<Codelist>().First(c => c.AgencyId == "EECA.ARM");
        Proposal proposal = Code("NEWCODE", national);
        (await desk.SubmitAsync(proposal, Armenia, default)).Should().BeEmpty();
        await desk.DiscussAsync(proposal.Id, Georgia, "Secret soon.", default);
        (await hub.Maintenance.SetSpaceAsync(new AgencySpace { AgencyId = "EECA.ARM", State = "ARM", IsRestricted = true }, Maintainer.Hub, null, default)).IsApplied.Should().BeTrue();
        (await TakeAsync()).Should().BeEmpty();
        await desk.DiscussAsync(proposal.Id, Armenia with { Name = "arm-colleague" }, "Still secret.", default);
        (await hub.ScalarAsync("SELECT count(*) FROM change_delivery WHERE status = 'Queued'")).Should().Be(0, "news of restricted spaces is not even queued");
    }

    [Fact]
    public async Task A_letter_ends_the_subscription_as_others_do()
    {
        await SubscribeAsync("keeper");
        await ProposeAsync("TRANSIT", Armenia);
        await WorkAsync();
        MimeKit.MimeMessage letter = mail.Letters.Last().Letter;
        letter.Headers["List-Unsubscribe-Post"].Should().Be("List-Unsubscribe=One-Click");
        (await Desk().EndAsync(Uri.UnescapeDataString(Regex.Match(letter.Headers["List-Unsubscribe"]!, "end\\?word=([^>\\s]+)").Groups[1].Value), default)).Should().BeTrue();
        mail.Letters.Clear();

        await ProposeAsync("OTHER", Armenia);

        (await TakeAsync()).Should().BeEmpty();
    }

    private static Proposal Code(string code, Codelist? list = null) => new()
    {
        Kind = ProposalKind.Code, AgencyId = list?.AgencyId ?? "EECA", Class = "Codelist", ArtefactId = list?.Id ?? "CL_DIRECTION", ItemId = code, Name = new() { ["en"] = code, ["ru"] = code }, Reason = "It is counted.", ProposedBy = "",
    };

    private async Task<long> ProposeAsync(string code, Participant by)
    {
        Proposal proposal = Code(code);
        (await desk.SubmitAsync(proposal, by, default)).Should().BeEmpty();
        return proposal.Id;
    }

    private async Task SubscribeAsync(string? owner, ChangeFilter? filter = null)
    {
        string address = $"{owner ?? "anybody"}@example.org";
        (await Desk().SubscribeAddressAsync(address, filter ?? new ChangeFilter { WithProposals = true, Class = "Codelist" }, "ru", owner, default)).Should().Be(SubscribeOutcome.Asked);
        await WorkAsync();
        string word = Uri.UnescapeDataString(Regex.Match(mail.Letters.Single(l => l.To == address).Letter.TextBody!.Replace("\r\n", "", StringComparison.Ordinal), "word=([^>\\s]+)").Groups[1].Value);
        (await Desk().ConfirmAsync(word, default)).Should().BeTrue();
        mail.Letters.Clear();
    }

    // What was written of proposals since the last look, by the name of whom it was written to.
    private async Task<string[]> TakeAsync()
    {
        await WorkAsync();
        string[] taken = [.. mail.Letters.Where(l => l.Letter.Subject == "Proposal").Select(l => $"{l.To.Split('@')[0]}: {l.Letter.TextBody!.Split('\n')[0].Trim()}").Order(StringComparer.Ordinal)];
        mail.Letters.Clear();
        return taken;
    }

    private SubscriptionDesk Desk() => new(hub.Database, options, new ChangeSecrets(Protection), new ChangePoster(options, TimeProvider.System), TimeProvider.System);

    private async Task WorkAsync()
    {
        await new ChangeFollower(hub.Database, hub.Registry, TimeProvider.System).FollowAsync(default);
        ChangeDeliverer deliverer = new(
            hub.Database, hub.Registry, new StructureChanges(hub.Database, hub.Registry), options, new ChangeSecrets(Protection), new ChangePoster(options, TimeProvider.System), new ChangeMailer(options),
            (_, _, link) => new ChangeLetter("Changes", link + "\n"),
            (_, news, link) => new ChangeLetter("Proposal", $"{(news.Entry is null ? "new" : $"{news.Entry.Step} {news.Entry.Text}")}\n{link}\n".TrimStart()), TimeProvider.System, NullLogger<ChangeDeliverer>.Instance);
        foreach ((long id, int attempt) in await deliverer.ClaimAsync(default))
        {
            await deliverer.DeliverAsync(id, attempt, default);
        }
    }
}
