using System.Text.RegularExpressions;
using Dsm.Sdmx.Formats.Summary;
using Dsm.Sdmx.Issues;

namespace Dsm.Conformance.Corpus;

/// <summary>Counts what is in every message of the public corpus and every official sample, without structures, and compares with the independent count.</summary>
public sealed partial class MessageSummaryCorpusTests
{
    /// <summary>What the index counts beside artefacts, series and observations.</summary>
    private static readonly string[] Beside =
        ["langs", "isPartial", "externalReferenceStubs", "body", "obsWithPrimaryValue", "flatObs", "groups", "sections", "columns", "rowsWithObsValue", "footerMessages", "errorMessages"];

    /// <summary>Parts that are counted here and not in the index.</summary>
    private static readonly string[] OnlyHere =
        ["RepresentationMapping", "VtlMapping", "StructureMap", "Registration", "Subscription", "AvailabilityConstraint", "CubeRegion"];

    /// <summary>Names of the index that are those of SDMX-JSON or of a group of parts.</summary>
    private static readonly Dictionary<string, string> Names = new()
    {
        ["standaloneConcept"] = "Concept",
        ["metadataSets"] = "MetadataSet",
        ["reports"] = "Report",
        ["reportedAttributes"] = "ReportedAttribute",
        ["attributes"] = "ReportedAttribute",
        ["DataStructure.attrs"] = "Attribute",
        ["agencies"] = "Agency",
        ["categories"] = "Category",
    };

    /// <summary>Files in which the count differs from that of the index, with the reason; listed in docs/deviations.md.</summary>
    private static readonly Dictionary<string, string> Known = new()
    {
        ["pysdmx/api/fmr/samples/cat/cs.fusion.json"] = "the index counts categories at the top only",
        ["khaeru-test-data/v3/json/metadata/constructed-sample2.json"] = "the index does not count attributes inside attributes of SDMX-JSON 1.0",
        ["khaeru-test-data/v3/json/metadata/generated-sample.json"] = "the same",
        ["sdmx-official-samples-1.0-2.0/sdmx10-samples/QuerySample.xml"] = "a query names data sets, it holds none",
        ["sdmx-official-samples-1.0-2.0/sdmx20-samples/QuerySample.xml"] = "the same",
    };

    /// <summary>Formats that the index calls otherwise; the reasons are in docs/deviations.md.</summary>
    private static readonly HashSet<(string Index, string Found)> OtherFormats =
    [
        ("SDMX-ML 2.0 Envelope", "SDMX-ML CompactData 2.0"),
        ("SDMX-ML (not well-formed) 2.0 ?", "SDMX-ML MessageGroup 2.0"),
        ("SDMX-ML (not well-formed) 2.0 ?", "SDMX-ML Structure 2.0"),
        ("SDMX-ML (not well-formed) 2.0 ?", "SDMX-ML RegistryInterface 2.0"),
        ("SDMX-JSON (not parseable by a strict parser) ? ?", "SDMX-JSON structure 1.0"),
        ("SDMX-JSON ? metadata", "SDMX-JSON metadata"),
        ("SDMX-CSV 2.1 data", "SDMX-CSV data 2.0"),
    ];

    [SharedFolderFact]
    public void Every_message_of_the_corpus_has_the_counts_of_the_index()
    {
        List<string> differences = [];
        foreach (CorpusFile file in CorpusIndex.All)
        {
            IssueList issues = new();
            MessageSummary summary = MessageSummary.Read(file.Open, issues);
            List<string> wrong = Differences(file, summary);
            if (wrong.Count > 0 != Known.ContainsKey(file.Path))
            {
                differences.Add($"{file.Path}: {string.Join(", ", wrong)} [{summary.Format} {summary.Version}; {string.Join(" | ", issues.Groups.Take(3).Select(g => g.Samples[0]))}]");
            }
        }

        CorpusIndex.All.Should().HaveCount(615);
        differences.Should().BeEmpty();
    }

    [SharedFolderFact]
    public void Formats_and_versions_are_those_of_the_index()
    {
        List<string> differences = [];
        foreach (CorpusFile file in CorpusIndex.All)
        {
            MessageSummary summary = MessageSummary.Read(file.Open, new IssueList());
            string found = $"{summary.Format} {summary.Version}".Trim();
            if (found != FormatOf(file.Format) && !OtherFormats.Contains((file.Format, found)))
            {
                differences.Add($"{file.Path}: {found} instead of {file.Format}");
            }
        }

        differences.Should().BeEmpty();
    }

    [SharedFolderFact]
    public void Only_broken_messages_and_those_that_are_no_SDMX_are_unusable()
    {
        List<string> wrong = [];
        foreach (CorpusFile file in CorpusIndex.All)
        {
            IssueList issues = new();
            MessageSummary.Read(file.Open, issues);
            bool isBad = file.Validity.StartsWith("BROKEN", StringComparison.Ordinal) || file.Format.Contains("CSV (NOT", StringComparison.Ordinal) || file.Format.Contains("(plain", StringComparison.Ordinal) || file.Format.EndsWith(" Error", StringComparison.Ordinal);
            if (issues.HasFatal != isBad)
            {
                wrong.Add($"{file.Path}: {string.Join(" | ", issues.Kept)}");
            }
        }

        wrong.Should().BeEmpty();
    }

    [SharedFolderFact]
    public void Every_official_sample_is_recognised_in_its_version()
    {
        List<string> wrong = [];
        int count = 0;
        foreach (string file in Directory.EnumerateFiles(SharedFolder.Path("standards"), "*.*", SearchOption.AllDirectories))
        {
            string[] path = Path.GetRelativePath(SharedFolder.Path("standards"), file).Split('/', '\\');
            if (path.Length < 4 || path[2] != "samples" || Path.GetExtension(file) is not (".xml" or ".json" or ".csv"))
            {
                continue;
            }

            count++;
            IssueList issues = new();
            MessageSummary summary = MessageSummary.Read(() => File.OpenRead(file), issues);
            string version = path[0] == "sdmx-csv" && path[1] == "2.1" ? "2.0" : path[1];
            bool isNamed = summary.Format?.StartsWith(path[0], StringComparison.OrdinalIgnoreCase) == true;
            bool isFull = summary.DataSets + summary.Artefacts.Count > 0 || summary.Format!.EndsWith("Query", StringComparison.Ordinal);
            // One example of the field guide has a misplaced quotation mark.
            bool isFlawed = path is ["sdmx-csv", _, _, "metadata", "example-02.csv"];
            if (!isNamed || (summary.Version ?? version) != version || !isFull || issues.HasFatal != isFlawed)
            {
                wrong.Add($"{string.Join('/', path)}: {summary.Format} {summary.Version} {string.Join(" | ", issues.Kept)}");
            }
        }

        count.Should().BeGreaterThan(150);
        wrong.Should().BeEmpty();
    }

    /// <summary>The name of a format as the index has it, in the words of a summary; empty for what is no SDMX.</summary>
    private static string FormatOf(string format)
    {
        Match match = FormatPattern().Match(format);
        return match.Success ? $"{match.Groups[1].Value} {match.Groups[3].Value} {match.Groups[2].Value}"
            : format.StartsWith("Fusion-JSON", StringComparison.Ordinal) ? "Fusion-JSON structure" : "";
    }

    [GeneratedRegex(@"^(SDMX-(?:ML|JSON|CSV)) (\d\.\d)(?:\.0)?(?: \(structures\[\]\)|-wd \([^)]*\))? (\w+)$")]
    private static partial Regex FormatPattern();

    private static List<string> Differences(CorpusFile file, MessageSummary summary)
    {
        Dictionary<string, long> expected = [];
        long? dataSets = null, series = null, observations = null;
        foreach ((string name, int count) in file.Counts.Where(c => !Beside.Contains(c.Key)))
        {
            switch (name)
            {
                case "dataSets":
                    dataSets = count;
                    break;
                case "series":
                    series = count;
                    break;
                case "obs" or "obs(leaf with value)":
                    observations = count;
                    break;
                case "rows":
                    observations = file.Format.Contains("SDMX-CSV 1.", StringComparison.Ordinal) || file.Format.Contains("SDMX-CSV 2.", StringComparison.Ordinal) ? count : null;
                    break;
                default:
                    string key = NameOf(name);
                    expected[key] = expected.GetValueOrDefault(key) + count;
                    break;
            }
        }

        List<string> wrong = [];
        Compare("DataSets", dataSets, summary.DataSets);
        Compare("Series", series, summary.Series);
        Compare("Observations", observations, summary.Observations);
        foreach ((string name, long count) in expected)
        {
            Compare(name, count, name == "dims" ? summary.Artefacts.Where(a => a.Key.EndsWith("Dimension", StringComparison.Ordinal)).Sum(a => a.Value) : summary.Artefacts.GetValueOrDefault(name));
        }

        wrong.AddRange(file.IsCut || file.Format.StartsWith("SDMX-ML (not", StringComparison.Ordinal) ? [] : summary.Artefacts.Keys.Where(k => !expected.ContainsKey(k) && !OnlyHere.Contains(k) && file.Format.StartsWith("SDMX-ML", StringComparison.Ordinal) && !(expected.ContainsKey("dims") && k.EndsWith("Dimension", StringComparison.Ordinal)))
            .Select(k => $"{k} {summary.Artefacts[k]} not in the index"));
        return wrong;

        void Compare(string name, long? wanted, long found)
        {
            if (wanted is not null && wanted != found)
            {
                wrong.Add($"{name} {found} instead of {wanted}");
            }
        }
    }

    private static string NameOf(string name)
    {
        if (name == "DataStructure.dims(incl time)")
        {
            return "dims";
        }

        if (Names.TryGetValue(name, out string? known))
        {
            return known;
        }

        string[] parts = name.Split('.', 2);
        return parts.Length == 1 ? name
            : parts[1] == "items(top-level)" ? ItemOf(parts[0])
            : Names.TryGetValue(parts[1], out string? item) ? item
            : char.IsLower(parts[1][0]) ? char.ToUpperInvariant(parts[1][0]) + parts[1][1..^1] : parts[1];
    }

    private static string ItemOf(string scheme) => scheme switch
    {
        "Codelist" => "Code",
        "ValueList" => "ValueItem",
        _ => scheme.Replace("Scheme", "", StringComparison.Ordinal),
    };
}
