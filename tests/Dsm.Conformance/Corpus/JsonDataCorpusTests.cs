using System.Text.Json;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.Corpus;

/// <summary>
/// Reads every SDMX-JSON data message of the corpus and of the standard's samples and compares with an independent count, made with
/// <see cref="JsonDocument"/>. Their data structures are not there: one is guessed from what the message says about its structure.
/// </summary>
public class JsonDataCorpusTests
{
    public static TheoryData<string> Files()
    {
        TheoryData<string> files = [];
        if (SharedFolder.WhyAbsent is null)
        {
            foreach (string folder in new[] { "corpus", "standards" })
            {
                foreach (string file in Directory.GetFiles(SharedFolder.Path(folder), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                {
                    string text = File.ReadAllText(file);
                    if (text.Contains("\"dataSets\"", StringComparison.Ordinal) && !file.Contains("schema", StringComparison.Ordinal) && !file.Contains("structure/samples", StringComparison.Ordinal)
                        && !file.Contains("samples/structure", StringComparison.Ordinal))
                    {
                        files.Add(Path.GetRelativePath(SharedFolder.Root, file));
                    }
                }
            }
        }

        return files;
    }

    [SharedFolderTheory]
    [MemberData(nameof(Files))]
    public void A_message_gives_the_expected_counts(string file)
    {
        byte[] message = File.ReadAllBytes(SharedFolder.Path(file));
        using JsonDocument document = JsonDocument.Parse(message.AsMemory(message.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0));
        JsonElement root = document.RootElement;
        JsonElement data = root.TryGetProperty("data", out JsonElement inner) ? inner : root;
        DataSchema schema = GuessedSchema.OfJson(data);
        foreach (bool parserOnly in new[] { false, true })
        {
            IssueList issues = new();
            using DataReader reader = DataMessageReader.Open(
                new MemoryStream(message), _ => schema, issues, new DataReaderOptions { FallbackStructure = schema.Reference, UsesJsonParserOnly = parserOnly })!;
            long observations = 0, series = 0;
            int dataSets = 0;
            while (reader.NextDataSet())
            {
                dataSets++;
                ObservationBatch batch = new(reader.DataSet!, 7);
                while (reader.Read(batch))
                {
                    observations += batch.Count;
                    series += batch.SeriesCount - (batch.ContinuesSeries ? 1 : 0);
                    batch.BadPeriods.Take(batch.Count).Should().OnlyContain(p => p == null || file.Contains("generated", StringComparison.Ordinal));
                }
            }

            dataSets.Should().Be(data.GetProperty("dataSets").GetArrayLength());
            (observations + reader.Unreadable).Should().Be(Observations(data));
            if (file.Contains("generated", StringComparison.Ordinal))
            {
                // Made by a machine from the schema: its keys mean nothing.
                issues.Kept.Should().OnlyContain(i => i.Code == IssueCodes.JsonKey || i.Code == IssueCodes.JsonIndexOutOfRange || i.Code.Id.StartsWith('D') || i.Code.Id.StartsWith('M'));
                continue;
            }

            series.Should().BeGreaterThanOrEqualTo(data.GetProperty("dataSets").EnumerateArray().Sum(d => d.TryGetProperty("series", out JsonElement s) ? s.EnumerateObject().Count() : 0));
            reader.Header!.Id.Should().NotBeEmpty();
            issues.Kept.Where(i => i.Code != IssueCodes.FooterMessage && !IsSlip(file, i)).Select(i => i.ToString()).Should().BeEmpty();
        }
    }

    /// <summary>
    /// Slips of the samples: in those of deletions the indices of title and status are in the wrong order; one cross-section has a
    /// position twice.
    /// </summary>
    private static bool IsSlip(string file, Issue issue)
        => (issue.Code == IssueCodes.JsonIndexOutOfRange && issue.Location.Component == "OBS_STATUS" && file.EndsWith("action-delete.json", StringComparison.Ordinal))
            || (issue.Code == IssueCodes.JsonDuplicateMember && issue.Arguments[0] == "keyPosition" && file.EndsWith("cross-section.json", StringComparison.Ordinal));

    private static long Observations(JsonElement data)
    {
        long count = 0;
        foreach (JsonElement dataSet in data.GetProperty("dataSets").EnumerateArray())
        {
            if (dataSet.TryGetProperty("observations", out JsonElement flat))
            {
                count += flat.EnumerateObject().Count();
            }

            if (dataSet.TryGetProperty("series", out JsonElement series))
            {
                count += series.EnumerateObject().Sum(s => s.Value.TryGetProperty("observations", out JsonElement o) ? o.EnumerateObject().Count() : 0);
            }
        }

        return count;
    }
}
