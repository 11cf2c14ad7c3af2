using System.Diagnostics;
using System.Globalization;
using System.Xml;
using Dsm.Exchange.Submissions;
using Npgsql;
using NpgsqlTypes;

namespace Dsm.Benchmarks;

/// <summary>
/// How long a message takes through the whole pipeline (read … commit; its bytes were received before) against a bare binary COPY of
/// the same observations as rows into a logged table with a key, in the same run on the same server, fsync on.
/// </summary>
internal static class LoadBenchmark
{
    private const double Floor = 1.5;

    /// <summary>Runs the verb; 0 when the floor is met.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (GeneratedMessages.Generator() is not { } generator)
        {
            return 0;
        }

        long observations = ReadBenchmark.Option(arguments, "--obs", 1_000_000);
        int rounds = (int)ReadBenchmark.Option(arguments, "--rounds", 5);
        string structures = GeneratedMessages.Message(generator, "structure21", 0);
        string file = GeneratedMessages.Message(generator, "ss21", observations);
        string folder = Directory.CreateTempSubdirectory("dsm-load-").FullName;
        await using LoadBench bench = await LoadBench.StartAsync(structures, arguments.Contains("--map"), folder);
        Rows rows = Rows.Of(file);
        List<double> copy = [], load = [], again = [];
        long wal = 0;
        for (int round = -1; round < rounds; round++)
        {
            double bare = await CopyAsync(bench, rows);
            await bench.EmptyAsync();
            double first = await TimeAsync(bench, await bench.ReceiveAsync(file), SubmissionStatus.Merged);
            double merge = bench.MergeShare;
            long repeated = await bench.ReceiveAsync(file);
            long before = await bench.WalAsync();
            double same = await TimeAsync(bench, repeated, SubmissionStatus.Unchanged);
            wal = await bench.WalAsync() - before;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(round < 0 ? "warm-up" : "round " + (round + 1))}: COPY {bare:F0} ms, load {first:F0} ms ({first / bare:F2}), of it merge {merge:F0}, identical again {same:F0} ms"));
            if (round >= 0)
            {
                copy.Add(bare);
                load.Add(first);
                again.Add(same);
            }
        }

        double ratio = Median([.. load.Zip(copy, (l, c) => l / c)]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{observations:N0} observations, {rows.Series:N0} series, {new FileInfo(file).Length / 1e6:F1} MB"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bare COPY, keyed rows    {copy.Min(),6:F0} {Median(copy),6:F0} {copy.Max(),6:F0} ms (min, median, max)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"load, empty flow         {load.Min(),6:F0} {Median(load),6:F0} {load.Max(),6:F0} ms; {ratio:F2} × COPY (floor {Floor}: {(ratio <= Floor ? "met" : "MISSED")})"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"load, identical again    {again.Min(),6:F0} {Median(again),6:F0} {again.Max(),6:F0} ms; {wal / 1024.0:F0} KiB of WAL ({100.0 * wal / new FileInfo(file).Length:F3} % of the file)"));
        if (!arguments.Contains("--no-peak"))
        {
            LoadPeak.Compare(structures, bench.Database.ConnectionString, observations);
        }

        return ratio <= Floor ? 0 : 1;
    }

    private static async Task<double> TimeAsync(LoadBench bench, long submission, SubmissionStatus expected)
    {
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        await bench.RunAsync(submission, expected);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task<double> CopyAsync(LoadBench bench, Rows rows)
    {
        await bench.ExecuteAsync("DROP TABLE IF EXISTS bare; CREATE TABLE bare (series_id int, period int, value float8, status int2, PRIMARY KEY (series_id, period))");
        GC.Collect();
        await using NpgsqlConnection connection = await bench.Database.DataSource.OpenConnectionAsync();
        long start = Stopwatch.GetTimestamp();
        await using (NpgsqlBinaryImporter importer = await connection.BeginBinaryImportAsync("COPY bare FROM STDIN (FORMAT binary)"))
        {
            for (int i = 0; i < rows.Count; i++)
            {
                importer.StartRow();
                importer.Write(rows.SeriesOf[i], NpgsqlDbType.Integer);
                importer.Write(rows.Period[i], NpgsqlDbType.Integer);
                importer.Write(rows.Value[i], NpgsqlDbType.Double);
                importer.Write(rows.Status[i], NpgsqlDbType.Smallint);
            }

            await importer.CompleteAsync();
        }

        double taken = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        await bench.ExecuteAsync("DROP TABLE bare");
        return taken;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>The observations of a file as numbers, ready to be sent.</summary>
    private sealed class Rows
    {
        public List<int> SeriesOf { get; } = [];

        public List<int> Period { get; } = [];

        public List<double> Value { get; } = [];

        public List<short> Status { get; } = [];

        public int Series { get; private set; }

        public int Count => Period.Count;

        public static Rows Of(string file)
        {
            Rows rows = new();
            using XmlReader reader = XmlReader.Create(file);
            int period = 0;
            while (reader.Read())
            {
                if (reader.LocalName == "Series" && reader.NodeType == XmlNodeType.Element)
                {
                    rows.Series++;
                    period = 0;
                }
                else if (reader.LocalName == "Obs")
                {
                    rows.SeriesOf.Add(rows.Series);
                    rows.Period.Add(period++);
                    rows.Value.Add(double.Parse(reader.GetAttribute("OBS_VALUE")!, CultureInfo.InvariantCulture));
                    rows.Status.Add((short)reader.GetAttribute("OBS_STATUS")![0]);
                }
            }

            return rows;
        }
    }
}
