using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Csv;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Tests.Formats;

/// <summary>Metadata sets survive SDMX-CSV: nested attributes, several instances, languages, odd texts.</summary>
public class CsvMetadataRoundTripTests
{
    private static readonly Gen<string> Texts = OddTexts.Any.Select(t => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(t.Replace("\0", "", StringComparison.Ordinal))) is { Length: > 0 } good ? good : "x");

    [Fact]
    public void Sets_survive_with_any_separators()
        => Gen.Select(Attributes(3).List[1, 3], Gen.OneOf(',', ';', '\t'), Gen.Bool).Sample(
            (trees, delimiter, is21) =>
            {
                MetadataSet[] sets = [.. trees.Select(Set)];
                ArrayBufferWriter<byte> output = new();
                IssueList issues = new();
                CsvMetadataWriter.Write(is21 ? MediaTypes.MetadataCsv21 : MediaTypes.MetadataCsv20, sets, output, new DataWriterOptions { CsvDelimiter = delimiter, Issues = issues });
                string message = Encoding.UTF8.GetString(output.WrittenSpan);
                ImmutableArray<MetadataSet> read = CsvMetadataReader.Read(new MemoryStream(output.WrittenSpan.ToArray()), issues);
                
                // 2.0 has no partial languages; texts that begin as markup are taken for it.
                issues.Kept.Where(i => i.Code != IssueCodes.NotCarried || !((string)i.Arguments[0]!).StartsWith("Maintainable.IsPartialLanguage", StringComparison.Ordinal)
                    && !((string)i.Arguments[0]!).StartsWith("ReportedAttribute.IsStructured", StringComparison.Ordinal)).Select(i => i.ToString()).Should().BeEmpty(message);
                read.Select(s => Describe(s.Attributes)).Should().Equal(sets.Select(s => Describe(s.Attributes)), message);
                read.Select(s => (s.Id, s.IsPartialLanguage, string.Join(' ', s.Targets))).Should().Equal(sets.Select(s => (s.Id, is21 && s.IsPartialLanguage, string.Join(' ', s.Targets))));
            },
            seed: "0N0XIzNsQ0O2", iter: 500, threads: 1);

    [Theory]
    [InlineData("MDSTRUCTURE,MDSTRUCTURE_ID\nmetadataflow,T:F(1.0)\n", "M0014 1")]
    [InlineData("MDSTRUCTURE,MDSTRUCTURE_ID,METADATASET_ID\nnonsense,T:F(1.0),T:S(1.0)\n", "D0001 2")]
    [InlineData("MDSTRUCTURE,MDSTRUCTURE_ID,METADATASET_ID\nmetadataflow,T:F(1.0),\n", "M0010 2")]
    [InlineData("MDSTRUCTURE,MDSTRUCTURE_ID,METADATASET_ID\n\nmetadataflow,T:F(1.0)\n", "M0015 3")]
    [InlineData("MDSTRUCTURE,MDSTRUCTURE_ID,METADATASET_ID\nmetadataflow,T:F(1.0),\"T:S\n", "M0018 2")]
    [InlineData("STRUCTURE,STRUCTURE_ID\ndataflow,T:F(1.0)\n", "M0004 1")]
    public void What_cannot_be_read_has_a_place(string message, string fault)
    {
        IssueList issues = new();
        CsvMetadataReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(message)), issues).Should().BeEmpty();
        issues.Kept.Select(i => $"{i.Code.Id} {i.Location.Line}").Should().Equal(fault);
    }

    [Fact]
    public void Says_what_the_format_cannot_carry()
    {
        IssueList issues = new();
        MetadataSet set = Set([]) with { PublicationYear = "2024", Targets = ["urn:sdmx:org.sdmx.infomodel.codelist.Code=T:CL(1.0).A"] };
        CsvMetadataWriter.Write(MediaTypes.MetadataCsv21, [set], new ArrayBufferWriter<byte>(), new DataWriterOptions { Issues = issues });
        issues.Kept.Select(i => i.Code).Should().OnlyContain(c => c == IssueCodes.NotCarried);
        issues.Count.Should().Be(2);
    }

    /// <summary>Up to two attributes of each of two ids, those of one id next to each other, with attributes below them.</summary>
    private static Gen<ImmutableArray<ReportedAttribute>> Attributes(int depth)
        => Gen.Select(Instances("A", depth), Instances("B", depth)).Select((a, b) => ImmutableArray.Create<ReportedAttribute>([.. a, .. b]));

    private static Gen<List<ReportedAttribute>> Instances(string id, int depth)
    {
        Gen<ImmutableArray<ReportedAttribute>> children = depth == 0 ? Gen.Const(ImmutableArray<ReportedAttribute>.Empty) : Attributes(depth - 1);
        return Gen.Select(Texts, Texts, Gen.Int[0, 3], children).Select((one, two, kind, below) => kind switch
        {
            0 => new ReportedAttribute { Id = id, Value = one, Children = below },
            1 => new ReportedAttribute { Id = id, Text = new LocalisedText([new("en", one), new("ru", two)]), Children = below },
            2 => new ReportedAttribute { Id = id, Text = LocalisedText.Of(one, "en"), Children = below },
            _ => new ReportedAttribute { Id = id, Value = "plain", Children = below },
        }).List[0, 2];
    }

    private static MetadataSet Set(ImmutableArray<ReportedAttribute> attributes) => new()
    {
        AgencyId = "T",
        Id = "SET",
        Version = SdmxVersion.Parse("1.0"),
        IsPartialLanguage = attributes.Length > 2,
        Metadataflow = new StructureReference(StructureType.Metadataflow, "T", "MDF", "1.0"),
        Targets = attributes.Length > 1 ? ["urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=T:DF(1.0)", "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=T:CL(1.0)"] : ["urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=T:DF(1.0)"],
        Attributes = attributes,
    };

    /// <summary>Attributes of different ids come in the order of their columns, which is all that CSV knows.</summary>
    private static string Describe(ImmutableArray<ReportedAttribute> attributes) => string.Join(' ', attributes.OrderBy(a => a.Id, StringComparer.Ordinal).Select(a =>
        $"{a.Id}={a.Value}{string.Concat(a.Text.Texts.Select(t => $"[{t.Key}]{t.Value}"))}{(a.Children.IsEmpty ? "" : $"{{{Describe(a.Children)}}}")}"));
}
