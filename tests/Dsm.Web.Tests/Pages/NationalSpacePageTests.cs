using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Model;
using Microsoft.Extensions.DependencyInjection;

namespace Dsm.Web.Tests.Pages;

/// <summary>National spaces: what a country administrator does in his own, and what others see of it.</summary>
[Collection(PagesCollection.Name)]
public sealed class NationalSpacePageTests(PagesHub pages)
{
    private const string Moldova = "/en/structures/national/MDA";

    [Fact]
    public async Task A_country_administrator_fills_his_space_closes_it_and_opens_it_again()
    {
        using HttpClient admin = await pages.BrowserAsync("mda-admin"), other = await pages.BrowserAsync("arm"), coordinator = await pages.BrowserAsync("coordinator"), anybody = await pages.BrowserAsync(null);
        await RegisterAsync(admin);
        (await UploadAsync(admin, "EECA.MDA")).StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await TextAsync(anybody, Moldova)).Should().Contain("CL_RAIOANE").And.Contain("public");
        (await anybody.GetAsync("/sdmx/v2/structure/codelist/EECA.MDA/CL_RAIOANE")).StatusCode.Should().Be(HttpStatusCode.OK);

        (await AccessAsync(admin, true)).StatusCode.Should().Be(HttpStatusCode.Redirect);
        foreach (HttpClient outsider in new[] { anybody, other })
        {
            (await TextAsync(outsider, Moldova)).Should().NotContain("CL_RAIOANE");
            (await TextAsync(outsider, "/ru/structures/national/MDA")).Should().Contain("Открытых национальных структур здесь нет").And.NotContain("ограниченный");
            (await outsider.GetAsync("/en/structures/Codelist/EECA.MDA/CL_RAIOANE/1.0.0")).StatusCode.Should().Be(HttpStatusCode.NotFound);
            (await outsider.GetAsync("/sdmx/v2/structure/codelist/EECA.MDA/CL_RAIOANE")).StatusCode.Should().NotBe(HttpStatusCode.OK);
            (await PagesHub.PageAsync(outsider, Moldova)).QuerySelectorAll("main form").Should().BeEmpty();
        }

        foreach (HttpClient insider in new[] { admin, coordinator })
        {
            (await TextAsync(insider, Moldova)).Should().Contain("CL_RAIOANE").And.Contain("restricted");
        }

        (await AccessAsync(admin, false)).StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await TextAsync(anybody, "/ru/structures/national/MDA")).Should().Contain("CL_RAIOANE").And.Contain("открыто");
        (await TextAsync(anybody, "/en/structures/national")).Should().Contain("Moldova");
    }

    [Fact]
    public async Task Nobody_fills_or_closes_the_space_of_another_state()
    {
        using HttpClient admin = await pages.BrowserAsync("mda-admin"), maintainer = await pages.BrowserAsync("structures"), anybody = await pages.BrowserAsync(null);
        await RegisterAsync(admin);
        string token = PagesHub.Token(await PagesHub.PageAsync(admin, Moldova));
        (await PostAsync(admin, "/en/structures/national/KGZ", token, "EECA.KGZ", true)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await PostAsync(admin, Moldova, token, "EECA.KGZ", true)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await PostAsync(admin, Moldova, token, "EECA", true)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await PostAsync(admin, Moldova, "", "EECA.MDA", true)).StatusCode.Should().Be(HttpStatusCode.BadRequest, "a forged form is refused");
        (await PagesHub.PageAsync(maintainer, Moldova)).QuerySelectorAll("main form").Should().BeEmpty("the region does not maintain what is a state's");
        (await PagesHub.PageAsync(admin, "/en/structures/national/KGZ")).QuerySelectorAll("main form").Should().BeEmpty();
        HttpResponseMessage foreign = await UploadAsync(admin, "EECA.KGZ");
        foreign.StatusCode.Should().Be(HttpStatusCode.OK);
        (await foreign.Content.ReadAsStringAsync()).Should().Contain("EECA.KGZ");
        pages.Hub.Services.GetRequiredService<StructureRegistry>().Current.Structures.All.Should().NotContain(a => a.AgencyId == "EECA.KGZ" && a.Id == "CL_RAIOANE");
        (await anybody.GetAsync("/en/structures/national/XXX")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    // The region enters the state's agency into its scheme; until then the page of the state says what is missing.
    private async Task RegisterAsync(HttpClient admin)
    {
        StructureMaintenance maintenance = pages.Hub.Services.GetRequiredService<StructureMaintenance>();
        OrganisationScheme agencies = pages.Hub.Services.GetRequiredService<StructureRegistry>().Current.Structures.Of<OrganisationScheme>()
            .Single(s => s.Type == StructureType.AgencyScheme && s.AgencyId == "EECA");
        if (agencies.Organisations.Any(o => o.Id == "MDA"))
        {
            return;
        }

        (await TextAsync(admin, Moldova)).Should().Contain("stands in no agency scheme");
        await maintenance.ApplyAsync(new StructureSubmission
        {
            Tasks = [StructureTask.Replace(agencies with { Organisations = [.. agencies.Organisations, new Organisation { Id = "MDA", Name = LocalisedText.Of("Moldova") }] })],
            By = new Maintainer("test") { MaintainsAll = true }, Origin = "test",
        }, default);
        (await TextAsync(admin, Moldova)).Should().NotContain("stands in no agency scheme");
    }

    private static async Task<HttpResponseMessage> UploadAsync(HttpClient browser, string agency)
    {
        Codelist list = new() { AgencyId = agency, Id = "CL_RAIOANE", Version = SdmxVersion.Parse("1.0.0"), Name = LocalisedText.Of("Districts"), Codes = [new Code { Id = "A", Name = LocalisedText.Of("A") }] };
        using MemoryStream message = new();
        Dsm.Sdmx.Formats.StructureMessages.Write(Dsm.Sdmx.Formats.MediaTypes.StructureXml30, message, [list], new() { Id = "T" }, new());
        IHtmlDocument page = await PagesHub.PageAsync(browser, "/en/structures/upload");
        HttpResponseMessage planned = await browser.PostAsync("/en/structures/upload", new MultipartFormDataContent
        {
            { new StringContent(PagesHub.Token(page)), "__RequestVerificationToken" }, { new StringContent("Replace"), "action" }, { new ByteArrayContent(message.ToArray()), "file", "message.xml" },
        });
        string text = await planned.Content.ReadAsStringAsync();
        IHtmlFormElement? apply = new HtmlParser().ParseDocument(text).QuerySelectorAll<IHtmlFormElement>("form").FirstOrDefault(f => f.Action.EndsWith("handler=Apply", StringComparison.Ordinal));
        return apply is null ? planned : await browser.PostAsync(apply.GetAttribute("action"), new FormUrlEncodedContent(
            apply.QuerySelectorAll<IHtmlInputElement>("input[name]").Select(i => new KeyValuePair<string, string>(i.Name!, i.Value))));
    }

    private static async Task<HttpResponseMessage> AccessAsync(HttpClient browser, bool restricted)
        => await PostAsync(browser, Moldova, PagesHub.Token(await PagesHub.PageAsync(browser, Moldova)), "EECA.MDA", restricted);

    private static Task<HttpResponseMessage> PostAsync(HttpClient browser, string path, string token, string agency, bool restricted) => browser.PostAsync(
        path + "?handler=Access", new FormUrlEncodedContent([new("agency", agency), new("restricted", restricted ? "true" : "false"), new("comment", "as agreed"), new("__RequestVerificationToken", token)]));

    private static async Task<string> TextAsync(HttpClient browser, string path) => (await PagesHub.PageAsync(browser, path)).QuerySelector("main")!.TextContent;
}
