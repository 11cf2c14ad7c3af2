using Dsm.Exchange.Access;
using Dsm.Exchange.Harvesting;
using Dsm.Exchange.Queries;
using Dsm.Exchange.ReferenceMetadata;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Impact;
using Dsm.Exchange.Storage;
using Dsm.Exchange.Tests.Queries;
using Dsm.Sdmx.Model;
using Hangfire;
using Hangfire.PostgreSql;
using Microsoft.AspNetCore.DataProtection;

namespace Dsm.Exchange.Tests.Registry.Impact;

/// <summary>What a change does to the queries that people keep.</summary>
public sealed class QueryTrialsTests : IAsyncLifetime
{
    private const string V2 = "/sdmx/v2/data/dataflow/EECA/DF_ASYLAPP/";
    private Exchange hub = null!;
    private ChangeSimulator simulator = null!;
    private SavedQueryDesk desk = null!;
    private string armenia = "", kazakhstan = "", region = "";

    private StructureSet Structures => hub.Registry.Current.Structures;

    private Codelist Citizenship => Structures.Of<Codelist>().Single(l => l is { AgencyId: "EECA", Id: "CL_CITIZENSHIP" });

    private DataStructure Asylum => Structures.Find<DataStructure>(Flow.Structure)!;

    private Dataflow Flow => Structures.Of<Dataflow>().Single(f => f is { AgencyId: "EECA", Id: "DF_ASYLAPP" });

    public async Task InitializeAsync()
    {
        hub = await Exchange.StartAsync();
        PostgreSqlStorage storage = new(new Connections(hub.Database.ConnectionString), new PostgreSqlStorageOptions { PrepareSchemaIfNecessary = true });
        HarvestSchedule schedule = new(hub.Database, storage, new RecurringJobManager(storage), new BackgroundJobClient(storage), new SourceSecrets(new EphemeralDataProtectionProvider()));
        simulator = new ChangeSimulator(hub.Reader, schedule, hub.Contents, new MetadataLibrary(hub.Database, TimeProvider.System), hub.Database, hub.Registry, Exchange.Region);
        desk = new SavedQueryDesk(hub.Database, hub.Registry, TimeProvider.System);
        (armenia, kazakhstan, region) = (await hub.Database.AddAsync("arm", "ARM", "ARM_MCS"), await hub.Database.AddAsync("kaz", "KAZ"), await hub.Database.AddAsync("region"));
    }

    public async Task DisposeAsync()
    {
        simulator.Dispose();
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task A_code_taken_out_makes_wrong_the_queries_that_name_it_and_leaves_the_others_right_by_state()
    {
        await KeepAsync(armenia, V2 + "1.0.0/A.ARM.AFG");
        await KeepAsync(armenia, V2 + "1.0.0?c[CITIZENSHIP]=SYR,AFG&c[TIME_PERIOD]=ge:2020");
        await KeepAsync(kazakhstan, "/sdmx/v1/data/EECA,DF_ASYLAPP,1.0.0/A.KAZ.SYR+AFG......");
        await KeepAsync(kazakhstan, V2 + "1.0.0/A.KAZ.SYR");
        await KeepAsync(kazakhstan, "/sdmx/v2/data/dataflow/EECA/DF_WPERMIT/1.0.0/A.KAZ");
        await KeepAsync(region, "/sdmx/v2/data/dataflow/SDMX/NONE/1.0.0", isKept: false);
        await KeepAsync(region, "/sdmx/v2/availability/dataflow/EECA/DF_ASYLAPP/1.0.0/A.*.AFG");
        await KeepAsync(region, V2 + "1.0.0/A.ARM.AFG?asOf=2100-01-01");

        ImpactReport report = await simulator.SimulateAsync([(Citizenship, Without("AFG"))], ReaderAccess.Everything, default);

        report.Queries.Counts.Should().BeEquivalentTo(
        [
            new QueryCount("ARM", "ARM_MCS", ImpactTiming.AtOnce, QueryVerdict.NamesGoneCodes, 2), new QueryCount("KAZ", null, ImpactTiming.AtOnce, QueryVerdict.NamesGoneCodes, 1),
            new QueryCount("KAZ", null, ImpactTiming.AtOnce, QueryVerdict.StillRight, 2), new QueryCount(null, null, ImpactTiming.AtOnce, QueryVerdict.NamesGoneCodes, 1),
        ]);
        report.Queries.Addresses.Where(a => a.Verdict == QueryVerdict.NamesGoneCodes).Should().HaveCount(4).And.OnlyContain(a => a.Codes.Single() == new NamedCode("CITIZENSHIP", "AFG"));
        report.Countries.ToDictionary(c => c.State ?? "", c => (c.Queries, c.QueriesGoneWrong)).Should().Contain("ARM", (2, 2)).And.Contain("KAZ", (3, 1)).And.Contain("", (1, 1));
        report.Queries.IsCut.Should().BeFalse();
        report.Queries.NotListed.Should().Be(0);
    }

    [Fact]
    public async Task A_next_version_of_a_list_touches_queries_when_references_move()
    {
        await KeepAsync(armenia, V2 + "1.0.0/A.ARM.AFG");
        await KeepAsync(kazakhstan, V2 + "1.0.0/A.KAZ.SYR");

        ImpactReport report = await simulator.SimulateAsync([(null, Without("AFG") with { Version = SdmxVersion.Parse("2.0.0") })], ReaderAccess.Everything, default);

        report.Queries.Addresses.Select(a => (a.Verdict, a.Timing)).Should().Equal((QueryVerdict.NamesGoneCodes, ImpactTiming.WhenReferencesMove), (QueryVerdict.StillRight, ImpactTiming.WhenReferencesMove));
    }

    [Fact]
    public async Task A_dimension_before_others_makes_keys_mean_something_else_and_one_taken_out_refuses_filters()
    {
        await KeepAsync(armenia, V2 + "1.0.0/A.ARM.AFG");
        await KeepAsync(armenia, V2 + "1.0.0/A.ARM");
        await KeepAsync(armenia, V2 + "1.0.0?c[SEX]=F");
        await KeepAsync(armenia, "/sdmx/v1/data/EECA,DF_ASYLAPP,1.0.0/all?dimensionAtObservation=SEX");
        Dimension added = Asylum.Dimensions.First(d => d.Id == "SEX") with { Id = "SEX_AT_BIRTH" };

        ImpactReport more = await simulator.SimulateAsync([(Asylum, Asylum with { Dimensions = Asylum.Dimensions.Insert(2, added) })], ReaderAccess.Everything, default);
        ImpactReport less = await simulator.SimulateAsync([(Asylum, Asylum with { Dimensions = [.. Asylum.Dimensions.Where(d => d.Id != "SEX")] })], ReaderAccess.Everything, default);

        more.Queries.Addresses.Single(a => a.Verdict == QueryVerdict.KeyMeansOther).Address.Should().EndWith("A.ARM.AFG");
        more.Queries.Addresses.Count(a => a.Verdict == QueryVerdict.StillRight).Should().Be(3, "their codes stand before it, or say which dimension they are of");
        less.Queries.Addresses.Where(a => a.Verdict == QueryVerdict.Refused).Should().HaveCount(2).And.OnlyContain(a => a.Issues.Length > 0);
        less.Queries.Addresses.Count(a => a.Verdict == QueryVerdict.StillRight).Should().Be(2, "their codes stand before it");
    }

    [Fact]
    public async Task A_flow_taken_out_leaves_queries_without_an_answer_and_those_of_several_with_less()
    {
        await KeepAsync(armenia, V2 + "1.0.0/A.ARM");
        await KeepAsync(kazakhstan, "/sdmx/v2/data/dataflow/EECA/DF_ASYLAPP,DF_RSD/*");
        Maintainable[] gone = [Flow, .. Structures.ReferrersOf(Flow)];

        ImpactReport report = await simulator.SimulateAsync(gone.Select(g => ((Maintainable?)g, (Maintainable?)null)), ReaderAccess.Everything, default);

        report.Queries.Counts.Should().BeEquivalentTo(
        [
            new QueryCount("ARM", "ARM_MCS", ImpactTiming.AtOnce, QueryVerdict.Gone, 1), new QueryCount("KAZ", null, ImpactTiming.AtOnce, QueryVerdict.AnswersLess, 1),
        ]);
        report.Queries.Addresses.Should().ContainSingle().Which.Lost.Should().Equal("EECA:DF_ASYLAPP(1.0.0)");
        report.Queries.NotListed.Should().Be(1, "an address of several artefacts may name what others must not know of");
    }

    [Fact]
    public async Task A_next_version_of_a_flow_is_felt_by_queries_for_the_latest()
    {
        await KeepAsync(armenia, V2 + "~/A.ARM");
        await KeepAsync(armenia, V2 + "1.0.0/A.ARM");

        ImpactReport report = await simulator.SimulateAsync([(null, Flow with { Version = SdmxVersion.Parse("1.1.0") })], ReaderAccess.Everything, default);

        report.Queries.Addresses.Should().ContainSingle().Which.Address.Should().Contain("~");
        report.Queries.Total.Should().Be((1, 0));
    }

    [Fact]
    public async Task Nobody_is_told_the_names_of_others_and_only_readers_of_everything_whose_they_are()
    {
        await KeepAsync(armenia, V2 + "1.0.0/A.ARM.AFG", "Private words");
        await KeepAsync(kazakhstan, V2 + "1.0.0/A.ARM.AFG", "Other words");
        await KeepAsync(kazakhstan, V2 + "1.0.0/A.ARM.AFG.PRIVATE_WORD");
        await KeepAsync(kazakhstan, V2 + "1.0.0?c[COMMENT_OBS]=co:PRIVATE_WORD&c[CITIZENSHIP]=AFG");
        await KeepAsync(kazakhstan, V2 + "1.0.0/A.ARM.AFG?format=PRIVATE_WORD");

        ImpactReport coordinator = await simulator.SimulateAsync([(Citizenship, Without("AFG"))], ReaderAccess.Everything, default);
        ImpactReport official = await simulator.SimulateAsync([(Citizenship, Without("AFG"))], new ReaderAccess(false, ["KAZ"]), default);

        coordinator.Queries.Addresses.Should().Contain(a => a.Owners.SequenceEqual(new[] { "Display arm", "Display kaz" }));
        official.Queries.Addresses.Should().OnlyContain(a => a.Owners.IsEmpty);
        foreach (ImpactReport report in new[] { coordinator, official })
        {
            report.Queries.Total.Should().Be((5, 5));
            report.Queries.Addresses.Should().HaveCount(2).And.OnlyContain(a => a.Address == V2 + "1.0.0/A.ARM.AFG");
            report.Queries.NotListed.Should().Be(2);
            System.Text.Json.JsonSerializer.Serialize(report.Queries).Should().NotContain("words").And.NotContain("PRIVATE_WORD");
        }
    }

    [Fact]
    public async Task Queries_for_what_the_reader_may_not_see_are_not_counted()
    {
        StructureReceipt closed = await hub.Maintenance.SetSpaceAsync(new AgencySpace { AgencyId = "EECA.ARM", State = "ARM", IsRestricted = true }, Maintainer.Hub, null, default);
        closed.IsApplied.Should().BeTrue();
        Dataflow national = Structures.Of<Dataflow>().First(f => f.AgencyId == "EECA.ARM");
        await KeepAsync(armenia, $"/sdmx/v2/data/dataflow/EECA.ARM/{national.Id}/*", access: new ReaderAccess(false, ["ARM"]));
        await KeepAsync(armenia, $"/sdmx/v2/data/dataflow/EECA.ARM,EECA/{national.Id},DF_ASYLAPP/*", access: new ReaderAccess(false, ["ARM"]));
        DataStructure structure = Structures.Find<DataStructure>(national.Structure)!;
        (Maintainable?, Maintainable?)[] changes = [(structure, structure with { Attributes = [] }), (Citizenship, Without("AFG"))];

        ImpactReport own = await simulator.SimulateAsync(changes, new ReaderAccess(false, ["ARM"]), default);
        ImpactReport other = await simulator.SimulateAsync(changes[1..], new ReaderAccess(false, ["KAZ"]), default);

        own.Queries.Total.All.Should().Be(2);
        other.Queries.Total.All.Should().Be(1, "the one that asks for a public flow, too");
        other.Queries.Addresses.Should().BeEmpty();
        other.Queries.NotListed.Should().Be(1);
    }

    [Fact]
    public async Task Lists_the_worst_and_counts_the_rest_however_many_there_are()
    {
        await using (HubDbContext db = hub.Database.CreateContext())
        {
            for (int i = 0; i < 3 * QueryTrials.MaxListed; i++)
            {
                bool isWrong = i % 3 == 0;
                db.SavedQueries.Add(new SavedQuery
                {
                    OwnerId = armenia, Name = $"N{i}", Line = QueryLine.V2, Path = $"data/dataflow/EECA/DF_ASYLAPP/1.0.0/A.ARM.{(isWrong ? "AFG" : "SYR")}", Parameters = $"limit={i + 1}",
                });
            }

            await db.SaveChangesAsync();
        }

        ImpactReport report = await simulator.SimulateAsync([(Citizenship, Without("AFG"))], ReaderAccess.Everything, default);

        report.Queries.Total.Should().Be((3 * QueryTrials.MaxListed, QueryTrials.MaxListed));
        report.Queries.Addresses.Should().HaveCount(QueryTrials.MaxListed).And.OnlyContain(a => a.Verdict == QueryVerdict.NamesGoneCodes);
        report.Queries.NotListed.Should().Be(2 * QueryTrials.MaxListed);

        ImpactReport hurried = await simulator.SimulateAsync(PlannedStructures.Of(Structures, [(Citizenship, Without("AFG"))]), ReaderAccess.Everything, TimeSpan.Zero, default);
        hurried.Queries.IsCut.Should().BeTrue();
    }

    [Fact]
    public async Task A_query_that_does_not_ask_for_what_changes_is_not_touched()
    {
        await KeepAsync(armenia, V2 + "1.0.0/A.ARM.AFG");
        Codelist other = Structures.Of<Codelist>().Single(l => l is { AgencyId: "EECA", Id: "CL_OUTCOME" });

        ImpactReport report = await simulator.SimulateAsync([(other, other with { Codes = other.Codes[1..] })], ReaderAccess.Everything, default);

        report.Queries.IsEmpty.Should().BeTrue();
    }

    private Codelist Without(string code) => Citizenship with { Codes = [.. Citizenship.Codes.Where(c => c.Id != code)] };

    private async Task KeepAsync(string owner, string address, string? name = null, bool isKept = true, ReaderAccess? access = null)
    {
        SavedQueryReceipt receipt = await desk.KeepAsync(owner, name ?? address, address, access ?? ReaderAccess.Public, default);
        (receipt.Id is not null).Should().Be(isKept, "{0}: {1} {2}", address, string.Join("; ", receipt.Faults), string.Join("; ", receipt.Issues));
    }

    private sealed class Connections(string connectionString) : IConnectionFactory
    {
        public Npgsql.NpgsqlConnection GetOrCreateConnection() => new(connectionString);
    }
}
