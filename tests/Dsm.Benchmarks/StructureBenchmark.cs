using System.Globalization;
using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Benchmarks;

/// <summary>
/// Reading and writing a long codelist (names in two languages, every code with a parent) against a bare pass of XmlReader over the same
/// message, in the same run, warm, one thread.
/// </summary>
internal static class StructureBenchmark
{
    private static readonly MessageHeader Header = new() { Id = "BENCH", Prepared = "2025-01-15T00:00:00", SenderId = "TEST" };

    /// <summary>Runs the verb; 0 when both ways take seconds: reading at most 6 times the bare pass, writing at most 2.</summary>
    public static int Run(string[] arguments)
    {
        int codes = (int)ReadBenchmark.Option(arguments, "--codes", 700_000);
        int rounds = (int)ReadBenchmark.Option(arguments, "--rounds", 5);
        Codelist list = Long(codes);
        string file = Path.GetTempFileName();
        using (FileStream stream = File.Create(file))
        {
            Write(list, stream);
        }

        long before = GC.GetTotalMemory(forceFullCollection: true);
        StructureSet kept = Read(file, codes);
        long held = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(kept);

        Measured measured = new(rounds, ("XmlReader", () => Bare(file)), ("read", () => Read(file, codes)), ("write", () => Write(list, Stream.Null)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"codelist of {codes:N0} codes, {new FileInfo(file).Length / 1e6:F1} MB, {rounds} interleaved warm rounds; the model holds {held / (double)codes:F0} bytes a code"));
        measured.Print(codes, 0);
        File.Delete(file);
        return measured.Ratio(1, 0) <= 6 && measured.Ratio(2, 0) <= 2 ? 0 : 1;
    }

    private static Codelist Long(int codes) => new()
    {
        AgencyId = "DSM",
        Id = "CL_LONG",
        Version = SdmxVersion.Parse("1.0.0"),
        Name = LocalisedText.Of("A long list"),
        Codes =
        [
            .. Enumerable.Range(0, codes).Select(i => new Code
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"C{i}"),
                Name = new LocalisedText(KeyValuePair.Create("en", $"Place number {i}"), KeyValuePair.Create("ru", $"Место номер {i}")),
                ParentId = i == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"C{i / 10}"),
            }),
        ],
    };

    private static void Bare(string file)
    {
        using XmlReader reader = XmlReader.Create(file);
        while (reader.Read())
        {
        }
    }

    private static StructureSet Read(string file, int codes)
    {
        using FileStream stream = File.OpenRead(file);
        StructureSet set = StructureMessageReader.Read(stream, new IssueList());
        if (set.Of<Codelist>().Single().Codes.Length != codes)
        {
            throw new InvalidOperationException("Codes were lost.");
        }

        return set;
    }

    private static void Write(Codelist list, Stream stream) => StructureMessageWriter30.Write(stream, [list], Header, new IssueList());
}
