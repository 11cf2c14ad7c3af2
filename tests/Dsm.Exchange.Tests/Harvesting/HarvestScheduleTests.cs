using Dsm.Exchange.Harvesting;
using Dsm.Exchange.Storage;
using Dsm.Exchange.Submissions;
using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Tests.Harvesting;

public sealed class HarvestScheduleTests : IAsyncLifetime
{
    private HarvestBench bench = null!;
    private PostgreSqlStorage storage = null!;
    private HarvestSchedule schedule = null!;
    private AbandonedRuns abandoned = null!;

    public async Task InitializeAsync()
    {
        bench = await HarvestBench.StartAsync();
        storage = new PostgreSqlStorage(new FixedConnections(bench.Database.ConnectionString), new PostgreSqlStorageOptions { PrepareSchemaIfNecessary = true });
        BackgroundJobClient jobs = new(storage);
        schedule = new HarvestSchedule(bench.Database, storage, new RecurringJobManager(storage), jobs, bench.Secrets);
        abandoned = new AbandonedRuns(bench.Database, bench.Ledger, jobs, bench.Logs.For<AbandonedRuns>());
    }

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task Makes_one_recurring_job_for_each_enabled_source_however_often_it_is_asked()
    {
        await bench.RegisterAsync(s => (s.Id, s.Schedule) = ("one", "0 3 * * *"));
        await bench.RegisterAsync(s => (s.Id, s.Schedule, s.IsEnabled) = ("two", "0 3 * * *", false));
        await bench.RegisterAsync(s => s.Id = "three");
        await Task.WhenAll(schedule.SyncAsync(CancellationToken.None), schedule.SyncAsync(CancellationToken.None));
        Recurring().Should().BeEquivalentTo("harvest:one", "abandoned-runs");

        SourceState one = (await schedule.FindAsync("one", 5, CancellationToken.None))!;
        one.NextRunAt!.Value.Hour.Should().Be(3);
        one.NextRunAt.Should().BeAfter(DateTimeOffset.UtcNow);
        (await schedule.FindAsync("three", 5, CancellationToken.None))!.NextRunAt.Should().BeNull();
    }

    [Fact]
    public async Task Removes_the_recurring_job_of_a_source_that_is_gone_or_switched_off()
    {
        Source source = await bench.RegisterAsync(s => s.Schedule = "0 3 * * *");
        await schedule.SyncAsync(CancellationToken.None);
        source.IsEnabled = false;
        await schedule.RegisterAsync(source, null, CancellationToken.None);
        Recurring().Should().Equal("abandoned-runs");

        source.IsEnabled = true;
        await schedule.RegisterAsync(source, null, CancellationToken.None);
        Recurring().Should().HaveCount(2);
        await using HubDbContext db = bench.Database.CreateContext();
        await db.Sources.ExecuteDeleteAsync();
        await schedule.SyncAsync(CancellationToken.None);
        Recurring().Should().Equal("abandoned-runs");
    }

    [Fact]
    public async Task Keeps_secrets_protected_and_forgets_the_last_answer_of_another_address()
    {
        Source source = new() { Id = "a", AgreementUrn = "urn:a", Url = "https://one.example/data", CredentialName = "anna" };
        await schedule.RegisterAsync(source, "pass-w0rd", CancellationToken.None);
        await using (HubDbContext db = bench.Database.CreateContext())
        {
            await db.Sources.ExecuteUpdateAsync(s => s.SetProperty(x => x.LastETag, "\"v1\""));
        }

        Source kept = await bench.SourceAsync();
        kept.CredentialSecret.Should().NotBeNullOrEmpty().And.NotContain("pass-w0rd");
        kept.CredentialSecret = null;
        await schedule.RegisterAsync(kept, null, CancellationToken.None);
        Source same = await bench.SourceAsync();
        bench.Secrets.AuthorizationOf(same).Should().NotBeNull("no new secret was given");
        same.LastETag.Should().Be("\"v1\"");

        same.Url = "https://two.example/data";
        same.LastETag = null;
        await schedule.RegisterAsync(same, "", CancellationToken.None);
        (await bench.SourceAsync()).Should().Match<Source>(s => s.LastETag == null && s.CredentialSecret == null);
    }

    [Fact]
    public async Task Runs_now_unless_a_run_is_at_work_and_stops_only_then()
    {
        await bench.RegisterAsync();
        (await schedule.RunNowAsync("nobody", "anna")).Should().Be(RunNowResult.UnknownSource);
        (await schedule.StopAsync("arm-asylum", "anna", CancellationToken.None)).Should().BeFalse();
        (await schedule.RunNowAsync("arm-asylum", "anna")).Should().Be(RunNowResult.Started);
        storage.GetMonitoringApi().EnqueuedCount("default").Should().Be(1);

        await bench.Ledger.BeginAsync("arm-asylum", "manual", "anna", CancellationToken.None);
        (await schedule.RunNowAsync("arm-asylum", "anna")).Should().Be(RunNowResult.AlreadyRunning);
        (await schedule.StopAsync("arm-asylum", "boris", CancellationToken.None)).Should().BeTrue();
        (await bench.LastRunAsync()).StopRequestedBy.Should().Be("boris");
        (await schedule.ListAsync(3, CancellationToken.None)).Single().IsRunning.Should().BeTrue();
    }

    [Fact]
    public async Task Lists_sources_with_their_last_runs_newest_first()
    {
        await bench.RegisterAsync();
        for (int i = 0; i < 4; i++)
        {
            await bench.RunAsync();
        }

        SourceState state = (await schedule.ListAsync(3, CancellationToken.None)).Single();
        state.LastRuns.Should().HaveCount(3).And.BeInDescendingOrder(r => r.Id);
        state.LastRun!.Status.Should().Be(RunStatus.Unchanged);
    }

    [Fact]
    public async Task Takes_up_the_run_of_a_dead_node_and_leaves_that_of_a_living_one()
    {
        await bench.RegisterAsync();
        HarvestRun dead = await bench.Ledger.BeginAsync("arm-asylum", "schedule", null, CancellationToken.None);
        await using (HarvestLease? living = await HarvestLease.TryTakeAsync(bench.Database.ConnectionString, "arm-asylum", CancellationToken.None))
        {
            (await abandoned.SweepAsync(CancellationToken.None)).Should().Be(0);
        }

        (await abandoned.SweepAsync(CancellationToken.None)).Should().Be(1);
        HarvestRun closed = await bench.LastRunAsync();
        closed.Id.Should().Be(dead.Id);
        closed.Status.Should().Be(RunStatus.Failed);
        closed.FailureCode.Should().Be("X0107");
        closed.FailureArguments["node"].Should().Be(HarvestLedger.Node);
        closed.ActionBy.Should().BeNull();
        storage.GetMonitoringApi().EnqueuedJobs("default", 0, 5).Single().Value.Job.Args.Should().Contain("retry");
        (await abandoned.SweepAsync(CancellationToken.None)).Should().Be(0);
    }

    [Fact]
    public async Task Closes_the_abandoned_run_of_a_source_before_its_next_one_begins()
    {
        await bench.RegisterAsync();
        HarvestRun dead = await bench.Ledger.BeginAsync("arm-asylum", "schedule", null, CancellationToken.None);
        await using HubDbContext db = bench.Database.CreateContext();
        db.Submissions.Add(new() { AgreementUrn = "urn:agreement", ContentHash = "x", RunId = dead.Id, Status = SubmissionStatus.Processing, ReceivedAt = DateTimeOffset.UtcNow });
        await db.SaveChangesAsync();
        (await bench.RunAsync()).Status.Should().Be(RunStatus.Clean);
        (await db.Submissions.AsNoTracking().SingleAsync(s => s.RunId == dead.Id)).Status.Should().Be(SubmissionStatus.Failed);
        (await db.Runs.OrderBy(r => r.Id).Select(r => r.FailureCode).ToListAsync()).Should().Equal("X0107", null);
    }

    private List<string> Recurring()
    {
        using IStorageConnection connection = storage.GetConnection();
        return [.. connection.GetRecurringJobs().Select(j => j.Id)];
    }

    private sealed class FixedConnections(string connectionString) : IConnectionFactory
    {
        public Npgsql.NpgsqlConnection GetOrCreateConnection() => new(connectionString);
    }
}
