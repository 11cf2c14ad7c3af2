using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Validation;

namespace Dsm.Benchmarks;

/// <summary>
/// How long reading and writing SDMX-JSON 2.0 take against a bare <see cref="Utf8JsonReader"/> pass over the same bytes in the same
/// run: series as services send them (structure first), and our own messages (structure last), series and flat. Figures count only if
/// exactly the planted defects are found, and all observations are read.
/// </summary>
internal static class JsonBenchmark
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
        StructureSet structures;
        using (FileStream stream = File.OpenRead(GeneratedMessages.Message(generator, "structure30", 0)))
        {
            structures = StructureMessageReader.Read(stream, new IssueList());
        }

        if (!FindsPlantedDefects(structures, GeneratedMessages.Message(generator, "json2", observations, (int)Math.Max(8, observations / 1000))))
        {
            return 1;
        }

        string file = GeneratedMessages.Message(generator, "json2", observations);
        byte[] sent = File.ReadAllBytes(file);
        Passes passes = new(GeneratedMessages.Message(generator, "structure30", 0));
        (DataSetSpace space, List<ObservationBatch> batches) = Load(structures, sent);
        byte[] series = Written(space, batches, "TIME_PERIOD"), flat = Written(space, batches, DataSchema.AllDimensions);
        if (new[] { sent, series, flat }.Any(m => Read(structures, m, false) != observations))
        {
            Console.WriteLine("NOT ALL OBSERVATIONS ARE READ: no figures");
            return 1;
        }

        Measured measured = new(rounds,
            ("Utf8JsonReader.Read()", () => BareRead(File.OpenRead(file))),
            ("read", () => passes.Read(file)),
            ("read + validate", () => passes.ReadValidate(file)),
            ("read, parser alone", () => Read(structures, sent, false, parserOnly: true)),
            ("bare pass of our series", () => BareRead(new MemoryStream(series))),
            ("read our series", () => Read(structures, series, false)),
            ("write series", () => Write(space, batches, "TIME_PERIOD", new ArrayBufferWriter<byte>(1 << 20), true)),
            ("bare pass of our flat", () => BareRead(new MemoryStream(flat))),
            ("read our flat", () => Read(structures, flat, false)),
            ("write flat", () => Write(space, batches, DataSchema.AllDimensions, new ArrayBufferWriter<byte>(1 << 20), true)),
            ("read + validate + map", () => passes.ReadValidateMap(file)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{observations:N0} observations, {sent.Length / 1e6:F1} MB sent, {series.Length / 1e6:F1} MB our series, {flat.Length / 1e6:F1} MB our flat; {rounds} interleaved warm rounds"));
        measured.Print(observations, 0);
        (string What, double Ratio, double Limit)[] goals =
        [
            ("read ÷ bare", measured.Ratio(1, 0), 2),
            ("read ÷ bare, our series", measured.Ratio(5, 4), 2),
            ("read ÷ bare, our flat", measured.Ratio(8, 7), 2),
            ("write ÷ read, series", measured.Ratio(6, 5), 1),
            ("write ÷ read, flat", measured.Ratio(9, 8), 1),
            ("read + validate ÷ bare", measured.Ratio(2, 0), 2),
            ("bytes an observation, read + validate + map", measured.Allocated(10, observations), 16),
            ("bytes an observation, write", measured.Allocated(6, observations), 16),
        ];
        foreach ((string what, double ratio, double limit) in goals)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {ratio:F2} (at most {limit:F0}) {(ratio <= limit ? "met" : "MISSED")}"));
        }

        bool isFlat = arguments.Contains("--no-peak") || PeakMemory.Compare(generator, observations, MediaTypes.DataJson20, "json");
        return goals.All(g => g.Ratio <= g.Limit) && isFlat ? 0 : 1;
    }

    private static long BareRead(Stream message)
    {
        using Stream stream = message;
        byte[] buffer = new byte[64 * 1024];
        JsonReaderState state = default;
        int kept = 0;
        long tokens = 0;
        while (true)
        {
            int count = stream.Read(buffer, kept, buffer.Length - kept);
            Utf8JsonReader reader = new(buffer.AsSpan(0, kept + count), count == 0, state);
            while (reader.Read())
            {
                tokens++;
            }

            state = reader.CurrentState;
            int used = (int)reader.BytesConsumed;
            kept = kept + count - used;
            Buffer.BlockCopy(buffer, used, buffer, 0, kept);
            if (count == 0)
            {
                return tokens;
            }
        }
    }

    private static long Read(StructureSet structures, byte[] message, bool validates, bool parserOnly = false)
    {
        IssueList issues = new();
        using DataReader reader = Open(structures, message, issues, new DataReaderOptions { UsesJsonParserOnly = parserOnly });
        long count = 0;
        while (reader.NextDataSet())
        {
            ObservationBatch batch = new(reader.DataSet!);
            DataValidator? validator = validates ? new DataValidator(reader.DataSet!, issues) : null;
            while (reader.Read(batch))
            {
                validator?.Validate(batch);
                count += batch.Count;
            }
        }

        return issues.Count == 0 ? count : throw new InvalidOperationException(issues.Kept.First().ToString());
    }

    private static void Write(DataSetSpace space, List<ObservationBatch> batches, string dimension, ArrayBufferWriter<byte> output, bool forgets)
    {
        DataWriter writer = DataWriters.Create(MediaTypes.DataJson20, output, new DataWriterOptions { DimensionAtObservation = dimension });
        writer.Start(new MessageHeader { Id = "BENCH", Prepared = "2025-01-15T00:00:00Z" }, [space]);
        writer.StartDataSet(space);
        foreach (ObservationBatch batch in batches)
        {
            writer.Write(batch);
            if (forgets)
            {
                output.ResetWrittenCount();
            }
        }

        writer.EndDataSet();
        writer.End();
    }

    private static byte[] Written(DataSetSpace space, List<ObservationBatch> batches, string dimension)
    {
        ArrayBufferWriter<byte> output = new(1 << 24);
        Write(space, batches, dimension, output, false);
        return output.WrittenSpan.ToArray();
    }

    private static (DataSetSpace Space, List<ObservationBatch> Batches) Load(StructureSet structures, byte[] message)
    {
        using DataReader reader = Open(structures, message, new IssueList());
        reader.NextDataSet();
        DataSetSpace space = reader.DataSet!;
        List<ObservationBatch> batches = [];
        for (ObservationBatch batch = new(space); reader.Read(batch); batch = new ObservationBatch(space))
        {
            batches.Add(batch);
        }

        return (space, batches);
    }

    private static DataReader Open(StructureSet structures, byte[] message, IssueList issues, DataReaderOptions? options = null)
        => DataMessageReader.Open(new MemoryStream(message), r => DataSchema.Resolve(structures, r, new IssueList()), issues, options)!;

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

        bool exact = refused.SequenceEqual(planted) && issues.Count == planted.Length && issues.Kept.All(i => i.Location is { Line: > 0, Column: > 0 });
        Console.WriteLine($"planted defects: {planted.Length}; found: {issues.Count}; {(exact ? "exactly those, each with line and column" : "NOT THE SAME: no figures")}");
        return exact;
    }
}
