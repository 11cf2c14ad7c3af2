using System.Buffers;
using System.Collections.Immutable;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Csv;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.Corpus;

/// <summary>The metadata samples of the SDMX-CSV field guides 2.0 and 2.1.</summary>
public class CsvMetadataSampleTests
{
    /// <summary>
    /// Samples that are no CSV (RFC 4180), with what is said of them: example 2 closes a quotation mark too early, example 4 has two
    /// columns of names more than its records have fields.
    /// </summary>
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["2.0/example-02.csv"] = "M0018 2:8",
        ["2.1/example-02.csv"] = "M0018 2:7",
        ["2.0/example-04.csv"] = "M0015 2:0 M0015 3:0",
        ["2.1/example-04.csv"] = "M0015 2:0 M0015 3:0",
    };

    private static IEnumerable<string> Samples => new[] { "2.0", "2.1" }
        .SelectMany(v => Directory.EnumerateFiles(SharedFolder.Path("standards", "sdmx-csv", v, "samples", "metadata"), "*.csv")).Order(StringComparer.Ordinal);

    [SharedFolderFact]
    public void Every_record_of_every_sample_is_a_metadata_set()
    {
        Dictionary<string, int> counts = [];
        foreach (string path in Samples)
        {
            IssueList issues = new();
            ImmutableArray<MetadataSet> sets = Read(File.ReadAllBytes(path), issues);
            string said = string.Join(' ', issues.Kept.Select(i => $"{i.Code.Id} {i.Location.Line}:{i.Location.Column}"));
            said.Should().Be(Refused.GetValueOrDefault(Short(path), ""), path);
            counts[Short(path)] = sets.Length;
        }

        counts.Should().HaveCount(18);
        counts.Where(c => c.Value == 2).Select(c => c.Key).Should().Equal("2.0/example-05.csv", "2.0/example-09.csv", "2.0/example-10.csv", "2.1/example-05.csv", "2.1/example-08.csv");
        counts.Where(c => c.Value != 2).Should().OnlyContain(c => c.Value == (Refused.ContainsKey(c.Key) ? 0 : 1));
    }

    [SharedFolderTheory]
    [InlineData("2.0", 1, "OECD:MDS(1.0) flow OECD:MDF(1.0.0) of Dataflow=OECD:DF(1.0.0): ATTRIBUTE_1=A STRING VALUE{CHILD=<p>An XHTML text with \"quotes\"</p>} ATTRIBUTE_2=123")]
    [InlineData("2.1", 3, "OECD:MDS(1.0) flow OECD:MDF(1.0.0) of Dataflow=OECD:DF(1.0.0): ATTRIBUTE_1=CODE_ID{ATTRIBUTE_1_2=[en]<p>An XHTML text</p>[fr]<p>Un texte XHTML</p> ATTRIBUTE_1_2=[en]<p>Another XHTML text</p>[fr]<p>Un autre texte XHTML</p>} ATTRIBUTE_2=123,45 ATTRIBUTE_2=6,789")]
    [InlineData("2.1", 5, "OECD:MDS(1.0) flow OECD:MDF(1.0.0) of Dataflow=OECD:DF(1.0.0): ATTRIBUTE_1=CODE_ID ATTRIBUTE_2=[en]Value1[fr]Valeur1 ATTRIBUTE_2=[en]Value2[de]Wert2")]
    [InlineData("2.1", 7, "OECD:MDS(1.0) flow OECD:MDF(1.0.0) of Dataflow=OECD:DF(1.0.0): ATTRIBUTE_1=This text with a line\nbreak ATTRIBUTE_1=This is some other text</p>")]
    [InlineData("2.0", 8, "OECD:MDS(1.0) flow OECD:MDF(1.0.0) of Dataflow=OECD:DF(1.0.0): ATTRIBUTE_1=-{ATTRIBUTE_1_2=-} ATTRIBUTE_2=-")]
    [InlineData("2.0", 10, "OECD:*(1.0) flow OECD:MDF(1.0.0) of : ")]
    public void The_first_set_says_what_the_guide_says(string version, int example, string expected)
    {
        string path = SharedFolder.Path("standards", "sdmx-csv", version, "samples", "metadata", $"example-{example:D2}.csv");
        MetadataSet set = Read(File.ReadAllBytes(path), new IssueList())[0];
        Describe(set).ReplaceLineEndings("\n").Replace("(1.0.0) flow", "(1.0) flow", StringComparison.Ordinal).Should().Be(expected);
    }

    [SharedFolderFact]
    public void What_is_written_again_is_the_same()
    {
        foreach (string path in Samples.Where(p => !Refused.ContainsKey(Short(p))))
        {
            ImmutableArray<MetadataSet> sets = Read(File.ReadAllBytes(path), new IssueList());
            foreach ((SdmxFormat format, char delimiter) in new[] { (MediaTypes.MetadataCsv20, ','), (MediaTypes.MetadataCsv21, ','), (MediaTypes.MetadataCsv21, ';'), (MediaTypes.MetadataCsv20, '\t') })
            {
                ArrayBufferWriter<byte> output = new();
                CsvMetadataWriter.Write(format, sets, output, new DataWriterOptions { CsvDelimiter = delimiter, Labels = CsvLabels.Name });
                IssueList issues = new();
                Read(output.WrittenSpan.ToArray(), issues).Select(Describe).Should().Equal(sets.Select(Describe), path);
                issues.Count.Should().Be(0);
            }
        }
    }

    private static string Short(string path) => $"{path.Split(Path.DirectorySeparatorChar)[^4]}/{Path.GetFileName(path)}";

    private static ImmutableArray<MetadataSet> Read(byte[] message, IssueList issues) => CsvMetadataReader.Read(new MemoryStream(message), issues);

    private static string Describe(MetadataSet set)
        => $"{set.AgencyId}:{set.Id}({set.Version}) {(set.Metadataflow is null ? "agreement" : "flow")} {set.Metadataflow ?? set.MetadataProvisionAgreement} of {string.Join(' ', set.Targets.Select(t => t[(t.IndexOf("datastructure.", StringComparison.Ordinal) is var at and >= 0 ? at + 14 : 0)..]))}: {Describe(set.Attributes)}";

    private static string Describe(ImmutableArray<ReportedAttribute> attributes) => string.Join(' ', attributes.Select(a =>
        $"{a.Id}={a.Value}{string.Concat(a.Text.Texts.Select(t => $"[{t.Key}]{t.Value}"))}{(a.Children.IsEmpty ? "" : $"{{{Describe(a.Children)}}}")}"));
}
