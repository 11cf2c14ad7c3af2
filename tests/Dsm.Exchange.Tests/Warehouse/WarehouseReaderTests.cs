using Dsm.Exchange.Submissions;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Rest;

namespace Dsm.Exchange.Tests.Warehouse;

public sealed class WarehouseReaderTests : IAsyncLifetime
{
    private Exchange hub = null!;

    public async Task InitializeAsync() => hub = await Exchange.StartAsync();

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task Selects_by_key_by_time_and_by_filter()
    {
        await hub.SendAsync(Exchange.Csv("SYR 2020 1", "SYR 2021 2 P", "SYR 2022 3", "UKR 2021 4", "IRQ 2021-Q1 5", "IRQ 2021-03 6"));
        KeyQuery syria = new([["A"], ["ARM"], ["SYR"]]);

        (await hub.ReadAsync(hub.Query(q => q with { Keys = [syria] }))).Should().Equal("SYR 2020 1 A", "SYR 2021 2 P", "SYR 2022 3 A");
        (await hub.ReadAsync(hub.Query(q => q with { Keys = [new([["A"], ["ARM"], ["SYR"], ["_T"], ["_T"], ["N"], ["G"], ["LODGED"], ["PS"]])] }))).Should().HaveCount(3);
        (await hub.ReadAsync(hub.Query(q => q with { StartPeriod = TimePeriod.Parse("2021"), EndPeriod = TimePeriod.Parse("2021") })))
            .Should().Equal("SYR 2021 2 P", "UKR 2021 4 A", "IRQ 2021-03 6 A", "IRQ 2021-Q1 5 A");
        (await hub.ReadAsync(hub.Query(q => q with { Filters = [ComponentFilter.OneOf("OBS_STATUS", "P")] }))).Should().Equal("SYR 2021 2 P");
        (await hub.ReadAsync(hub.Query(q => q with { Keys = [new([[], [], ["QQQ"]])] }))).Should().BeEmpty();
        (await hub.ReadAsync(hub.Query(q => q with { Keys = [new([[], [], ["\0"]])] }))).Should().BeEmpty("PostgreSQL knows no such text");
    }

    [Fact]
    public async Task Leaves_no_statement_with_the_connection_for_each_period_that_one_series_is_asked_for()
    {
        await hub.SendAsync(Exchange.Csv("SYR 2020 1", "SYR 2021 2 P", "SYR 2022 3"));
        KeyQuery one = new([["A"], ["ARM"], ["SYR"], ["_T"], ["_T"], ["N"], ["G"], ["LODGED"], ["PS"]]);
        foreach (int year in Enumerable.Range(1990, 40))
        {
            string[] kept = await hub.ReadAsync(hub.Query(q => q with { Keys = [one], StartPeriod = TimePeriod.Parse($"{year}"), EndPeriod = TimePeriod.Parse($"{year + 1}") }));
            kept.Should().HaveCount(year switch { 2020 or 2021 => 2, 2019 or 2022 => 1, _ => 0 });
        }

        (await hub.ReadAsync(hub.Query(q => q with { Keys = [one] }))).Should().HaveCount(3);
        (await hub.ScalarAsync("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%series_chunk%'")).Should().BeInRange(0, 2);
    }

    [Fact]
    public async Task Gives_the_first_and_last_observations_of_each_series()
    {
        await hub.SendAsync(Exchange.Csv("SYR 2020 1", "SYR 2021 2", "SYR 2022 3", "SYR 2023 4", "UKR 2021 4"));

        (await hub.ReadAsync(hub.Query() with { FirstN = 1 })).Should().Equal("SYR 2020 1 A", "UKR 2021 4 A");
        (await hub.ReadAsync(hub.Query() with { LastN = 2 })).Should().Equal("SYR 2022 3 A", "SYR 2023 4 A", "UKR 2021 4 A");
        (await hub.ReadAsync(hub.Query() with { FirstN = 1, LastN = 1 })).Should().Equal("SYR 2020 1 A", "SYR 2023 4 A", "UKR 2021 4 A");
    }

    [Fact]
    public async Task Orders_publications_as_readers_come_to_see_them()
    {
        string georgia = Exchange.Armenia.Replace("PA_ASYLAPP_ARM_MCS", "PA_ASYLAPP_GEO_MIA", StringComparison.Ordinal);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => i % 2 == 0
            ? hub.SendAsync(Exchange.Csv($"SYR {2010 + i} {i}", $"UKR {2010 + i} {i}"))
            : hub.SendAsync(Exchange.Message("GEO", "I", "", $"SYR {2010 + i} {i}"), georgia))));

        (await hub.ReadAsync()).Should().HaveCount(12);
        (await hub.ScalarAsync("SELECT count(*) FROM publication")).Should().Be(8);
        (await hub.ScalarAsync("SELECT count(*) FROM series_chunk WHERE closed_by IS NULL")).Should().Be(3);
        (await hub.ScalarAsync("SELECT version FROM flow")).Should().Be(8);
    }

    [Fact]
    public async Task Unpacks_to_one_row_an_observation_in_SQL()
    {
        await hub.SendAsync(Exchange.Csv("SYR 2020 1", "SYR 2021 2 P", "SYR 2022  M"));
        await hub.SendAsync(Exchange.Csv("SYR 2021 5 A F revised"));

        (await hub.ScalarAsync("SELECT count(*) FROM observation")).Should().Be(3);
        (await hub.ScalarAsync("SELECT sum(number) FROM observation WHERE attributes->>'OBS_STATUS' = 'A'")).Should().Be(6);
        (await hub.ScalarAsync("SELECT count(*) FROM observation WHERE attributes->>'COMMENT_OBS' = 'revised'")).Should().Be(1);
        (await hub.ScalarAsync("SELECT count(*) FROM observation_history")).Should().Be(6);
        (await hub.ScalarAsync("SELECT count(*) FROM observation_history WHERE valid_to = 'infinity'")).Should().Be(3);
    }

    [Fact]
    public async Task Leaves_nothing_behind_when_a_merge_is_called_off()
    {
        await hub.SendAsync(Exchange.Csv("SYR 2020 1"));
        Submission submission = await hub.ReceiveAsync(Exchange.Csv("SYR 2020 2", "UKR 2020 3"));
        using CancellationTokenSource stop = new();
        PipelineOptions options = new() { Progress = new Callback(p => Stop(p, stop)) };

        Func<Task> run = () => hub.Pipeline.RunAsync(submission.Id, options, stop.Token);

        await run.Should().ThrowAsync<OperationCanceledException>();
        (await hub.ReadAsync()).Should().Equal("SYR 2020 1 A");
        (await hub.ChunkVersionsAsync()).Should().Be(1);
        SubmissionReceipt repeated = await hub.Pipeline.RunAsync(submission.Id, new PipelineOptions(), CancellationToken.None);
        repeated.Submission.Counts.Should().Be(new MergeCounts { Read = 2, Added = 1, Changed = 1 });

        static void Stop(PipelineProgress progress, CancellationTokenSource stop)
        {
            if (progress.Stage == "merge")
            {
                stop.Cancel();
            }
        }
    }

    [Fact]
    public async Task Leaves_nothing_half_written_when_the_database_drops_every_connection_in_the_middle()
    {
        await hub.SendAsync(Exchange.Csv("SYR 2020 1"));
        Submission submission = await hub.ReceiveAsync(Exchange.Csv("SYR 2020 2", "UKR 2020 3"));
        PipelineOptions options = new()
        {
            Progress = new Callback(p =>
            {
                if (p.Stage == "merge")
                {
                    hub.ScalarAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()").GetAwaiter().GetResult();
                }
            }),
        };

        Func<Task> run = () => hub.Pipeline.RunAsync(submission.Id, options, CancellationToken.None);

        await run.Should().ThrowAsync<Exception>();
        (await hub.ReadAsync()).Should().Equal("SYR 2020 1 A");
        (await hub.ScalarAsync("SELECT count(*) FROM publication")).Should().Be(1);
        SubmissionReceipt repeated = await hub.Pipeline.RunAsync(submission.Id, new PipelineOptions(), CancellationToken.None);
        repeated.Submission.Counts.Should().Be(new MergeCounts { Read = 2, Added = 1, Changed = 1 });
    }

    [Fact]
    public async Task Says_when_a_flow_last_changed()
    {
        (await hub.Reader.FlowStateAsync(Exchange.Flow, CancellationToken.None)).Should().Be(new FlowState("", null));
        SubmissionReceipt receipt = await hub.SendAsync(Exchange.Csv("SYR 2020 1"));

        FlowState state = await hub.Reader.FlowStateAsync(Exchange.Flow, CancellationToken.None);

        state.ChangedAt.Should().Be(receipt.Submission.MergedAt);
        await hub.SendAsync(Exchange.Csv("SYR 2020 1"));
        (await hub.Reader.FlowStateAsync(Exchange.Flow, CancellationToken.None)).Should().Be(state);
    }

    private sealed class Callback(Action<PipelineProgress> action) : IProgress<PipelineProgress>
    {
        public void Report(PipelineProgress value) => action(value);
    }
}
