using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Model;
using Microsoft.Extensions.DependencyInjection;

namespace Dsm.Web.Tests.Pages;

/// <summary>Proposals through the pages, as a browser without scripts does it.</summary>
[Collection(PagesCollection.Name)]
public sealed class ProposalPageTests(PagesHub pages)
{
    private const string List = "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=EECA:CL_RES_STATUS(1.0.0)";

    private StructureSet Structures => pages.Hub.Services.GetRequiredService<StructureRegistry>().Current.Structures;

    [Fact]
    public async Task An_office_proposes_others_speak_a_maintainer_accepts_and_the_public_sees_it()
    {
        using HttpClient focal = await pages.BrowserAsync("aze"), other = await pages.BrowserAsync("arm"), maintainer = await pages.BrowserAsync("structures"), anybody = await pages.BrowserAsync(null);
        (await PagesHub.PageAsync(focal, "/en/structures/Codelist/EECA/CL_RES_STATUS/1.0.0")).QuerySelectorAll("main a").Select(a => a.GetAttribute("href")!)
            .Should().Contain(h => h.StartsWith("/en/structures/proposals/new?kind=Code&of=urn"));
        string proposal = await ProposeAsync(focal, Uri.EscapeDataString(List), "ZZ_PROPOSED");

        (await anybody.GetAsync(proposal)).StatusCode.Should().Be(HttpStatusCode.NotFound, "it is not decided");
        IHtmlDocument open = await PagesHub.PageAsync(other, proposal);
        open.QuerySelectorAll("main form").Select(f => f.GetAttribute("action")).Should().OnlyContain(a => a!.EndsWith("handler=Discuss"));
        (await PostAsync(other, proposal, "Discuss", "We count it too.")).StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await PostAsync(other, proposal, "Accept", "I say so.")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await PostAsync(other, proposal, "Withdraw", "")).StatusCode.Should().Be(HttpStatusCode.Forbidden);

        (await PagesHub.PageAsync(maintainer, "/en/")).QuerySelectorAll("main .work a").Select(a => a.GetAttribute("href")).Should().Contain(proposal, "it needs the maintainer now");
        (await PagesHub.PageAsync(other, "/en/")).QuerySelectorAll("main .work a").Select(a => a.GetAttribute("href")).Should().NotContain(proposal);
        IHtmlDocument refused = Parse(await PostAsync(maintainer, proposal, "Accept", " "));
        refused.QuerySelector("[role=alert] a")!.GetAttribute("href").Should().Be("#decision");
        (await PostAsync(maintainer, proposal, "Accept", "Two states count it.")).StatusCode.Should().Be(HttpStatusCode.Redirect);

        Structures.Of<Codelist>().Single(c => c.Id == "CL_RES_STATUS" && c.Version.ToString() == "1.1.0-draft").Find("ZZ_PROPOSED")!.Name["ru"].Should().Be("Предложенный");
        foreach (string language in new[] { "en", "ru" })
        {
            IHtmlDocument seen = await PagesHub.PageAsync(anybody, $"/{language}{proposal[3..]}");
            string text = seen.QuerySelector("main")!.TextContent;
            text.Should().Contain("Two states count it.").And.NotContain("We count it too.").And.NotContain("aze");
            seen.QuerySelectorAll("main form").Should().BeEmpty();
            (await PagesHub.PageAsync(anybody, $"/{language}/structures/proposals")).QuerySelectorAll("main tbody a").Should().NotBeEmpty();
        }
    }

    [Fact]
    public async Task A_proposal_is_rejected_or_taken_back()
    {
        using HttpClient focal = await pages.BrowserAsync("aze"), maintainer = await pages.BrowserAsync("structures"), anybody = await pages.BrowserAsync(null);
        string rejected = await ProposeAsync(focal, Uri.EscapeDataString(List), "ZZ_NO"), withdrawn = await ProposeAsync(focal, Uri.EscapeDataString(List), "ZZ_BACK");
        (await PostAsync(maintainer, rejected, "Reject", "It is no status.")).StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await PostAsync(focal, withdrawn, "Withdraw", "")).StatusCode.Should().Be(HttpStatusCode.Redirect);

        (await PagesHub.PageAsync(focal, rejected)).QuerySelector("main")!.TextContent.Should().Contain("It is no status.").And.Contain("rejected");
        (await PagesHub.PageAsync(focal, "/ru" + withdrawn[3..])).QuerySelector("main")!.TextContent.Should().Contain("отозвано");
        (await anybody.GetAsync(rejected)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        Parse(await PostAsync(maintainer, withdrawn, "Accept", "Late.")).QuerySelector("[role=alert]")!.TextContent.Should().Contain("meanwhile");
    }

    [Fact]
    public async Task Faults_stand_at_their_fields_and_what_was_typed_stays()
    {
        using HttpClient focal = await pages.BrowserAsync("aze");
        string form = "/ru/structures/proposals/new?kind=Code&of=" + Uri.EscapeDataString(List);
        IHtmlDocument page = Parse(await SendAsync(focal, form, new() { ["id"] = "A B", ["name_ru"] = "", ["reason"] = "Нужно" }));
        page.QuerySelectorAll("[role=alert] a").Select(a => a.GetAttribute("href")).Should().Equal("#id", "#name_ru");
        page.Title.Should().StartWith("Ошибка: ");
        foreach (string field in new[] { "id", "name_ru" })
        {
            page.QuerySelector($"#{field}-error")!.TextContent.Should().NotBeEmpty();
            page.QuerySelector($"#{field}")!.GetAttribute("aria-describedby").Should().Contain($"{field}-error");
            page.QuerySelector($"#{field}")!.GetAttribute("aria-invalid").Should().Be("true");
        }

        page.QuerySelector("#reason")!.TextContent.Should().Be("Нужно");
        page.QuerySelector<IHtmlInputElement>("#id")!.Value.Should().Be("A B");
    }

    [Fact]
    public async Task An_indicator_and_a_definition_are_proposed_by_form()
    {
        using HttpClient focal = await pages.BrowserAsync("aze");
        HttpResponseMessage indicator = await SendAsync(focal, "/en/structures/proposals/new?kind=Indicator", new()
        {
            ["id"] = "DF_RETURN", ["name_en"] = "Returns", ["text_en"] = "People who came back.", ["reason"] = "Asked for.", ["agency"] = "EECA",
            ["structure"] = "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=EECA:DSD_BORDER(1.0.0)", ["own"] = "true",
        });
        (await PagesHub.PageAsync(focal, indicator.Headers.Location!.ToString())).QuerySelector("h1")!.TextContent.Should().Be("Returns: a new indicator");

        string form = "/en/structures/proposals/new?kind=Definition&item=IN&of=" + Uri.EscapeDataString("urn:sdmx:org.sdmx.infomodel.codelist.Codelist=EECA:CL_DIRECTION(1.0.0)");
        (await PagesHub.PageAsync(focal, form)).QuerySelector<IHtmlInputElement>("#name_en")!.Value.Should().Be("Entry", "one begins with the words there are");
        Parse(await SendAsync(focal, form, new() { ["name_en"] = "Entry", ["name_ru"] = "Въезд", ["reason"] = "x" })).QuerySelector("[role=alert]")!.TextContent.Should().Contain("Change something");
        HttpResponseMessage definition = await SendAsync(focal, form, new() { ["name_en"] = "Arrival", ["name_ru"] = "Въезд", ["reason"] = "x" });
        string[] cells = [.. (await PagesHub.PageAsync(focal, definition.Headers.Location!.ToString())).QuerySelectorAll("main tbody td").Select(c => c.TextContent.Trim())];
        cells.Should().Equal("Entry", "Arrival");
    }

    [Fact]
    public async Task The_signed_out_are_led_to_sign_in_and_forged_forms_are_refused()
    {
        using HttpClient anybody = await pages.BrowserAsync(null), focal = await pages.BrowserAsync("aze");
        (await anybody.GetAsync("/en/structures/proposals/new")).Headers.Location!.ToString().Should().Contain("/en/sign-in");
        string proposal = await ProposeAsync(focal, Uri.EscapeDataString(List), "ZZ_FORGED");
        (await focal.PostAsync(proposal + "?handler=Withdraw", new FormUrlEncodedContent([]))).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await anybody.PostAsync(proposal + "?handler=Discuss", new FormUrlEncodedContent([new("text", "x")]))).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await focal.GetAsync("/en/structures/proposals/999999")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    private static async Task<string> ProposeAsync(HttpClient browser, string of, string code)
    {
        HttpResponseMessage made = await SendAsync(browser, "/en/structures/proposals/new?kind=Code&of=" + of, new()
        {
            ["id"] = code, ["name_en"] = "Proposed", ["name_ru"] = "Предложенный", ["reason"] = "It is counted.\nBy law.",
        });
        made.StatusCode.Should().Be(HttpStatusCode.Redirect, await made.Content.ReadAsStringAsync());
        return made.Headers.Location!.ToString();
    }

    // The fields of the page's own form as it offers them, with some filled in.
    private static async Task<HttpResponseMessage> SendAsync(HttpClient browser, string path, Dictionary<string, string> values)
    {
        IHtmlDocument page = await PagesHub.PageAsync(browser, path);
        IHtmlFormElement form = page.QuerySelector<IHtmlFormElement>("main form[method=post]")!;
        foreach (IHtmlInputElement hidden in form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]"))
        {
            values.TryAdd(hidden.Name!, hidden.Value);
        }

        return await browser.PostAsync(path, new FormUrlEncodedContent(values));
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string proposal, string handler, string text)
    {
        IHtmlDocument page = await PagesHub.PageAsync(browser, proposal);
        return await browser.PostAsync($"{proposal}?handler={handler}", new FormUrlEncodedContent([new("text", text), new("__RequestVerificationToken", PagesHub.Token(page))]));
    }

    private static IHtmlDocument Parse(HttpResponseMessage answer)
    {
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return new HtmlParser().ParseDocument(answer.Content.ReadAsStream());
    }
}
