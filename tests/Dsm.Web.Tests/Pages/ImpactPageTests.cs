using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Impact;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Microsoft.Extensions.DependencyInjection;

namespace Dsm.Web.Tests.Pages;

[Collection(PagesCollection.Name)]
public sealed class ImpactPageTests(PagesHub pages)
{
    private Codelist Citizenship => Structures.Of<Codelist>().First(l => l.Id == "CL_CITIZENSHIP" && l.Version.ToString() == "1.0.0");

    private StructureSet Structures => pages.Hub.Services.GetRequiredService<StructureRegistry>().Current.Structures;

    [Theory]
    [InlineData("en", "become invalid at once", "станут")]
    [InlineData("ru", "станут недействительными", "become invalid")]
    public async Task Shows_by_state_what_a_code_taken_out_costs(string language, string verdict, string foreign)
    {
        using HttpClient browser = await pages.BrowserAsync("coordinator");

        IHtmlDocument page = await SendAsync(browser, language, Without(Citizenship, "AFG"));

        string text = page.QuerySelector("main")!.TextContent;
        text.Should().Contain(verdict).And.Contain("AFG").And.NotContain(foreign);
        page.QuerySelector(".impact .note")!.ClassList.Should().Contain("bad");
        Row(page, "AZE", language).Should().NotBeNull();

        // Four figures of Azerbaijan and one of Tajikistan carry the code.
        Row(page, "AZE", language)!.Children[1].TextContent.Should().Be("4");
        Row(page, "TJK", language)!.Children[1].TextContent.Should().Be("1");
        page.QuerySelectorAll("script, style, [style]").Should().BeEmpty();
        page.QuerySelectorAll("main table").Where(t => t.QuerySelectorAll("thead th:not([scope]), tbody th:not([scope])").Length > 0).Should().BeEmpty();
        page.QuerySelectorAll("[id]").GroupBy(e => e.Id).Where(g => g.Count() > 1).Should().BeEmpty();
        int[] levels = [.. page.QuerySelectorAll("main h1, main h2, main h3").Select(h => h.TagName[1] - '0')];
        levels.Skip(1).Zip(levels, (level, before) => level - before).Should().OnlyContain(step => step <= 1);
    }

    [Fact]
    public async Task Counts_of_restricted_figures_are_shown_to_nobody_who_may_not_see_them()
    {
        // Other tests send messages, too; the last one is tried.
        await pages.SubmitAsync(PagesHub.Csv(PagesHub.Row("IRQ", "N", "PS", "2025", "4321", "C")));
        Codelist without = Without(Citizenship, "IRQ");
        foreach ((string user, string? invalid) in new[] { ("aze", "1"), ("coordinator", "1"), ("arm", null), ("structures", null) })
        {
            using HttpClient browser = await pages.BrowserAsync(user);

            IHtmlDocument page = await SendAsync(browser, "en", without);

            IElement? row = Row(page, "AZE", "en");
            (row?.Children[1].TextContent is null or "0" ? null : row.Children[1].TextContent).Should().Be(invalid, user);
            page.QuerySelector("main")!.TextContent.Contains("The last messages, tried again", StringComparison.Ordinal).Should().Be(invalid is not null, "messages hold restricted figures: {0}", user);
            page.QuerySelector("main")!.TextContent.Contains("that you may see", StringComparison.Ordinal).Should().Be(user != "coordinator");
        }
    }

    [Fact]
    public async Task A_next_version_shows_the_drafted_map_that_can_be_downloaded()
    {
        using HttpClient browser = await pages.BrowserAsync("structures");
        Codelist next = Citizenship with { Version = SdmxVersion.Parse("7.0.0"), Codes = [.. Citizenship.Codes.Where(c => c.Id != "AFG").Select(c => c.Id == "IRQ" ? c with { Id = "IRX" } : c)] };

        IHtmlDocument page = await SendAsync(browser, "en", next);

        string text = page.QuerySelector("main")!.TextContent;
        text.Should().Contain("Draft of the map").And.Contain("Codes without counterpart: 1").And.Contain("Pairs to look at: 1").And.Contain("would when the references to the earlier version are moved");
        string packed = page.QuerySelector("input[name=map]")!.GetAttribute("value")!;
        HttpResponseMessage answer = await browser.PostAsync("/en/structures/impact?handler=Map", Form(page, packed));
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentDisposition!.FileName.Should().Contain("RM_CITIZENSHIP_1_0_0_TO_7_0_0");
        RepresentationMap map = StructureMessageReader.Read(await answer.Content.ReadAsStreamAsync(), new IssueList()).All.OfType<RepresentationMap>().Single();
        map.Mappings.Should().HaveCount(Citizenship.Codes.Length - 1).And.Contain(m => m.Sources[0].Value == "IRQ" && m.Targets[0] == "IRX");

        // The next version is not in the registry, so the map cannot be either; and it says so.
        HttpResponseMessage refused = await browser.PostAsync("/en/structures/impact?handler=Save", Form(page, packed));
        (await refused.Content.ReadAsStringAsync()).Should().Contain("CL_CITIZENSHIP(7.0.0)");
        Structures.Of<RepresentationMap>().Should().NotContain(m => m.Id == map.Id);
    }

    [Fact]
    public async Task A_drafted_map_between_versions_that_are_there_is_saved_by_who_may()
    {
        Codelist list = new() { AgencyId = "EECA", Id = "CL_IMPACT_PAGE", Version = SdmxVersion.Parse("1.0.0"), Name = LocalisedText.Of("Impact"), Codes = [new Code { Id = "A", Name = LocalisedText.Of("Letter") }] };
        Codelist next = list with { Version = SdmxVersion.Parse("2.0.0"), Codes = [new Code { Id = "B", Name = LocalisedText.Of("letter") }] };
        StructureReceipt kept = await pages.Hub.Services.GetRequiredService<StructureMaintenance>().ApplyAsync(
            new StructureSubmission { Tasks = [StructureTask.Append(list), StructureTask.Append(next)], By = Maintainer.Hub, Origin = "test" }, CancellationToken.None);
        kept.IsApplied.Should().BeTrue(string.Join("; ", kept.Plan.Issues));
        string path = $"/en/structures/impact?from={Uri.EscapeDataString(list.Urn)}&to={Uri.EscapeDataString(next.Urn)}";
        using HttpClient reader = await pages.BrowserAsync("aze");
        using HttpClient browser = await pages.BrowserAsync("structures");

        IHtmlDocument page = await PagesHub.PageAsync(browser, path);
        IHtmlDocument read = await PagesHub.PageAsync(reader, path);

        read.QuerySelectorAll("button[formaction*=Save]").Should().BeEmpty("a focal point maintains no structures");
        page.QuerySelectorAll("button[formaction*=Save]").Should().ContainSingle();
        string packed = page.QuerySelector("input[name=map]")!.GetAttribute("value")!;
        HttpResponseMessage forbidden = await reader.PostAsync("/en/structures/impact?handler=Save", Form(read, packed));
        forbidden.StatusCode.Should().BeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.Redirect);
        Structures.Of<RepresentationMap>().Should().NotContain(m => m.Id == "RM_IMPACT_PAGE_1_0_0_TO_2_0_0");

        HttpResponseMessage saved = await browser.PostAsync("/en/structures/impact?handler=Save", Form(page, packed));

        saved.Headers.Location!.ToString().Should().Contain("/en/structures/RepresentationMap/EECA/RM_IMPACT_PAGE_1_0_0_TO_2_0_0/");
        Structures.Of<RepresentationMap>().Single(m => m.Id == "RM_IMPACT_PAGE_1_0_0_TO_2_0_0").Mappings.Should().ContainSingle().Which.Annotations.Should().Contain(a => a.Type == CodeMapDraft.ReasonAnnotation && a.Title == "SameName");
    }

    [Fact]
    public async Task Says_what_is_wrong_with_an_upload_and_lets_nobody_in_who_is_not_signed_in()
    {
        using HttpClient browser = await pages.BrowserAsync("structures");
        (await SendAsync(browser, "en", (byte[]?)null)).QuerySelector(".error")!.TextContent.Should().Be("Choose a structure message.");
        (await SendAsync(browser, "ru", "<no></no>"u8.ToArray())).QuerySelector("main")!.TextContent.Should().Contain("нет артефактов");
        HttpResponseMessage bomb = await browser.PostAsync("/en/structures/impact?handler=Map", Form(await PagesHub.PageAsync(browser, "/en/structures/impact"), "AAAA"));
        bomb.StatusCode.Should().Be(HttpStatusCode.BadRequest);

        using HttpClient nobody = await pages.BrowserAsync(null);
        (await nobody.GetAsync("/en/structures/impact")).Headers.Location!.ToString().Should().Contain("/en/sign-in");
    }

    private static Codelist Without(Codelist list, string code) => list with { Codes = [.. list.Codes.Where(c => c.Id != code)] };

    private static FormUrlEncodedContent Form(IHtmlDocument page, string map) => new([new("map", map), new("__RequestVerificationToken", PagesHub.Token(page))]);

    private IElement? Row(IHtmlDocument page, string state, string language)
    {
        Code code = Structures.Of<Codelist>().First(l => l.Id == "CL_AREA_EECA").Codes.First(c => c.Id == state);
        return page.QuerySelectorAll(".impact table").First().QuerySelectorAll("tbody tr").FirstOrDefault(r => r.Children[0].TextContent == code.Name[language]);
    }

    private static async Task<IHtmlDocument> SendAsync(HttpClient browser, string language, Maintainable artefact)
    {
        using MemoryStream message = new();
        StructureMessageWriter30.Write(message, [artefact], new MessageHeader { Id = "T", Prepared = "2026-01-01T00:00:00Z", SenderId = "T" }, new IssueList(), false);
        return await SendAsync(browser, language, message.ToArray());
    }

    private static async Task<IHtmlDocument> SendAsync(HttpClient browser, string language, byte[]? message)
    {
        IHtmlDocument form = await PagesHub.PageAsync(browser, $"/{language}/structures/impact");
        using MultipartFormDataContent content = new() { { new StringContent(PagesHub.Token(form)), "__RequestVerificationToken" } };
        if (message is not null)
        {
            content.Add(new ByteArrayContent(message), "File", "structures.xml");
        }

        HttpResponseMessage answer = await browser.PostAsync($"/{language}/structures/impact", content);
        string text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.Should().Be(HttpStatusCode.OK, text.Length > 500 ? text[..500] : text);
        return new HtmlParser().ParseDocument(text);
    }
}
