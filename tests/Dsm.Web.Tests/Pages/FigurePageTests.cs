using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Dsm.Web.Tests.Pages;

[Collection(PagesCollection.Name)]
public sealed class FigurePageTests(PagesHub pages)
{
    [Fact]
    public async Task Adds_up_what_was_not_sent_as_a_total_and_never_persons_and_cases()
    {
        using HttpClient browser = await pages.BrowserAsync(null);
        IHtmlDocument page = await PagesHub.PageAsync(browser, "/en" + PagesHub.Flow);
        string[][] rows = [.. page.QuerySelectorAll("table.figures tbody tr").Select(r => r.Children.Select(c => c.TextContent.Trim()).ToArray())];

        // 1000 + 30 of Afghanistan, and of Syria the total of 200 alone, not its parts beside it.
        rows.Should().Contain(r => r.Any(c => c.StartsWith("Persons", StringComparison.Ordinal)) && r.Any(c => c.StartsWith("1,230", StringComparison.Ordinal)));
        rows.Should().Contain(r => r.Any(c => c.StartsWith("Cases", StringComparison.Ordinal)) && r.Any(c => c.StartsWith("700,000", StringComparison.Ordinal)));
        page.QuerySelector("main")!.TextContent.Should().Contain("sum of the series in the hub");
        page.QuerySelectorAll("svg").Should().NotBeEmpty();
        page.QuerySelectorAll("svg").Should().OnlyContain(s => s.QuerySelector("title") != null || s.HasAttribute("aria-label"));
    }

    [Fact]
    public async Task Shows_every_series_as_it_was_sent_with_numbers_by_the_language()
    {
        using HttpClient browser = await pages.BrowserAsync(null);
        IHtmlDocument page = await PagesHub.PageAsync(browser, "/ru" + PagesHub.Flow + "?view=series&UNIT_MEASURE=PS&from=2023");
        IHtmlTableElement table = (IHtmlTableElement)page.QuerySelector("table.figures")!;
        table.Caption.Should().NotBeNull();
        table.QuerySelectorAll("tbody tr").Length.Should().Be(5);
        table.TextContent.Should().Contain("Афганистан").And.Contain("1\u00a0000").And.NotContain("700");
    }

    [Fact]
    public async Task Shows_confidential_figures_only_to_those_who_may_see_them()
    {
        foreach ((string? user, bool sees) in new[] { (null, false), ("arm", false), ("aze", true), ("coordinator", true) })
        {
            using HttpClient browser = await pages.BrowserAsync(user);
            foreach (string view in new[] { "", "?view=series", "?CITIZENSHIP=IRQ" })
            {
                IHtmlDocument page = await PagesHub.PageAsync(browser, "/en" + PagesHub.Flow + view);
                page.QuerySelector("main")!.TextContent.Contains("4,321", StringComparison.Ordinal).Should().Be(sees, "{0} looks at '{1}'", user, view);
            }

            IHtmlDocument choices = await PagesHub.PageAsync(browser, "/en" + PagesHub.Flow);
            choices.QuerySelectorAll("#CITIZENSHIP option").Any(o => o.GetAttribute("value") == "IRQ").Should().Be(sees, "the choices of {0} tell nothing either", user);
            IHtmlDocument home = await PagesHub.PageAsync(browser, "/en/");
            IElement cell = home.QuerySelectorAll(".matrix a").Single(a => a.GetAttribute("href")!.Contains("DF_ASYLAPP/1.0.0?REF_AREA=AZE", StringComparison.Ordinal));
            cell.QuerySelector("b")!.TextContent.Should().Be(sees ? "2025" : "2024", "for {0}", user);
        }
    }

    [Fact]
    public async Task Gives_the_address_behind_the_figures_and_downloads_of_the_same_choice()
    {
        using HttpClient browser = await pages.BrowserAsync(null);
        IHtmlDocument page = await PagesHub.PageAsync(browser, "/en" + PagesHub.Flow + "?CITIZENSHIP=AFG&UNIT_MEASURE=PS&from=2024");
        string[] downloads = [.. page.QuerySelectorAll("a[download]").Select(a => a.GetAttribute("href")!)];
        downloads.Should().HaveCount(4);
        foreach (string link in downloads)
        {
            string message = await browser.GetStringAsync(link);
            message.Should().Contain("1000").And.Contain("30").And.NotContain("700000").And.NotContain("SYR");
        }
    }

    [Fact]
    public async Task Every_cell_of_the_coverage_leads_to_its_last_figure()
    {
        using HttpClient browser = await pages.BrowserAsync(null);
        IHtmlDocument home = await PagesHub.PageAsync(browser, "/en/");
        IElement[] cells = [.. home.QuerySelectorAll(".matrix tbody a")];
        cells.Should().HaveCount(2);
        foreach (IElement cell in cells)
        {
            IHtmlDocument page = await PagesHub.PageAsync(browser, cell.GetAttribute("href")!);
            page.QuerySelectorAll("table.figures thead th").Last().TextContent.Should().Be(cell.QuerySelector("b")!.TextContent);
        }
    }

    [Fact]
    public async Task Says_what_a_state_has_when_the_choice_fits_nothing()
    {
        using HttpClient browser = await pages.BrowserAsync(null);
        IHtmlDocument page = await PagesHub.PageAsync(browser, "/en" + PagesHub.Flow + "?REF_AREA=TJK&FREQ=A&from=2016");
        page.QuerySelector("table.figures").Should().BeNull();
        IHtmlDocument found = await PagesHub.PageAsync(browser, page.QuerySelector(".note a")!.GetAttribute("href")!);
        found.QuerySelector("table.figures")!.TextContent.Should().Contain("2011-Q3");
    }

    [Fact]
    public async Task Never_draws_persons_and_cases_on_one_scale()
    {
        using HttpClient browser = await pages.BrowserAsync(null);
        IHtmlDocument both = await PagesHub.PageAsync(browser, "/en" + PagesHub.Flow + "?REF_AREA=AZE");
        both.QuerySelectorAll("table.figures tbody tr").Length.Should().Be(2);
        both.QuerySelector("figure.chart").Should().BeNull();
        both.QuerySelectorAll(".multiples svg").Length.Should().Be(2);
        IHtmlDocument persons = await PagesHub.PageAsync(browser, "/en" + PagesHub.Flow + "?REF_AREA=AZE&UNIT_MEASURE=PS");
        persons.QuerySelector("figure.chart svg").Should().NotBeNull();
    }
}
