using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Model;
using Microsoft.Extensions.DependencyInjection;
using static Dsm.Web.Tests.Pages.EditorForms;

namespace Dsm.Web.Tests.Pages;

/// <summary>Officials' work on structures through the pages, as a browser without scripts does it.</summary>
[Collection(PagesCollection.Name)]
public sealed class StructureEditorTests(PagesHub pages)
{
    private StructureSet Structures => pages.Hub.Services.GetRequiredService<StructureRegistry>().Current.Structures;

    [Fact]
    public async Task A_code_is_added_to_a_stable_codelist_and_published_with_what_uses_it()
    {
        using HttpClient browser = await pages.BrowserAsync("structures");
        string draft = await DraftAsync(browser, "/en/structures/Codelist/EECA/CL_APPL_TYPE/1.0.0");
        draft.Should().Be("/en/structures/Codelist/EECA/CL_APPL_TYPE/1.1.0-draft");

        await SendAsync(browser, draft + "/edit/item", new() { ["code"] = "ZZTEST", ["name_en"] = "Test", ["name_ru"] = "Проба", ["name_<script>"] = "x", ["name_"] = "x", ["after"] = "", ["from"] = "2026-01-01" });
        Codelist edited = Find<Codelist>("EECA", "CL_APPL_TYPE", "1.1.0-draft");
        edited.Codes[0].Should().BeEquivalentTo(new { Id = "ZZTEST" });
        edited.Codes[0].Name.Texts.Select(t => t.Key).Should().BeEquivalentTo(["en", "ru"], "fields that no form has name no languages");
        edited.Codes[0].Name["ru"].Should().Be("Проба");
        Find<Codelist>("EECA", "CL_APPL_TYPE", "1.0.0").Find("ZZTEST").Should().BeNull("the stable version stays as it is");

        IHtmlDocument publish = await PagesHub.PageAsync(browser, draft + "/publish");
        publish.QuerySelector("main")!.TextContent.Should().Contain("Ready to be published as version 1.1.0").And.Contain("code ZZTEST").And.Contain("Asylum applications")
            .And.Contain("let only the codes pass that they list", "DC_WPERMIT lists the types of application that are allowed");
        publish.QuerySelector(".impact .note")!.TextContent.Should().Contain("No stored figure becomes invalid");
        publish.QuerySelector(".impact")!.TextContent.Should().Contain("Draft of the map from").And.Contain("Every code of the earlier version has a counterpart");
        publish.QuerySelectorAll("input[name=move][checked]").Should().NotBeEmpty().And.OnlyContain(i => i.GetAttribute("value")!.Contains("=EECA:"));

        HttpResponseMessage tooSmall = await PostAsync(browser, draft + "/publish", new() { ["number"] = "1.0.0" }, checkedMoves: true);
        IHtmlDocument again = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await tooSmall.Content.ReadAsStringAsync());
        again.QuerySelector("#number-error")!.TextContent.Should().Contain("at least 1.1.0");
        again.QuerySelector<IHtmlInputElement>("#number")!.Value.Should().Be("1.0.0");
        again.QuerySelectorAll("input[name=move][checked]").Length.Should().Be(publish.QuerySelectorAll("input[name=move][checked]").Length, "what is moved along stays chosen");

        HttpResponseMessage done = await PostAsync(browser, draft + "/publish", [], checkedMoves: true);
        done.StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await PagesHub.PageAsync(browser, done.Headers.Location!.ToString())).QuerySelector("main")!.TextContent.Should().Contain("Version 1.1.0 is published");
        Structures.Versions(StructureType.Codelist, "EECA", "CL_APPL_TYPE").Select(v => v.Version.ToString()).Should().Equal("1.0.0", "1.1.0");
        pages.Hub.Services.GetRequiredService<StructureRegistry>().Current
            .Schema("urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=EECA:DF_WPERMIT(1.0.0)")!.Find("APPL_TYPE")!.Codes!.IndexOf("FIRST").Should().BeGreaterThanOrEqualTo(0);
        Find<DataStructure>("EECA", "DSD_ASYLAPP", "1.1.0").References.Should().Contain(r => r.Id == "CL_APPL_TYPE" && r.Version == "1.1.0");
    }

    [Fact]
    public async Task A_table_is_looked_at_before_it_is_taken_and_its_errors_are_located()
    {
        using HttpClient browser = await pages.BrowserAsync("structures");
        string draft = await DraftAsync(browser, "/en/structures/Codelist/EECA/CL_PURPOSE/1.0.0");

        HttpResponseMessage bad = await PostAsync(browser, draft + "/edit/table", new() { ["paste"] = "id\tname:en\tparent\nOK1\tGood\t\nno good\tBad\t\nOK2\tGood\tNOWHERE\n" });
        IHtmlDocument page = await ReadAsync(bad);
        page.QuerySelectorAll("main table tbody tr").Select(r => r.Children[0].TextContent.Trim()).Should().Equal("3", "4");

        HttpResponseMessage good = await PostAsync(browser, draft + "/edit/table", new() { ["paste"] = "id\tname:en\tname:ru\nOK1\tGood\tХорошо\n" });
        page = await ReadAsync(good);
        page.QuerySelector("main")!.TextContent.Should().Contain("code OK1");
        Find<Codelist>("EECA", "CL_PURPOSE", "1.1.0-draft").Find("OK1").Should().BeNull("nothing is taken before it was looked at");
        IHtmlFormElement apply = page.QuerySelectorAll<IHtmlFormElement>("form").Single(f => f.Action.EndsWith("handler=Apply", StringComparison.Ordinal));
        (await browser.PostAsync(apply.GetAttribute("action"), Form(apply, []))).StatusCode.Should().Be(HttpStatusCode.Redirect);
        Find<Codelist>("EECA", "CL_PURPOSE", "1.1.0-draft").Find("OK1")!.Name["ru"].Should().Be("Хорошо");

        string csv = await browser.GetStringAsync(draft + "/items?handler=Csv");
        csv.Should().Contain("OK1").And.Contain("Хорошо");
        byte[] workbook = await browser.GetByteArrayAsync(draft + "/items?handler=Xlsx");
        Dsm.Exchange.Registry.Editing.SheetFile.ReadWorkbook(new MemoryStream(workbook)).Rows.Should().Contain(r => r.Contains("OK1") && r.Contains("Хорошо"));

        await SendAsync(browser, draft + "/edit", [], "Discard");
        Structures.Versions(StructureType.Codelist, "EECA", "CL_PURPOSE").Should().ContainSingle("the draft was thrown away");
    }

    [Fact]
    public async Task A_message_is_planned_applied_and_rolled_back_and_its_errors_are_located()
    {
        using HttpClient browser = await pages.BrowserAsync("structures");
        IHtmlDocument broken = await ReadAsync(await UploadAsync(browser, "<mes:Structure xmlns:mes=\"http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message\">\n<oops"));
        broken.QuerySelector("[role=alert]")!.TextContent.Should().Contain("Line 2, column");

        Codelist list = new() { AgencyId = "EECA", Id = "CL_UPLOADED", Version = SdmxVersion.Parse("1.0.0"), Name = LocalisedText.Of("Uploaded"), Codes = [new Code { Id = "A", Name = LocalisedText.Of("A") }] };
        using MemoryStream message = new();
        Dsm.Sdmx.Formats.StructureMessages.Write(Dsm.Sdmx.Formats.MediaTypes.StructureXml30, message, [list], new() { Id = "T" }, new());
        IHtmlDocument planned = await ReadAsync(await UploadAsync(browser, Encoding.UTF8.GetString(message.ToArray())));
        planned.QuerySelector("main")!.TextContent.Should().Contain("EECA:CL_UPLOADED(1.0.0)");
        Structures.Find(list.Reference).Should().BeNull("a plan changes nothing");

        IHtmlFormElement apply = planned.QuerySelectorAll<IHtmlFormElement>("form").Single(f => f.Action.EndsWith("handler=Apply", StringComparison.Ordinal));
        HttpResponseMessage applied = await browser.PostAsync(apply.GetAttribute("action"), Form(apply, new() { ["comment"] = "as agreed" }));
        string entry = applied.Headers.Location!.ToString();
        Structures.Find(list.Reference).Should().NotBeNull();
        IHtmlDocument log = await PagesHub.PageAsync(browser, entry);
        log.QuerySelector("main")!.TextContent.Should().Contain("as agreed").And.Contain("CL_UPLOADED");
        (await browser.GetByteArrayAsync(entry + "?handler=Message")).Should().Equal(message.ToArray());

        (await PostAsync(browser, entry, new() { ["comment"] = "not yet" })).Headers.Location!.ToString().Should().Contain("done=");
        Structures.Find(list.Reference).Should().BeNull();
    }

    [Fact]
    public async Task Missing_translations_are_filled_in_place()
    {
        using HttpClient browser = await pages.BrowserAsync("structures");
        IHtmlDocument page = await PagesHub.PageAsync(browser, "/en/structures/Codelist/EECA/CL_DIRECTION/1.0.0/translate?other=tg");
        page.QuerySelector("table.fill")!.TextContent.Should().Contain("Tajik", "a language in which nothing is yet can be begun");
        page = await PagesHub.PageAsync(browser, "/en/structures/Codelist/EECA/CL_DIRECTION/1.0.0/translate?to=ky");
        page.QuerySelectorAll("table.fill tbody tr").Should().HaveCountGreaterThan(2);
        HttpResponseMessage saved = await PostAsync(browser, "/en/structures/Codelist/EECA/CL_DIRECTION/1.0.0/translate?to=ky", new() { ["t0"] = "Багыт" });
        saved.Headers.Location!.ToString().Should().Contain("1.1.0-draft/translate");
        Find<Codelist>("EECA", "CL_DIRECTION", "1.1.0-draft").Name["ky"].Should().Be("Багыт");
        (await PagesHub.PageAsync(browser, "/ru/structures/Codelist/EECA/CL_DIRECTION/1.1.0-draft/compare")).QuerySelector("main")!.TextContent.Should().Contain("Багыт");
        await SendAsync(browser, "/en/structures/Codelist/EECA/CL_DIRECTION/1.1.0-draft/edit", [], "Discard");
    }

    [Fact]
    public async Task A_finished_version_is_not_deleted_but_its_use_is_ended()
    {
        using HttpClient browser = await pages.BrowserAsync("structures");
        const string path = "/en/structures/Codelist/EECA/CL_DEC_LEVEL/1.0.0";
        await SendAsync(browser, path, new() { ["until"] = "2030-12-31", ["comment"] = "replaced" }, "End");
        Find<Codelist>("EECA", "CL_DEC_LEVEL", "1.0.0").ValidTo.Should().StartWith("2030-12-31");
        await SendAsync(browser, path, new() { ["until"] = "" }, "End");
        Find<Codelist>("EECA", "CL_DEC_LEVEL", "1.0.0").ValidTo.Should().BeNull();

        IHtmlDocument page = await PagesHub.PageAsync(browser, path);
        IHtmlFormElement form = page.QuerySelectorAll<IHtmlFormElement>("main form").First();
        IHtmlDocument refused = await ReadAsync(await browser.PostAsync(path + "?handler=Delete", Form(form, [])));
        refused.QuerySelector("[role=alert]")!.TextContent.Should().Contain("Codelist EECA:CL_DEC_LEVEL(1.0.0)").And.Contain("data structure EECA:DSD_RSD(1.0.0)").And.NotContain("urn:sdmx");
    }

    [Theory]
    [InlineData("/en/structures/drafts")]
    [InlineData("/en/structures/log")]
    [InlineData("/en/structures/upload")]
    [InlineData("/en/structures/translations")]
    [InlineData("/en/structures/new")]
    public async Task Who_maintains_nothing_is_told_so(string path)
    {
        using HttpClient focal = await pages.BrowserAsync("aze");
        (await focal.GetAsync(path)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await pages.Hub.NewClient(new CookieContainer()).GetAsync(path)).StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Nobody_changes_what_he_does_not_maintain()
    {
        using HttpClient focal = await pages.BrowserAsync("aze");
        IHtmlDocument page = await PagesHub.PageAsync(focal, "/en/structures/Codelist/EECA/CL_OUTCOME/1.0.0");
        page.QuerySelectorAll("main form").Should().BeEmpty();
        string token = (await PagesHub.PageAsync(focal, "/en/submissions/new")).QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        HttpResponseMessage forced = await focal.PostAsync("/en/structures/Codelist/EECA/CL_OUTCOME/1.0.0?handler=Draft", new FormUrlEncodedContent([new("__RequestVerificationToken", token)]));
        forced.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        Structures.Versions(StructureType.Codelist, "EECA", "CL_OUTCOME").Should().ContainSingle();

        using HttpClient maintainer = await pages.BrowserAsync("structures");
        (await maintainer.PostAsync("/en/structures/Codelist/EECA/CL_OUTCOME/1.0.0?handler=Draft", new FormUrlEncodedContent([]))).StatusCode
            .Should().Be(HttpStatusCode.BadRequest, "a forged form is refused");
        (await PagesHub.PageAsync(maintainer, "/en/structures/Codelist/EECA.KGZ/CL_KGZ_CHECHIM/1.0.0")).QuerySelectorAll("main form").Should().BeEmpty("a national space is its state's");
    }

    private T Find<T>(string agency, string id, string version)
        where T : Maintainable => Structures.Of<T>().Single(a => a.AgencyId == agency && a.Id == id && a.Version.ToString() == version);
}
