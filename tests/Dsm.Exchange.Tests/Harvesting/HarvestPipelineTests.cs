using System.Globalization;
using Dsm.Exchange.Demo;
using Dsm.Exchange.Harvesting;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Editing;
using Dsm.Exchange.Storage;
using Dsm.Exchange.Submissions;
using Dsm.NationalServer;
using Dsm.Sdmx.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Dsm.Exchange.Tests.Harvesting;

/// <summary>The whole way from a national system to the warehouse, with the demonstration's systems, structures, maps and figures.</summary>
public sealed class HarvestPipelineTests : IAsyncLifetime
{
    // In a national structure with its own codes, as SDMX-ML.
    private const string Mapped = "arm-df-arm-dimum";

    // Tells what was updated after an instant.
    private const string Telling = "geo-df-geo-tavsh";

    private static readonly string Samples = Path.Combine(SharedFolder.RepositoryRoot, "samples");
    private static readonly RegionOptions Region = new() { Agency = "EECA" };

    private static readonly Lazy<Task<string>> WithStructures = new(async () =>
    {
        string template = await TestDatabase.CreateDatabaseAsync();
        await using ServiceProvider services = Services(template);
        await services.GetRequiredService<HubDatabase>().MigrateAsync(NullLogger.Instance, CancellationToken.None);
        await services.GetRequiredService<StructureRegistry>().LoadAsync(Path.Combine(SharedFolder.RepositoryRoot, "structures"), CancellationToken.None);
        return template;
    });

    private readonly WebApplication systems = NationalServerApp.Build(["--urls", "http://127.0.0.1:0", "--data", Path.Combine(Samples, "data")]);
    private readonly HttpClient http = new();
    private ServiceProvider services = null!;

    public async Task InitializeAsync()
    {
        services = Services(await TestDatabase.CreateDatabaseAsync(await WithStructures.Value));
        await services.GetRequiredService<StructureRegistry>().RefreshAsync(CancellationToken.None);
        await systems.StartAsync();
        http.BaseAddress = new Uri(systems.Urls.Single());
        await using HubDbContext db = Database.CreateContext();
        db.Sources.AddRange((await DemoSource.LoadAsync(Path.Combine(Samples, "sources.json"), CancellationToken.None)).Select(s => s.At(http.BaseAddress)));
        await db.SaveChangesAsync();
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await systems.DisposeAsync();
        await services.DisposeAsync();
    }

    private HubDatabase Database => services.GetRequiredService<HubDatabase>();

    [Fact]
    public async Task Harvests_every_source_balanced_and_the_second_time_unchanged_without_a_new_version()
    {
        string[] ids = await SourceIdsAsync();
        foreach (string id in ids)
        {
            HarvestRun run = await RunAsync(id);
            run.Status.Should().BeOneOf([RunStatus.Clean, RunStatus.CleanWithRefusals], id + " " + run.FailureCode);
            run.Counts.IsBalanced.Should().BeTrue();
            run.Counts.Added.Should().BePositive();
        }

        long versions = await CountAsync("series_chunk");
        foreach (string id in ids)
        {
            (await RunAsync(id)).Status.Should().Be(RunStatus.Unchanged, id);
        }

        (await CountAsync("series_chunk")).Should().Be(versions);
    }

    [Theory]
    [InlineData("error500", "X0101", "provider")]
    [InlineData("truncated", "X0104", "provider")]
    [InlineData("slow", "X0103", "provider")]
    [InlineData("html", "M0006", "provider")]
    [InlineData("changed-code", "D0306", "provider")]
    [InlineData("mass-deletion", "X0202", "coordinator")]
    public async Task Ends_red_with_a_plain_reason_the_warehouse_as_it_was_and_the_next_good_run_repairs(string mode, string code, string who)
    {
        await PatienceAsync(1);
        (await RunAsync(Mapped)).Status.Should().Be(RunStatus.Clean);
        string before = await DigestAsync();

        await ControlAsync("/change-one");
        await ControlAsync($"?mode={mode}");
        HarvestRun red = await RunAsync(Mapped);
        red.Status.Should().Be(RunStatus.Failed);
        red.FailureCode.Should().Be(code);
        red.ActionBy.Should().Be(who, red.FailureCode);
        (await DigestAsync()).Should().Be(before);

        await ControlAsync("?mode=normal");
        HarvestRun good = await RunAsync(Mapped);
        good.Status.Should().Be(RunStatus.Clean);
        good.Counts.Changed.Should().Be(1);
    }

    [Fact]
    public async Task Writes_one_version_of_one_series_when_one_figure_changed()
    {
        await RunAsync(Mapped);
        long versions = await CountAsync("series_chunk");
        await ControlAsync("/change-one");
        HarvestRun run = await RunAsync(Mapped);
        run.Counts.Changed.Should().Be(1);
        (run.Counts.Added + run.Counts.Removed + run.Counts.Refused).Should().Be(0);
        (await CountAsync("series_chunk")).Should().Be(versions + 1);
    }

    [Fact]
    public async Task Gets_exactly_the_change_from_a_source_that_tells_changes_and_what_was_deleted_in_silence_with_the_next_whole_answer()
    {
        HarvestRun whole = await RunAsync(Telling);
        whole.Status.Should().Be(RunStatus.Clean);
        (await RunAsync(Telling)).HttpStatus.Should().Be(404, "nothing was updated");

        await ControlAsync("/change-one?index=3&delta=7", "geo/DF_GEO_TAVSH");
        HarvestRun changed = await RunAsync(Telling);
        changed.Counts.Should().Be(new MergeCounts { Read = 1, Changed = 1 });
        (await RunAsync(Telling)).Status.Should().Be(RunStatus.Unchanged);

        (await http.PostAsync("/control/reset", null)).EnsureSuccessStatusCode();
        (await RunAsync(Telling)).Counts.Should().Be(new MergeCounts { Read = 1, Changed = 1 }, "the figure is the published one again");

        await ControlAsync("?mode=mass-deletion", "geo/DF_GEO_TAVSH");
        await using HubDbContext db = Database.CreateContext();
        await db.Sources.ExecuteUpdateAsync(s => s.SetProperty(x => x.MaxWithdrawnShare, 1));
        (await RunAsync(Telling)).Status.Should().Be(RunStatus.Unchanged, "nobody stamps a deletion");
        await db.Sources.ExecuteUpdateAsync(s => s.SetProperty(x => x.LastWholeRunAt, x => x.LastWholeRunAt - TimeSpan.FromDays(7)));
        HarvestRun again = await RunAsync(Telling);
        again.Status.Should().Be(RunStatus.Clean);
        again.Counts.Removed.Should().BePositive();
        (again.Counts.Removed + again.Counts.Same).Should().Be(whole.Counts.Added);
    }

    [Fact]
    public async Task Stops_in_the_middle_of_the_pipeline_with_nothing_half_written()
    {
        const string large = "kaz-df-kaz-ruqsat";
        await using (HubDbContext db = Database.CreateContext())
        {
            // The node dies at once: its token is cancelled as soon as the bytes are there.
            using CancellationTokenSource node = new();
            Task<HarvestRun?> running = services.GetRequiredService<Harvester>().RunAsync(large, "schedule", null, node.Token);
            await HarvestBench.EventuallyAsync(async () => running.IsCompleted || await db.Submissions.AnyAsync());
            await node.CancelAsync();
            await running.ContinueWith(_ => { }, TaskScheduler.Default);
            HarvestRun cut = await db.Runs.AsNoTracking().SingleAsync();
            (cut.Status == RunStatus.Clean || (cut.FailureCode == "X0107" && await CountAsync("series_chunk") == 0)).Should().BeTrue();
        }

        HarvestRun again = await RunAsync(large);
        again.Status.Should().BeOneOf(RunStatus.Clean, RunStatus.Unchanged);
        (await CountAsync("series_chunk")).Should().BePositive();
    }

    [Fact]
    public async Task Reads_everything_again_when_a_structure_of_the_source_changed_and_only_then()
    {
        StructureSet structures = services.GetRequiredService<StructureRegistry>().Current.Structures;
        Codelist citizenships = (Codelist)structures.Versions(StructureType.Codelist, "EECA", "CL_CITIZENSHIP").Last();
        Codelist further = citizenships with { Version = SdmxVersion.Parse("1.1.0"), Codes = citizenships.Codes.Add(new Code { Id = "_NEW", Name = LocalisedText.Of("New") }) };
        DataConstraint constraint = structures.Of<DataConstraint>().Single(c => c.Id == "DC_ASYLAPP");
        StructureMap map = structures.Of<StructureMap>().Single(m => m.AgencyId == "EECA.ARM" && m.Id.Contains("ASYLAPP", StringComparison.Ordinal));
        RepresentationMap rows = map.References.Select(structures.Find).OfType<RepresentationMap>().First();
        (await RunAsync(Mapped)).Status.Should().Be(RunStatus.Clean);

        await SubmitAsync(StructureTask.Append(citizenships with { Id = "CL_UNRELATED", Version = SdmxVersion.Parse("1.0.0") }));
        await SubmitAsync(StructureTask.Append(further with { Version = SdmxVersion.Parse("1.2.0-draft") }));
        await SubmitAsync(StructureTask.Append(constraint with { Id = "DC_UNRELATED", Attachments = [new StructureReference(StructureType.Dataflow, "EECA", "DF_RSD", "1.0.0")] }));
        await SubmitAsync(StructureTask.Append(constraint with { Version = SdmxVersion.Parse("1.1.0-draft") }));
        await SubmitAsync(StructureTask.Append(rows with { Version = SdmxVersion.Parse("2.0.0") }));
        await SubmitAsync(StructureTask.Append(further));
        (await RunAsync(Mapped)).Counts.Read.Should().Be(0, "nothing of it is used by the source");

        DataStructure structure = structures.Of<DataStructure>().Single(d => d.Id == "DSD_ASYLAPP");
        await SubmitAsync(StructureTask.Append(ReferenceMove.Apply(structure with { Version = SdmxVersion.Parse("1.1.0") }, r => r.Id == further.Id ? r with { Version = "1.1.0" } : r)));
        await ReadsAgainOnceAsync("the flow follows the data structure, and that names the new list");
        long later = await SubmitAsync(StructureTask.Append(constraint with { Version = SdmxVersion.Parse("1.1.0") }));
        await ReadsAgainOnceAsync("the later version of the constraint holds");
        (await services.GetRequiredService<StructureMaintenance>().RollBackAsync(later, Maintainer.Hub, null, CancellationToken.None)).IsApplied.Should().BeTrue();
        await ReadsAgainOnceAsync("the earlier version of the constraint holds again");
        await SubmitAsync(StructureTask.Replace(rows with { Annotations = [new Annotation { Type = "NOTE", Title = "Looked through" }] }));
        await ReadsAgainOnceAsync("the map of the source changed");
    }

    private async Task ReadsAgainOnceAsync(string why)
    {
        (await RunAsync(Mapped)).Counts.Read.Should().BePositive(why);
        (await RunAsync(Mapped)).Counts.Read.Should().Be(0, "it was read since");
    }

    private async Task<long> SubmitAsync(StructureTask task)
    {
        StructureReceipt receipt = await services.GetRequiredService<StructureMaintenance>().ApplyAsync(
            new StructureSubmission { Tasks = [task], By = Maintainer.Hub, Origin = "test" }, CancellationToken.None);
        receipt.IsApplied.Should().BeTrue(string.Join("; ", receipt.Plan.Issues.Concat(receipt.Plan.Changes.SelectMany(c => c.Issues))));
        return receipt.Transaction!.Value;
    }

    private static ServiceProvider Services(string connectionString)
    {
        ServiceCollection all = new();
        all.AddLogging();
        all.AddSingleton(TimeProvider.System).AddSingleton(Region);
        all.AddSingleton(new HarvestOptions { AllowedHosts = ["127.0.0.1"], BackOff = TimeSpan.FromMilliseconds(5), Heartbeat = TimeSpan.FromMilliseconds(100), MaxAttempts = 2, ClockTolerance = TimeSpan.FromSeconds(1) });
        all.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        all.AddSingleton(_ => new HubDatabase(connectionString));
        all.AddSubmissions();
        all.AddHarvesting();
        all.AddSingleton<ProcessSubmission>(p => (submission, how, ct) => p.GetRequiredService<SubmissionPipeline>().RunAsync(submission.Id, how, ct));
        return all.BuildServiceProvider();
    }

    private async Task<HarvestRun> RunAsync(string id)
        => (await services.GetRequiredService<Harvester>().RunAsync(id, "manual", "test", CancellationToken.None))!;

    private async Task ControlAsync(string command, string flow = "arm/DF_ARM_DIMUM")
    {
        using HttpResponseMessage answer = await http.PostAsync($"/control/{flow}{command}", null);
        answer.EnsureSuccessStatusCode();
    }

    private async Task PatienceAsync(int seconds)
    {
        await using HubDbContext db = Database.CreateContext();
        await db.Sources.ExecuteUpdateAsync(s => s.SetProperty(x => x.TimeoutSeconds, seconds));
    }

    private async Task<string[]> SourceIdsAsync()
    {
        await using HubDbContext db = Database.CreateContext();
        return await db.Sources.OrderBy(s => s.Id).Select(s => s.Id).ToArrayAsync();
    }

    private async Task<long> CountAsync(string table)
        => Convert.ToInt64(await ScalarAsync($"SELECT count(*) FROM {table}"), CultureInfo.InvariantCulture);

    // Everything readers can see, history included.
    private async Task<string> DigestAsync()
        => (string)(await ScalarAsync("SELECT md5(string_agg(h::text, '|' ORDER BY h.series_id, h.period, h.submission_id)) FROM observation_history h"))!;

    private async Task<object?> ScalarAsync(string sql)
    {
        await using NpgsqlCommand command = Database.DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
