using System.Diagnostics;
using System.Globalization;
using Dsm.Exchange;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Storage;
using Dsm.Exchange.Submissions;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Dsm.Benchmarks;

/// <summary>A hub's inside on a database server of its own (fsync on), with the generator's structures and an agreement for them.</summary>
internal sealed class LoadBench : IAsyncDisposable
{
    private readonly PrivateCluster? _cluster;
    private readonly SubmissionIntake _intake;
    private readonly string? _map;
    private readonly string? _source;
    private readonly string _folder;

    private LoadBench(PrivateCluster? cluster, HubDatabase database, StructureRegistry registry, string agreement, string? map, string? source, string folder)
    {
        (_cluster, Database, Registry, Agreement, _map, _source, _folder) = (cluster, database, registry, agreement, map, source, folder);
        _intake = new SubmissionIntake(database, TimeProvider.System);
        Pipeline = new SubmissionPipeline(database, registry, new SubmissionContents(database), new RegionOptions(), TimeProvider.System, NullLogger<SubmissionPipeline>.Instance);
    }

    public HubDatabase Database { get; }

    public StructureRegistry Registry { get; }

    /// <summary>URN of the agreement.</summary>
    public string Agreement { get; }

    /// <summary>Milliseconds the merge took of the last run; what came before is reading and staging.</summary>
    public double MergeShare { get; private set; }

    public SubmissionPipeline Pipeline { get; }

    /// <summary>Starts a server and a hub's inside on it; or takes a server that runs (a child process does).</summary>
    public static async Task<LoadBench> StartAsync(string structureFile, bool maps, string folder, string? connectionString = null)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        PrivateCluster? cluster = connectionString is null
            ? await PrivateCluster.StartAsync(folder, new PrivateClusterOptions { Supervised = false }, NullLogger.Instance, CancellationToken.None)
            : null;
        HubDatabase database = new(connectionString ?? cluster!.ConnectionString);
        await database.MigrateAsync(NullLogger.Instance, CancellationToken.None);
        IssueList issues = new();
        using FileStream stream = File.OpenRead(structureFile);
        (StructureSet structures, StructureMap map) = TranslatedStructure.Make(StructureMessageReader.Read(stream, issues));
        Dataflow national = structures.Of<Dataflow>().First(f => f.Id == "DF_MIGR");
        StructureReference target = maps ? map.Target : national.Reference;
        OrganisationScheme providers = new()
        {
            AgencyId = "TEST",
            Id = "DATA_PROVIDERS",
            SchemeType = StructureType.DataProviderScheme,
            Name = LocalisedText.Of("Providers"),
            Organisations = [new Organisation { Id = "ALL", Name = LocalisedText.Of("All") }],
        };
        OrganisationScheme agencies = new()
        {
            AgencyId = "SDMX",
            Id = "AGENCIES",
            SchemeType = StructureType.AgencyScheme,
            Name = LocalisedText.Of("Agencies"),
            Organisations = [new Organisation { Id = "TEST", Name = LocalisedText.Of("Test") }],
        };
        Dataflow regional = structures.Find<Dataflow>(target)
            ?? new Dataflow { AgencyId = "TEST", Id = "DF_TARGET", Name = LocalisedText.Of("Target"), Structure = target };
        ProvisionAgreement agreement = new()
        {
            AgencyId = "TEST",
            Id = "PA",
            Name = LocalisedText.Of("Agreement"),
            Dataflow = regional.Reference,
            DataProvider = providers.Reference with { ItemId = "ALL" },
        };
        string files = Directory.CreateDirectory(Path.Combine(folder, "structures")).FullName;
        foreach (Maintainable artefact in structures.With([agencies, providers, regional, agreement, map]).All)
        {
            using FileStream file = File.Create(Path.Combine(files, $"{artefact.Type.Class}.{artefact.AgencyId}.{artefact.Id}.{artefact.Version}.xml"));
            StructureMessageWriter30.Write(file, [artefact], new MessageHeader { Id = artefact.Id, Prepared = "2025-01-01T00:00:00Z" }, issues);
        }

        StructureRegistry registry = new(database, TimeProvider.System, NullLogger<StructureRegistry>.Instance);
        await registry.LoadAsync(files, CancellationToken.None);
        return new LoadBench(cluster, database, registry, agreement.Urn, maps ? map.Urn : null, maps ? national.Urn : null, folder);
    }

    /// <summary>Keeps the bytes of a file; not part of what is measured.</summary>
    public async Task<long> ReceiveAsync(string file, bool snapshot = false)
    {
        await using FileStream stream = File.OpenRead(file);
        SubmissionDraft draft = new() { Origin = SubmissionOrigin.Upload, AgreementUrn = Agreement, MapUrn = _map, SourceStructureUrn = _source, IsSnapshot = snapshot };
        return (await _intake.ReceiveAsync(stream, draft, CancellationToken.None)).Id;
    }

    /// <summary>Runs the pipeline; a message that is not taken as a whole is an error of the benchmark.</summary>
    public async Task<SubmissionReceipt> RunAsync(long submission, SubmissionStatus expected)
    {
        StageTimes times = new();
        SubmissionReceipt receipt = await Pipeline.RunAsync(submission, new PipelineOptions { Progress = times }, CancellationToken.None);
        MergeShare = times.Merge;
        return receipt.Submission.Status == expected && receipt.Submission.Counts is { IsBalanced: true, Refused: 0 }
            ? receipt
            : throw new InvalidOperationException($"{receipt.Submission.Status}: {string.Join("; ", receipt.Findings.Select(f => f.Code + " " + string.Join(", ", f.Arguments.Values)))}");
    }

    public async Task ExecuteAsync(string sql)
    {
        await using NpgsqlCommand command = Database.DataSource.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    public Task EmptyAsync() => ExecuteAsync("TRUNCATE series_chunk, series_attributes, series, publication; UPDATE flow SET version = 0, changed_at = NULL");

    /// <summary>Bytes of write-ahead log so far.</summary>
    public async Task<long> WalAsync()
    {
        await using NpgsqlCommand command = Database.DataSource.CreateCommand("SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint");
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
            Directory.Delete(_cluster.Directory, true);
        }

        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, true);
        }
    }

    private sealed class StageTimes : IProgress<PipelineProgress>
    {
        private long _merge;

        public double Merge { get; private set; }

        public void Report(PipelineProgress value)
        {
            if (value.Stage == "merge")
            {
                _merge = Stopwatch.GetTimestamp();
            }
            else if (value.Stage == "done" && _merge != 0)
            {
                Merge = Stopwatch.GetElapsedTime(_merge).TotalMilliseconds;
            }
        }
    }
}
