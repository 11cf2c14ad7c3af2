using System.Diagnostics;
using System.Globalization;
using Dsm.Exchange.Submissions;
using Dsm.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Dsm.Benchmarks;

/// <summary>
/// How fast a hub answers data queries, against what it is built on: bare Kestrel endpoints over the same observations as rows, and
/// <c>COPY TO</c> of the rows. One database, one machine, one client; the two sides of each ratio alternate.
/// </summary>
internal sealed class RestBenchmark(string hub, RawRows raw, RestClient client, int rounds, int requests)
{
    private const string Csv = "application/vnd.sdmx.data+csv;version=2.1.0";
    private readonly List<string> _missed = [];
    private string Flow => $"{hub}/sdmx/v2/data/dataflow/TEST/DF_MIGR/1.0";

    /// <summary>Runs the verb; 0 when every goal is met.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (GeneratedMessages.Generator() is not { } generator)
        {
            return 0;
        }

        long observations = ReadBenchmark.Option(arguments, "--obs", 1_000_000);
        string folder = Directory.CreateTempSubdirectory("dsm-rest-bench-").FullName;
        await using LoadBench bench = await LoadBench.StartAsync(GeneratedMessages.Message(generator, "structure21", 0), false, folder);
        await bench.RunAsync(await bench.ReceiveAsync(GeneratedMessages.Message(generator, "ss21", observations)), SubmissionStatus.Merged);
        await bench.ExecuteAsync("VACUUM ANALYZE");
        await using RawRows raw = await RawRows.StartAsync(bench.Database.ConnectionString);
        await using HubHost host = await HubHost.BuildAsync(
            [
                $"--ConnectionStrings:Hub={bench.Database.ConnectionString}", "--port", "0", "--empty", "--data", Path.Combine(folder, "hub"),
                $"--Hub:StructuresPath={Path.Combine(folder, "structures")}", "--Hub:Region:Agency=TEST", "--Logging:LogLevel:Default=Error",
            ],
            CancellationToken.None);
        await host.App.StartAsync();
        HubReadiness readiness = host.App.Services.GetRequiredService<HubReadiness>();
        while (!(readiness.CanServe && readiness.JobsRunning))
        {
            await Task.Delay(100);
            _ = readiness.Failure is { } failure ? throw failure : 0;
        }

        using RestClient client = new();
        RestBenchmark benchmark = new(
            host.Address.ToString().TrimEnd('/'), raw, client, (int)ReadBenchmark.Option(arguments, "--rounds", 5), (int)ReadBenchmark.Option(arguments, "--requests", 1500));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{observations:N0} observations; load average {File.ReadAllText("/proc/loadavg")[..14]}"));
        if (Array.IndexOf(arguments, "--loop") is >= 0 and int loop)
        {
            await benchmark.LoopAsync(arguments[loop + 1], await KeysAsync(bench));
            await host.App.StopAsync();
            return 0;
        }

        await benchmark.OneSeriesAsync(await KeysAsync(bench));
        await benchmark.SomeAsync(bench);
        await benchmark.UnchangedAsync();
        await benchmark.WholeFlowAsync();
        await benchmark.EqualAsync();
        await host.App.StopAsync();
        Console.WriteLine(benchmark._missed.Count == 0 ? "every goal met" : "MISSED: " + string.Join("; ", benchmark._missed));
        return benchmark._missed.Count == 0 ? 0 : 1;
    }

    private static async Task<string[]> KeysAsync(LoadBench bench)
    {
        await using NpgsqlCommand command = bench.Database.DataSource.CreateCommand("SELECT array_agg(key) FROM (SELECT key FROM series ORDER BY md5(key) LIMIT 5000) k");
        return (string[])(await command.ExecuteScalarAsync())!;
    }

    private async Task OneSeriesAsync(string[] keys)
    {
        foreach ((string format, string accept) in new[] { ("CSV", Csv), ("JSON", "application/json") })
        {
            // Until the code of both sides is compiled to its end.
            long begun = Stopwatch.GetTimestamp();
            for (int i = 0; i < 20_000 && Stopwatch.GetElapsedTime(begun).TotalSeconds < 25; i++)
            {
                await client.AskAsync($"{Flow}/{keys[i % keys.Length]}", accept);
                await client.AskAsync($"{raw.Address}/series/{keys[i % keys.Length]}", accept);
            }

            List<double> p50 = [], p99 = [];
            List<double> sdmx = [], rows = [];
            for (int round = -1; round < rounds; round++)
            {
                double[] own = new double[requests], other = new double[requests];
                for (int i = 0; i < requests; i++)
                {
                    string key = keys[((round + 1) * requests + i) % keys.Length];
                    own[i] = (await client.AskAsync($"{Flow}/{key}", accept)).All;
                    other[i] = (await client.AskAsync($"{raw.Address}/series/{key}", accept)).All;
                }

                if (round >= 0)
                {
                    p50.Add(At(own, 0.5) / At(other, 0.5));
                    p99.Add(At(own, 0.99) / At(other, 0.99));
                    sdmx.AddRange(own);
                    rows.AddRange(other);
                }
            }

            double[] all = [.. sdmx], bare = [.. rows];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"one series, {format,-4}  p50 {At(all, 0.5):F3} ms, rows {At(bare, 0.5):F3} ms; p99 {At(all, 0.99):F3} ms, rows {At(bare, 0.99):F3} ms"));
            Judge($"one series, {format}, p50 ÷ rows", Median(p50), 1.3);
            Judge($"one series, {format}, p99 ÷ rows", Median(p99), 2);
        }
    }

    /// <summary>One kind of query again and again, for a profiler; says what it costs of processor time in this process.</summary>
    private async Task LoopAsync(string kind, string[] keys)
    {
        string tag = (await client.AskAsync($"{Flow}/A", Csv)).Tag!;
        Func<int, Task> ask = kind switch
        {
            "series" => i => client.AskAsync($"{Flow}/{keys[i % keys.Length]}", Csv),
            "json" => i => client.AskAsync($"{Flow}/{keys[i % keys.Length]}", "application/json"),
            "rows" => i => client.AskAsync($"{raw.Address}/series/{keys[i % keys.Length]}"),
            "some" => _ => client.AskAsync($"{Flow}/*.UA.RES_PERM", Csv),
            "304" => _ => client.AskAsync($"{Flow}/A", Csv, tag),
            "constant" => _ => client.AskAsync($"{raw.Address}/constant", Csv, tag),
            _ => _ => client.AskAsync(Flow, Csv),
        };
        for (int round = 0; round < 10; round++)
        {
            using Process self = Process.GetCurrentProcess();
            TimeSpan before = self.TotalProcessorTime;
            long allocated = GC.GetTotalAllocatedBytes();
            long start = Stopwatch.GetTimestamp();
            int asked = 0;
            for (; Stopwatch.GetElapsedTime(start).TotalSeconds < 3; asked++)
            {
                await ask(asked);
            }

            self.Refresh();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{kind}: {(self.TotalProcessorTime - before).TotalMicroseconds / asked:F0} µs of processor time, {(GC.GetTotalAllocatedBytes() - allocated) / asked:N0} bytes a request"));
        }
    }

    private async Task SomeAsync(LoadBench bench)
    {
        await using NpgsqlCommand command = bench.Database.DataSource.CreateCommand(
            "SELECT ref_area, indicator, count(*) FROM bare GROUP BY 1, 2 ORDER BY abs(count(*) - 10000), 1, 2 LIMIT 1");
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        (string area, string indicator, long count) = (row.GetString(0), row.GetString(1), row.GetInt64(2));
        List<double> ratios = [], sdmx = [], rows = [];
        for (int round = -3; round < rounds * 10; round++)
        {
            double own = (await client.AskAsync($"{Flow}/*.{area}.{indicator}", Csv)).All;
            double other = (await client.AskAsync($"{raw.Address}/some/{area}/{indicator}")).All;
            if (round >= 0)
            {
                ratios.Add(own / other);
                sdmx.Add(own);
                rows.Add(other);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} observations  {Median(sdmx):F1} ms, rows {Median(rows):F1} ms"));
        Judge($"{count:N0} observations ÷ rows", Median(ratios), 0.6);
    }

    private async Task UnchangedAsync()
    {
        string address = $"{Flow}/A";
        string tag = (await client.AskAsync(address, Csv)).Tag!;
        List<double> ratios = [], own = [], other = [];
        for (int round = -1; round < rounds; round++)
        {
            double sdmx = await ThroughputAsync(() => client.AskAsync(address, Csv, tag));
            double constant = await ThroughputAsync(() => client.AskAsync($"{raw.Address}/constant", Csv, tag));
            if (round >= 0)
            {
                ratios.Add(sdmx / constant);
                own.Add(sdmx);
                other.Add(constant);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"304: {Median(own):N0} a second, a constant 304 {Median(other):N0}"));
        Judge("throughput of 304 ÷ constant", Median(ratios), 0.8, isLeast: true);
    }

    private static async Task<double> ThroughputAsync(Func<Task> ask)
    {
        long start = Stopwatch.GetTimestamp(), until = start + (2 * Stopwatch.Frequency);
        long[] counts = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            long asked = 0;
            for (; Stopwatch.GetTimestamp() < until; asked++)
            {
                await ask();
            }

            return asked;
        })));
        return counts.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private async Task WholeFlowAsync()
    {
        foreach ((string format, string accept, bool isGoal) in new[] { ("CSV 2.1", Csv, true), ("JSON 2.1", "application/json", true), ("SDMX-ML 3.1", "application/vnd.sdmx.data+xml;version=3.1.0", true) })
        {
            List<double> ratios = [], firsts = [], alls = [], texts = [], binaries = [];
            long bytes = 0, copied = 0;
            for (int round = -1; round < rounds; round++)
            {
                (double first, double all, bytes, _) = await client.AskAsync(Flow, accept);
                double text = await TimeAsync(async () => copied = await raw.CopyAsync(false));
                double binary = await TimeAsync(() => raw.CopyAsync(true));
                if (round >= 0)
                {
                    ratios.Add(all / Math.Min(text, binary));
                    firsts.Add(first);
                    alls.Add(all);
                    texts.Add(text);
                    binaries.Add(binary);
                }
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"whole flow, {format}: first byte {Median(firsts):F1} ms, all {Median(alls):F0} ms, {bytes / 1e6:F1} MB; COPY TO as CSV {Median(texts):F0} ms, {copied / 1e6:F1} MB, binary {Median(binaries):F0} ms"));
            Judge($"whole flow, {format}, first byte in ms", Median(firsts), 100);
            if (isGoal)
            {
                Judge($"whole flow, {format} ÷ the faster COPY TO", Median(ratios), 1);
            }
        }
    }

    private async Task EqualAsync()
    {
        double one = Median([.. await Task.WhenAll(Enumerable.Range(0, 1).Select(_ => client.AskAsync($"{Flow}/A", Csv))).ContinueWith(t => t.Result.Select(r => r.All))]);
        double many = await TimeAsync(async () => await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.AskAsync($"{Flow}/A", Csv))));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the same query (all annual series) once {one:F0} ms, 20 times at once {many:F0} ms"));
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        long start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private void Judge(string what, double found, double goal, bool isLeast = false)
    {
        bool isMet = isLeast ? found >= goal : found <= goal;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {what}: {found:F2}, goal {(isLeast ? "≥" : "≤")} {goal}: {(isMet ? "met" : "MISSED")}"));
        if (!isMet)
        {
            _missed.Add(string.Create(CultureInfo.InvariantCulture, $"{what} {found:F2}"));
        }
    }

    private static double At(double[] values, double part) => values.Order().ElementAt((int)(part * (values.Length - 1)));

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
