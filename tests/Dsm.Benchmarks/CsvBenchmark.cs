using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Validation;
using Rival = Sylvan.Data.Csv.CsvDataReader;
using RivalOptions = Sylvan.Data.Csv.CsvDataReaderOptions;

namespace Dsm.Benchmarks;

/// <summary>
/// How long reading with full validation and mapping, and writing, of SDMX-CSV 2.0 take against Sylvan touching every cell of the same file in the
/// same run: warm, one thread, CPU time of the thread. Figures count only if exactly the planted defects are found.
/// </summary>
internal static class CsvBenchmark
{
    /// <summary>Runs the verb; 0 when the goals are met.</summary>
    public static int Run(string[] arguments)
    {
        if (GeneratedMessages.Generator() is not { } generator)
        {
            return 0;
        }

        long observations = ReadBenchmark.Option(arguments, "--obs", 1_000_000);
        int rounds = (int)ReadBenchmark.Option(arguments, "--rounds", 7);
        IssueList issues = new();
        StructureSet structures;
        using (FileStream stream = File.OpenRead(GeneratedMessages.Message(generator, "structure30", 0)))
        {
            structures = StructureMessageReader.Read(stream, issues);
        }

        if (!FindsPlantedDefects(structures, GeneratedMessages.Message(generator, "csv2", observations, (int)Math.Max(8, observations / 1000))))
        {
            return 1;
        }

        string file = GeneratedMessages.Message(generator, "csv2", observations);
        Passes passes = new(GeneratedMessages.Message(generator, "structure30", 0));
        (DataSetSpace space, List<ObservationBatch> batches) = Load(structures, File.ReadAllBytes(file));
        (string Name, Func<long> Pass)[] measured =
        [
            ("Sylvan, every cell", () => EveryCell(file)),
            ("read", () => passes.Read(file)),
            ("read + validate", () => passes.ReadValidate(file)),
            ("read + validate + map", () => passes.ReadValidateMap(file)),
            ("write", () => Write(space, batches)),
        ];
        double[][] times = Measure(measured, rounds, out long[] allocated);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{observations:N0} observations, {new FileInfo(file).Length / 1e6:F1} MB, {rounds} interleaved warm rounds, thread CPU time"));
        Console.WriteLine("pass                     min ms   median   M obs/s   ÷ Sylvan   bytes/obs");
        for (int m = 0; m < measured.Length; m++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{measured[m].Name,-22}{times[m].Min(),9:F0}{Median(times[m]),9:F0}{observations / times[m].Min() / 1000,10:F1}{times[m].Min() / times[0].Min(),11:F2}{(double)allocated[m] / observations,12:F1}"));
        }

        bool isFast = times[3].Min() <= times[0].Min(), isFrugal = allocated[3] <= 16 * observations, writesFast = times[4].Min() <= times[1].Min();
        Console.WriteLine($"read + validate + map ≤ 1.0 × Sylvan: {Said(isFast)}; ≤ 16 bytes an observation: {Said(isFrugal)}; writing no slower than reading: {Said(writesFast)}");
        bool isFlat = arguments.Contains("--no-peak") || PeakMemory.Compare(generator, observations, MediaTypes.DataCsv20, "csv");
        return isFast && isFrugal && writesFast && isFlat ? 0 : 1;
    }

    private static string Said(bool met) => met ? "met" : "MISSED";

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static long EveryCell(string file)
    {
        using StreamReader text = new(File.OpenRead(file));
        using Rival reader = Rival.Create(text, new RivalOptions { HasHeaders = true, BufferSize = 128 * 1024 });
        long characters = 0;
        while (reader.Read())
        {
            for (int i = 0; i < reader.RowFieldCount; i++)
            {
                characters += reader.GetFieldSpan(i).Length;
            }
        }

        return characters;
    }

    private static long Write(DataSetSpace space, List<ObservationBatch> batches)
    {
        ArrayBufferWriter<byte> output = new(1 << 20);
        DataWriter writer = DataWriters.Create(MediaTypes.DataCsv20, output);
        writer.Start(new MessageHeader { Id = "BENCH" }, [space]);
        writer.StartDataSet(space);
        long bytes = 0;
        foreach (ObservationBatch batch in batches)
        {
            writer.Write(batch);
            bytes += output.WrittenCount;
            output.ResetWrittenCount();
        }

        writer.EndDataSet();
        writer.End();
        return bytes + output.WrittenCount;
    }

    private static (DataSetSpace Space, List<ObservationBatch> Batches) Load(StructureSet structures, byte[] message)
    {
        DataReader reader = Open(structures, message, new IssueList());
        reader.NextDataSet();
        DataSetSpace space = reader.DataSet!;
        List<ObservationBatch> batches = [];
        for (ObservationBatch batch = new(space); reader.Read(batch); batch = new ObservationBatch(space))
        {
            batches.Add(batch);
        }

        reader.Dispose();
        return (space, batches);
    }

    private static DataReader Open(StructureSet structures, byte[] message, IssueList issues)
        => DataMessageReader.Open(new MemoryStream(message), r => DataSchema.Resolve(structures, r, issues), issues)!;

    private static bool FindsPlantedDefects(StructureSet structures, string file)
    {
        using JsonDocument sideCar = JsonDocument.Parse(File.ReadAllText(file + ".errors.json"));
        long[] planted = [.. sideCar.RootElement.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("ordinal").GetInt64())];
        IssueList issues = new();
        List<long> refused = [];
        long first = 0;
        using DataReader reader = Open(structures, File.ReadAllBytes(file), issues);
        while (reader.NextDataSet())
        {
            ObservationBatch batch = new(reader.DataSet!);
            DataValidator validator = new(reader.DataSet!, issues);
            for (; reader.Read(batch); first += batch.Count)
            {
                validator.Validate(batch);
                refused.AddRange(Enumerable.Range(0, batch.Count).Where(row => batch.Refused[row]).Select(row => first + row));
            }
        }

        bool exact = refused.SequenceEqual(planted) && issues.Count == planted.Length;
        Console.WriteLine($"planted defects: {planted.Length}; found: {issues.Count}; {(exact ? "exactly those" : "NOT THE SAME: no figures")}");
        return exact;
    }

    private static double[][] Measure((string Name, Func<long> Pass)[] measured, int rounds, out long[] allocated)
    {
        double[][] times = [.. measured.Select(_ => new double[rounds])];
        allocated = new long[measured.Length];
        for (int round = -3; round < rounds; round++)
        {
            for (int p = 0; p < measured.Length; p++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                long before = GC.GetAllocatedBytesForCurrentThread();
                long start = ThreadTime();
                measured[p].Pass();
                if (round >= 0)
                {
                    times[p][round] = (ThreadTime() - start) / 1e6;
                }

                allocated[p] = GC.GetAllocatedBytesForCurrentThread() - before;
            }
        }

        return times;
    }

    /// <summary>CPU time of this thread in nanoseconds: other work on the machine does not count.</summary>
    private static long ThreadTime()
    {
        const int ThreadCpuTime = 3; // CLOCK_THREAD_CPUTIME_ID of Linux
        return clock_gettime(ThreadCpuTime, out TimeSpec time) == 0 ? (time.Seconds * 1_000_000_000) + time.Nanoseconds : throw new InvalidOperationException("no thread clock");
    }

#pragma warning disable SYSLIB1054, CA5392, IDE1006, SA1300 // a single call of the C library, named as there
    [DllImport("libc")]
    private static extern int clock_gettime(int clock, out TimeSpec time);
#pragma warning restore SYSLIB1054, CA5392, IDE1006, SA1300

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
