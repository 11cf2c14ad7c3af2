using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.Corpus;

/// <summary>Reads every data message of SDMX-ML 2.0 and 1.0 in the public corpus and compares what was read with an independent count.</summary>
public class Data20CorpusTests
{
    private static readonly StructureReference Fallback = new(StructureType.DataStructure, "TEST", "GUESSED", "1.0");

    /// <summary>Files in which a finding is expected that ends reading.</summary>
    private static readonly Dictionary<string, string> Refused = new() { ["rsdmx/SDMXMessageExample_2.0.xml"] = "M0012" };

    private static IEnumerable<CorpusFile> Files => CorpusIndex.All.Where(f => f.Format.Split(' ') is ["SDMX-ML", "2.0" or "1.0", "GenericData" or "CompactData"
        or "UtilityData" or "CrossSectionalData" or "MessageGroup" or "Envelope"]);

    [SharedFolderFact]
    public void Every_data_message_gives_the_expected_counts()
    {
        List<string> differences = [];
        int compared = 0;
        foreach (CorpusFile file in Files)
        {
            IssueList issues = new();
            DataSchema? schema = null;
            using DataReader? reader = DataMessageReader.Open(file.Open(), _ => schema ??= Guess(file), issues, new DataReaderOptions { FallbackStructure = Fallback });
            Dictionary<string, long> counted = reader is null ? [] : Count(reader);
            compared++;
            if (Refused.TryGetValue(file.Path, out string? code))
            {
                issues.Kept.Should().ContainSingle(i => i.Code.Id == code, file.Path);
                continue;
            }

            // Of utility data the index counts only values in attributes, and has none.
            List<string> wrong = [.. file.Counts.Where(c => c.Key is "dataSets" or "obs" or "obs(leaf with value)" or "obsWithPrimaryValue" or "series")
                .Where(c => !(c.Key == "obsWithPrimaryValue" && file.Format.EndsWith("UtilityData", StringComparison.Ordinal)))
                .Where(c => counted.GetValueOrDefault(c.Key.StartsWith("obs(", StringComparison.Ordinal) ? "obs" : c.Key) != c.Value)
                .Select(c => $"{c.Key} {counted.GetValueOrDefault(c.Key)} instead of {c.Value}")];
            if (wrong.Count > 0 || issues.HasErrors)
            {
                differences.Add($"{file.Path}: {string.Join(", ", wrong)} [{string.Join(" | ", issues.Kept.Take(3))}]");
            }
        }

        differences.Should().BeEmpty();
        compared.Should().Be(19);
    }

    [SharedFolderFact]
    public void The_official_samples_are_read_with_their_key_family()
    {
        StructureSet structures;
        using (Stream stream = File.OpenRead(SharedFolder.Path("corpus", "sdmx-official-samples-1.0-2.0/sdmx20-samples/StructureSample.xml")))
        {
            structures = StructureMessageReader.Read(stream, new IssueList());
        }

        // The compact samples say EXT_DEBT where the structure is called BIS_JOINT_DEBT; those of 1.0 have a namespace that names nothing.
        DataSchema schema = DataSchema.Resolve(structures, structures.Of<DataStructure>().Single().Reference, new IssueList())!;
        Dictionary<string, List<string>> read = [];
        foreach (CorpusFile file in Files.Where(f => f.Path.StartsWith("sdmx-official-samples", StringComparison.Ordinal)))
        {
            IssueList issues = new();
            using DataReader reader = DataMessageReader.Open(file.Open(), _ => schema, issues, new DataReaderOptions { FallbackStructure = Fallback })!;
            read[file.Path[(file.Path.IndexOf('/', StringComparison.Ordinal) + 1)..]] = [.. Observations(reader)];
            issues.Kept.Select(i => i.ToString()).Should().BeEmpty(file.Path);
        }

        read.Should().HaveCount(8);
        read["sdmx20-samples/CrossSectionalSample.xml"].Should().HaveCount(8).And.StartWith("A.P.A.MX 2000=3.14 A B P1Y A 2 USD 5").And.Contain("A.Q.D.MX 2000=-1.06 A B P1Y A 2 USD 5");
        read["sdmx10-samples/CrossSectionalSample.xml"].Should().Equal(read["sdmx20-samples/CrossSectionalSample.xml"]);
        read["sdmx20-samples/_CompactSample.xml"].Should().HaveCount(26).And.StartWith("M.P.A.MX 2000-01=3.14 A B P1M A 2 USD 5");
        read["sdmx20-samples/_CompactSample.xml"].Should().Contain("A.P.B.MX 2000=4.14 A B P1Y A 2 USD 5", "the year is written as its first month, with time format P1Y");
        read["sdmx20-samples/GenericSample.xml"].Should().HaveCount(13).And.StartWith("M.P.A.MX 2000-01=3.14 A B P1M A 2 USD 5");
        read["sdmx20-samples/UtilitySample.xml"].Should().HaveCount(12).And.StartWith("M.P.A.MX 2000-01=3.14 A B P1M A 2 USD 5");
        foreach (string name in new[] { "GenericSample.xml", "UtilitySample.xml" })
        {
            read["sdmx10-samples/" + name].Should().Equal(read["sdmx20-samples/" + name]);
        }
    }

    [SharedFolderTheory]
    [InlineData("broken-in-the-wild/flex-cb/FlexCB_SampleApp1/src/data/EXR_A_Z59_EUR_EN00_A.xml")]
    [InlineData("broken-in-the-wild/flex-cb/FlexCB_SampleApp1/src/data/EXR_Q_Z59_EUR_EN00_A.xml")]
    public void Broken_messages_are_refused_with_their_place(string path)
    {
        IssueList issues = new();
        DataSchema schema = Guess(CorpusIndex.All.First(f => f.Path.EndsWith("MessageGroupExample_CompactData_2.0.xml", StringComparison.Ordinal)));
        using DataReader? reader = DataMessageReader.Open(File.OpenRead(SharedFolder.Path("corpus", path)), _ => schema, issues, new DataReaderOptions { FallbackStructure = Fallback });
        if (reader is not null)
        {
            Count(reader);
        }

        issues.Kept.Should().Contain(i => i.Code.Id == "M0007" && i.Location.Line > 0, string.Join(" | ", issues.Kept));
    }

    private static DataSchema Guess(CorpusFile file)
    {
        using Stream stream = file.Open();
        return GuessedSchema20.Of(stream);
    }

    private static IEnumerable<string> Observations(DataReader reader)
    {
        string[] series = ["COLLECTION", "TIME_FORMAT", "AVAILABILITY", "DECIMALS", "BIS_UNIT", "UNIT_MULT"];
        while (reader.NextDataSet())
        {
            ObservationBatch batch = new(reader.DataSet!, 5);
            while (reader.Read(batch))
            {
                for (int row = 0; row < batch.Count; row++)
                {
                    int run = batch.SeriesOf[row];
                    string attributes = string.Join(' ', series.Select(id => batch.SeriesAttributes.First(a => a.Component.Id == id)[run]));
                    yield return $"{batch.KeyOf(run)} {batch.Periods[row]}={batch.Measures[0][row]} {batch.ObservationAttributes.First(a => a.Component.Id == "OBS_STATUS")[row]} {attributes}";
                }
            }
        }
    }

    private static Dictionary<string, long> Count(DataReader reader)
    {
        Dictionary<string, long> counts = new() { ["dataSets"] = 0, ["series"] = 0, ["obs"] = 0, ["obsWithPrimaryValue"] = 0 };
        while (reader.NextDataSet())
        {
            counts["dataSets"]++;
            ObservationBatch batch = new(reader.DataSet!, 100);
            while (reader.Read(batch))
            {
                counts["obs"] += batch.Count;
                counts["series"] += batch.SeriesCount - (batch.ContinuesSeries ? 1 : 0);
                counts["obsWithPrimaryValue"] += Enumerable.Range(0, batch.Count).Count(r => batch.Measures[0][r].Kind != ObservationValueKind.Absent);
            }
        }

        return counts;
    }
}
