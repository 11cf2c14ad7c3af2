using System.Diagnostics;
using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

using Process = System.Diagnostics.Process;

namespace Dsm.Conformance.DataMessages;

/// <summary>The generator writes one logical data set in seven dialects: reading each must give the same observations in the same order.</summary>
public class GeneratedDataTests
{
    private static readonly Lazy<StructureSet> Structures21 = new(() => ReadStructures("structure21"));
    private static readonly Lazy<StructureSet> Structures30 = new(() => ReadStructures("structure30"));
    private static readonly Lazy<List<string>> Expected = new(() => Describe("ss21", ObservationBatch.DefaultCapacity));

    [SharedFolderTheory]
    [InlineData("ss21", 7)]
    [InlineData("ss21flat", 4096)]
    [InlineData("ss21flat", 3)]
    [InlineData("generic21", 4096)]
    [InlineData("generic21", 1)]
    [InlineData("ss30", 4096)]
    [InlineData("ss30flat", 100)]
    [InlineData("csv1", 4096)]
    [InlineData("csv1", 2)]
    [InlineData("csv2", 4096)]
    public void Gives_the_same_observations_from_every_dialect(string format, int capacity)
    {
        List<string> lines = Describe(format, capacity);
        lines.Should().HaveCount(3000);
        lines.Should().Equal(Expected.Value);
    }

    private static List<string> Describe(string format, int capacity)
    {
        IssueList issues = new();
        using DataReader reader = DataMessageReader.Open(new MemoryStream(Generate(format, 3000)), Resolve, issues)!;
        List<string> lines = [];
        while (reader.NextDataSet())
        {
            ObservationBatch batch = new(reader.DataSet!, capacity);
            while (reader.Read(batch))
            {
                for (int row = 0; row < batch.Count; row++)
                {
                    lines.Add($"{batch.KeyOf(batch.SeriesOf[row])} {batch.Periods[row]}={batch.Measures[0][row]} "
                        + $"{Values(batch.SeriesAttributes, batch.SeriesOf[row])} {Values(batch.ObservationAttributes, row)}");
                }
            }
        }

        issues.Kept.Select(i => i.ToString()).Should().BeEmpty();
        return lines;
    }

    private static string Values(IEnumerable<ValueColumn> columns, int row) => string.Join('|', columns.Select(c => $"{c.Component.Id}={c[row]}").Order(StringComparer.Ordinal));

    private static DataSchema? Resolve(StructureReference reference)
    {
        StructureSet set = Structures21.Value.Find(reference) is null ? Structures30.Value : Structures21.Value;
        return DataSchema.Resolve(set, reference, new IssueList());
    }

    private static StructureSet ReadStructures(string format)
    {
        IssueList issues = new();
        StructureSet set = StructureMessageReader.Read(new MemoryStream(Generate(format, 10)), issues);
        issues.HasErrors.Should().BeFalse();
        return set;
    }

    private static byte[] Generate(string format, int observations)
    {
        string output = Path.GetTempFileName();
        try
        {
            ProcessStartInfo start = new("python3", [SharedFolder.Path("perf", "gen_sdmx.py"), "--format", format, "--obs", observations.ToString(System.Globalization.CultureInfo.InvariantCulture), "--out", output])
            {
                RedirectStandardError = true,
                StandardErrorEncoding = Encoding.UTF8,
            };
            using Process process = Process.Start(start)!;
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            process.ExitCode.Should().Be(0, error);
            return File.ReadAllBytes(output);
        }
        finally
        {
            File.Delete(output);
        }
    }
}
