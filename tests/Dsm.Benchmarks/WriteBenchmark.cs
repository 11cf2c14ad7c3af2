using System.Buffers;
using System.Globalization;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;

namespace Dsm.Benchmarks;

/// <summary>How long writing takes against reading what was written, in the same run, warm, one thread.</summary>
internal static class WriteBenchmark
{
    private static readonly (string Name, SdmxFormat Format, string? DimensionAtObservation)[] Written =
    [
        ("structure-specific 2.1", MediaTypes.StructureSpecificData21, null),
        ("structure-specific 3.0", MediaTypes.DataXml30, null),
        ("structure-specific 2.1 flat", MediaTypes.StructureSpecificData21, DataSchema.AllDimensions),
        ("generic 2.1", MediaTypes.GenericData21, null),
        ("generic 2.1 flat", MediaTypes.GenericData21, DataSchema.AllDimensions),
    ];

    /// <summary>Runs the verb; 0 when writing each format is as fast as reading it.</summary>
    public static int Run(string[] arguments)
    {
        if (GeneratedMessages.Generator() is not { } generator)
        {
            return 0;
        }

        long observations = ReadBenchmark.Option(arguments, "--obs", 1_000_000);
        int rounds = (int)ReadBenchmark.Option(arguments, "--rounds", 5);
        Passes passes = new(GeneratedMessages.Message(generator, "structure21", 0));
        (DataSetSpace space, List<ObservationBatch> batches) = passes.ReadAll(GeneratedMessages.Message(generator, "ss21", observations));
        MessageHeader header = new() { Id = "BENCH", Prepared = "2025-01-15T00:00:00", SenderId = "TEST" };
        bool met = true;
        foreach ((string name, SdmxFormat format, string? dimension) in Written)
        {
            DataWriterOptions options = new() { DimensionAtObservation = dimension };
            string file = Path.GetTempFileName();
            using (FileStream stream = File.Create(file))
            {
                Write(format, options, header, space, batches, stream);
            }

            Measured measured = new(rounds, ("read", () => passes.Read(file)), ("write", () => Write(format, options, header, space, batches, Stream.Null)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {observations:N0} observations, {new FileInfo(file).Length / 1e6:F1} MB, {rounds} interleaved warm rounds"));
            measured.Print(observations, 0);
            double ratio = measured.Ratio(1, 0);
            met &= ratio <= 1;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"goal: write ≤ 1.0 × read: {(ratio <= 1 ? "met" : "MISSED")} ({ratio:F2})"));
            Console.WriteLine();
            File.Delete(file);
        }

        return met ? 0 : 1;
    }

    private static void Write(SdmxFormat format, DataWriterOptions options, MessageHeader header, DataSetSpace space, List<ObservationBatch> batches, Stream stream)
    {
        ArrayBufferWriter<byte> buffer = new(1 << 20);
        DataWriter writer = DataWriters.Create(format, buffer, options);
        writer.Start(header, [space]);
        writer.StartDataSet(space);
        foreach (ObservationBatch batch in batches)
        {
            writer.Write(batch);
            stream.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }

        writer.EndDataSet();
        writer.End();
        stream.Write(buffer.WrittenSpan);
    }
}
