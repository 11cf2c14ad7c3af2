using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Model;
using Microsoft.Extensions.DependencyInjection;
using static Dsm.Web.Tests.Pages.EditorForms;

namespace Dsm.Web.Tests.Pages;

/// <summary>What taking a change back would do is said before the button is pressed.</summary>
[Collection(PagesCollection.Name)]
public sealed class RollBackPageTests(PagesHub pages)
{
    private StructureRegistry Registry => pages.Hub.Services.GetRequiredService<StructureRegistry>();

    [Fact]
    public async Task The_page_of_a_change_shows_what_taking_it_back_would_do_and_what_stands_against_it()
    {
        using HttpClient browser = await pages.BrowserAsync("structures");
        await SendAsync(browser, "/en/structures/new?kind=Codelist", new() { ["agency"] = "EECA", ["id"] = "CL_BACK", ["name_en"] = "To and fro", ["name_ru"] = "Туда и обратно" });
        long added = Registry.Current.Transaction;
        const string draft = "/en/structures/Codelist/EECA/CL_BACK/1.0.0-draft";
        await SendAsync(browser, draft + "/edit/item", new() { ["code"] = "A", ["name_en"] = "First" });
        long changed = Registry.Current.Transaction;
        await SendAsync(browser, "/en/structures/new?kind=RepresentationMap", new() { ["agency"] = "EECA", ["id"] = "RM_BACK", ["name_en"] = "Uses it", ["source"] = Draft("CL_BACK").Urn, ["target"] = Draft("CL_BACK").Urn });
        long used = Registry.Current.Transaction;

        // What was changed since is named, and leads there; there is no button to press in vain.
        IHtmlDocument early = await PagesHub.PageAsync(browser, $"/en/structures/log/{added}");
        early.QuerySelector(".note.warn")!.TextContent.Should().Contain("As things are, it cannot be taken back").And.Contain("structures");
        early.QuerySelector($".note.warn a[href='/en/structures/log/{changed}']")!.TextContent.Should().Be($"Change {changed}");
        early.QuerySelectorAll("main button.danger").Should().BeEmpty();

        IHtmlDocument preview = await PagesHub.PageAsync(browser, $"/ru/structures/log/{changed}");
        preview.QuerySelector("main")!.TextContent.Should().Contain("Что изменит отмена").And.Contain("станет прежним").And.Contain("Туда и обратно");
        preview.QuerySelector("table.changes tbody tr")!.TextContent.Should().Contain("код A").And.Contain("удалено");
        preview.QuerySelectorAll("h3 ~ .scroll a").Select(a => a.TextContent).Should().Contain("Uses it", "who uses it is said");
        await TakeBackAsync(browser, changed);

        IHtmlDocument goes = await PagesHub.PageAsync(browser, $"/en/structures/log/{used}");
        goes.QuerySelector("#preview ~ .scroll td")!.TextContent.Should().Be("goes");
        long before = Registry.Current.Transaction;
        await PagesHub.PageAsync(browser, $"/en/structures/log/{used}");
        Registry.Current.Transaction.Should().Be(before, "a look changes nothing");
        await TakeBackAsync(browser, used);
        Registry.Current.Structures.Of<RepresentationMap>().Should().NotContain(m => m.Id == "RM_BACK");
        (await PagesHub.PageAsync(browser, $"/en/structures/log/{used}")).QuerySelector("#preview").Should().BeNull("it was taken back already");
        await SendAsync(browser, draft + "/edit", [], "Discard");
    }

    [Fact]
    public async Task Who_does_not_maintain_all_of_a_change_sees_no_preview()
    {
        using HttpClient browser = await pages.BrowserAsync("structures"), country = await pages.BrowserAsync("mda-admin");
        await SendAsync(browser, "/en/structures/new?kind=Codelist", new() { ["agency"] = "EECA", ["id"] = "CL_THEIRS", ["name_en"] = "Theirs" });
        long added = Registry.Current.Transaction;

        (await PagesHub.PageAsync(browser, $"/en/structures/log/{added}")).QuerySelector("#preview").Should().NotBeNull();
        (await PagesHub.PageAsync(country, $"/en/structures/log/{added}")).QuerySelector("#preview").Should().BeNull();
        await SendAsync(browser, "/en/structures/Codelist/EECA/CL_THEIRS/1.0.0-draft/edit", [], "Discard");
    }

    private static async Task TakeBackAsync(HttpClient browser, long number)
    {
        HttpResponseMessage answer = await PostAsync(browser, $"/en/structures/log/{number}", []);
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().Should().Contain("done=");
    }

    private Maintainable Draft(string id) => Registry.Current.Structures.All.Single(a => a.Id == id && a.Version.ToString() == "1.0.0-draft");
}
