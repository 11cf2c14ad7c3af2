using System.Globalization;
using AngleSharp.Html.Dom;
using Dsm.Exchange.Tests.Registry.Subscriptions;

namespace Dsm.EndToEnd.Hubs;

/// <summary>
/// The demonstration as a person finds it after <c>./hub run</c>: private database, national systems, all sources harvested once. One
/// for all tests of its collection; a test that changes something puts it back.
/// </summary>
public sealed class SharedHub : IAsyncLifetime
{
    /// <summary>Name of the collection.</summary>
    public const string Collection = "the demonstration";

    private readonly SmtpSink mail = new();
    private HubProcess? process;
    private HubDatabaseView? database;
    private HubSession? anonymous;
    private HubSession? administrator;
    private HttpClient? national;

    /// <summary>Its data folder.</summary>
    public DataFolder Data { get; } = new();

    /// <summary>The process.</summary>
    public HubProcess Process => process!;

    /// <summary>Its database.</summary>
    public HubDatabaseView Database => database!;

    /// <summary>Somebody who is not signed in.</summary>
    public HubSession Anonymous => anonymous!;

    /// <summary>The system administrator.</summary>
    public HubSession Administrator => administrator!;

    /// <summary>Recurring jobs of sources that were scheduled before this class took them out of the way of the tests.</summary>
    public long Scheduled { get; private set; }

    public async Task InitializeAsync()
    {
        // Requests are repeated without long pauses; everything else is as delivered.
        process = await HubProcess.StartAsync(
            Data, null, "--Hub:Harvest:MaxAttempts=2", "--Hub:Harvest:BackOff=00:00:00.2", "--Hub:Changes:Smtp:Host=127.0.0.1",
            $"--Hub:Changes:Smtp:Port={mail.Port.ToString(CultureInfo.InvariantCulture)}", "--Hub:Changes:Smtp:Security=None", "--Hub:Changes:Smtp:From=hub@example.org");
        database = new HubDatabaseView(Data.ConnectionString);
        anonymous = new HubSession(Process.Address);
        national = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Data.Text("national-systems.port")}") };
        administrator = await HubSession.SignInAsync(Process.Address, Data, "admin");
        Scheduled = await Database.NumberAsync("SELECT count(*) FROM hangfire.set WHERE key = 'recurring-jobs' AND value LIKE 'harvest:%'");
        await Eventually.IsTrueAsync("the first harvest of all sources", 180, async () =>
            await Database.NumberAsync("SELECT count(*) FROM source s WHERE NOT EXISTS (SELECT FROM harvest_run r WHERE r.source_id = s.id AND r.finished_at IS NOT NULL)") == 0);

        // A harvest by schedule in the midst of a test would be one more run than expected.
        await Database.ExecuteAsync("DELETE FROM hangfire.set WHERE key = 'recurring-jobs' AND value LIKE 'harvest:%'");
    }

    public async Task DisposeAsync()
    {
        anonymous?.Dispose();
        administrator?.Dispose();
        national?.Dispose();
        mail.Dispose();
        if (database is not null)
        {
            await database.DisposeAsync();
        }

        if (process is not null)
        {
            await process.DisposeAsync();
        }
    }

    /// <summary>Waits for a letter to an address, sent after some others; its text.</summary>
    /// <param name="address">Whom it is to.</param>
    /// <param name="after">How many letters to the address came before.</param>
    public Task<string> LetterAsync(string address, int after = 0) => Eventually.GetAsync($"a letter to {address}", 60, () =>
    {
        lock (mail.Letters)
        {
            return Task.FromResult(mail.Letters.Where(l => l.To == address).Skip(after).FirstOrDefault().Letter?.TextBody);
        }
    });

    /// <summary>A command to the national systems, e.g. <c>arm/DF_ARM_DIMUM?mode=html</c>.</summary>
    public async Task<string> ControlAsync(string command)
    {
        using HttpResponseMessage answer = await national!.PostAsync("/control/" + command, null);
        string text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeTrue("the national systems answer {0}: {1}", command, text);
        return text;
    }

    /// <summary>Presses "run now" for some sources and waits for the ends.</summary>
    public async Task<RunRow[]> HarvestAsync(params string[] sources)
    {
        long last = await Database.NumberAsync("SELECT coalesce(max(id), 0) FROM harvest_run");
        foreach (string source in sources)
        {
            IHtmlDocument page = await Administrator.PageAsync($"/en/harvests/{source}");
            IHtmlFormElement form = page.Forms.Single(f => f.GetAttribute("action")?.Contains("handler=Run", StringComparison.Ordinal) == true);
            using HttpResponseMessage answer = await Administrator.SubmitAsync(form);
            answer.IsSuccessStatusCode.Should().BeTrue();
        }

        return await Eventually.GetAsync($"{sources.Length} harvests", 120, async () =>
        {
            RunRow[] runs = await Database.RunsAsync("id > $1 AND finished_at IS NOT NULL AND source_id = ANY($2)", last, sources);
            return runs.Length >= sources.Length ? runs : null;
        });
    }

    /// <summary>Presses "run now" for one source and waits for the end.</summary>
    public async Task<RunRow> HarvestOneAsync(string source) => (await HarvestAsync(source)).Should().ContainSingle().Subject;
}

[CollectionDefinition(SharedHub.Collection)]
public sealed class SharedHubCollection : ICollectionFixture<SharedHub>;
