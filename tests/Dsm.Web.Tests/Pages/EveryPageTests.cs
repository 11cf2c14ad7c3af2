using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Dsm.Web.Localisation;

namespace Dsm.Web.Tests.Pages;

[Collection(PagesCollection.Name)]
public sealed partial class EveryPageTests(PagesHub pages)
{
    private const long MaxBytes = 100_000;

    public static TheoryData<string, string?> Pages()
    {
        TheoryData<string, string?> data = [];
        foreach (string? user in new[] { null, "aze", "coordinator" })
        {
            foreach (string path in new[]
            {
                "/", "/data", PagesHub.Flow, PagesHub.Flow + "?view=series", PagesHub.Flow + "?REF_AREA=AZE&from=", PagesHub.Flow + "?CITIZENSHIP=XXX",
                "/data/EECA/DF_WPERMIT/1.0.0", "/structures", "/structures?q=sex", "/structures/Codelist/EECA/CL_CITIZENSHIP/1.0.0", "/structures/DataStructure/EECA/DSD_RSD/1.0.0",
                "/data/try", "/data/try?flow=EECA:DF_ASYLAPP(1.0.0)", "/data/try?flow=EECA:DF_ASYLAPP(1.0.0)&REF_AREA=AZE&from=2023&format=json10&ask=1",
                "/harvests", "/submissions", "/about",
            })
            {
                data.Add(path, user);
            }
        }

        foreach (string path in new[]
        {
            "/structures", "/structures/new", "/structures/upload", "/structures/drafts", "/structures/log", "/structures/log/1", "/structures/translations",
            "/structures/Codelist/EECA/CL_CITIZENSHIP/1.0.0", "/structures/Codelist/EECA/CL_CITIZENSHIP/1.0.0/translate?all=true", "/structures/Codelist/EECA/CL_CITIZENSHIP/1.0.0/compare", "/structures/Hierarchy/EECA/H_CIS/1.0.0",
        })
        {
            data.Add(path, "structures");
        }

        foreach (Dsm.Sdmx.Model.StructureType kind in Dsm.Web.Pages.Structures.NewModel.Kinds)
        {
            data.Add("/structures/new?kind=" + kind.Class, "structures");
        }

        foreach (string path in new[] { "", "/new", "/new?kind=Code", "/new?kind=Indicator", "/new?kind=Definition", "/new?kind=Definition&item=IN&of=urn:sdmx:org.sdmx.infomodel.codelist.Codelist=EECA:CL_DIRECTION(1.0.0)" })
        {
            data.Add("/structures/proposals" + path, "aze");
        }

        data.Add("/structures/proposals", null);
        data.Add("/structures/national", null);
        data.Add("/structures/national/KGZ", null);
        data.Add("/structures/national/MDA", "mda-admin");
        data.Add("/structures/subscriptions", null);
        data.Add("/structures/subscriptions?agency=EECA&type=Codelist&drafts=true", "aze");
        data.Add("/structures/subscriptions/confirm?word=x", null);
        data.Add("/structures/subscriptions/end", null);
        data.Add("/sign-in", null);
        data.Add("/sign-out", "aze");
        data.Add("/data/queries", "aze");
        data.Add("/data/queries", "structures");
        data.Add("/submissions/1", "aze");
        data.Add("/submissions/new", "aze");
        data.Add("/structures/impact", "aze");
        data.Add("/submissions/new?state=AZE", "coordinator");
        return data;
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Is_whole_in_both_languages(string path, string? user)
    {
        using HttpClient browser = await pages.BrowserAsync(user);
        foreach (string language in new[] { "en", "ru" })
        {
            IHtmlDocument page = await PagesHub.PageAsync(browser, "/" + language + path);
            page.DocumentElement.GetAttribute("lang").Should().Be(language);
            page.QuerySelectorAll("h1").Should().ContainSingle().Which.TextContent.Trim().Should().NotBeEmpty();
            page.Title.Should().NotBeNullOrWhiteSpace();
            page.QuerySelectorAll("script, style, [style], [onclick], [onchange]").Should().BeEmpty("the content security policy forbids them");
            page.QuerySelectorAll("[src], [href], [action]").SelectMany(e => new[] { e.GetAttribute("src"), e.GetAttribute("href"), e.GetAttribute("action") })
                .OfType<string>().Where(u => u.Contains("//", StringComparison.Ordinal)).Should().BeEmpty("nothing comes from elsewhere");
            KeysIn(page).Should().BeEmpty("a text is shown, never its key");
            Headings(page).Should().BeInAscendingOrder("no level of headings is left out");
            page.QuerySelectorAll("main table").Where(t => t.QuerySelectorAll("thead th:not([scope]), tbody th:not([scope])").Length > 0).Should().BeEmpty("headers of tables say what they head");
            page.QuerySelectorAll("main select, main input:not([type=hidden]):not([type=checkbox])")
                .Where(f => page.QuerySelector($"label[for='{f.Id}']") is null).Should().BeEmpty("every field has a label");
            page.QuerySelectorAll("[id]").GroupBy(e => e.Id).Where(g => g.Count() > 1).Should().BeEmpty("ids are unique");
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/structures")]
    [InlineData("/structures/Codelist/EECA/CL_CITIZENSHIP/1.0.0")]
    [InlineData(PagesHub.Flow)]
    [InlineData("/site.css")]
    public async Task Stays_small_on_a_slow_line(string path)
    {
        using HttpClient browser = await pages.BrowserAsync(null);
        using HttpRequestMessage request = new(HttpMethod.Get, path.EndsWith(".css", StringComparison.Ordinal) ? path : "/ru" + path);
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        HttpResponseMessage answer = await browser.SendAsync(request);
        byte[] packed = await answer.Content.ReadAsByteArrayAsync();
        answer.Content.Headers.ContentEncoding.Should().Equal("gzip");
        packed.LongLength.Should().BeLessThan(MaxBytes);
        using GZipStream gzip = new(new MemoryStream(packed), CompressionMode.Decompress);
        using StreamReader text = new(gzip);
        (await text.ReadToEndAsync()).Should().NotBeEmpty();
    }

    [Fact]
    public async Task Links_of_the_frame_lead_somewhere_and_keep_the_language()
    {
        using HttpClient browser = await pages.BrowserAsync(null);
        IHtmlDocument home = await PagesHub.PageAsync(browser, "/ru/");
        string[] links = [.. home.QuerySelectorAll("header a, footer a, head link").Select(a => a.GetAttribute("href")!).Where(h => !h.StartsWith('#')).Distinct()];
        links.Should().HaveCountGreaterThan(8);
        foreach (string link in links)
        {
            (await browser.GetAsync(link)).StatusCode.Should().Be(HttpStatusCode.OK, link);
        }

        home.QuerySelectorAll("header nav a").Should().OnlyContain(a => a.GetAttribute("href")!.StartsWith("/ru/"));
        (await browser.GetAsync("/")).Headers.Location!.ToString().Should().Be("/ru/", "the last language is remembered");
    }

    [Fact]
    public async Task Links_of_home_and_data_lead_to_figures()
    {
        using HttpClient browser = await pages.BrowserAsync(null);
        foreach (string from in new[] { "/en/", "/en/data", "/en" + PagesHub.Flow })
        {
            IHtmlDocument page = await PagesHub.PageAsync(browser, from);
            foreach (string link in page.QuerySelectorAll("main a").Select(a => a.GetAttribute("href")!).Distinct())
            {
                (await browser.GetAsync(link.StartsWith('?') ? from + link : link)).StatusCode.Should().Be(HttpStatusCode.OK, "{0} on {1}", link, from);
            }
        }
    }

    [Theory]
    [InlineData("/en/data/EECA/NOWHERE/1.0.0")]
    [InlineData("/en/structures/Codelist/EECA/CL_NONE/1.0.0")]
    [InlineData("/en/nothing")]
    [InlineData("/ru/harvests/nothing")]
    public async Task Says_in_words_that_there_is_no_such_page(string path)
    {
        using HttpClient browser = await pages.BrowserAsync(null);
        HttpResponseMessage answer = await browser.GetAsync(path);
        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("<h1>").And.Contain($"<html lang=\"{path[1..3]}\"");
    }

    private static IEnumerable<string> KeysIn(IHtmlDocument page)
    {
        HashSet<string> keys = [.. new TextCatalogue().Keys("en")];
        return page.Body!.Descendants<IText>().SelectMany(t => KeyShape().Matches(t.Data)).Select(m => m.Value)
            .Where(k => keys.Contains(k) || keys.Contains(k + ".one") || keys.Any(known => known.StartsWith(k.Split('.')[0] + ".", StringComparison.Ordinal) && k.Split('.').Length > 1));
    }

    // Steps between headings as they come: deeper by more than one is out of order.
    private static IEnumerable<int> Headings(IHtmlDocument page)
    {
        int[] levels = [.. page.QuerySelectorAll("main h1, main h2, main h3, main h4").Select(h => h.TagName[1] - '0')];
        return levels.Skip(1).Zip(levels, (level, before) => level - before > 1 ? -1 : 0);
    }

    [GeneratedRegex(@"(?<![\w./:-])[a-z]{3,}\.[A-Za-z][\w.-]*[A-Za-z]\b")]
    private static partial Regex KeyShape();
}
