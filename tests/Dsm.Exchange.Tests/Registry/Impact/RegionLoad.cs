using Dsm.Exchange.Access;
using Dsm.Exchange.Demo;
using Dsm.Exchange.Harvesting;
using Dsm.Exchange.ReferenceMetadata;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Impact;
using Dsm.Exchange.Storage;
using Dsm.Exchange.Submissions;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;
using Hangfire;
using Hangfire.PostgreSql;
using Microsoft.AspNetCore.DataProtection;

namespace Dsm.Exchange.Tests.Registry.Impact;

/// <summary>A hub with every dataset of the demonstration in its warehouse, as its source brings it. Simulations change nothing, so all tests share it.</summary>
public sealed class RegionLoad : IAsyncLifetime
{
    public const string Name = "region load";
    private Exchange hub = null!;

    public RegionOptions Region { get; } = new() { Agency = "EECA", States = ["ARM", "AZE", "BLR", "GEO", "KAZ", "KGZ", "MDA", "RUS", "TJK", "TKM", "UKR", "UZB"] };

    public ChangeSimulator Simulator { get; private set; } = null!;

    public StructureSet Structures => hub.Registry.Current.Structures;

    public Exchange Hub => hub;

    public async Task InitializeAsync()
    {
        hub = await Exchange.StartAsync();
        string samples = Path.Combine(SharedFolder.RepositoryRoot, "samples");
        IReadOnlyList<DemoSource> sources = await DemoSource.LoadAsync(Path.Combine(samples, "sources.json"), CancellationToken.None);
        foreach (DemoSource source in sources)
        {
            string flow = source.NationalStructure is { } national ? StructureReference.ParseUrn(national).Id : source.Id[4..].ToUpperInvariant().Replace('-', '_');
            string file = Directory.GetFiles(Path.Combine(samples, "data", source.Id[..3].ToUpperInvariant()), flow + ".*").Single();
            SubmissionReceipt receipt = await hub.SendAsync(await File.ReadAllTextAsync(file), source.Agreement, snapshot: true, map: source.Map, source: source.NationalStructure);
            receipt.Submission.Status.Should().Be(SubmissionStatus.Merged, source.Id);
        }

        await using (HubDbContext db = hub.Database.CreateContext())
        {
            db.Sources.AddRange(sources.Select(s => s.At(new Uri("http://127.0.0.1:5710"))));
            await db.SaveChangesAsync();
        }

        PostgreSqlStorage storage = new(new Connections(hub.Database.ConnectionString), new PostgreSqlStorageOptions { PrepareSchemaIfNecessary = true });
        HarvestSchedule schedule = new(hub.Database, storage, new RecurringJobManager(storage), new BackgroundJobClient(storage), new SourceSecrets(new EphemeralDataProtectionProvider()));
        await schedule.SyncAsync(CancellationToken.None);
        Simulator = new ChangeSimulator(hub.Reader, schedule, hub.Contents, new MetadataLibrary(hub.Database, TimeProvider.System), hub.Database, hub.Registry, Region);
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    /// <summary>An artefact of the region, e.g. <c>CL_CITIZENSHIP</c>.</summary>
    public T Find<T>(string id, string agency = "EECA")
        where T : Maintainable => Structures.Of<T>().Single(a => a.AgencyId == agency && a.Id == id);

    /// <summary>What a change of one artefact touches.</summary>
    public Task<ImpactReport> SimulateAsync(Maintainable? before, Maintainable? after, ReaderAccess? access = null)
        => Simulator.SimulateAsync([(before, after)], access ?? ReaderAccess.Everything, CancellationToken.None);

    /// <summary>Counts stored observations the slow way: all that are read, one by one.</summary>
    public async Task<Dictionary<string, long>> CountAsync(string flow, Func<ObservationBatch, int, int, bool> isMeant, ReaderAccess? access = null)
    {
        DataSchema schema = hub.Registry.Current.Schema(Find<Dataflow>(flow).Reference)!;
        WarehouseQuery query = new() { FlowUrn = Find<Dataflow>(flow).Urn, Data = new DataQuery().Resolve(schema, new IssueList()) };
        int area = schema.Find("REF_AREA")!.Index;
        Dictionary<string, long> counts = [];
        await foreach (ObservationBatch batch in hub.Reader.ReadAsync(query, access ?? ReaderAccess.Everything, CancellationToken.None))
        {
            for (int row = 0; row < batch.Count; row++)
            {
                if (isMeant(batch, batch.SeriesOf[row], row))
                {
                    string state = batch.Dimensions[area][batch.SeriesOf[row]]!;
                    counts[state] = counts.GetValueOrDefault(state) + 1;
                }
            }
        }

        return counts;
    }

    private sealed class Connections(string connectionString) : IConnectionFactory
    {
        public Npgsql.NpgsqlConnection GetOrCreateConnection() => new(connectionString);
    }
}

[CollectionDefinition(RegionLoad.Name)]
public sealed class RegionLoadCollection : ICollectionFixture<RegionLoad>;
