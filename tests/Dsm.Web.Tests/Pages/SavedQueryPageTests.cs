using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Dsm.Exchange.Queries;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Microsoft.Extensions.DependencyInjection;

namespace Dsm.Web.Tests.Pages;

/// <summary>Queries kept under a name, through the pages of a running hub.</summary>
[Collection(PagesCollection.Name)]
public sealed class SavedQueryPageTests(PagesHub pages)
{
    private const string Place = "/en/data/queries", Asylum = "/sdmx/v2/data/dataflow/EECA/DF_ASYLAPP/1.0.0/A.AZE.";

    [Fact]
    public async Task A_query_tried_is_kept_run_renamed_and_deleted_without_scripts()
    {
        using HttpClient browser = await pages.BrowserAsync("aze");
        IHtmlDocument tried = await PagesHub.PageAsync(browser, "/en/data/try?flow=EECA:DF_ASYLAPP(1.0.0)&REF_AREA=AZE&CITIZENSHIP=AFG&from=2023&format=json10");
        IHtmlFormElement form = tried.QuerySelectorAll<IHtmlFormElement>("main form").Single(f => f.Method == "post");
        form.GetAttribute("action").Should().Be(Place);
        string address = form.QuerySelector<IHtmlInputElement>("input[name=address]")!.Value;
        address.Should().StartWith("/sdmx/v1/data/").And.Contain("AFG").And.Contain("format=");

        HttpResponseMessage kept = await SendAsync(browser, tried, Place, ("name", "Afghans <b>&</b> \"others\""), ("address", address));

        kept.StatusCode.Should().Be(HttpStatusCode.Redirect);
        IHtmlDocument list = await PagesHub.PageAsync(browser, Place);
        list.QuerySelector("[role=status]")!.TextContent.Should().Contain("Kept: Afghans <b>&</b> \"others\".");
        IElement row = list.QuerySelectorAll("main tbody tr").Single(r => r.Children[0].TextContent == "Afghans <b>&</b> \"others\"");
        row.QuerySelector(".state")!.TextContent.Should().Be("answered");
        string own = row.QuerySelector("a")!.GetAttribute("href")!;

        IHtmlDocument query = await PagesHub.PageAsync(browser, own);
        query.QuerySelector<IHtmlInputElement>("#copy")!.Value.Should().EndWith(address).And.StartWith("http");
        IHtmlDocument ran = await PagesHub.PageAsync(browser, own + "?ask=1");
        ran.QuerySelector("pre.answer")!.TextContent.Should().Contain("\"dataSets\"").And.Contain("AFG");

        // What was typed stays beside what is wrong with it.
        IHtmlDocument wrong = Parse(await SendAsync(browser, query, own + "?handler=Rename", ("name", new string('x', SavedQuery.MaxName + 1))));
        wrong.QuerySelector("#name-error")!.TextContent.Should().Contain("200");
        wrong.QuerySelector<IHtmlInputElement>("#name")!.Value.Should().HaveLength(SavedQuery.MaxName + 1);
        (await SendAsync(browser, query, own + "?handler=Rename", ("name", "Another name"))).StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await PagesHub.PageAsync(browser, own)).QuerySelector("h1")!.TextContent.Should().Be("Another name");

        // Those of one person are not there for another, whoever he is.
        foreach (string user in new[] { "arm", "coordinator" })
        {
            using HttpClient other = await pages.BrowserAsync(user);
            (await other.GetAsync(own)).StatusCode.Should().Be(HttpStatusCode.NotFound);
            IHtmlDocument theirs = await PagesHub.PageAsync(other, Place);
            theirs.QuerySelector("main")!.TextContent.Should().NotContain("Another name");
            (await SendAsync(other, theirs, own + "?handler=Delete")).StatusCode.Should().Be(HttpStatusCode.NotFound);
            (await SendAsync(other, theirs, own + "?handler=Rename", ("name", "Taken"))).StatusCode.Should().Be(HttpStatusCode.NotFound);
        }

        (await browser.PostAsync(own + "?handler=Delete", new FormUrlEncodedContent([]))).StatusCode.Should().Be(HttpStatusCode.BadRequest, "without the token nothing is done");
        (await SendAsync(browser, query, own + "?handler=Delete")).StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await PagesHub.PageAsync(browser, Place)).QuerySelector("[role=status]")!.TextContent.Should().Contain("Deleted: Another name.");
        (await browser.GetAsync(own)).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("en", "/sdmx/v2/data/dataflow/EECA/DF_ASYLAPP/1.0.0?frist=1", "does not understand", "frist")]
    [InlineData("ru", "/sdmx/v2/data/dataflow/EECA/DF_ASYLAPP/1.0.0?c[NOTHING]=1", "не соответствует структуре", "NOTHING")]
    [InlineData("ru", "https://elsewhere.example.org/sdmx/v2/data/dataflow/EECA/DF_ASYLAPP/1.0.0", "не адрес сервиса", null)]
    [InlineData("en", "/sdmx/v2/data/dataflow/EECA/DF_NOTHING/1.0.0", "nothing here", null)]
    public async Task What_is_malformed_is_refused_with_the_finding_of_the_parser_and_nothing_typed_is_lost(string language, string address, string words, string? finding)
    {
        using HttpClient browser = await pages.BrowserAsync("aze");
        string place = $"/{language}/data/queries";

        IHtmlDocument page = Parse(await SendAsync(browser, await PagesHub.PageAsync(browser, place), place, ("name", "A good name"), ("address", address)));

        page.QuerySelector("#address-error")!.TextContent.Should().Contain(words).And.Contain(finding ?? words);
        page.QuerySelector("#address")!.GetAttribute("aria-describedby").Should().Be("address-error address-hint");
        page.QuerySelector("[role=alert] a")!.GetAttribute("href").Should().Be("#address");
        page.QuerySelector("#name-error").Should().BeNull();
        page.QuerySelector<IHtmlInputElement>("#name")!.Value.Should().Be("A good name");
        page.QuerySelector<IHtmlTextAreaElement>("#address")!.Value.Should().Be(address);
    }

    [Fact]
    public async Task An_address_is_kept_with_the_hub_in_front_as_readers_know_it()
    {
        using HttpClient browser = await pages.BrowserAsync("arm");
        foreach (string hub in new[] { browser.BaseAddress!.GetLeftPart(UriPartial.Authority), "https://hub.example.org" })
        {
            (await SendAsync(browser, await PagesHub.PageAsync(browser, Place), Place, ("name", hub), ("address", $" {hub}{Asylum}SYR "))).StatusCode.Should().Be(HttpStatusCode.Redirect);
        }

        SavedQueryDesk desk = pages.Hub.Services.GetRequiredService<SavedQueryDesk>();
        (await desk.ListAsync(await pages.IdOfAsync("arm"), default)).Where(q => q.Name.StartsWith("http", StringComparison.Ordinal)).Should().HaveCount(2).And.OnlyContain(q => q.Address == Asylum + "SYR");
    }

    [Fact]
    public async Task Those_who_are_not_signed_in_are_led_to_sign_in_and_back_to_their_query()
    {
        using HttpClient nobody = await pages.BrowserAsync(null);
        (await nobody.GetAsync(Place)).Headers.Location!.ToString().Should().Contain("/en/sign-in");
        IHtmlDocument tried = await PagesHub.PageAsync(nobody, "/ru/data/try?flow=EECA:DF_ASYLAPP(1.0.0)&REF_AREA=AZE");
        tried.QuerySelectorAll("main form[method=post]").Should().BeEmpty();
        string link = tried.QuerySelectorAll("main a").Select(a => a.GetAttribute("href")!).Single(h => h.StartsWith("/ru/sign-in", StringComparison.Ordinal));
        Uri.UnescapeDataString(link).Should().Contain("returnUrl=/ru/data/try?flow=EECA:DF_ASYLAPP(1.0.0)&REF_AREA=AZE");
        (await PagesHub.PageAsync(nobody, link)).QuerySelector("main form").Should().NotBeNull();
        (await PagesHub.PageAsync(nobody, "/en" + PagesHub.Flow)).QuerySelectorAll("main a[href^='/en/sign-in']").Should().ContainSingle("figures can be kept, too");
    }

    [Fact]
    public async Task The_page_of_a_query_says_when_it_is_not_right_any_more()
    {
        using HttpClient browser = await pages.BrowserAsync("aze");
        SavedQueryDesk desk = pages.Hub.Services.GetRequiredService<SavedQueryDesk>();
        long id = (await desk.KeepAsync(await pages.IdOfAsync("aze"), "Unknown code", Asylum + "NOWHERE", Exchange.Access.ReaderAccess.Public, default)).Id!.Value;

        IHtmlDocument page = await PagesHub.PageAsync(browser, $"/ru/data/queries/{id}");

        page.QuerySelector("main .state")!.TextContent.Should().Be("называет неизвестные коды");
        page.QuerySelector("main dd")!.TextContent.Should().Contain("CITIZENSHIP").And.Contain("NOWHERE");
    }

    [Fact]
    public async Task The_simulator_counts_kept_queries_by_state_shows_their_addresses_and_not_their_names()
    {
        SavedQueryDesk desk = pages.Hub.Services.GetRequiredService<SavedQueryDesk>();
        string owner = await pages.IdOfAsync("mda-admin");
        (await desk.KeepAsync(owner, "A name of my own", Asylum + "IRQ", Exchange.Access.ReaderAccess.Public, default)).Id.Should().NotBeNull();
        Codelist list = pages.Hub.Services.GetRequiredService<StructureRegistry>().Current.Structures.Of<Codelist>().Single(l => l is { AgencyId: "EECA", Id: "CL_CITIZENSHIP" });
        Codelist without = list with { Codes = [.. list.Codes.Where(c => c.Id != "IRQ")] };
        foreach ((string user, string language, bool isTold) in new[] { ("arm", "en", false), ("mda-admin", "ru", false), ("coordinator", "ru", true) })
        {
            using HttpClient browser = await pages.BrowserAsync(user);
            string place = $"/{language}/structures/impact";
            using MemoryStream message = new();
            StructureMessageWriter30.Write(message, [without], new MessageHeader { Id = "T", Prepared = "2026-01-01T00:00:00Z", SenderId = "T" }, new IssueList(), false);
            using MultipartFormDataContent content = new()
            {
                { new StringContent(PagesHub.Token(await PagesHub.PageAsync(browser, place))), "__RequestVerificationToken" }, { new ByteArrayContent(message.ToArray()), "File", "message.xml" },
            };

            IHtmlDocument page = Parse(await browser.PostAsync(place, content));

            string text = page.QuerySelector("main .impact")!.TextContent;
            text.Should().Contain(Asylum + "IRQ").And.Contain("CITIZENSHIP = IRQ").And.NotContain("A name of my own");
            text.Contains(language == "en" ? "kept by mda-admin" : "хранят: mda-admin", StringComparison.Ordinal).Should().Be(isTold, user);
            text.Should().Contain(language == "en" ? "names codes that are gone" : "называет удалённые коды");
            IElement row = page.QuerySelectorAll(".impact table").First().QuerySelectorAll("tbody tr").Single(r => r.Children[0].TextContent.Contains(language == "en" ? "Moldova" : "Молдова", StringComparison.Ordinal));
            row.Children[^2].TextContent.Should().Be(language == "en" ? "1 of 1" : "1 из 1");
            page.QuerySelectorAll("[id]").GroupBy(e => e.Id).Where(g => g.Count() > 1).Should().BeEmpty();
        }
    }

    private static IHtmlDocument Parse(HttpResponseMessage answer)
    {
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return new HtmlParser().ParseDocument(answer.Content.ReadAsStringAsync().GetAwaiter().GetResult());
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient browser, IHtmlDocument from, string to, params (string Name, string Value)[] fields)
        => browser.PostAsync(to, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(new("__RequestVerificationToken", PagesHub.Token(from)))));
}
