using System.IO.Compression;
using System.Text;
using Dsm.Exchange.Harvesting;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Storage;
using Dsm.Exchange.Submissions;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Tests.Harvesting;

public sealed class HarvesterTests : IAsyncLifetime
{
    private HarvestBench bench = null!;

    public async Task InitializeAsync() => bench = await HarvestBench.StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task Keeps_the_bytes_verbatim_and_enters_a_balanced_run_into_the_ledger()
    {
        bench.System.Answer = TestSource.Text("<a>Данные</a>", "\"v1\"");
        await bench.RegisterAsync(s => s.MaxWithdrawnShare = 0.3);
        HarvestRun run = await bench.RunAsync("schedule");

        bench.Processed.Should().Equal("<a>Данные</a>");
        bench.Handed.Single().Options.MaxWithdrawnShare.Should().Be(0.3);
        run.Status.Should().Be(RunStatus.Clean);
        run.Counts.Should().Be(new MergeCounts { Read = 3, Added = 3 });
        run.HttpStatus.Should().Be(200);
        run.Attempts.Should().Be(1);
        run.Stage.Should().Be("done");
        run.BytesReceived.Should().Be(Encoding.UTF8.GetByteCount("<a>Данные</a>"));
        run.FinishedAt.Should().NotBeNull();
        run.FailureCode.Should().BeNull();
        run.SubmissionId.Should().NotBeNull();
    }

    [Fact]
    public async Task Asks_only_for_what_is_new_and_says_unchanged_after_304()
    {
        bench.System.Answer = context => context.Request.Headers.IfNoneMatch == "\"v1\""
            ? TestSource.Status(304)(context)
            : TestSource.Text("data", "\"v1\"")(context);
        await bench.RegisterAsync();
        await bench.RunAsync();
        HarvestRun second = await bench.RunAsync();

        second.Status.Should().Be(RunStatus.Unchanged);
        second.HttpStatus.Should().Be(304);
        second.SubmissionId.Should().BeNull();
        bench.Processed.Should().HaveCount(1);
        (await bench.SourceAsync()).LastETag.Should().Be("\"v1\"");
    }

    [Fact]
    public async Task Says_unchanged_when_a_source_without_etag_sends_the_same_bytes_again()
    {
        await bench.RegisterAsync();
        await bench.RunAsync();
        (await bench.RunAsync()).Status.Should().Be(RunStatus.Unchanged);
        bench.Processed.Should().HaveCount(1);
    }

    [Fact]
    public async Task Says_again_what_is_refused_as_long_as_it_is()
    {
        bench.System.Answer = context => context.Request.Headers.IfNoneMatch == "\"v1\""
            ? TestSource.Status(304)(context)
            : TestSource.Text("data", "\"v1\"")(context);
        bench.Counts = (_, _) => Task.FromResult(new MergeCounts { Read = 3, Same = 2, Refused = 1 });
        await bench.RegisterAsync();
        await bench.RunAsync();

        (await bench.RunAsync()).Status.Should().Be(RunStatus.CleanWithRefusals);
        bench.Counts = (_, _) => Task.FromResult(new MergeCounts { Read = 3, Same = 2, Added = 1 });
        (await bench.RunAsync()).Status.Should().Be(RunStatus.Clean);
        (await bench.RunAsync()).Status.Should().Be(RunStatus.Unchanged);
        bench.Processed.Should().HaveCount(3);
    }

    [Fact]
    public async Task Asks_for_everything_again_after_any_change_of_structures_while_the_agreement_is_unknown()
    {
        bench.System.Answer = TestSource.Text("data", "\"v1\"");
        await bench.RegisterAsync();
        await bench.RunAsync();
        await using (HubDbContext db = bench.Database.CreateContext())
        {
            db.Structures.Add(new() { Urn = "urn:x", Class = "Codelist", Content = "", ContentHash = "", Origin = "test", CurrentFrom = DateTimeOffset.UtcNow, OpenedBy = 1 });
            await db.SaveChangesAsync();
        }

        await bench.RunAsync();
        bench.System.Requests.Last().Should().NotContainKey("If-None-Match");
        bench.Processed.Should().HaveCount(2);
    }

    [Fact]
    public async Task Begins_when_a_publication_of_structures_under_way_has_ended()
    {
        await bench.RegisterAsync();
        using SemaphoreSlim turn = new(1);
        Task<HarvestRun> run;
        await using (StructureWriting writing = await StructureWriting.BeginAsync(bench.Database, turn, CancellationToken.None))
        {
            run = bench.RunAsync();
            await HarvestBench.EventuallyAsync(async () =>
            {
                const string waiting = "SELECT count(*)::int AS \"Value\" FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE d.datname = current_database() AND locktype = 'advisory' AND NOT granted";
                await using HubDbContext db = bench.Database.CreateContext();
                return await db.Database.SqlQueryRaw<int>(waiting).SingleAsync() == 1;
            });
            bench.System.Requests.Should().BeEmpty();
            await writing.CommitAsync();
        }

        (await run).Status.Should().Be(RunStatus.Clean);
    }

    [Fact]
    public async Task Asks_for_everything_again_after_somebody_else_changed_the_data_of_the_agreement()
    {
        await bench.RegisterAsync();
        await bench.RunAsync();
        await using (HubDbContext db = bench.Database.CreateContext())
        {
            db.Submissions.Add(new()
            {
                AgreementUrn = "urn:agreement", ContentHash = "x", Origin = SubmissionOrigin.Upload, Status = SubmissionStatus.Merged,
                ReceivedAt = DateTimeOffset.UtcNow, MergedAt = DateTimeOffset.UtcNow,
            });
            await db.SaveChangesAsync();
        }

        await bench.RunAsync();
        bench.Processed.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Unpacks_what_it_asked_for(string coding)
    {
        bench.System.Answer = context => WritePackedAsync(context, coding, Pack("packed data", coding));
        await bench.RegisterAsync();
        (await bench.RunAsync()).Status.Should().Be(RunStatus.Clean);
        bench.Processed.Should().Equal("packed data");
        bench.System.Requests.Single()["Accept-Encoding"].Should().Contain(coding);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Refuses_packed_content_that_ends_early(string coding)
    {
        byte[] packed = Pack(string.Concat(Enumerable.Range(0, 20_000)), coding);
        bench.System.Answer = context => WritePackedAsync(context, coding, packed[..(packed.Length / 2)]);
        await bench.RegisterAsync();
        await FailsAsync("X0104", ActionBy.Provider);
    }

    [Fact]
    public async Task Refuses_content_beyond_the_limit_however_small_it_was_packed()
    {
        await using HarvestBench small = await HarvestBench.StartAsync(o => o with { MaxContentBytes = 100_000 });
        byte[] bomb = Pack(new string('0', 10_000_000), "gzip");
        small.System.Answer = context => WritePackedAsync(context, "gzip", bomb);
        await small.RegisterAsync();
        HarvestRun run = await small.RunAsync();
        run.FailureCode.Should().Be("X0111");
        run.Attempts.Should().Be(1, "trying again does not help");
        small.Processed.Should().BeEmpty();
    }

    [Fact]
    public async Task Repeats_after_passing_errors_and_ends_well()
    {
        bench.System.Answer = TestSource.InTurn(TestSource.Status(503), TestSource.Status(500), TestSource.Text("data"));
        await bench.RegisterAsync();
        HarvestRun run = await bench.RunAsync();
        run.Status.Should().Be(RunStatus.Clean);
        run.Attempts.Should().Be(3);
    }

    [Fact]
    public async Task Ends_red_when_the_error_stays()
    {
        bench.System.Answer = TestSource.Status(500);
        await bench.RegisterAsync();
        HarvestRun run = await FailsAsync("X0101", ActionBy.Provider);
        run.Attempts.Should().Be(bench.Options.MaxAttempts);
        run.HttpStatus.Should().Be(500);
        run.FailureArguments["status"].Should().Be("500");
        run.FailureArguments["url"].Should().Be(bench.System.Url);
    }

    [Theory]
    [InlineData(400, ActionBy.Provider)]
    [InlineData(401, ActionBy.Coordinator)]
    [InlineData(403, ActionBy.Coordinator)]
    [InlineData(404, ActionBy.Coordinator)]
    public async Task Does_not_repeat_what_will_not_change(int status, string who)
    {
        bench.System.Answer = TestSource.Status(status);
        await bench.RegisterAsync();
        (await FailsAsync("X0101", who)).Attempts.Should().Be(1);
    }

    [Fact]
    public async Task Waits_as_long_as_the_source_asks()
    {
        bench.System.Answer = TestSource.InTurn(
            context =>
            {
                context.Response.Headers.RetryAfter = "1";
                return TestSource.Status(429)(context);
            },
            TestSource.Text("data"));
        await bench.RegisterAsync();
        HarvestRun run = await bench.RunAsync();
        run.Status.Should().Be(RunStatus.Clean);
        (run.FinishedAt - run.StartedAt).Should().BeGreaterThan(TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task Does_not_wait_for_a_source_that_asks_for_too_long()
    {
        bench.System.Answer = context =>
        {
            context.Response.Headers.RetryAfter = "86400";
            return TestSource.Status(503)(context);
        };
        await bench.RegisterAsync();
        (await FailsAsync("X0101", ActionBy.Provider)).Attempts.Should().Be(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Gives_up_a_source_that_falls_silent(bool afterTheHeaders)
    {
        await using HarvestBench patient = await HarvestBench.StartAsync(o => o with { MaxAttempts = 1 });
        patient.System.Answer = async context =>
        {
            if (afterTheHeaders)
            {
                await context.Response.WriteAsync("<data>");
                await context.Response.Body.FlushAsync();
            }

            await Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted);
        };
        await patient.RegisterAsync(s => s.TimeoutSeconds = 1);
        HarvestRun run = await patient.RunAsync();
        run.FailureCode.Should().Be("X0103");
        run.FailureArguments["seconds"].Should().Be("1");
        run.ActionBy.Should().Be(ActionBy.Provider);
        patient.Processed.Should().BeEmpty();
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 100)]
    [InlineData(true, 100)]
    public async Task Keeps_nothing_of_an_answer_that_breaks_off(bool chunked, int afterMilliseconds)
    {
        bench.System.Answer = async context =>
        {
            context.Response.ContentLength = chunked ? null : 1000;
            await context.Response.WriteAsync("<data>");
            await context.Response.Body.FlushAsync();
            await Task.Delay(afterMilliseconds);
            context.Abort();
        };
        await bench.RegisterAsync();
        await FailsAsync("X0104", ActionBy.Provider);
        await using HubDbContext db = bench.Database.CreateContext();
        (await db.Submissions.CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Says_that_a_source_cannot_be_reached()
    {
        await bench.RegisterAsync(s => s.Url = "http://127.0.0.1:1/data");
        HarvestRun run = await FailsAsync("X0102", ActionBy.Provider);
        run.HttpStatus.Should().BeNull();
        run.Attempts.Should().Be(bench.Options.MaxAttempts);
    }

    [Fact]
    public async Task Ends_a_run_at_its_time_limit()
    {
        bench.System.Answer = async context =>
        {
            // Never silent, never finished.
            while (true)
            {
                await context.Response.WriteAsync("x", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(50, context.RequestAborted);
            }
        };
        await bench.RegisterAsync(s => s.RunLimitSeconds = 1);
        HarvestRun run = await FailsAsync("X0105", ActionBy.Coordinator);
        (run.FinishedAt - run.StartedAt).Should().BeLessThan(TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task Remembers_nothing_of_a_failed_run_so_that_the_next_good_one_repairs()
    {
        bench.System.Answer = TestSource.Text("good", "\"v1\"");
        await bench.RegisterAsync();
        await bench.RunAsync();
        bench.System.Answer = TestSource.Text("bad", "\"v2\"");
        bench.Counts = (_, _) => Task.FromResult(new MergeCounts { Read = 5, Added = 3 });
        HarvestRun failed = await bench.RunAsync();
        failed.Status.Should().Be(RunStatus.Failed);
        (await bench.SourceAsync()).LastETag.Should().Be("\"v1\"");

        bench.Counts = (_, _) => Task.FromResult(new MergeCounts { Read = 5, Added = 2, Same = 3 });
        (await bench.RunAsync()).Status.Should().Be(RunStatus.Clean);
        (await bench.SourceAsync()).LastETag.Should().Be("\"v2\"");
    }

    [Fact]
    public async Task Calls_a_run_that_does_not_balance_failed()
    {
        bench.Counts = (_, _) => Task.FromResult(new MergeCounts { Read = 5, Added = 3 });
        await bench.RegisterAsync();
        HarvestRun run = await bench.RunAsync();
        run.Status.Should().Be(RunStatus.Failed);
        run.FailureCode.Should().Be("X0108");
        run.FailureArguments.Should().BeEquivalentTo(new Dictionary<string, string> { ["read"] = "5", ["accounted"] = "3" });
        run.ActionBy.Should().Be(ActionBy.Administrator);
    }

    [Fact]
    public async Task Reports_a_fault_of_the_hub_as_such()
    {
        bench.Counts = (_, _) => throw new InvalidOperationException("broken wheel");
        await bench.RegisterAsync();
        HarvestRun run = await bench.RunAsync();
        run.FailureCode.Should().Be("X0109");
        run.FailureArguments["detail"].Should().Contain("broken wheel");
        run.ActionBy.Should().Be(ActionBy.Administrator);
    }

    [Fact]
    public async Task Leaves_a_disabled_source_alone_unless_a_person_wants_it()
    {
        await bench.RegisterAsync(s => s.IsEnabled = false);
        (await bench.Harvester.RunAsync("arm-asylum", "schedule", null, CancellationToken.None)).Should().BeNull();
        (await bench.Harvester.RunAsync("arm-asylum", "manual", "admin", CancellationToken.None)).Should().NotBeNull();
        (await bench.Harvester.RunAsync("nobody", "manual", "admin", CancellationToken.None)).Should().BeNull();
    }

    private async Task<HarvestRun> FailsAsync(string code, string who)
    {
        HarvestRun run = await bench.RunAsync();
        run.Status.Should().Be(RunStatus.Failed);
        run.FailureCode.Should().Be(code);
        run.ActionBy.Should().Be(who);
        run.Counts.Should().Be(new MergeCounts());
        bench.Processed.Should().BeEmpty();
        return run;
    }

    private static byte[] Pack(string text, string coding)
    {
        using MemoryStream packed = new();
        using (Stream packer = coding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest),
            _ => new ZLibStream(packed, CompressionLevel.Fastest),
        })
        {
            packer.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private static Task WritePackedAsync(HttpContext context, string coding, byte[] bytes)
    {
        context.Response.Headers.ContentEncoding = coding;
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes).AsTask();
    }
}
