using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Subscriptions;
using Dsm.Sdmx.Model;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dsm.Exchange.Tests.Registry.Subscriptions;

public sealed class SubscriptionDeskTests : IAsyncLifetime
{
    private static readonly Maintainer Maintainer = new("maintainer") { MaintainsAll = true };
    private static readonly IDataProtectionProvider Protection = new EphemeralDataProtectionProvider();
    private readonly Clock clock = new();
    private Exchange hub = null!;
    private SmtpSink mail = null!;
    private HttpSink system = null!;
    private ChangesOptions options = null!;

    public async Task InitializeAsync()
    {
        hub = await Exchange.StartAsync();
        mail = new SmtpSink();
        system = await HttpSink.StartAsync();
        options = new ChangesOptions
        {
            PublicAddress = "https://hub.example.org", AllowedHosts = ["127.0.0.1"], MaxAttempts = 3,
            Smtp = new SmtpOptions { Host = "127.0.0.1", Port = mail.Port, Security = SmtpSecurity.None, From = "hub@example.org" },
        };
    }

    public async Task DisposeAsync()
    {
        mail.Dispose();
        await system.DisposeAsync();
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task An_address_is_asked_told_and_lets_go()
    {
        SubscriptionDesk desk = Desk();
        (await desk.SubscribeAddressAsync("ani@example.org", new ChangeFilter { Class = "Codelist" }, "ru", null, default)).Should().Be(SubscribeOutcome.Asked);
        await PublishAsync("CL_BEFORE");
        await WorkAsync();
        (string to, MimeKit.MimeMessage question) = mail.Letters.Should().ContainSingle("what is not confirmed gets the question only").Subject;
        to.Should().Be("ani@example.org");
        string confirm = Word(question.TextBody);
        (await desk.AboutAsync(confirm, ending: false, default))!.Address.Should().Be("ani@example.org");
        (await desk.ConfirmAsync(confirm + "x", default)).Should().BeFalse("words cannot be made up");
        (await desk.ConfirmAsync(confirm, default)).Should().BeTrue();

        await PublishAsync("CL_AFTER");
        await WorkAsync();
        await WorkAsync();
        MimeKit.MimeMessage letter = mail.Letters.Should().HaveCount(2, "what was before is not told, and nothing twice").And.Subject.Last().Letter;
        letter.TextBody.Should().Contain("CL_AFTER");
        letter.Headers["List-Unsubscribe-Post"].Should().Be("List-Unsubscribe=One-Click");
        string end = Word(letter.Headers["List-Unsubscribe"]);

        (await desk.EndAsync(end, default)).Should().BeTrue();
        await PublishAsync("CL_LAST");
        await WorkAsync();
        mail.Letters.Should().HaveCount(2);
        (await desk.AboutAsync(end, ending: true, default)).Should().BeNull();
    }

    [Fact]
    public async Task Without_a_server_letters_wait_and_are_sent_when_there_is_one()
    {
        ChangesOptions later = options;
        options = options with { Smtp = new SmtpOptions() };
        await Desk().SubscribeAddressAsync("ani@example.org", new ChangeFilter(), "en", null, default);
        await WorkAsync();
        (await Desk().WaitingLettersAsync(default)).Should().Be(1);
        (await hub.ScalarAsync("SELECT sum(attempts) FROM change_delivery")).Should().Be(0);

        options = later;
        mail.Refusals = 1;
        await WorkAsync();
        mail.Letters.Should().BeEmpty("the server was busy");
        clock.Pass(TimeSpan.FromMinutes(2));
        await WorkAsync();
        mail.Letters.Should().ContainSingle();
    }

    [Fact]
    public async Task A_system_confirms_by_its_answer_and_can_check_every_message()
    {
        (SubscribeOutcome outcome, long? id, string? secret) = await Desk().SubscribeUrlAsync(system.Url, new ChangeFilter { AgencyId = "EECA" }, "en", "arm", default);
        outcome.Should().Be(SubscribeOutcome.Asked);
        (await hub.ScalarAsync($"SELECT count(*) FROM change_subscription WHERE secret LIKE '%{secret}%'")).Should().Be(0, "the secret is not kept as it is");
        await WorkAsync();
        (await Desk().FindAsync(id!.Value, "arm", 10, default))!.Value.Subscription.Status.Should().Be(SubscriptionStatus.Active);
        (await Desk().FindAsync(id.Value, "geo", 10, default)).Should().BeNull("it is somebody else's");

        StructureReceipt receipt = await PublishAsync("CL_SIGNED");
        await WorkAsync();

        system.Taken.Should().HaveCount(2);
        foreach ((Dictionary<string, string> headers, byte[] body) in system.Taken)
        {
            byte[] signed = [.. Encoding.ASCII.GetBytes(headers[ChangePoster.TimestampHeader] + "."), .. body];
            headers[ChangePoster.SignatureHeader].Should().Be("v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret!), signed)));
            long.Parse(headers[ChangePoster.TimestampHeader], CultureInfo.InvariantCulture).Should().Be(clock.GetUtcNow().ToUnixTimeSeconds());
        }

        using JsonDocument message = JsonDocument.Parse(system.Taken.Last().Body);
        message.RootElement.GetProperty("event").GetString().Should().Be(ChangeMessage.Changed);
        message.RootElement.GetProperty("transaction").GetInt64().Should().Be(receipt.Transaction);
        JsonElement change = message.RootElement.GetProperty("changes").EnumerateArray().Should().ContainSingle().Subject;
        change.GetProperty("urn").GetString().Should().Be("urn:sdmx:org.sdmx.infomodel.codelist.Codelist=EECA:CL_SIGNED(1.0.0)");
        change.GetProperty("action").GetString().Should().Be("added");
        change.GetProperty("url").GetString().Should().Be("https://hub.example.org/sdmx/v2/structure/codelist/EECA/CL_SIGNED/1.0.0");
    }

    [Fact]
    public async Task What_is_not_taken_is_tried_with_growing_pauses_then_suspended_and_resumed_without_loss()
    {
        SubscriptionDesk desk = Desk();
        long id = (await desk.SubscribeUrlAsync(system.Url, new ChangeFilter(), "en", "arm", default)).Id!.Value;
        await WorkAsync();
        foreach (int status in new[] { 500, 302, 503 })
        {
            system.Answers.Enqueue(status);
        }

        await PublishAsync("CL_ONE");
        await WorkAsync();
        await WorkAsync();
        system.Taken.Should().HaveCount(2, "it is not tried again at once");
        clock.Pass(TimeSpan.FromSeconds(76));
        await WorkAsync();
        system.Taken.Should().HaveCount(3);
        clock.Pass(TimeSpan.FromSeconds(76));
        await WorkAsync();
        system.Taken.Should().HaveCount(3, "the second pause is longer");
        clock.Pass(TimeSpan.FromMinutes(3));
        await WorkAsync();
        (ChangeSubscription subscription, var deliveries) = (await desk.FindAsync(id, "arm", 10, default))!.Value;
        subscription.Status.Should().Be(SubscriptionStatus.Suspended);
        deliveries[0].Should().BeEquivalentTo(new { Status = DeliveryStatus.Failed, Attempts = 3, HttpStatus = 503 });

        await PublishAsync("CL_TWO");
        await WorkAsync();
        system.Taken.Should().HaveCount(4);
        (await desk.ResumeAsync(id, "arm", default)).Should().BeTrue();
        await WorkAsync();
        system.Taken.Skip(4).Select(t => Encoding.UTF8.GetString(t.Body)).Should().HaveCount(2)
            .And.ContainSingle(b => b.Contains("CL_ONE", StringComparison.Ordinal)).And.ContainSingle(b => b.Contains("CL_TWO", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Several_nodes_and_repeated_jobs_tell_once()
    {
        await Desk().SubscribeUrlAsync(system.Url, new ChangeFilter(), "en", "arm", default);
        await WorkAsync();
        await PublishAsync("CL_ONCE");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Follower().FollowAsync(default))));
        IReadOnlyList<(long Id, int Attempt)>[] claims = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => Deliverer().ClaimAsync(default))));
        (long delivery, int attempt) = claims.SelectMany(c => c).Should().ContainSingle("what one node has in hand another leaves").Subject;
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => Deliverer().DeliverAsync(delivery, attempt, default))));

        system.Taken.Should().HaveCount(2);
        (await hub.ScalarAsync("SELECT count(*) FROM change_delivery WHERE transaction_number IS NOT NULL")).Should().Be(1);
    }

    [Fact]
    public async Task What_a_dead_worker_had_in_hand_goes_to_another()
    {
        await Desk().SubscribeUrlAsync(system.Url, new ChangeFilter(), "en", "arm", default);
        await Follower().FollowAsync(default);
        (await Deliverer().ClaimAsync(default)).Should().ContainSingle();
        (await Deliverer().ClaimAsync(default)).Should().BeEmpty();
        clock.Pass(TimeSpan.FromMinutes(6));
        await WorkAsync();
        system.Taken.Should().ContainSingle();
    }

    [Fact]
    public async Task Restricted_spaces_are_never_told_of_also_when_restricted_afterwards()
    {
        await Desk().SubscribeUrlAsync(system.Url, new ChangeFilter(), "en", "arm", default);
        await WorkAsync();
        await AgencyAsync("ARM");
        await WorkAsync();
        int before = system.Taken.Count;
        await PublishAsync("CL_OPEN", "EECA.ARM");
        await Follower().FollowAsync(default);
        await RestrictAsync("EECA.ARM");
        await PublishAsync("CL_SECRET", "EECA.ARM");
        await WorkAsync();

        system.Taken.Should().HaveCount(before);
        (await hub.ScalarAsync("SELECT count(*) FROM change_delivery WHERE status = 'Dropped'")).Should().Be(1);
        (await Changes().RecentAsync(new ChangeFilter { AgencyId = "EECA.ARM" }, 10, null, default)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest")]
    [InlineData("https://10.1.2.3/hook")]
    [InlineData("https://[::1]/hook")]
    [InlineData("http://example.org/hook")]
    [InlineData("ftp://example.org/hook")]
    [InlineData("https://user:secret@example.org/hook")]
    public async Task Addresses_inside_the_network_or_without_protection_are_refused(string url)
        => (await Desk().SubscribeUrlAsync(url, new ChangeFilter(), "en", "arm", default)).Outcome.Should().Be(SubscribeOutcome.AddressNotAllowed);

    [Fact]
    public async Task A_name_that_leads_inside_the_network_is_found_when_connecting()
    {
        long id = (await Desk().SubscribeUrlAsync("https://localhost:1/hook", new ChangeFilter(), "en", "arm", default)).Id!.Value;
        await WorkAsync();
        (await Desk().FindAsync(id, "arm", 1, default))!.Value.Deliveries[0].Should().BeEquivalentTo(new { Status = DeliveryStatus.Failed, Attempts = 1 });
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("a@b.example\r\nBcc: x@y.example")]
    [InlineData("Ani <ani@example.org>")]
    public async Task What_is_no_address_is_refused(string address)
        => (await Desk().SubscribeAddressAsync(address, new ChangeFilter(), "en", null, default)).Should().Be(SubscribeOutcome.InvalidAddress);

    [Fact]
    public async Task Nobody_can_have_an_address_flooded_with_questions()
    {
        SubscribeOutcome last = SubscribeOutcome.Asked;
        for (int i = 0; i <= options.QuestionsPerAddress; i++)
        {
            last = await Desk().SubscribeAddressAsync("ani@example.org", new ChangeFilter { ArtefactId = $"CL_{i}" }, "en", null, default);
        }

        last.Should().Be(SubscribeOutcome.TooMany);
    }

    [Fact]
    public async Task A_user_cannot_have_any_number_of_addresses_asked()
    {
        options = options with { QuestionsPerUser = 2 };
        (await Desk().SubscribeAddressAsync("a@example.org", new ChangeFilter(), "en", "arm", default)).Should().Be(SubscribeOutcome.Asked);
        (await Desk().SubscribeUrlAsync(system.Url, new ChangeFilter(), "en", "arm", default)).Outcome.Should().Be(SubscribeOutcome.Asked);
        (await Desk().SubscribeAddressAsync("b@example.org", new ChangeFilter(), "en", "arm", default)).Should().Be(SubscribeOutcome.TooMany);
        (await Desk().SubscribeUrlAsync(system.Url, new ChangeFilter(), "en", "arm", default)).Outcome.Should().Be(SubscribeOutcome.TooMany);
        (await Desk().SubscribeAddressAsync("b@example.org", new ChangeFilter(), "en", "geo", default)).Should().Be(SubscribeOutcome.Asked);
    }

    [Fact]
    public async Task Addresses_of_those_who_are_gone_are_forgotten_and_others_are_kept()
    {
        await Desk().SubscribeUrlAsync(system.Url, new ChangeFilter(), "en", "arm", default);
        await WorkAsync();
        await Desk().SubscribeAddressAsync("silent@example.org", new ChangeFilter(), "en", null, default);
        (await Desk().ForgetAsync(default)).Should().Be(0, "it may still answer");
        clock.Pass(TimeSpan.FromDays(31));
        (await Desk().ForgetAsync(default)).Should().Be(1);
        (await hub.ScalarAsync("SELECT count(*) FROM change_subscription WHERE status = 'Active'")).Should().Be(1);
        (await hub.ScalarAsync("SELECT count(*) FROM change_delivery")).Should().Be(1);
        clock.Pass(TimeSpan.FromDays(180));
        await Desk().ForgetAsync(default);
        (await hub.ScalarAsync("SELECT count(*) FROM change_delivery")).Should().Be(0);
    }

    [Fact]
    public async Task Filters_choose_by_agency_type_id_and_draft()
    {
        await PublishAsync("CL_FILTER");
        await PublishAsync("CL_FILTER", version: "1.1.0-draft");
        async Task<int> Found(ChangeFilter filter) => (await Changes().RecentAsync(filter, 50, null, default)).Length;

        (await Found(new ChangeFilter { ArtefactId = "CL_FILTER" })).Should().Be(1);
        (await Found(new ChangeFilter { ArtefactId = "CL_FILTER", WithDrafts = true })).Should().Be(2);
        (await Found(new ChangeFilter { ArtefactId = "CL_FILTER", Class = "Dataflow" })).Should().Be(0);
        (await Found(new ChangeFilter { ArtefactId = "CL_FILTER", AgencyId = "EEC" })).Should().Be(0, "an agency is not the beginning of another's name");
        long newest = (await Changes().RecentAsync(new ChangeFilter { WithDrafts = true }, 1, null, default))[0].Number;
        (await Changes().RecentAsync(new ChangeFilter { ArtefactId = "CL_FILTER", WithDrafts = true }, 50, newest, default)).Should().ContainSingle();
    }

    private static string Word(string? text) => Uri.UnescapeDataString(Regex.Match(text!.Replace("\r\n", "", StringComparison.Ordinal), "word=([^>\\s]+)").Groups[1].Value);

    private StructureChanges Changes() => new(hub.Database, hub.Registry);

    private ChangeFollower Follower() => new(hub.Database, hub.Registry, clock);

    private SubscriptionDesk Desk() => new(hub.Database, options, new ChangeSecrets(Protection), new ChangePoster(options, clock), clock);

    private ChangeDeliverer Deliverer() => new(
        hub.Database, hub.Registry, Changes(), options, new ChangeSecrets(Protection), new ChangePoster(options, clock), new ChangeMailer(options),
        (_, changes, link) => new ChangeLetter("Изменения", $"{string.Join(' ', changes?.Entries.Select(e => e.Reference.Id) ?? [])}\n{link}\n"),
        (_, news, link) => new ChangeLetter("Proposal", $"{news.Entry?.Step} {news.Entry?.Text}\n{link}\n"), clock, NullLogger<ChangeDeliverer>.Instance);

    // What the jobs do, one after another.
    private async Task WorkAsync()
    {
        await Follower().FollowAsync(default);
        foreach ((long id, int attempt) in await Deliverer().ClaimAsync(default))
        {
            await Deliverer().DeliverAsync(id, attempt, default);
        }
    }

    private Task<StructureReceipt> PublishAsync(string id, string agency = "EECA", string version = "1.0.0") => ApplyAsync(StructureTask.Append(
        new Codelist { AgencyId = agency, Id = id, Version = SdmxVersion.Parse(version), Name = LocalisedText.Of(id), Codes = [new Code { Id = "A", Name = LocalisedText.Of(version) }] }));

    private async Task AgencyAsync(string state)
    {
        OrganisationScheme agencies = hub.Registry.Current.Structures.Of<OrganisationScheme>().Single(s => s.Type == StructureType.AgencyScheme && s.AgencyId == "EECA");
        if (agencies.Organisations.All(o => o.Id != state))
        {
            await ApplyAsync(StructureTask.Replace(agencies with { Organisations = [.. agencies.Organisations, new Organisation { Id = state, Name = LocalisedText.Of(state) }] }));
        }
    }

    private async Task RestrictAsync(string agency)
    {
        StructureReceipt receipt = await hub.Maintenance.SetSpaceAsync(new AgencySpace { AgencyId = agency, State = agency[^3..], IsRestricted = true }, Maintainer, null, default);
        receipt.IsApplied.Should().BeTrue(string.Join('\n', receipt.Plan.Issues));
    }

    private async Task<StructureReceipt> ApplyAsync(params StructureTask[] tasks)
    {
        StructureReceipt receipt = await hub.Maintenance.ApplyAsync(new StructureSubmission { Tasks = [.. tasks], By = Maintainer with { Reading = Dsm.Exchange.Access.ReaderAccess.Everything }, Origin = "test" }, default);
        receipt.IsApplied.Should().BeTrue(string.Join('\n', receipt.Plan.Issues));
        return receipt;
    }

    // Time that passes when it is told to.
    private sealed class Clock : TimeProvider
    {
        private DateTimeOffset now = DateTimeOffset.UtcNow;

        public void Pass(TimeSpan time) => now += time;

        public override DateTimeOffset GetUtcNow() => now;
    }
}
