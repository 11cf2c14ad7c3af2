using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;

namespace Dsm.Conformance.Corpus;

/// <summary>Reads every SDMX-ML structure message of the public corpus and compares what was read with an independent count.</summary>
public class StructureCorpusTests
{
    // What the index counts beside artefacts.
    private static readonly string[] BesideArtefacts = ["langs", "isPartial", "externalReferenceStubs"];

    /// <summary>Files whose counts differ from the index, with the reason; also listed in docs/deviations.md.</summary>
    private static readonly Dictionary<string, string> Known = new()
    {
        ["khaeru-test-data/BIS/gh-180.xml"] = "categorises a 'PublicationTable', which is no class of SDMX",
        ["sdmx-twg-samples-2.1/query/response_esms_descendants.xml"] = "holds a categorisation without source and target",
    };

    /// <summary>Valid files in which the reader still finds an error, with the reason.</summary>
    private static readonly Dictionary<string, string> Faulty = new()
    {
        ["sdmx-twg-samples-3.0/Codelist/valuelist.xml"] = "one value twice; the schema does not check it",
        ["sdmx-twg-samples-3.1/Codelist/valuelist.xml"] = "the same",
    };

    private static IEnumerable<CorpusFile> Files => CorpusIndex.All.Where(f =>
        f.Format is "SDMX-ML 2.1 Structure" or "SDMX-ML 3.0 Structure" or "SDMX-ML 3.1 Structure");

    [SharedFolderFact]
    public void Every_structure_message_gives_the_expected_counts()
    {
        List<string> differences = [];
        int compared = 0;
        foreach (CorpusFile file in Files)
        {
            IssueList issues = new();
            using Stream stream = file.Open();
            StructureMessage message = StructureMessageReader.ReadMessage(stream, issues);
            IReadOnlyDictionary<string, int> actual = StructureCounts.Of(message.Structures.All, file.Format.Contains("2.1", StringComparison.Ordinal));
            List<string> wrong = [.. file.Counts.Where(c => !BesideArtefacts.Any(n => c.Key.StartsWith(n, StringComparison.Ordinal)))
                .Where(c => actual.GetValueOrDefault(c.Key) != c.Value)
                .Select(c => $"{c.Key} {actual.GetValueOrDefault(c.Key)} instead of {c.Value}")];
            compared++;
            if (wrong.Count > 0 != Known.ContainsKey(file.Path))
            {
                differences.Add($"{file.Path}: {string.Join(", ", wrong)} [{string.Join(" | ", issues.Groups.Take(3).Select(g => g.Samples[0]))}]");
            }
        }

        compared.Should().BeGreaterThan(280);
        differences.Should().BeEmpty();
    }

    [SharedFolderFact]
    public void Valid_messages_are_read_without_errors()
    {
        List<string> errors = [];
        foreach (CorpusFile file in Files.Where(f => f.Validity.StartsWith("XSD-valid", StringComparison.Ordinal) && !Faulty.ContainsKey(f.Path)))
        {
            IssueList issues = new();
            using Stream stream = file.Open();
            StructureMessageReader.Read(stream, issues);
            errors.AddRange(issues.Groups.Where(g => g.Severity >= Severity.Error).Select(g => $"{file.Path}: {g.Total} × {g.Samples[0]}"));
        }

        errors.Should().BeEmpty();
    }
}
