using System.Diagnostics;
using System.Globalization;
using Dsm.Exchange;
using Dsm.Exchange.Access;
using Dsm.Exchange.Harvesting;
using Dsm.Exchange.ReferenceMetadata;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Impact;
using Dsm.Exchange.Submissions;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;
using Hangfire;
using Hangfire.PostgreSql;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace Dsm.Benchmarks;

/// <summary>
/// How long the report on a change of structures takes on a flow with its last message kept, against reading the flow: a removed code
/// of a dimension, a new mandatory attribute, and the latter with the last message tried again before and after.
/// </summary>
internal static class ImpactBenchmark
{
    /// <summary>Runs the verb.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (GeneratedMessages.Generator() is not { } generator)
        {
            return 0;
        }

        long observations = ReadBenchmark.Option(arguments, "--obs", 1_000_000);
        int rounds = (int)ReadBenchmark.Option(arguments, "--rounds", 5);
        string folder = Directory.CreateTempSubdirectory("dsm-impact-").FullName;
        await using LoadBench bench = await LoadBench.StartAsync(GeneratedMessages.Message(generator, "structure21", 0), false, folder);
        await bench.RunAsync(await bench.ReceiveAsync(GeneratedMessages.Message(generator, "ss21", observations), snapshot: true), SubmissionStatus.Merged);
        using ChangeSimulator simulator = Simulator(bench);
        RegistrySnapshot now = bench.Registry.Current;
        DataSchema schema = now.Schema(bench.Agreement)!;
        DataStructure structure = schema.Structure;
        Codelist list = now.Structures.Find<Codelist>(schema.Find("CITIZENSHIP")!.Representation.Enumeration)!;
        string code = await MostUsedAsync(bench, schema);
        (Maintainable, Maintainable) removed = (list, list with { Codes = [.. list.Codes.Where(c => c.Id != code)] });
        DataAttribute wanted = structure.Attributes.First(a => a.Id == "OBS_STATUS") with { Id = "NEW_STATUS", IsMandatory = true };
        (Maintainable, Maintainable) demanded = (structure, structure with { Attributes = structure.Attributes.Add(wanted) });
        (string Name, Func<Task<long>> Pass)[] passes =
        [
            ("reading the flow", () => ReadAsync(bench, schema)),
            ("a code removed", () => SimulateAsync(simulator, now, removed, ReaderAccess.Public)),
            ("a mandatory attribute", () => SimulateAsync(simulator, now, demanded, ReaderAccess.Public)),
            ("the same and the message", () => SimulateAsync(simulator, now, demanded, ReaderAccess.Everything)),
        ];
        double[][] times = [.. passes.Select(_ => new double[rounds])];
        for (int round = -1; round < rounds; round++)
        {
            for (int p = 0; p < passes.Length; p++)
            {
                GC.Collect();
                long start = Stopwatch.GetTimestamp();
                long found = await passes[p].Pass();
                if (round < 0)
                {
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{passes[p].Name}: {found:N0} observations; {PeakMiB():F0} MiB at most so far"));
                }
                else
                {
                    times[p][round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                }
            }
        }

        for (int p = 0; p < passes.Length; p++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{passes[p].Name,-26}{times[p].Min(),8:F0}{Median(times[p]),8:F0}{times[p].Max(),8:F0} ms (min, median, max); {Median([.. times[p].Zip(times[0], (t, anchor) => t / anchor)]):F2} × reading"));
        }

        return 0;
    }

    private static ChangeSimulator Simulator(LoadBench bench)
    {
        PostgreSqlStorage storage = new(new Connections(bench.Database.ConnectionString), new PostgreSqlStorageOptions { PrepareSchemaIfNecessary = true });
        HarvestSchedule schedule = new(bench.Database, storage, new RecurringJobManager(storage), new BackgroundJobClient(storage), new SourceSecrets(new EphemeralDataProtectionProvider()));
        return new ChangeSimulator(new WarehouseReader(bench.Database, TimeProvider.System), schedule, new SubmissionContents(bench.Database), new MetadataLibrary(bench.Database, TimeProvider.System), bench.Database, bench.Registry, new RegionOptions());
    }

    private static async Task<long> SimulateAsync(ChangeSimulator simulator, RegistrySnapshot now, (Maintainable, Maintainable) change, ReaderAccess access)
    {
        ImpactReport report = await simulator.SimulateAsync(PlannedStructures.Of(now, [change]), access, TimeSpan.FromMinutes(5), CancellationToken.None);
        return report.NotLookedAt.IsEmpty && report.Trials.IsEmpty != access.SeesAllRestricted
            ? report.Data.Sum(d => d.Invalid)
            : throw new InvalidOperationException("The report is not complete.");
    }

    private static async Task<string> MostUsedAsync(LoadBench bench, DataSchema schema)
    {
        Dictionary<string, long> uses = [];
        int dimension = schema.Find("CITIZENSHIP")!.Index;
        await foreach (ObservationBatch batch in BatchesAsync(bench, schema))
        {
            for (int row = 0; row < batch.Count; row++)
            {
                string code = batch.Dimensions[dimension][batch.SeriesOf[row]]!;
                uses[code] = uses.GetValueOrDefault(code) + 1;
            }
        }

        return uses.MaxBy(u => u.Value).Key;
    }

    private static async Task<long> ReadAsync(LoadBench bench, DataSchema schema)
    {
        long read = 0;
        await foreach (ObservationBatch batch in BatchesAsync(bench, schema))
        {
            read += batch.Count;
        }

        return read;
    }

    private static IAsyncEnumerable<ObservationBatch> BatchesAsync(LoadBench bench, DataSchema schema)
        => new WarehouseReader(bench.Database, TimeProvider.System).ReadAsync(
            new WarehouseQuery { FlowUrn = schema.Dataflow!.Urn, Data = new DataQuery().Resolve(schema, new IssueList()) }, ReaderAccess.Public, CancellationToken.None);

    private static double PeakMiB()
    {
        using System.Diagnostics.Process self = System.Diagnostics.Process.GetCurrentProcess();
        self.Refresh();
        return self.PeakWorkingSet64 / 1048576.0;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private sealed class Connections(string connectionString) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => new(connectionString);
    }
}
