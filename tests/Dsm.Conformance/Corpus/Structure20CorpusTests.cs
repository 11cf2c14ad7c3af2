using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.Corpus;

/// <summary>Reads every structure and registry message of SDMX-ML 2.0 in the public corpus and compares what was read with an independent count.</summary>
public class Structure20CorpusTests
{
    /// <summary>What the index counts beside artefacts.</summary>
    private static readonly string[] NotArtefacts = ["langs"];

    /// <summary>Findings that are expected of messages that hold no structures, or only name some, by the body of the message.</summary>
    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["SubmitStructureRequest"] = "S0007",
        ["QueryStructureResponse"] = "",
        ["QueryProvisioningResponse"] = "",
        ["SubmitProvisioningRequest"] = "",
    };

    /// <summary>Files with an error in them: concepts called CONF_*** and TITLE_***, which are no identifiers.</summary>
    private static readonly string[] Faulty = ["global-registry/esms/ESTAT+ESMS_MSD+2.2.xml"];

    private static IEnumerable<CorpusFile> Files => CorpusIndex.All.Where(f => f.Format is "SDMX-ML 2.0 Structure" or "SDMX-ML 1.0 Structure");

    [SharedFolderFact]
    public void Every_structure_message_gives_the_expected_counts()
    {
        List<string> differences = [];
        int compared = 0;
        foreach (CorpusFile file in Files.Concat(CorpusIndex.All.Where(f => f.Path.EndsWith("/QueryStructureResponse.xml", StringComparison.Ordinal))))
        {
            (StructureMessage message, IssueList issues) = Read(file);
            IReadOnlyDictionary<string, int> actual = Counts(message.Structures);
            List<string> wrong = [.. file.Counts.Where(c => !NotArtefacts.Contains(c.Key) && actual.GetValueOrDefault(c.Key) != c.Value)
                .Select(c => $"{c.Key} {actual.GetValueOrDefault(c.Key)} instead of {c.Value}")];
            compared++;
            if (wrong.Count > 0 || issues.HasErrors != Faulty.Contains(file.Path))
            {
                differences.Add($"{file.Path}: {string.Join(", ", wrong)} [{string.Join(" | ", issues.Groups.Take(3).Select(g => g.Samples[0]))}]");
            }
        }

        differences.Should().BeEmpty();
        compared.Should().BeGreaterThanOrEqualTo(11);
    }

    [SharedFolderFact]
    public void Registry_messages_without_structures_say_what_they_are()
    {
        List<string> wrong = [];
        int compared = 0;
        foreach (CorpusFile file in CorpusIndex.All.Where(f => f.Format is "SDMX-ML 2.0 RegistryInterface" or "SDMX-ML 2.0 QueryMessage" or "SDMX-ML 1.0 QueryMessage"
            or "SDMX-ML 2.0 GenericMetadata" or "SDMX-ML 2.0 MetadataReport"))
        {
            string body = Path.GetFileNameWithoutExtension(file.Path);
            string expected = Bodies.GetValueOrDefault(body, "M0013");
            (_, IssueList issues) = Read(file);
            compared++;
            if (expected.Length == 0 ? issues.HasErrors : !issues.Kept.Any(i => i.Code.Id == expected && i.Location.Line > 0))
            {
                wrong.Add($"{file.Path}: {string.Join(" | ", issues.Kept.Take(3))}");
            }
        }

        wrong.Should().BeEmpty();
        compared.Should().BeGreaterThanOrEqualTo(18);
    }

    [SharedFolderTheory]
    [InlineData("sdmx-sax/abs-20/alc-structure.xml", "M0002")]
    [InlineData("sdmx-sax/abs-20/capex-structure.xml", "M0002")]
    [InlineData("sdmx-sax/abs-20/ias_4-structure.xml", "M0002")]
    [InlineData("sdmx-sax/abs-20/test.xml", "M0007")]
    [InlineData("sdmx-sax/un-20/un.xml", "M0002")]
    public void Broken_messages_are_refused_with_their_place(string path, string code)
    {
        IssueList issues = new();
        using Stream stream = File.OpenRead(SharedFolder.Path("corpus", "broken-in-the-wild/" + path));
        StructureMessageReader.Read(stream, issues);
        issues.Kept.Should().Contain(i => i.Code.Id == code && i.Location.Line > 0, string.Join(" | ", issues.Kept.Take(3)));
    }

    [SharedFolderFact]
    public void The_official_sample_resolves_to_a_schema()
    {
        CorpusFile file = CorpusIndex.All.Single(f => f.Path.EndsWith("sdmx20-samples/StructureSample.xml", StringComparison.Ordinal));
        (StructureMessage message, _) = Read(file);
        IssueList issues = new();
        Dsm.Sdmx.Data.DataSchema schema = Dsm.Sdmx.Data.DataSchema.Resolve(message.Structures, message.Structures.Of<DataStructure>().Single().Reference, issues)!;
        issues.Kept.Should().BeEmpty();
        schema.Dimensions.Select(d => d.Id).Should().Equal("FREQ", "JD_TYPE", "JD_CATEGORY", "VIS_CTY");
        schema.Dimensions.Should().OnlyContain(d => d.Codes!.Count > 0);
        schema.TimeDimension!.Id.Should().Be("TIME_PERIOD");
        schema.SeriesAttributes.Should().Contain(a => a.Id == "DECIMALS" && a.GroupId == "SiblingGroup");
        schema.Structure.CrossSectionalMeasures.Select(m => (m.Id, m.DimensionId, m.Code)).Should().Equal(("STOCKS", "JD_TYPE", "P"), ("FLOWS", "JD_TYPE", "Q"));
    }

    private static (StructureMessage Message, IssueList Issues) Read(CorpusFile file)
    {
        IssueList issues = new();
        using Stream stream = file.Open();
        return (StructureMessageReader.ReadMessage(stream, issues), issues);
    }

    /// <summary>The index counts concepts outside schemes apart; here they are in a scheme of their own.</summary>
    private static Dictionary<string, int> Counts(StructureSet structures)
    {
        bool IsStandalone(Maintainable artefact) => artefact is ConceptScheme { Id: "STANDALONE_CONCEPT_SCHEME" };
        Dictionary<string, int> counts = new(StructureCounts.Of([.. structures.All.Where(a => !IsStandalone(a))], version2: true))
        {
            ["standaloneConcept"] = structures.Of<ConceptScheme>().Where(IsStandalone).Sum(s => s.Concepts.Length),
        };
        return counts;
    }
}
