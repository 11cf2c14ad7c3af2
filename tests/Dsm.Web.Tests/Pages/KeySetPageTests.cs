using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;
using Microsoft.Extensions.DependencyInjection;
using static Dsm.Web.Tests.Pages.EditorForms;

namespace Dsm.Web.Tests.Pages;

/// <summary>Sets of keys of constraints by form and by table. Every draft that a test makes, it throws away.</summary>
[Collection(PagesCollection.Name)]
public sealed class KeySetPageTests(PagesHub pages)
{
    private const string Constraint = "/en/structures/DataConstraint/EECA/DC_WPERMIT/1.0.0";

    [Fact]
    public async Task A_set_of_keys_is_made_by_choosing_codes()
    {
        using HttpClient browser = await pages.BrowserAsync("structures");
        string draft = await DraftAsync(browser, Constraint);
        string russian = draft.Replace("/en/", "/ru/", StringComparison.Ordinal);
        IHtmlDocument form = await PagesHub.PageAsync(browser, russian + "/edit/key");
        form.QuerySelector("label[for=v_SEX]")!.TextContent.Should().StartWith("Пол");
        form.QuerySelector("#v_SEX option[value=F]")!.TextContent.Should().Contain("Женщины");

        IHtmlDocument nothing = await ReadAsync(await PostAsync(browser, russian + "/edit/key", new() { ["from"] = "2030", ["to"] = "2020" }));
        nothing.QuerySelector("#v_FREQ-error")!.TextContent.Should().StartWith("Выберите хотя бы один код");
        nothing.QuerySelector("#to-error")!.TextContent.Should().Be("Последний период раньше первого.");
        nothing.QuerySelector("#from")!.GetAttribute("value").Should().Be("2030", "what was typed stays");

        HttpResponseMessage answer = await PostAsync(browser, draft + "/edit/key", new() { ["included"] = "false", ["v_REF_AREA"] = "ARM", ["v_SEX"] = "F", ["from"] = "2020", ["again"] = "true" });
        string next = answer.Headers.Location!.ToString();
        next.Should().EndWith("/edit/key?set=0&like=0");
        IHtmlDocument another = await PagesHub.PageAsync(browser, next);
        ((IHtmlSelectElement)another.QuerySelector("#v_REF_AREA")!).Value.Should().Be("ARM", "another key mostly differs by one code");
        (await ReadAsync(await PostAsync(browser, next, []))).QuerySelector("#v_FREQ-error")!.TextContent.Should().Be("The set has this key already.");
        await SendAsync(browser, next, new() { ["v_REF_AREA"] = "KAZ", ["from"] = "" });

        DataKeySet set = Find(draft).KeySets.Should().ContainSingle().Subject;
        set.IsIncluded.Should().BeFalse();
        set.Keys.Select(k => (k["REF_AREA"], k["SEX"], k["AGE"], k.ValidFrom)).Should().Equal(("ARM", "F", null, "2020"), ("KAZ", "F", null, null));

        await SendAsync(browser, draft + "/edit/key?set=0&key=0", new() { ["v_SEX"] = "M", ["to"] = "2025-Q2" });
        DataKey changed = Find(draft).KeySets[0].Keys[0];
        (changed["SEX"], changed.ValidFrom, changed.ValidTo).Should().Be(("M", "2020", "2025-Q2"));

        foreach (string page in new[] { russian + "/edit", russian })
        {
            IHtmlDocument shown = await PagesHub.PageAsync(browser, page);
            shown.QuerySelector("main")!.TextContent.Should().Contain("Исключаемые ключи").And.Contain("Казахстан").And.Contain("2020 – 2025-Q2");
        }

        (await browser.GetStringAsync(draft.Replace("/en/structures/DataConstraint", "/sdmx/v2/structure/dataconstraint", StringComparison.Ordinal))).Should().ContainEquivalentOf("DataKeySet");
        await SendAsync(browser, draft + "/edit/key?set=0&key=0", [], "Remove");
        Find(draft).KeySets[0].Keys.Should().ContainSingle().Which["REF_AREA"].Should().Be("KAZ");
        await SendAsync(browser, draft + "/edit/keyset?set=0", [], "Remove");
        Find(draft).KeySets.Should().BeEmpty();
        await SendAsync(browser, draft + "/edit", [], "Discard");
    }

    [Fact]
    public async Task Keys_are_pasted_and_every_bad_cell_is_told_with_its_place()
    {
        using HttpClient browser = await pages.BrowserAsync("structures");
        string draft = await DraftAsync(browser, Constraint), path = draft.Replace("/en/", "/ru/", StringComparison.Ordinal) + "/edit/keyset";
        const string bad = "REF_AREA\tSEX\tvalidFrom\nARM\tM\t2020\nNOWHERE\tF+X9\t\n\nKAZ\tF\tyesterday\n";

        IHtmlDocument wrong = await ReadAsync(await PostAsync(browser, path, new() { ["included"] = "true", ["rows"] = bad }));
        wrong.QuerySelectorAll("[role=alert] li").Select(l => l.TextContent).Should().Equal(
            "Строка 3, столбец REF_AREA: кода нет в его кодовом списке (NOWHERE)", "Строка 3, столбец SEX: кода нет в его кодовом списке (F+X9)", "Строка 4, столбец validFrom: это не период времени (yesterday)");
        IHtmlTextAreaElement rows = (IHtmlTextAreaElement)wrong.QuerySelector("#rows")!;
        rows.Value.Should().Be(bad.Replace("\n\n", "\n", StringComparison.Ordinal), "what was typed stays, and its lines have the numbers that were told");
        wrong.QuerySelector("#rows-error").Should().NotBeNull();
        Find(draft).KeySets.Should().BeEmpty("nothing is saved");

        const string good = "REF_AREA\tSEX\tvalidFrom\nARM\tM\t2020\nKAZ\tM+F\t\n";
        IHtmlDocument right = await ReadAsync(await PostAsync(browser, path, new() { ["included"] = "true", ["rows"] = good }));
        right.QuerySelector("table.changes")!.TextContent.Should().Contain("REF_AREA=KAZ, SEX=M+F");
        IHtmlFormElement form = right.QuerySelectorAll<IHtmlFormElement>("main form").First();
        HttpResponseMessage taken = await browser.PostAsync(form.QuerySelector("button[formaction]")!.GetAttribute("formaction"), Form(form, new() { ["included"] = "true", ["rows"] = good }));
        taken.StatusCode.Should().Be(HttpStatusCode.Redirect);

        DataKeySet set = Find(draft).KeySets.Should().ContainSingle().Subject;
        set.IsIncluded.Should().BeTrue();
        set.Keys[1].Selections.Single(s => s.ComponentId == "SEX").Values.Select(v => v.Value).Should().Equal("M", "F");
        IHtmlDocument again = await PagesHub.PageAsync(browser, path + "?set=0");
        ((IHtmlTextAreaElement)again.QuerySelector("#rows")!).Value.Should().Contain("\tKAZ\t\tM+F\t").And.StartWith("FREQ\tREF_AREA\t");
        (await ReadAsync(await PostAsync(browser, path + "?set=0", new() { ["included"] = "true" }))).QuerySelector("main")!.TextContent.Should().Contain("Ничего не изменится.");
        (await browser.GetAsync(path + "?set=1")).StatusCode.Should().Be(HttpStatusCode.NotFound);

        // The codes shown stay when the form of a key with several codes is saved.
        await SendAsync(browser, draft + "/edit/key?set=0&key=1", new() { ["v_AGE"] = "_T" });
        DataKey key = Find(draft).KeySets[0].Keys[1];
        (key["AGE"], key.Selections.Single(s => s.ComponentId == "SEX").Values.Length).Should().Be(("_T", 2));
        await SendAsync(browser, draft + "/edit", [], "Discard");
    }

    [Fact]
    public async Task Tables_are_taken_whole_or_not_at_all()
    {
        using HttpClient browser = await pages.BrowserAsync("structures");
        string draft = await DraftAsync(browser, Constraint), path = draft + "/edit/keyset";

        // As browsers send it, with three bytes a tab, this is more than forms usually have.
        string many = "REF_AREA\n" + string.Concat(Enumerable.Range(1, SheetFile.MaxRows - 1).Select(i => $"X{i}\t\t\t\t\t\t\t\t\t\t\n"));
        IHtmlDocument read = await ReadAsync(await PostAsync(browser, path, new() { ["included"] = "true", ["rows"] = many }));
        read.QuerySelector("[role=alert]")!.TextContent.Should().Contain("Row 2, column REF_AREA").And.NotContain("too large");

        string more = "REF_AREA\tCITIZENSHIP\n" + string.Concat(Enumerable.Range(0, SheetFile.MaxRows).Select(i => $"ARM\t{i}\n"));
        IHtmlDocument cut = await ReadAsync(await PostAsync(browser, path, new() { ["included"] = "true", ["rows"] = more }));
        cut.QuerySelector("[role=alert]")!.TextContent.Should().Contain("The table is too large: at most 100,000 rows and 256 columns are taken.");
        ((IHtmlTextAreaElement)cut.QuerySelector("#rows")!).Value.Length.Should().Be(more.Length, "what was typed stays");
        cut.QuerySelector("button[formaction]").Should().BeNull("what is cut cannot be taken");

        Dictionary<string, string> unnamed = new() { ["__RequestVerificationToken"] = PagesHub.Token(cut), ["part"] = "" };
        HttpResponseMessage nothing = await browser.PostAsync(draft + "/edit?handler=Remove", new FormUrlEncodedContent(unnamed));
        nothing.StatusCode.Should().Be(HttpStatusCode.Redirect, "a part that is not named is no part");
        await SendAsync(browser, draft + "/edit", [], "Discard");
    }

    [Fact]
    public async Task A_key_that_moved_since_its_form_was_made_is_not_taken_for_another()
    {
        using HttpClient browser = await pages.BrowserAsync("structures");
        string draft = await DraftAsync(browser, Constraint);
        foreach (string state in new[] { "ARM", "KAZ", "KGZ" })
        {
            await SendAsync(browser, draft + "/edit/key" + (state == "ARM" ? "" : "?set=0"), new() { ["v_REF_AREA"] = state });
        }

        IHtmlDocument kazakhstan = await PagesHub.PageAsync(browser, draft + "/edit/key?set=0&key=1");
        await SendAsync(browser, draft + "/edit/key?set=0&key=0", [], "Remove");

        IHtmlFormElement[] forms = [.. kazakhstan.QuerySelectorAll<IHtmlFormElement>("main form")];
        foreach ((IHtmlFormElement form, Dictionary<string, string> values) in new[] { (forms[0], new Dictionary<string, string> { ["v_SEX"] = "F" }), (forms[1], []) })
        {
            IHtmlDocument refused = await ReadAsync(await browser.PostAsync(form.GetAttribute("action"), Form(form, values)));
            refused.QuerySelector("[role=alert]")!.TextContent.Should().Contain("meanwhile");
        }

        Find(draft).KeySets[0].Keys.Select(k => (k["REF_AREA"], k["SEX"])).Should().Equal(("KAZ", null), ("KGZ", null));
        await SendAsync(browser, draft + "/edit/key?set=0&key=1", new() { ["v_SEX"] = "F" });
        Find(draft).KeySets[0].Keys[1]["SEX"].Should().Be("F");
        await SendAsync(browser, draft + "/edit", [], "Discard");
    }

    private DataConstraint Find(string draft)
        => pages.Hub.Services.GetRequiredService<StructureRegistry>().Current.Structures.Of<DataConstraint>().Single(c => c.Id == "DC_WPERMIT" && draft.EndsWith("/" + c.Version, StringComparison.Ordinal));
}
