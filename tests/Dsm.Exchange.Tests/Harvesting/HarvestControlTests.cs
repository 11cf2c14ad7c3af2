using Dsm.Exchange.Harvesting;
using Dsm.Exchange.Storage;
using Dsm.Exchange.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Tests.Harvesting;

public sealed class HarvestControlTests : IAsyncLifetime
{
    private HarvestBench bench = null!;

    public async Task InitializeAsync() => bench = await HarvestBench.StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Theory]
    [InlineData("request")]
    [InlineData("read")]
    public async Task Stops_soon_after_a_person_asked_for_it_on_whatever_node(string stage)
    {
        HoldAt(stage);
        await bench.RegisterAsync();
        Task<HarvestRun?> running = bench.Harvester.RunAsync("arm-asylum", "schedule", null, CancellationToken.None);
        await UntilAtAsync(stage);
        await using (HubDbContext other = bench.Database.CreateContext())
        {
            await other.Runs.ExecuteUpdateAsync(s => s.SetProperty(r => r.StopRequestedBy, "anna"));
        }

        (await running.WaitAsync(TimeSpan.FromSeconds(5))).Should().NotBeNull();
        HarvestRun run = await bench.LastRunAsync();
        run.Status.Should().Be(RunStatus.Stopped);
        run.FailureCode.Should().Be("X0106");
        run.FailureArguments["user"].Should().Be("anna");
        run.StopRequestedBy.Should().Be("anna");
        run.ActionBy.Should().BeNull();
    }

    [Fact]
    public async Task Lets_only_one_of_two_nodes_harvest_a_source()
    {
        TaskCompletionSource release = new();
        bench.Counts = async (_, ct) =>
        {
            await release.Task.WaitAsync(ct);
            return new MergeCounts { Read = 1, Added = 1 };
        };
        await bench.RegisterAsync();
        Task<HarvestRun?> first = bench.Harvester.RunAsync("arm-asylum", "schedule", null, CancellationToken.None);
        await UntilAtAsync("read");
        (await bench.NewHarvester().RunAsync("arm-asylum", "schedule", null, CancellationToken.None)).Should().BeNull();
        release.SetResult();
        (await first)!.Status.Should().Be(RunStatus.Clean);
        await using HubDbContext db = bench.Database.CreateContext();
        (await db.Runs.CountAsync()).Should().Be(1);
    }

    [Fact]
    public async Task Leaves_a_run_to_be_taken_up_when_its_node_ends()
    {
        HoldAt("read");
        await bench.RegisterAsync();
        using CancellationTokenSource node = new();
        Task<HarvestRun?> running = bench.Harvester.RunAsync("arm-asylum", "schedule", null, node.Token);
        await UntilAtAsync("read");
        await node.CancelAsync();
        await running.Invoking(r => r).Should().ThrowAsync<OperationCanceledException>("the job engine has to know that the job is not done");
        (await bench.LastRunAsync()).FailureCode.Should().Be("X0107");
    }

    [Fact]
    public async Task Counts_a_run_as_done_when_it_was_cut_off_after_its_merge()
    {
        bench.Counts = async (submission, ct) =>
        {
            await using HubDbContext db = bench.Database.CreateContext();
            await db.Submissions.Where(s => s.Id == submission.Id).ExecuteUpdateAsync(
                s => s.SetProperty(x => x.Status, SubmissionStatus.Merged).SetProperty(x => x.Counts.Read, 4).SetProperty(x => x.Counts.Added, 4), ct);
            await db.Runs.ExecuteUpdateAsync(s => s.SetProperty(r => r.StopRequestedBy, "anna"), ct);
            await Task.Delay(TimeSpan.FromSeconds(20), ct);
            return new MergeCounts();
        };
        await bench.RegisterAsync();
        HarvestRun run = await bench.RunAsync();
        run.Status.Should().Be(RunStatus.Clean);
        run.Counts.Added.Should().Be(4);
    }

    [Fact]
    public async Task Gives_signs_of_life_with_the_stage_it_is_in()
    {
        HoldAt("read");
        await bench.RegisterAsync();
        Task<HarvestRun?> running = bench.Harvester.RunAsync("arm-asylum", "schedule", null, CancellationToken.None);
        await UntilAtAsync("read");
        HarvestRun first = await bench.LastRunAsync();
        await HarvestBench.EventuallyAsync(async () => (await bench.LastRunAsync()).HeartbeatAt > first.HeartbeatAt);
        first.Status.Should().Be(RunStatus.Running);
        first.Node.Should().Be(HarvestLedger.Node);
        await using HubDbContext db = bench.Database.CreateContext();
        await db.Runs.ExecuteUpdateAsync(s => s.SetProperty(r => r.StopRequestedBy, "anna"));
        await running;
    }

    [Fact]
    public async Task Ends_a_run_whose_lease_is_lost()
    {
        HoldAt("read");
        await bench.RegisterAsync();
        Task<HarvestRun?> running = bench.Harvester.RunAsync("arm-asylum", "schedule", null, CancellationToken.None);
        await UntilAtAsync("read");
        await using (HubDbContext db = bench.Database.CreateContext())
        {
            await db.Database.ExecuteSqlRawAsync(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'DSM Hub harvest arm-asylum' AND datname = current_database()");
        }

        await running.WaitAsync(TimeSpan.FromSeconds(10));
        HarvestRun run = await bench.LastRunAsync();
        run.Status.Should().Be(RunStatus.Failed);
        run.FailureCode.Should().Be("X0109");
    }

    private void HoldAt(string stage)
    {
        if (stage == "request")
        {
            bench.System.Answer = context => Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted);
        }
        else
        {
            bench.Counts = async (_, ct) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(20), ct);
                return new MergeCounts();
            };
        }
    }

    private Task UntilAtAsync(string stage) => HarvestBench.EventuallyAsync(async () =>
    {
        await using HubDbContext db = bench.Database.CreateContext();
        return await db.Runs.AnyAsync(r => r.Stage == stage && r.Attempts == 1);
    });
}
