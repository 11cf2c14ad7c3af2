using Microsoft.Playwright;

namespace Dsm.EndToEnd.Hubs;

/// <summary>A browser as on an old machine: 800 by 600, no JavaScript. Without Chromium it does nothing; tests that need it are skipped then.</summary>
internal sealed class OldMachine : IAsyncDisposable
{
    private readonly List<string> requests = [];
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Starts the browser.</summary>
    public async Task StartAsync()
    {
        if (!File.Exists(BrowserTheoryAttribute.Chromium))
        {
            return;
        }

        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = BrowserTheoryAttribute.Chromium,
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
        });
    }

    /// <summary>A window in which nobody is signed in.</summary>
    /// <param name="hub">Address of the hub.</param>
    /// <param name="language">Language of the reader.</param>
    /// <param name="scripts">True for a checker that brings its own script; pages have none.</param>
    public async Task<IPage> OpenAsync(Uri hub, string language, bool scripts = false)
    {
        IBrowserContext context = await browser!.NewContextAsync(new()
        {
            BaseURL = hub.ToString(),
            ViewportSize = new() { Width = 800, Height = 600 },
            JavaScriptEnabled = scripts,
            BypassCSP = scripts,
            Locale = language == "ru" ? "ru-RU" : "en-GB",
        });
        IPage page = await context.NewPageAsync();
        page.Request += (_, request) => requests.Add(request.Url);
        return page;
    }

    /// <summary>A window in which an account of the demonstration is signed in.</summary>
    public async Task<IPage> SignInAsync(Uri hub, DataFolder data, string language, string user, bool scripts = false)
    {
        IPage page = await OpenAsync(hub, language, scripts);
        await page.GotoAsync($"/{language}/sign-in");
        await page.Locator("#name").FillAsync(user);
        await page.Locator("#password").FillAsync(HubSession.PasswordOf(data, user));
        await page.Locator("main form button").First.ClickAsync();
        (await page.Locator("li.who").InnerTextAsync()).Should().Be(user);
        return page;
    }

    /// <summary>What was asked of others than the hub.</summary>
    public IEnumerable<string> RequestsElsewhere(Uri hub)
        => requests.Where(r => !r.StartsWith(hub.ToString(), StringComparison.Ordinal) && !r.StartsWith("data:", StringComparison.Ordinal));

    /// <summary>
    /// Leaves a picture in <c>artifacts/screenshots</c>, for people to look at; nothing is judged by it. Where the browser cannot make one
    /// (its drawing process starts anew under load), it leaves what the browser said.
    /// </summary>
    public static async Task ShootAsync(IPage page, string name, bool whole = false)
    {
        string folder = Directory.CreateDirectory(Path.Combine(SharedFolder.RepositoryRoot, "artifacts", "screenshots")).FullName;
        try
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = whole });
        }
        catch (PlaywrightException e) when (e.Message.Contains("Unable to capture screenshot", StringComparison.Ordinal))
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name + ".txt"), e.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }
}
