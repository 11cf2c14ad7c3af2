using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Proposals;
using Dsm.Exchange.Registry.Subscriptions;
using Dsm.Sdmx.Model;
using Dsm.Web.Pages.Structures.Subscriptions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dsm.Web.Tests.Pages;

/// <summary>Being told of changes, through the pages, the feed and the running jobs of a hub.</summary>
[Collection(PagesCollection.Name)]
public sealed class SubscriptionPageTests(PagesHub pages)
{
    private const string Place = "/en/structures/subscriptions";
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Fact]
    public async Task The_feed_tells_everybody_what_everybody_may_see()
    {
        using HttpClient anybody = await pages.BrowserAsync(null);
        await PublishAsync("CL_FED");
        HttpResponseMessage answer = await anybody.GetAsync("/structures/changes.atom?id=CL_FED&language=ru");
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/atom+xml");
        XElement feed = XDocument.Parse(await answer.Content.ReadAsStringAsync()).Root!;
        feed.Attribute(XNamespace.Xml + "lang")!.Value.Should().Be("ru");
        XElement entry = feed.Elements(Atom + "entry").Should().ContainSingle().Subject;
        entry.Element(Atom + "title")!.Value.Should().Be("новое: Кодовый список «Fed» EECA:CL_FED 1.0.0");
        entry.Element(Atom + "link")!.Attribute("href")!.Value.Should().Be("https://hub.example.org/ru/structures/Codelist/EECA/CL_FED/1.0.0");
        foreach (string required in new[] { "id", "title", "updated", "author" })
        {
            feed.Elements(Atom + required).Should().ContainSingle(required);
        }

        HttpRequestMessage again = new(HttpMethod.Get, "/structures/changes.atom?id=CL_FED&language=ru");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        (await anybody.SendAsync(again)).StatusCode.Should().Be(HttpStatusCode.NotModified);
        await PublishAsync("CL_FED", "1.1.0");
        HttpRequestMessage changed = new(HttpMethod.Get, "/structures/changes.atom?id=CL_FED&language=ru");
        changed.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        XDocument.Parse(await (await anybody.SendAsync(changed)).Content.ReadAsStringAsync()).Root!.Elements(Atom + "entry").Should().HaveCount(2);

        (await anybody.GetStringAsync("/structures/changes.atom?type=dataflow&id=CL_FED")).Should().NotContain("entry");
        foreach (string bad in new[] { "type=nothing", "agency=a%20b", "before=x", "language=xx" })
        {
            (await anybody.GetAsync("/structures/changes.atom?" + bad)).StatusCode.Should().Be(HttpStatusCode.BadRequest, bad);
        }
    }

    [Fact]
    public async Task A_restricted_space_is_not_in_the_feed_whoever_asks()
    {
        StructureMaintenance maintenance = pages.Hub.Services.GetRequiredService<StructureMaintenance>();
        await PublishAsync("CL_HIDDEN", agency: "EECA.KGZ");
        try
        {
            (await maintenance.SetSpaceAsync(new AgencySpace { AgencyId = "EECA.KGZ", State = "KGZ", IsRestricted = true }, Everything, null, default)).IsApplied.Should().BeTrue();
            using HttpClient coordinator = await pages.BrowserAsync("coordinator");
            (await coordinator.GetStringAsync("/structures/changes.atom?agency=EECA.KGZ")).Should().NotContain("HIDDEN");

            // Nor in its tag: what changes there changes nothing here.
            using HttpResponseMessage before = await coordinator.GetAsync("/structures/changes.atom");
            await PublishAsync("CL_HIDDEN_TOO", agency: "EECA.KGZ");
            using HttpRequestMessage again = new(HttpMethod.Get, "/structures/changes.atom");
            again.Headers.IfNoneMatch.Add(before.Headers.ETag!);
            (await coordinator.SendAsync(again)).StatusCode.Should().Be(HttpStatusCode.NotModified);
        }
        finally
        {
            await maintenance.SetSpaceAsync(new AgencySpace { AgencyId = "EECA.KGZ", State = "KGZ" }, Everything, null, default);
        }

        using HttpClient anybody = await pages.BrowserAsync(null);
        (await anybody.GetStringAsync("/structures/changes.atom?agency=EECA.KGZ")).Should().Contain("CL_HIDDEN");
    }

    [Fact]
    public async Task Anybody_subscribes_an_address_confirms_and_ends_by_the_links_of_letters()
    {
        using HttpClient anybody = await pages.BrowserAsync(null);
        IHtmlDocument page = await PagesHub.PageAsync(anybody, Place);
        page.QuerySelector("main")!.TextContent.Should().Contain("no mail server", "letters wait, and the page says so");
        page.QuerySelector("#url").Should().BeNull("messages to systems are for people of offices");
        HttpResponseMessage asked = await SendAsync(anybody, Place, "Email", new() { ["email"] = "ani@example.org", ["id"] = "CL_SEX" });
        asked.StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await PagesHub.PageAsync(anybody, Place)).QuerySelector("main")!.TextContent.Should().Contain("A letter goes to ani@example.org").And.Contain("waiting");
        Parse(await SendAsync(anybody, Place, "Email", new() { ["email"] = "nobody" })).QuerySelector("[role=alert] a")!.GetAttribute("href").Should().Be("#email");

        ChangeSecrets secrets = pages.Hub.Services.GetRequiredService<ChangeSecrets>();
        long id = await IdAsync("ani@example.org");
        string confirm = $"/ru/structures/subscriptions/confirm?word={Uri.EscapeDataString(secrets.ConfirmWord(id))}", end = $"/ru/structures/subscriptions/end?word={Uri.EscapeDataString(secrets.EndWord(id))}";
        IHtmlDocument question = await PagesHub.PageAsync(anybody, confirm);
        question.QuerySelector("main")!.TextContent.Should().Contain("ani@example.org").And.Contain("CL_SEX");
        (await StatusAsync(id)).Should().Be("Pending", "opening a link changes nothing");
        string word = question.QuerySelector<IHtmlInputElement>("main input[name=word]")!.Value;
        await anybody.PostAsync(confirm, new FormUrlEncodedContent([new("word", word), new("__RequestVerificationToken", PagesHub.Token(question))]));
        (await StatusAsync(id)).Should().Be("Active");

        (await PagesHub.PageAsync(anybody, end)).QuerySelectorAll("main form").Should().ContainSingle();
        using HttpClient mailProgram = await pages.BrowserAsync(null);
        (await mailProgram.PostAsync(end, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await StatusAsync(id)).Should().Be("Ended");
        (await PagesHub.PageAsync(anybody, confirm)).QuerySelector("[role=alert]")!.TextContent.Should().Contain("Ссылка устарела");
    }

    [Fact]
    public async Task Letters_about_proposals_are_offered_to_people_of_offices_and_forced_by_nobody_else()
    {
        using HttpClient office = await pages.BrowserAsync("arm"), anybody = await pages.BrowserAsync(null);
        (await PagesHub.PageAsync(office, Place)).QuerySelectorAll("input[name=proposals]").Should().ContainSingle();
        (await PagesHub.PageAsync(anybody, Place)).QuerySelectorAll("input[name=proposals]").Should().BeEmpty();

        IHtmlDocument wrong = Parse(await SendAsync(office, Place, "Email", new() { ["email"] = "nobody", ["proposals"] = "true" }));
        wrong.QuerySelector<IHtmlInputElement>("input[name=proposals]")!.IsChecked.Should().BeTrue("nothing chosen is lost");
        await SendAsync(office, Place, "Email", new() { ["email"] = "office@example.org", ["id"] = "CL_LETTERS", ["proposals"] = "true" });
        await SendAsync(anybody, Place, "Email", new() { ["email"] = "forced@example.org", ["id"] = "CL_LETTERS", ["proposals"] = "true" });

        (await PagesHub.PageAsync(office, $"/ru/structures/subscriptions/{await IdAsync("office@example.org")}")).QuerySelector("main dl")!.TextContent.Should().Contain("Новости о своих предложениях");
        ChangeSecrets secrets = pages.Hub.Services.GetRequiredService<ChangeSecrets>();
        (await PagesHub.PageAsync(anybody, $"/ru/structures/subscriptions/confirm?word={Uri.EscapeDataString(secrets.ConfirmWord(await IdAsync("forced@example.org")))}"))
            .QuerySelector("main")!.TextContent.Should().Contain("CL_LETTERS").And.NotContain("предложени");
    }

    [Theory]
    [InlineData("en", "arm, Armenia spoke about this proposal:", "Transit: a new entry in “Citizenship” – somebody spoke", "this proposal was accepted by structures, ")]
    [InlineData("ru", "Новый комментарий к предложению (arm, Армения):", "Транзит: новая позиция в «Гражданство» – комментарий", "Предложение принято (structures, ")]
    public void Letters_about_proposals_say_who_said_what_in_the_language_of_the_reader(string language, string said, string subject, string accepted)
    {
        ChangeLetters words = pages.Hub.Services.GetRequiredService<ChangeLetters>();
        ChangeSubscription subscription = new() { Address = "a@example.org", Language = language };
        Proposal proposal = new()
        {
            Id = 7, Kind = ProposalKind.Code, AgencyId = "EECA", Class = "Codelist", ArtefactId = "CL_CITIZENSHIP", ItemId = "TRANSIT", Reason = "Why", ProposedBy = "aze",
            Name = new() { ["en"] = "Transit\r\nBcc: somebody@example.org", ["ru"] = "Транзит" },
        };
        ChangeLetter comment = words.Compose(subscription, new ProposalNews(proposal, new ProposalEntry { By = "arm", State = "ARM", Text = "Yes {0}, please.", Step = ProposalStatus.Discussed }), "https://hub.example.org/end");
        ChangeLetter decision = words.Compose(subscription, new ProposalNews(proposal, new ProposalEntry { By = "structures", Text = "Good.", Step = ProposalStatus.Accepted }), "https://hub.example.org/end");

        comment.Subject.Should().NotContain("\n").And.NotContain("\r").And.Be(language == "en" ? subject.Replace("Transit", "Transit Bcc: somebody@example.org", StringComparison.Ordinal) : subject);
        comment.Text.Should().Contain(said).And.Contain("\nYes {0}, please.\n").And.Contain($"https://hub.example.org/{language}/structures/proposals/7\n").And.Contain("https://hub.example.org/end");
        decision.Text.Should().Contain(accepted).And.Contain("Good.");
        foreach (ProposalStatus status in Enum.GetValues<ProposalStatus>().Where(s => s != ProposalStatus.Open))
        {
            words.Compose(subscription, new ProposalNews(proposal, new ProposalEntry { By = "", Text = "", Step = status }), "x").Text.Should().NotContain("letter.");
        }
    }

    [Fact]
    public async Task A_system_is_subscribed_told_by_the_running_jobs_and_ended()
    {
        await using WebApplication system = WebApplication.CreateSlimBuilder().Build();
        ConcurrentQueue<(string Signed, string Signature, string Body)> taken = new();
        system.Urls.Add("http://127.0.0.1:0");
        system.MapPost("/hook", async (HttpContext http) =>
        {
            using StreamReader reader = new(http.Request.Body);
            string body = await reader.ReadToEndAsync();
            taken.Enqueue((http.Request.Headers[ChangePoster.TimestampHeader] + "." + body, http.Request.Headers[ChangePoster.SignatureHeader].ToString(), body));
        });
        await system.StartAsync();
        string url = system.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/hook";
        using HttpClient office = await pages.BrowserAsync("arm"), other = await pages.BrowserAsync("aze");
        Parse(await SendAsync(office, Place, "Post", new() { ["url"] = "http://169.254.169.254/" })).QuerySelector("[role=alert]")!.TextContent.Should().Contain("must not send");

        HttpResponseMessage made = await SendAsync(office, Place, "Post", new() { ["url"] = url, ["id"] = "CL_TOLD" });
        made.Headers.CacheControl!.NoStore.Should().BeTrue();
        IHtmlDocument shown = Parse(made);
        string secret = shown.QuerySelector("main code")!.TextContent, own = shown.QuerySelectorAll<IHtmlAnchorElement>("main .note a").Single().GetAttribute("href")!;
        (await PagesHub.PageAsync(office, Place)).DocumentElement.InnerHtml.Should().NotContain(secret, "it is shown once");
        (await other.GetAsync(own)).StatusCode.Should().Be(HttpStatusCode.NotFound);

        await pages.Hub.EventuallyAsync(async () => (await PagesHub.PageAsync(office, own)).QuerySelector(".state")!.TextContent == "active");
        await PublishAsync("CL_TOLD");
        await pages.Hub.EventuallyAsync(() => Task.FromResult(taken.Count == 2));
        taken.Last().Body.Should().Contain("CL_TOLD");
        taken.Should().OnlyContain(t => t.Signature == "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(t.Signed))));
        foreach (string language in new[] { "en", "ru" })
        {
            (await PagesHub.PageAsync(office, $"/{language}{own[3..]}")).QuerySelectorAll("main tbody tr").Should().HaveCount(2);
        }

        IHtmlDocument log = await PagesHub.PageAsync(office, own);
        (await other.PostAsync(own + "?handler=End", new FormUrlEncodedContent([new("__RequestVerificationToken", PagesHub.Token(await PagesHub.PageAsync(other, Place)))]))).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await office.PostAsync(own + "?handler=End", new FormUrlEncodedContent([new("__RequestVerificationToken", PagesHub.Token(log))]))).StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await StatusAsync(long.Parse(own.Split('/')[^1], CultureInfo.InvariantCulture))).Should().Be("Ended");
    }

    [Fact]
    public async Task Messages_to_systems_are_for_people_of_offices()
    {
        using HttpClient anybody = await pages.BrowserAsync(null);
        HttpResponseMessage forced = await SendAsync(anybody, Place, "Post", new() { ["url"] = "https://example.org/" });
        forced.StatusCode.Should().Be(HttpStatusCode.Redirect);
        forced.Headers.Location!.ToString().Should().Contain("sign-in");
    }

    private static Maintainer Everything => new("test") { MaintainsAll = true, Reading = ReaderAccess.Everything };

    private async Task PublishAsync(string id, string version = "1.0.0", string agency = "EECA")
    {
        StructureReceipt receipt = await pages.Hub.Services.GetRequiredService<StructureMaintenance>().ApplyAsync(new StructureSubmission
        {
            Tasks = [StructureTask.Append(new Codelist
            {
                AgencyId = agency, Id = id, Version = SdmxVersion.Parse(version), Name = LocalisedText.Of(id[3..4] + id[4..].ToLowerInvariant()),
                Codes = [new Code { Id = "A", Name = LocalisedText.Of("A") }, .. version == "1.0.0" ? Array.Empty<Code>() : [new Code { Id = "B", Name = LocalisedText.Of("B") }]],
            })],
            By = Everything, Origin = "test",
        }, default);
        receipt.IsApplied.Should().BeTrue(string.Join('\n', receipt.Plan.Issues));
    }

    private async Task<long> IdAsync(string address) => (long)(await ScalarAsync($"SELECT max(id) FROM change_subscription WHERE address = '{address}'"))!;

    private async Task<string> StatusAsync(long id) => (string)(await ScalarAsync($"SELECT status FROM change_subscription WHERE id = {id}"))!;

    private async Task<object?> ScalarAsync(string sql)
    {
        await using Npgsql.NpgsqlCommand command = pages.Hub.Services.GetRequiredService<Dsm.Exchange.Storage.HubDatabase>().DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient browser, string path, string handler, Dictionary<string, string> values)
    {
        values["__RequestVerificationToken"] = PagesHub.Token(await PagesHub.PageAsync(browser, path));
        return await browser.PostAsync($"{path}?handler={handler}", new FormUrlEncodedContent(values));
    }

    private static IHtmlDocument Parse(HttpResponseMessage answer)
    {
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return new HtmlParser().ParseDocument(answer.Content.ReadAsStream());
    }
}
