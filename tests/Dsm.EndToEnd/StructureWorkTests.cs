using Dsm.EndToEnd.Hubs;
using Microsoft.Playwright;

namespace Dsm.EndToEnd;

/// <summary>
/// An official's work from the question to the figure, in a real browser on an old machine: a source sends a code that nobody knows, the
/// official adds it to a stable codelist, sees what that touches, publishes, and the next harvest takes the figure.
/// </summary>
[Collection(Hub)]
public sealed class StructureWorkTests(SharedHub hub) : IAsyncLifetime
{
    /// <summary>Published structures cannot be taken out again: these tests have a demonstration of their own.</summary>
    public const string Hub = "the demonstration in which structures are published";

    private readonly OldMachine machine = new();

    public Task InitializeAsync() => machine.StartAsync();

    public async Task DisposeAsync() => await machine.DisposeAsync();

    [BrowserTheory]
    [InlineData("en", "aze-df-asylapp", "aze/DF_ASYLAPP", "QQA", "Edit", "Add a code", "Check and publish", "Publish")]
    [InlineData("ru", "tkm-df-rsd", "tkm/DF_RSD", "QQT", "Изменить", "Добавить код", "Проверить и опубликовать", "Опубликовать")]
    public async Task A_code_is_added_to_a_stable_codelist_and_the_next_harvest_takes_it(
        string language, string source, string flow, string code, string edit, string add, string check, string publish)
    {
        await hub.ControlAsync($"{flow}?mode=changed-code&component=CITIZENSHIP&code={code}");
        RunRow before = await hub.HarvestOneAsync(source);
        (before.Status, before.FailureCode).Should().Be(("Failed", "D0301"), "nobody knows {0}", code);

        IPage page = await machine.OpenAsync(hub.Process.Address, language);
        await SignInAsync(page, language);
        await page.GotoAsync($"/{language}/structures/Codelist/EECA/CL_CITIZENSHIP/+");
        await ShootAsync(page, "artefact", language);
        await PressAsync(page, edit);
        page.Url.Should().Contain("-draft/edit");
        await ShootAsync(page, "draft", language);
        await page.GetByRole(AriaRole.Link, new() { Name = add, Exact = true }).ClickAsync();
        await page.Locator("#code").FillAsync(code);
        await page.Locator("#name_en").FillAsync("Example " + code);
        await page.Locator("#name_ru").FillAsync("Пример " + code);
        await ShootAsync(page, "code", language);
        await page.Locator("main form button").First.ClickAsync();
        page.Url.Should().EndWith("#" + code);
        (await page.Locator($"tr#{code}").InnerTextAsync()).Should().Contain("Пример " + code);

        await page.GetByRole(AriaRole.Link, new() { Name = check, Exact = true }).ClickAsync();
        string seen = await page.Locator("main").InnerTextAsync();
        seen.Should().Contain(code).And.Contain("DSD_ASYLAPP").And.Contain("DSD_RSD");
        (await page.Locator("section.impact table").First.Locator("tbody tr").CountAsync()).Should().BeGreaterThanOrEqualTo(12, "every state sends citizenships");
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(800);
        await ShootAsync(page, "publish", language);
        await PressAsync(page, publish);
        page.Url.Should().Contain("published=");
        await ShootAsync(page, "published", language);

        RunRow after = await hub.HarvestOneAsync(source);
        (after.Status, after.Refused, after.Added).Should().Be(("Clean", 0, 1), "the code is known now, and the source sent nothing else that is new");
        (await hub.Database.NumberAsync("SELECT count(*) FROM observation WHERE key LIKE $1", $"%{code}%")).Should().Be(1);
        machine.RequestsElsewhere(hub.Process.Address).Should().BeEmpty();

        // Nothing that was there is lost by what was moved along: national sources are read as before.
        (await hub.HarvestOneAsync("rus-df-rus-ubezh")).Should().BeEquivalentTo(new { Refused = 0L, Removed = 0L, Added = 0L, Changed = 0L });
    }

    [BrowserTheory]
    [InlineData("en")]
    [InlineData("ru")]
    public async Task No_page_of_the_editors_is_wider_than_the_screen_or_heavier_than_a_slow_line_bears(string language)
    {
        IPage page = await machine.OpenAsync(hub.Process.Address, language);
        await SignInAsync(page, language);
        string structure = await DraftAsync(page, language, "DataStructure/EECA/DSD_WPERMIT"), constraint = await DraftAsync(page, language, "DataConstraint/EECA/DC_WPERMIT"),
            hierarchy = await DraftAsync(page, language, "Hierarchy/EECA/H_EAEU"), list = await DraftAsync(page, language, "Codelist/EECA/CL_OUTCOME");
        string[] paths =
        [
            "structures", "structures/new", "structures/new?kind=StructureMap", "structures/upload", "structures/drafts", "structures/log", "structures/translations",
            structure + "/edit", structure + "/edit/component?list=attributes&item=COMMENT_OBS", structure + "/edit/component?list=dimensions", structure + "/edit/group", structure + "/edit/head", structure + "/edit/xml",
            structure + "/translate?all=true", structure + "/compare", structure + "/publish", constraint + "/edit", constraint + "/edit/keyset", constraint + "/edit/key", constraint + "/edit/region?region=0&component=SEX",
            constraint + "/edit/region?region=0&component=CITIZENSHIP", hierarchy + "/edit", hierarchy + "/edit/place", hierarchy + "/edit/level", list + "/edit", list + "/edit/item?item=REC", list + "/edit/table",
        ];
        foreach (string path in paths)
        {
            IResponse? answer = await page.GotoAsync($"/{language}/{path}");

            answer!.Status.Should().Be(200, path);
            (await answer.Request.SizesAsync()).ResponseBodySize.Should().BeLessThan(100_000, "{0} is compressed", path);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(800, "{0} fits the screen", path);
            (await page.Locator("h1").CountAsync()).Should().Be(1, path);
        }
    }

    private static async Task<string> DraftAsync(IPage page, string language, string artefact)
    {
        await page.GotoAsync($"/{language}/structures/{artefact}/+");
        await page.Locator("ul.actions form button").First.ClickAsync();
        return new Uri(page.Url).AbsolutePath[4..].Replace("/edit", "", StringComparison.Ordinal);
    }

    private async Task SignInAsync(IPage page, string language)
    {
        await page.GotoAsync($"/{language}/sign-in");
        await page.Locator("#name").FillAsync("structures");
        await page.Locator("#password").FillAsync(HubSession.PasswordOf(hub.Data, "structures"));
        await page.Locator("main form button").First.ClickAsync();
    }

    // The draft may be there already when the other language was first: then the button names it.
    private static Task PressAsync(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).First.ClickAsync();

    private static Task ShootAsync(IPage page, string name, string language) => OldMachine.ShootAsync(page, $"structures-{name}.{language}", whole: name == "publish");
}

[CollectionDefinition(StructureWorkTests.Hub)]
public sealed class StructureWorkCollection : ICollectionFixture<SharedHub>;
