using System.Globalization;
using System.Text;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Storage;
using Dsm.Exchange.Submissions;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Rest;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Dsm.Exchange.Tests;

/// <summary>A hub's inside on a database of its own: the region's structures, a pipeline, a reader.</summary>
public sealed class Exchange : IAsyncDisposable
{
    public const string Armenia = "urn:sdmx:org.sdmx.infomodel.registry.ProvisionAgreement=EECA:PA_ASYLAPP_ARM_MCS(1.0.0)";
    public const string Flow = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=EECA:DF_ASYLAPP(1.0.0)";
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    private Exchange(HubDatabase database)
    {
        Database = database;
        Registry = new StructureRegistry(database, TimeProvider.System, NullLogger<StructureRegistry>.Instance, Region);
        Maintenance = new StructureMaintenance(database, Registry, Region, TimeProvider.System, NullLogger<StructureMaintenance>.Instance);
        Log = new StructureLog(database, Registry);
        Contents = new SubmissionContents(database);
        Intake = new SubmissionIntake(database, TimeProvider.System);
        Pipeline = new SubmissionPipeline(database, Registry, Contents, new RegionOptions(), TimeProvider.System, NullLogger<SubmissionPipeline>.Instance);
        Reader = new WarehouseReader(database, TimeProvider.System);
    }

    public HubDatabase Database { get; }

    public StructureRegistry Registry { get; }

    public StructureMaintenance Maintenance { get; }

    public StructureLog Log { get; }

    public static RegionOptions Region { get; } = new() { Agency = "EECA", States = ["ARM", "GEO", "KAZ"] };

    public SubmissionContents Contents { get; }

    public SubmissionIntake Intake { get; }

    public SubmissionPipeline Pipeline { get; }

    public WarehouseReader Reader { get; }

    public static string StructuresFolder => Path.Combine(SharedFolder.RepositoryRoot, "structures");

    public static async Task<Exchange> StartAsync()
    {
        Exchange exchange = new(new HubDatabase(await TestDatabase.CreateDatabaseAsync(await Template.Value)));
        await exchange.Registry.RefreshAsync(CancellationToken.None);
        return exchange;
    }

    public async ValueTask DisposeAsync()
    {
        Registry.Dispose();
        await Database.DisposeAsync();
    }

    /// <summary>Receives and processes a message.</summary>
    public async Task<SubmissionReceipt> SendAsync(string content, string agreement = Armenia, bool snapshot = false, PipelineOptions? options = null, string? map = null, string? source = null)
    {
        Submission submission = await ReceiveAsync(content, agreement, snapshot, map, source);
        return await Pipeline.RunAsync(submission.Id, options ?? new PipelineOptions(), CancellationToken.None);
    }

    public Task<Submission> ReceiveAsync(string content, string agreement = Armenia, bool snapshot = false, string? map = null, string? source = null)
        => Intake.ReceiveAsync(new MemoryStream(Encoding.UTF8.GetBytes(content)), new SubmissionDraft
        {
            Origin = SubmissionOrigin.Upload,
            AgreementUrn = agreement,
            IsSnapshot = snapshot,
            MapUrn = map,
            SourceStructureUrn = source,
        }, CancellationToken.None);

    /// <summary>Asylum applications as SDMX-CSV 2.0. Each row: citizenship, period, value, and if need be status, confidentiality, comment.</summary>
    public static string Csv(params string[] rows) => Message("ARM", "I", "", rows);

    public static string Message(string state, string action, string embargo, params string[] rows)
    {
        StringBuilder csv = new("STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,CITIZENSHIP,SEX,AGE,APPL_TYPE,PROC_AUTH,CASE_EVENT,UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,CONF_STATUS,COMMENT_OBS,TIME_PER_COLLECT,SOURCE_TYPE,COMPILING_ORG,UNIT_MULT,EMBARGO_TIME\n");
        foreach (string row in rows)
        {
            string[] parts = row.Split(' ');
            string Part(int i, string otherwise) => parts.Length > i ? parts[i] : otherwise;
            string frequency = parts[1].Length == 4 ? "A" : parts[1].Contains('Q', StringComparison.Ordinal) ? "Q" : "M";
            string key = string.Create(CultureInfo.InvariantCulture, $"dataflow,EECA:DF_ASYLAPP(1.0.0),{action},{frequency},{state},{parts[0]},_T,_T,N,G,LODGED,PS,{parts[1]}");

            // A deletion that names values deletes those alone; to delete observations is to give their keys.
            csv.Append(action == "D" ? key + ",,,,,,,,," : string.Create(
                CultureInfo.InvariantCulture,
                $"{key},{Part(2, "")},{Part(3, "A")},{Part(4, "F")},{Part(5, "")},S,ASYL,{(state == "GEO" ? "GEO_MIA" : state + "_MCS")},0,{embargo}")).Append('\n');
        }

        return csv.ToString();
    }

    public WarehouseQuery Query(Func<DataQuery, DataQuery>? how = null)
    {
        IssueList issues = new();
        DataQuery query = (how ?? (q => q))(new DataQuery());
        ResolvedDataQuery resolved = query.Resolve(Registry.Current.Schema(Flow)!, issues);
        issues.HasErrors.Should().BeFalse();
        return new WarehouseQuery { FlowUrn = Flow, Data = resolved, FirstN = query.FirstNObservations, LastN = query.LastNObservations };
    }

    /// <summary>What a reader gets, a line an observation: action, citizenship, period, value, status.</summary>
    public async Task<string[]> ReadAsync(WarehouseQuery? query = null, ReaderAccess? access = null)
    {
        List<string> lines = [];
        await foreach (ObservationBatch batch in Reader.ReadAsync(query ?? Query(), access ?? ReaderAccess.Public, CancellationToken.None))
        {
            int status = batch.Schema.ObservationAttributes.IndexOf(batch.Schema.Find("OBS_STATUS")!);
            for (int row = 0; row < batch.Count; row++)
            {
                string action = batch.Space.Header.Action == DataSetAction.Delete ? "-" : "";
                lines.Add($"{action}{batch.Dimensions[2][batch.SeriesOf[row]]} {batch.Periods[row]} {batch.Measures[0][row]} {batch.ObservationAttributes[status][row]}".TrimEnd());
            }
        }

        return [.. lines];
    }

    public async Task<long> ScalarAsync(string sql)
    {
        await using NpgsqlCommand command = Database.DataSource.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public Task<long> ChunkVersionsAsync() => ScalarAsync("SELECT count(*) FROM series_chunk");

    private static async Task<string> MakeTemplateAsync()
    {
        string connectionString = await TestDatabase.CreateDatabaseAsync();
        await using HubDatabase database = new(connectionString);
        await database.MigrateAsync(NullLogger.Instance, CancellationToken.None);
        using StructureRegistry registry = new(database, TimeProvider.System, NullLogger<StructureRegistry>.Instance);
        await registry.LoadAsync(StructuresFolder, CancellationToken.None);
        return connectionString;
    }
}
