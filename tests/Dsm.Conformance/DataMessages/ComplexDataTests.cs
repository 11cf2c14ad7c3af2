using System.Globalization;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Validation;

namespace Dsm.Conformance.DataMessages;

/// <summary>Several values, texts by language, measures of any type and reference metadata inside data sets, over random structures.</summary>
public class ComplexDataTests
{
    public static TheoryData<string, string?, int> Messages()
    {
        TheoryData<string, string?, int> data = [];
        for (int seed = 0; seed < 20; seed++)
        {
            foreach (string format in new[] { "SDMX-ML 3.0 data", "SDMX-ML 3.1 data" })
            {
                data.Add(format, null, seed);
                data.Add(format, DataSchema.AllDimensions, seed);
                data.Add(format, "D0", seed);
            }
        }

        return data;
    }

    [SharedFolderTheory]
    [MemberData(nameof(Messages))]
    public void A_message_is_valid_and_reads_back_the_same(string formatName, string? dimension, int seed)
    {
        SdmxFormat format = MediaTypes.All.Single(f => f.Name == formatName);
        RandomStructure random = new(seed);
        DataSetSpace space = Space(random.Schema);
        ObservationBatch batch = random.Data(space, 30);
        IssueList left = new();

        byte[] message = WrittenMessage.Write(format, new DataWriterOptions { DimensionAtObservation = dimension, Issues = left }, (space, [batch]));

        WrittenMessage.Errors(message, format, dimension, false, random.Schema).Should().BeEmpty("{0}", System.Text.Encoding.UTF8.GetString(message.AsSpan(0, Math.Min(4000, message.Length))));
        foreach (bool slow in new[] { false, true })
        {
            (List<string> lines, List<string> metadata, IssueList issues) = Read(message, random.Schema, slow);
            issues.Kept.Should().BeEmpty();
            lines.Should().Equal(WrittenMessage.Lines([batch]));
            metadata.Should().BeEquivalentTo(batch.Metadata.Where(m => dimension is null || m.IsOfDataSet || (m.HasWholeKey && !m.Period.IsNone) || IsGroup(m, random.Schema)).SelectMany(Describe));
        }

        left.Count.Should().Be(batch.Metadata.Any(m => dimension is not null && !m.IsOfDataSet && m.HasWholeKey && m.Period.IsNone) ? 1 : 0);
    }

    [Fact]
    public void Random_data_are_right()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            RandomStructure random = new(seed);
            DataSetSpace space = Space(random.Schema);
            ObservationBatch batch = random.Data(space, 40);
            IssueList issues = new();
            new DataValidator(space, issues).Validate(batch);
            issues.Kept.Should().BeEmpty();
        }
    }

    private static bool IsGroup(MetadataReport report, DataSchema schema)
        => !report.HasWholeKey && report.Period.IsNone && !schema.Structure.Groups.IsEmpty;

    private static DataSetSpace Space(DataSchema schema) => new(new DataSetHeader
    {
        Structure = schema.Reference,
        Action = DataSetAction.Replace,
        DataProvider = StructureReference.ParseUrn("urn:sdmx:org.sdmx.infomodel.base.DataProvider=T:DATA_PROVIDERS(1.0).P1"),
        Annotations = [new Annotation { Id = "N1", Title = "title", Text = new LocalisedText([new("en", "a & b"), new("ru", "в")]) }],
    }, schema);

    private static (List<string> Lines, List<string> Metadata, IssueList Issues) Read(byte[] message, DataSchema schema, bool slow)
    {
        IssueList issues = new();
        List<string> lines = [], metadata = [];
        using DataReader reader = DataMessageReader.Open(new MemoryStream(message), _ => schema, issues, new DataReaderOptions { UsesXmlParserOnly = slow })!;
        reader.NextDataSet().Should().BeTrue();
        ObservationBatch batch = new(reader.DataSet!, 7);
        while (reader.Read(batch))
        {
            lines.AddRange(WrittenMessage.Lines([batch]));
            metadata.AddRange(batch.Metadata.SelectMany(Describe));
        }

        reader.DataSet!.Header.DataProvider!.ItemId.Should().Be("P1");
        reader.DataSet.Header.Annotations.Single().Text["ru"].Should().Be("в");
        reader.NextDataSet().Should().BeFalse();
        lines.Sort(StringComparer.Ordinal);
        return (lines, metadata, issues);
    }

    /// <summary>A line a value: those about the data set are joined when written.</summary>
    private static IEnumerable<string> Describe(MetadataReport report)
        => report.Attributes.SelectMany(a => Describe(a, string.Create(CultureInfo.InvariantCulture, $"{report.KeyText} {report.Period} ")));

    private static IEnumerable<string> Describe(ReportedAttribute attribute, string path)
    {
        string text = string.Join('|', attribute.Text.Texts.Select(t => $"{t.Key}={t.Value}"));
        return attribute.Children.SelectMany(c => Describe(c, path + attribute.Id + ".")).Prepend($"{path}{attribute.Id} {attribute.Value} {text} {attribute.IsStructured}");
    }
}
