using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Dsm.Exchange.Harvesting;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Storage;
using Dsm.Exchange.Submissions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dsm.Exchange.Tests.Harvesting;

/// <summary>
/// Everything a harvest needs on a database of its own, with a national system over HTTP. What comes after the receipt of the bytes is a
/// function of the test; the whole pipeline is at work in <c>HarvestPipelineTests</c>.
/// </summary>
public sealed class HarvestBench : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> Migrated = new(async () =>
    {
        string template = await TestDatabase.CreateDatabaseAsync();
        await using HubDatabase database = new(template);
        await database.MigrateAsync(NullLogger.Instance, CancellationToken.None);
        return template;
    });

    private readonly SourceClient client;

    private HarvestBench(string connectionString, TestSource system, HarvestOptions options)
    {
        System = system;
        Options = options;
        Database = new HubDatabase(connectionString);
        Ledger = new HarvestLedger(Database, TimeProvider.System);
        Secrets = new SourceSecrets(new EphemeralDataProtectionProvider());
        client = new SourceClient(options, TimeProvider.System);
        Logs = new CollectedLogs();
        Harvester = NewHarvester();
    }

    public TestSource System { get; }

    public HubDatabase Database { get; }

    public HarvestOptions Options { get; }

    public HarvestLedger Ledger { get; }

    public SourceSecrets Secrets { get; }

    public CollectedLogs Logs { get; }

    public Harvester Harvester { get; }

    /// <summary>Texts of the submissions that were processed.</summary>
    public ConcurrentQueue<string> Processed { get; } = [];

    /// <summary>Told how a submission was to be processed.</summary>
    public ConcurrentQueue<(Submission Submission, PipelineOptions Options)> Handed { get; } = [];

    /// <summary>Counts the processing gives.</summary>
    public Func<Submission, CancellationToken, Task<MergeCounts>> Counts { get; set; } = (_, _) => Task.FromResult(new MergeCounts { Read = 3, Added = 3 });

    public static async Task<HarvestBench> StartAsync(Func<HarvestOptions, HarvestOptions>? change = null)
    {
        HarvestOptions options = new()
        {
            BackOff = TimeSpan.FromMilliseconds(5),
            Heartbeat = TimeSpan.FromMilliseconds(40),
            AllowedHosts = ["127.0.0.1"],
        };
        string connectionString = await TestDatabase.CreateDatabaseAsync(await Migrated.Value);
        return new HarvestBench(connectionString, await TestSource.StartAsync(), change?.Invoke(options) ?? options);
    }

    /// <summary>Another node on the same database.</summary>
    public Harvester NewHarvester() => new(
        Database,
        Ledger,
        new SourceFetch(client, Secrets, new SubmissionIntake(Database, TimeProvider.System), Options, TimeProvider.System, Logs.For<SourceFetch>()),
        new SourceStructures(Database, new StructureRegistry(Database, TimeProvider.System, Logs.For<StructureRegistry>()), new RegionOptions()),
        ProcessAsync,
        Options,
        TimeProvider.System,
        Logs.For<Harvester>());

    public async Task<Source> RegisterAsync(Action<Source>? change = null)
    {
        Source source = new() { Id = "arm-asylum", AgreementUrn = "urn:agreement", Url = System.Url, TimeoutSeconds = 10, RunLimitSeconds = 30 };
        change?.Invoke(source);
        await using HubDbContext db = Database.CreateContext();
        db.Sources.Add(source);
        await db.SaveChangesAsync();
        return source;
    }

    public async Task<HarvestRun> RunAsync(string trigger = "manual", string? user = null)
    {
        HarvestRun? run = await Harvester.RunAsync("arm-asylum", trigger, user, CancellationToken.None);
        run.Should().NotBeNull();
        return await LastRunAsync();
    }

    public async Task<HarvestRun> LastRunAsync()
    {
        await using HubDbContext db = Database.CreateContext();
        return await db.Runs.AsNoTracking().OrderByDescending(r => r.Id).FirstAsync();
    }

    public async Task<Source> SourceAsync()
    {
        await using HubDbContext db = Database.CreateContext();
        return await db.Sources.AsNoTracking().SingleAsync();
    }

    /// <summary>Waits until something is so; fails after ten seconds.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> isSo)
    {
        for (int i = 0; i < 500; i++)
        {
            if (await isSo())
            {
                return;
            }

            await Task.Delay(20);
        }

        throw new TimeoutException("It did not become so within ten seconds.");
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await System.DisposeAsync();
        await Database.DisposeAsync();
    }

    private async Task<SubmissionReceipt> ProcessAsync(Submission submission, PipelineOptions options, CancellationToken ct)
    {
        Handed.Enqueue((submission, options));
        await using Stream kept = await new SubmissionContents(Database).OpenAsync(submission.ContentHash, ct);
        using StreamReader reader = new(kept, Encoding.UTF8);
        Processed.Enqueue(await reader.ReadToEndAsync(ct));
        MergeCounts counts = await Counts(submission, ct);
        await using HubDbContext db = Database.CreateContext();
        db.Submissions.Attach(submission);
        submission.Counts = counts;
        submission.Status = counts.HasChanges ? SubmissionStatus.Merged : SubmissionStatus.Unchanged;
        submission.MergedAt = counts.HasChanges ? DateTimeOffset.UtcNow : null;
        await db.SaveChangesAsync(ct);
        return new SubmissionReceipt(submission, []);
    }
}

/// <summary>Everything that was logged, as text.</summary>
public sealed class CollectedLogs
{
    private readonly ConcurrentQueue<string> lines = [];

    public string Text => string.Join('\n', lines);

    public ILogger<T> For<T>() => new Collector<T>(lines);

    private sealed class Collector<T>(ConcurrentQueue<string> lines) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => lines.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{logLevel} {formatter(state, exception)} {exception}"));
    }
}
