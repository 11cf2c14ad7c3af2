using Dsm.Exchange.Storage;
using Dsm.Exchange.Warehouse;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dsm.Exchange.Tests.Warehouse;

/// <summary>Two nodes on one database: what one keeps in memory of a flow must never be older than what it did itself, and soon not older than what the other did.</summary>
public sealed class FlowStatesTests : IAsyncLifetime
{
    private readonly CancellationTokenSource stop = new();
    private readonly Clock clock = new();
    private Exchange here = null!;
    private HubDatabase there = null!;
    private WarehouseReader reader = null!, otherReader = null!;
    private Task listening = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        here = await Exchange.StartAsync();
        there = new HubDatabase(here.Database.ConnectionString);
        reader = new WarehouseReader(here.Database, clock);
        otherReader = new WarehouseReader(there, clock);
        listening = Task.WhenAll(
            here.Database.ListenAsync(NullLogger.Instance, stop.Token),
            there.ListenAsync(NullLogger.Instance, stop.Token));
        await UntilAsync(() => here.Database.Flows.IsListening && there.Flows.IsListening);
        await here.SendAsync(Exchange.Csv("SYR 2020 1"));
    }

    public async Task DisposeAsync()
    {
        await stop.CancelAsync();
        await listening;
        stop.Dispose();
        await there.DisposeAsync();
        await here.DisposeAsync();
    }

    [Fact]
    public async Task Keeps_the_state_while_nothing_changes()
    {
        FlowState state = await reader.FlowStateAsync(Exchange.Flow, default);
        await UntilAsync(async () => await reader.FlowStateAsync(Exchange.Flow, default) is { } s && ReferenceEquals(s, reader.KnownFlowState(Exchange.Flow)));
        reader.KnownFlowState(Exchange.Flow).Should().Be(state);
        clock.Ahead = TimeSpan.FromMinutes(1);
        reader.KnownFlowState(Exchange.Flow).Should().BeNull("a notification may be lost without anybody noticing");
    }

    [Fact]
    public async Task Is_never_stale_where_the_merge_was()
    {
        for (int i = 0; i < 10; i++)
        {
            FlowState before = await reader.FlowStateAsync(Exchange.Flow, default);
            await here.SendAsync(Exchange.Csv($"SYR 2020 {i + 2}"));
            (await reader.FlowStateAsync(Exchange.Flow, default)).Should().NotBe(before);
        }
    }

    [Fact]
    public async Task Hears_of_merges_and_releases_by_the_other_node()
    {
        FlowState before = await otherReader.FlowStateAsync(Exchange.Flow, default);
        await here.SendAsync(Exchange.Csv("SYR 2020 9"));
        await UntilAsync(async () => await otherReader.FlowStateAsync(Exchange.Flow, default) != before);
        FlowState merged = await otherReader.FlowStateAsync(Exchange.Flow, default);
        (await reader.ReleaseAsync(Exchange.Armenia, clock.GetUtcNow().AddDays(-1), default)).Should().BeTrue();
        await UntilAsync(async () => await otherReader.FlowStateAsync(Exchange.Flow, default) != merged);
    }

    [Fact]
    public async Task Keeps_nothing_while_the_connection_is_lost_and_listens_again()
    {
        await UntilAsync(async () => (await otherReader.FlowStateAsync(Exchange.Flow, default)) is not null && otherReader.KnownFlowState(Exchange.Flow) is not null);
        long heard = there.Flows.Generation;
        await here.ScalarAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'DSM Hub, changes' AND datname = current_database()");
        await UntilAsync(() => !there.Flows.IsListening);
        otherReader.KnownFlowState(Exchange.Flow).Should().BeNull();
        (await otherReader.FlowStateAsync(Exchange.Flow, default)).ChangedAt.Should().NotBeNull("the database still answers");
        await UntilAsync(() => there.Flows.IsListening && there.Flows.Generation > heard + 1);
        FlowState before = await otherReader.FlowStateAsync(Exchange.Flow, default);
        await here.SendAsync(Exchange.Csv("SYR 2020 10"));
        await UntilAsync(async () => await otherReader.FlowStateAsync(Exchange.Flow, default) != before);
    }

    [Fact]
    public async Task Changes_when_an_embargo_ends_or_a_release_becomes_due()
    {
        await here.SendAsync(Exchange.Message("ARM", "I", $"{DateTimeOffset.UtcNow.AddSeconds(10):yyyy-MM-dd'T'HH:mm:ss'Z'}", "UKR 2021 3"));
        await UntilAsync(async () => (await reader.FlowStateAsync(Exchange.Flow, default)) is not null && reader.KnownFlowState(Exchange.Flow) is not null);
        FlowState under = reader.KnownFlowState(Exchange.Flow)!;
        clock.Ahead = TimeSpan.FromSeconds(12);
        reader.KnownFlowState(Exchange.Flow).Should().BeNull();
        FlowState ended = await reader.FlowStateAsync(Exchange.Flow, default);
        ended.Should().NotBe(under);
        await reader.ReleaseAsync(Exchange.Armenia, clock.GetUtcNow().AddSeconds(5), default);
        FlowState due = await reader.FlowStateAsync(Exchange.Flow, default);
        clock.Ahead = TimeSpan.FromSeconds(20);
        (await reader.FlowStateAsync(Exchange.Flow, default)).Should().NotBe(due);
    }

    private static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (int i = 0; i < 500; i++)
        {
            if (await holds())
            {
                return;
            }

            await Task.Delay(20);
        }

        throw new TimeoutException("It did not come to hold within ten seconds.");
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow + Ahead;
    }
}
