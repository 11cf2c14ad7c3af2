using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.Corpus;

/// <summary>The quick way through SDMX-ML data gives just what the reference on the XML parser gives: on every message of the corpus, and on copies with a byte changed.</summary>
public class QuickReaderTests
{
    private const int LongestChanged = 64 * 1024, Changes = 40;

    [SharedFolderFact]
    public void Reads_every_message_of_the_corpus_as_the_reference_does()
    {
        List<string> differences = [];
        int compared = 0;
        foreach (CorpusFile file in DataCorpusTests.XmlFiles)
        {
            using Stream stream = file.Open();
            using MemoryStream copy = new();
            stream.CopyTo(copy);
            byte[] message = copy.ToArray();
            Dictionary<string, DataSchema> schemas = [];
            Compare(message, "as it is");
            Random random = new(20250115);
            for (int change = 0; change < Changes && message.Length <= LongestChanged; change++)
            {
                byte[] changed = [.. message];
                changed[random.Next(changed.Length)] = (byte)"<>&\"'=/ \n\r\tA1:\0\u00ff"[random.Next(16)];
                Compare(changed, $"change {change}");
            }

            void Compare(byte[] bytes, string what)
            {
                compared++;
                string[] quick = Describe(bytes, file, schemas, false).Split('\n'), reference = Describe(bytes, file, schemas, true).Split('\n');
                if (!quick.SequenceEqual(reference))
                {
                    (string one, string other) = quick.Zip(reference).FirstOrDefault(p => p.First != p.Second);
                    differences.Add($"{file.Path} {what}: {quick.Length} and {reference.Length} lines, first {one} instead of {other}");
                }
            }
        }

        differences.Should().BeEmpty();
        compared.Should().BeGreaterThan(1000);
    }

    /// <summary>Everything delivered, with its places, and all findings.</summary>
    private static string Describe(byte[] message, CorpusFile file, Dictionary<string, DataSchema> schemas, bool parserOnly)
    {
        IssueList issues = new() { SamplesPerGroup = int.MaxValue };
        StringBuilder text = new();
        using DataReader? reader = DataMessageReader.Open(new MemoryStream(message), Resolve, issues, new DataReaderOptions
        {
            FallbackStructure = new StructureReference(StructureType.DataStructure, "TEST", "GUESSED", "1.0"),
            UsesXmlParserOnly = parserOnly,
        });
        while (reader?.NextDataSet() == true)
        {
            ObservationBatch batch = new(reader.DataSet!, 100);
            while (reader.Read(batch))
            {
                for (int run = 0; run < batch.SeriesCount; run++)
                {
                    text.Append(batch.LocationOfSeries(run)).Append(' ').AppendJoin('|', batch.SeriesAttributes.Select(a => a[run])).Append('\n');
                }

                for (int row = 0; row < batch.Count; row++)
                {
                    text.Append(batch.SeriesOf[row]).Append(' ').Append(batch.LocationOf(row)).Append(' ').AppendJoin('|', batch.Measures.Select(m => m[row]))
                        .Append(' ').AppendJoin('|', batch.ObservationAttributes.Select(a => a[row])).Append('\n');
                }
            }
        }

        return text.AppendJoin('\n', issues.Kept).ToString();

        DataSchema Resolve(StructureReference reference)
        {
            string urn = reference.ToString();
            if (!schemas.TryGetValue(urn, out DataSchema? schema))
            {
                schema = DataCorpusTests.Structures.Value.Find(reference) is null ? null : DataSchema.Resolve(DataCorpusTests.Structures.Value, reference, new IssueList());
                if (schema is null)
                {
                    using Stream again = file.Open();
                    schema = GuessedSchema.OfXml(again, file.Counts.ContainsKey("flatObs"));
                }

                schemas.Add(urn, schema);
            }

            return schema;
        }
    }
}
