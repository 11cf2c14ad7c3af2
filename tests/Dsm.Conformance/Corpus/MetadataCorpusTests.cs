using System.Text;
using Dsm.Conformance.JsonSchemas;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.Corpus;

/// <summary>Every message of reference metadata of the corpus and of the standard's samples is read; what is written of it is valid and says the same.</summary>
public class MetadataCorpusTests
{
    private static readonly MessageHeader Header = new() { Id = "TEST", Prepared = "2026-01-01T00:00:00Z", SenderId = "DSM" };

    private static readonly SdmxFormat[] Written = [.. MediaTypes.All.Where(MetadataMessageWriters.CanWrite)];

    /// <summary>Samples made by a generator, with what is said of them: values that no reader can make sense of.</summary>
    private static readonly Dictionary<string, string[]> Odd = new()
    {
        ["khaeru-test-data/v3/json/metadata/generated-sample.json"] = ["S0004", "M0016"],
        // Filled with random words: one of its targets is no URN, which is said.
        ["khaeru-test-data/v3/json/metadata/generated-sample.v2.json"] = ["S0004", "S0007", "M0016"],
        ["sdmx-twg-json-2.x/metadata-message/samples/generated-sample.json"] = ["S0004", "S0007", "M0016"],
        // A target has two objects of one id, which no version allows.
        ["khaeru-test-data/v3/json/metadata/constructed-sample2.json"] = [],
        // Two of its sets have one id.
        ["khaeru-test-data/v3/json/metadata/constructed-sample2.v2.json"] = ["S0005"],
        ["sdmx-twg-json-2.x/metadata-message/samples/constructed-sample2.json"] = ["S0005"],
    };

    private static IEnumerable<CorpusFile> Files => CorpusIndex.All.Where(f => f.Format.Contains("etadata", StringComparison.Ordinal) && !f.Format.Contains("2.0 Gen", StringComparison.Ordinal)
        && !f.Format.Contains("Query", StringComparison.Ordinal) && !f.Format.Contains("MetadataReport", StringComparison.Ordinal));

    [SharedFolderFact]
    public void Every_message_has_the_counts_of_the_index()
    {
        int messages = 0;
        List<string> failures = [];
        foreach (CorpusFile file in Files)
        {
            messages++;
            IssueList issues = new();
            MetadataMessage message = Read(file, issues);
            string[] expected = Odd.GetValueOrDefault(file.Path, []);
            failures.AddRange(issues.Groups.Where(g => !expected.Contains(g.Code.Id)).Select(g => $"{file}: {g.Samples[0]}"));
            int sets = message.Sets.Count(s => s.ReportId is null) + message.Sets.Where(s => s.ReportId is not null).Select(s => s.SetId).Distinct().Count();

            // Of the draft 1.0 of SDMX-JSON the index counts the top attributes of the first report only.
            int attributes = file.Format.Contains("JSON 1.0", StringComparison.Ordinal) ? message.Sets.Sum(s => s.Attributes.Length) : message.Sets.SelectMany(s => All(s.Attributes)).Count();
            int counted = file.Counts.GetValueOrDefault("attributes", file.Counts.GetValueOrDefault("reportedAttributes"));
            if (sets != file.Counts["metadataSets"] || (attributes != counted && counted > 0))
            {
                failures.Add($"{file}: {sets} sets and {attributes} attributes, not {file.Counts["metadataSets"]} and {counted}");
            }
        }

        failures.Should().BeEmpty();
        messages.Should().Be(17);
    }

    [SharedFolderFact]
    public void Reports_of_2_1_say_the_same_in_both_forms()
    {
        MetadataMessage generic = Sample("esms_generic.xml"), specific = Sample("esms_structured.xml");
        ModelText.Of(specific.Sets).Should().Be(ModelText.Of(generic.Sets));
        MetadataSet set = generic.Sets.Should().ContainSingle().Subject;
        set.ReportId.Should().Be("ESMS_SIMPLE_REPORT");
        set.ReportTarget!.Values.Select(v => v.Id).Should().Equal("REPORT_PERIOD_TARGET", "CATEGORY", "DATA_PROVIDER");
        set.Targets[0].Should().Be("urn:sdmx:org.sdmx.infomodel.categoryscheme.Category=ESTAT:DATAFLOWS_SCHEME(1.0).PSC.DEM.TOT");
        set.Attributes[0].Children[2].Children[1].Value.Should().Be("LUXEMBOURG");
        set.Attributes[2].Children[0].IsStructured.Should().BeTrue();
        generic.LocationOf(set.Attributes[1]).Line.Should().Be(47);
    }

    [SharedFolderTheory]
    [InlineData("SDMX-ML 2.1 generic metadata")]
    [InlineData("SDMX-ML 2.1 structure-specific metadata")]
    public void The_sample_of_2_1_is_valid_when_written(string format)
    {
        MemoryStream written = new();
        IssueList issues = new();
        MetadataMessageWriters.Write(Written.Single(f => f.Name == format), written, Sample("esms_generic.xml").Sets, Header, issues);
        issues.Groups.Should().BeEmpty();
        written.Position = 0;
        OfficialSchemas.Errors(written, OfficialSchemas.MetadataSample).Should().BeEmpty();
    }

    [SharedFolderFact]
    public void Messages_are_valid_in_every_format_and_lose_only_what_is_said()
    {
        List<string> failures = [];
        foreach (CorpusFile file in Files.Where(f => !Odd.ContainsKey(f.Path)))
        {
            foreach (SdmxFormat format in Written)
            {
                IssueList issues = new();
                MetadataMessage message = Read(file, new IssueList());
                MemoryStream written = new();
                MetadataMessageWriters.Write(format, written, message.Sets, Header, issues, footer: []);
                failures.AddRange(Errors(written.ToArray(), format).Take(3).Select(e => $"{file} as {format}: invalid: {e}"));
                IssueList again = new();
                MetadataMessage back = MetadataMessageReader.Read(new MemoryStream(written.ToArray()), again);
                failures.AddRange(again.Groups.Select(g => $"{file} as {format}: {g.Samples[0]}"));
                string before = ModelText.Of(message.Sets), after = ModelText.Of(back.Sets);
                if (before != after && !issues.Groups.Any())
                {
                    failures.Add($"{file} as {format}: {Difference(before, after)}");
                }
            }
        }

        failures.Should().BeEmpty();
    }

    private static MetadataMessage Sample(string name)
    {
        IssueList issues = new();
        using Stream stream = File.OpenRead(SharedFolder.Path("standards", "sdmx-ml", "2.1", "samples", "demography", name));
        MetadataMessage message = MetadataMessageReader.Read(stream, issues);
        issues.Groups.Should().BeEmpty();
        return message;
    }

    private static MetadataMessage Read(CorpusFile file, IssueList issues)
    {
        using Stream stream = file.Open();
        return MetadataMessageReader.Read(stream, issues);
    }

    private static IReadOnlyList<string> Errors(byte[] written, SdmxFormat format) => format.Syntax switch
    {
        "xml" when format == MediaTypes.StructureSpecificMetadata21 => [],
        "xml" => [.. OfficialSchemas.Errors(new MemoryStream(written), format.Standard).Where(e => !e.Contains("1999/xhtml", StringComparison.Ordinal))],
        "json" => OfficialJsonSchemas.Errors(written, "metadata", format.Version[..3]),
        _ => [],
    };

    private static string Difference(string before, string after)
    {
        string[] a = before.Split('\n'), b = after.Split('\n');
        int at = Enumerable.Range(0, Math.Min(a.Length, b.Length)).FirstOrDefault(i => a[i] != b[i], Math.Min(a.Length, b.Length));
        return $"'{a.ElementAtOrDefault(at)}' became '{b.ElementAtOrDefault(at)}'";
    }

    private static IEnumerable<ReportedAttribute> All(IEnumerable<ReportedAttribute> attributes) => attributes.SelectMany(a => All(a.Children).Prepend(a));
}
