using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Dsm.Web.Tests.Hosting;

namespace Dsm.Web.Tests.Pages;

[Collection(PagesCollection.Name)]
public sealed partial class SubmissionPageTests(PagesHub pages)
{
    private const string Choice = PagesHub.Agreement + " regional";

    [Fact]
    public async Task A_bad_file_gets_a_located_receipt_in_both_languages_and_changes_nothing()
    {
        using HttpClient browser = await pages.BrowserAsync("aze");
        string bad = PagesHub.Csv(PagesHub.Row("AFG", "N", "PS", "2024", "9999"), PagesHub.Row("ZZQ", "N", "PS", "2024", "5"), PagesHub.Row("AFG", "N", "PS", "20x9", "5"), PagesHub.Row("AFG", "R", "PS", "2023", "many"));
        string receipt = await SendAsync(browser, bad, Choice);

        IHtmlDocument english = await FinishedAsync(browser, receipt);
        string text = english.QuerySelector("main")!.TextContent;
        text.Should().Contain("Nothing was published").And.Contain("ZZQ").And.Contain("20x9").And.Contain("many");
        english.QuerySelectorAll(".finding tbody tr").Select(r => r.Children[0].TextContent.Trim()).Should().Contain(["3", "4", "5"], "each finding names its line");
        IHtmlDocument russian = await PagesHub.PageAsync(browser, receipt.Replace("/en/", "/ru/", StringComparison.Ordinal));
        russian.QuerySelector("main")!.TextContent.Should().Contain("Ничего не опубликовано").And.Contain("ZZQ").And.NotContain("is not in codelist");

        string csv = await browser.GetStringAsync(receipt + "?handler=Findings");
        csv.Should().Contain("ZZQ").And.Contain(",3,");
        (await browser.GetStringAsync(receipt + "?handler=File")).Should().Be(bad, "the file is kept as it came");
        (await browser.GetStringAsync("/en" + PagesHub.Flow)).Should().NotContain("9,999");
        (await browser.GetStringAsync("/en/")).Should().Contain(receipt, "it is in the list of what needs the sender");

        using HttpClient other = await pages.BrowserAsync("arm");
        foreach (string path in new[] { receipt, receipt + "?handler=Findings", receipt + "?handler=File" })
        {
            (await other.GetAsync(path)).StatusCode.Should().Be(HttpStatusCode.NotFound, "receipts of others do not exist");
            (await pages.Hub.NewClient(new CookieContainer()).GetAsync(path)).StatusCode.Should().Be(HttpStatusCode.Redirect, "nobody in particular is led to sign in");
        }
    }

    [Fact]
    public async Task A_good_file_can_be_checked_first_and_published_then()
    {
        using HttpClient browser = await pages.BrowserAsync("aze");
        string receipt = await SendAsync(browser, PagesHub.Csv(PagesHub.Row("GEO", "N", "PS", "2020", "61")), Choice, checkOnly: true);
        IHtmlDocument page = await FinishedAsync(browser, receipt);
        page.QuerySelector("main")!.TextContent.Should().Contain("would add 1");
        (await browser.GetStringAsync("/en" + PagesHub.Flow + "?CITIZENSHIP=GEO&from=2020")).Should().NotContain(">61<");

        HttpResponseMessage again = await browser.PostAsync(receipt, new FormUrlEncodedContent([new("__RequestVerificationToken", PagesHub.Token(page))]));
        again.Headers.Location!.ToString().Should().EndWith(receipt);
        await pages.Hub.EventuallyAsync(async () => (await browser.GetStringAsync(receipt)).Contains("Published: 1 figures are new", StringComparison.Ordinal));
        (await browser.GetStringAsync("/en" + PagesHub.Flow + "?CITIZENSHIP=GEO&from=2020")).Should().Contain(">61<");
    }

    [Theory]
    [InlineData("/en/structures/upload", "structures", 60, 413, "51 MB")]
    [InlineData("/ru/structures/upload", "structures", 60, 413, "51 МБ")]
    [InlineData("/en/structures/upload", "structures", 40, 200, "alert")]
    [InlineData("/en/structures/impact", "aze", 40, 413, "20 MB")]
    [InlineData("/en/structures/proposals/new?kind=Indicator", "aze", 40, 413, "30 MB")]
    public async Task A_file_that_is_too_large_gets_an_answer_with_the_limit(string path, string user, int megabytes, int status, string text)
    {
        using HttpClient browser = await pages.BrowserAsync(user);
        string token = PagesHub.Token(await PagesHub.PageAsync(browser, path));
        HttpResponseMessage answer = await browser.PostAsync(path, new MultipartFormDataContent
        {
            { new StringContent(token), "__RequestVerificationToken" }, { new StringContent("Replace"), "action" }, { new ByteArrayContent(new byte[megabytes * 1_000_000]), "file", "message.xml" },
        });
        ((int)answer.StatusCode).Should().Be(status);
        (await answer.Content.ReadAsStringAsync()).Should().Contain(text);
    }

    [Fact]
    public async Task Says_beside_the_field_what_is_missing()
    {
        using HttpClient browser = await pages.BrowserAsync("aze");
        HttpResponseMessage answer = await PostAsync(browser, "", "");
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        IHtmlDocument page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        page.QuerySelectorAll("[role=alert] a").Select(a => a.GetAttribute("href")).Should().Equal("#for", "#file");
        page.QuerySelectorAll("[aria-invalid=true]").Should().HaveCount(2);
    }

    [Fact]
    public async Task Takes_nothing_for_a_state_the_sender_does_not_work_for()
    {
        using HttpClient browser = await pages.BrowserAsync("arm");
        HttpResponseMessage answer = await PostAsync(browser, PagesHub.Csv(PagesHub.Row("AFG", "N", "PS", "2024", "1")), Choice);
        answer.StatusCode.Should().Be(HttpStatusCode.OK, "the form is shown again");
        (await browser.GetStringAsync("/en/submissions")).Should().NotContain("sent by arm");
    }

    [Theory]
    [InlineData("/en/submissions/new")]
    [InlineData("/en/submissions/1")]
    [InlineData("/en/harvests?handler=Run")]
    [InlineData("/en/harvests?handler=Stop")]
    [InlineData("/en/sign-out")]
    public async Task Nobody_writes_without_signing_in_or_with_a_forged_form(string path)
    {
        using HttpClient nobody = await pages.BrowserAsync(null);
        HttpResponseMessage refused = await nobody.PostAsync(path, new FormUrlEncodedContent([new("id", "x")]));
        refused.StatusCode.Should().BeOneOf(HttpStatusCode.Redirect, HttpStatusCode.BadRequest);
        if (refused.StatusCode == HttpStatusCode.Redirect)
        {
            refused.Headers.Location!.ToString().Should().Contain("/en/sign-in");
        }

        using HttpClient somebody = await pages.BrowserAsync("aze");
        (await somebody.PostAsync(path, new FormUrlEncodedContent([new("id", "x")]))).StatusCode.Should().Be(HttpStatusCode.BadRequest, "the form carries no token");
    }

    private static async Task<string> SendAsync(HttpClient browser, string content, string choice, bool checkOnly = false)
    {
        HttpResponseMessage answer = await PostAsync(browser, content, choice, checkOnly);
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        return ReceiptPath().Match(answer.Headers.Location!.ToString()).Value;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string content, string choice, bool checkOnly = false)
    {
        string token = PagesHub.Token(await PagesHub.PageAsync(browser, "/en/submissions/new"));
        using MultipartFormDataContent form = new()
        {
            { new StringContent(token), "__RequestVerificationToken" },
            { new StringContent(choice), "For" },
            { new StringContent(checkOnly ? "true" : "false"), "CheckOnly" },
        };
        if (content.Length > 0)
        {
            form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "File", "figures.csv");
        }

        return await browser.PostAsync("/en/submissions/new", form);
    }

    private async Task<IHtmlDocument> FinishedAsync(HttpClient browser, string receipt)
    {
        IHtmlDocument page = null!;
        await pages.Hub.EventuallyAsync(async () => (page = await PagesHub.PageAsync(browser, receipt)).QuerySelector("meta[http-equiv=refresh]") is null);
        return page;
    }

    [GeneratedRegex("/en/submissions/[0-9]+$")]
    private static partial Regex ReceiptPath();
}
