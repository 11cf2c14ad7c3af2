using Dsm.EndToEnd.Hubs;
using Microsoft.Playwright;

namespace Dsm.EndToEnd;

/// <summary>A theory that needs Chromium: <c>DSM_CHROMIUM</c>, else where Debian puts it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = File.Exists(Chromium)
        ? null
        : $"needs Chromium, which is absent: no {Chromium}; install it (apt-get install chromium) or name it in DSM_CHROMIUM";

    /// <summary>The browser's program.</summary>
    public static string Chromium { get; } = Environment.GetEnvironmentVariable("DSM_CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium";
}

/// <summary>A fact that needs Chromium, as <see cref="BrowserTheoryAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = new BrowserTheoryAttribute().Skip;
}

/// <summary>
/// The pages as people meet them on an old machine: a real browser of 800 by 600, without JavaScript, in both languages. Screenshots
/// are left in <c>artifacts/screenshots</c> for people to look at.
/// </summary>
[Collection(SharedHub.Collection)]
public sealed class BrowserTests(SharedHub hub) : IAsyncLifetime
{
    private readonly OldMachine machine = new();

    public Task InitializeAsync() => machine.StartAsync();

    public async Task DisposeAsync() => await machine.DisposeAsync();

    [BrowserTheory]
    [InlineData("en", "Migration statistics of the region", "Русский", "ru")]
    [InlineData("ru", "Статистика миграции региона", "English", "en")]
    public async Task The_home_page_shows_the_matrix_and_the_chosen_language_stays(string language, string title, string other, string otherLanguage)
    {
        IPage page = await OpenAsync(language);
        await page.GotoAsync("/");

        page.Url.Should().EndWith($"/{language}/");
        (await page.Locator("h1").InnerTextAsync()).Should().Be(title);
        (await page.Locator("table.matrix tbody tr").CountAsync()).Should().Be(12);
        (await page.Locator("table.matrix thead th").CountAsync()).Should().Be(1 + 6);
        (await page.Locator("table.matrix tbody td.fresh, table.matrix tbody td.due, table.matrix tbody td.late").CountAsync()).Should().BeGreaterThanOrEqualTo(36);
        await ShootAsync(page, $"home.{language}");

        await page.GetByRole(AriaRole.Link, new() { Name = other, Exact = true }).ClickAsync();
        page.Url.Should().EndWith($"/{otherLanguage}/");
        await page.GotoAsync("/");
        page.Url.Should().EndWith($"/{otherLanguage}/", "the switch stays");
        OnlyTheHubWasAsked();
    }

    [BrowserTheory]
    [InlineData("en", "Show figures")]
    [InlineData("ru", "Показать данные")]
    public async Task A_flow_is_filtered_drawn_and_taken(string language, string show)
    {
        IPage page = await OpenAsync(language);
        await page.GotoAsync($"/{language}/data/EECA/DF_ASYLAPP/1.0.0");
        await page.Locator("select#REF_AREA").SelectOptionAsync("RUS");
        await page.GetByRole(AriaRole.Button, new() { Name = show }).ClickAsync();

        page.Url.Should().Contain("REF_AREA=RUS");
        (await page.Locator("table.figures tbody tr").CountAsync()).Should().BePositive();
        (await page.Locator("svg").First.IsVisibleAsync()).Should().BeTrue();
        (await page.Locator("svg").First.EvaluateAsync<bool>("s => (s.getAttribute('role') === 'img' && (s.hasAttribute('aria-label') || s.hasAttribute('aria-labelledby'))) || s.querySelector('title') !== null"))
            .Should().BeTrue("a chart has a text alternative");
        await ShootAsync(page, $"flow.{language}");

        string rest = await page.Locator("dl.facts a.code").First.GetAttributeAsync("href") ?? "";
        rest.Should().Contain("/sdmx/v2/data/");
        (await hub.Anonymous.TextAsync(rest, "application/vnd.sdmx.data+csv;version=2.0.0")).Should().Contain(",RUS,");
        OnlyTheHubWasAsked();
    }

    [BrowserTheory]
    [InlineData("en", "Harvest now", "Send the file")]
    [InlineData("ru", "Собрать сейчас", "Отправить файл")]
    public async Task A_focal_point_signs_in_harvests_and_sends_a_file(string language, string harvest, string send)
    {
        IPage page = await OpenAsync(language);
        await page.GotoAsync($"/{language}/sign-in");
        await page.Locator("#name").FillAsync("focal.kgz");
        await page.Locator("#password").FillAsync(HubSession.PasswordOf(hub.Data, "focal.kgz"));
        await ShootAsync(page, $"sign-in.{language}");
        await page.Locator("main form button").First.ClickAsync();
        (await page.Locator("li.who").InnerTextAsync()).Should().Be("focal.kgz");

        long before = await hub.Database.NumberAsync("SELECT max(id) FROM harvest_run");
        await page.GotoAsync($"/{language}/harvests/kgz-df-kgz-aryz");
        await page.GetByRole(AriaRole.Button, new() { Name = harvest }).ClickAsync();
        await Eventually.IsTrueAsync("the harvest", 60, async () =>
            await hub.Database.NumberAsync("SELECT count(*) FROM harvest_run WHERE id > $1 AND source_id = 'kgz-df-kgz-aryz' AND started_by = 'focal.kgz' AND status = 'Unchanged'", before) == 1);
        await page.GotoAsync($"/{language}/harvests/kgz-df-kgz-aryz");
        await ShootAsync(page, $"source.{language}");
        await page.GotoAsync($"/{language}/harvests");
        await ShootAsync(page, $"harvests.{language}");

        await page.GotoAsync($"/{language}/submissions/new");
        string offered = await page.Locator("select#for option[value*='SM_KGZ_ARYZ'], select#for option[value*='PA_ASYLAPP_KGZ'][value*='StructureMap']").First.GetAttributeAsync("value") ?? "";
        await page.Locator("select#for").SelectOptionAsync(offered);
        await page.Locator("input#file").SetInputFilesAsync(Path.Combine(SharedFolder.RepositoryRoot, "samples", "data", "KGZ", "DF_KGZ_ARYZ.csv"));
        await ShootAsync(page, $"send.{language}");
        await page.GetByRole(AriaRole.Button, new() { Name = send }).ClickAsync();

        page.Url.Should().MatchRegex($"/{language}/submissions/[0-9]+$");
        // The page asks anew by itself until the receipt is there.
        await page.Locator("main table").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
        string[] counts = [.. await page.Locator("main table").First.Locator("tbody tr").First.Locator("td").AllInnerTextsAsync()];
        (counts[0], counts[1], counts[4], counts[5]).Should().Be(("192", "0", "192", "0"));
        await ShootAsync(page, $"receipt.{language}");
        OnlyTheHubWasAsked();
    }

    [BrowserTheory]
    [InlineData("en")]
    [InlineData("ru")]
    public async Task No_page_is_wider_than_the_screen_or_heavier_than_a_slow_line_bears(string language)
    {
        IPage page = await OpenAsync(language);
        string[] paths = ["", "data", "data/EECA/DF_RSD/1.0.0", "data/EECA/DF_WPERMIT/1.0.0", "structures", "structures/proposals", "structures/subscriptions", "structures/national", "structures/national/KGZ", "harvests", "harvests/arm-df-wpermit", "submissions", "sign-in", "about"];
        foreach (string path in paths)
        {
            IResponse? answer = await page.GotoAsync($"/{language}/{path}");

            answer!.Status.Should().Be(200, path);
            (await answer.Request.SizesAsync()).ResponseBodySize.Should().BeLessThan(100_000, "{0} is compressed", path);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(800, "{0} fits the screen", path);
            (await page.Locator("html").GetAttributeAsync("lang")).Should().Be(language);
            (await page.Locator("h1").CountAsync()).Should().Be(1, path);
            await ShootAsync(page, $"{(path.Length == 0 ? "index" : path.Replace('/', '-'))}.{language}");
        }

        OnlyTheHubWasAsked();
    }

    private Task<IPage> OpenAsync(string language) => machine.OpenAsync(hub.Process.Address, language);

    private void OnlyTheHubWasAsked() => machine.RequestsElsewhere(hub.Process.Address).Should().BeEmpty();

    private static Task ShootAsync(IPage page, string name) => OldMachine.ShootAsync(page, name);
}
