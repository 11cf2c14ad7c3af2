using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Dsm.Conformance.Corpus;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Json;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.DataMessages;

/// <summary>Notes in footers are written validly and read again; error messages are read as values.</summary>
public class FooterAndErrorTests
{
    private static readonly ImmutableArray<FooterNote> Notes =
        [new FooterNote("510", "Warning", new LocalisedText([new("en", "Cut <here> & there"), new("ru", "Сокращено")])), new FooterNote("1001", null, LocalisedText.Of("Own"))];

    public static TheoryData<string> DataFormats
        => [.. new[] { MediaTypes.GenericData21, MediaTypes.StructureSpecificData21, MediaTypes.DataXml30, MediaTypes.DataXml31 }.Select(f => f.Name)];

    [SharedFolderTheory]
    [MemberData(nameof(DataFormats))]
    public void A_footer_of_data_is_valid_and_told(string name)
    {
        SdmxFormat format = MediaTypes.All.Single(f => f.Name == name);
        DataSchema schema = SpecimenData.Resolve(SpecimenData.Structures, SpecimenData.Structures.Of<Dataflow>().Single(f => f.Id == "DF_G").Reference);
        SpecimenData data = new(schema, 7);
        DataSetSpace space = data.Space();
        byte[] message = WrittenMessage.Write(format, new DataWriterOptions { Footer = Notes, DimensionAtObservation = "TIME_PERIOD" }, (space, data.Batches(space, 60, 37)));
        WrittenMessage.Errors(message, format, "TIME_PERIOD", false, schema).Should().BeEmpty();
        IssueList issues = new();
        using DataReader reader = DataMessageReader.Open(new MemoryStream(message), _ => schema, issues)!;
        int batches = 0;
        while (reader.NextDataSet())
        {
            ObservationBatch batch = new(reader.DataSet!, 50);
            while (reader.Read(batch))
            {
                batches++;
                batch = new ObservationBatch(reader.DataSet!, 50);
            }
        }

        batches.Should().BePositive();
        issues.Kept.Where(i => i.Code == IssueCodes.FooterMessage).Select(i => i.Arguments[1]).Should().Equal("510", "1001");
    }

    [SharedFolderFact]
    public void A_footer_of_structures_is_valid_and_comes_back()
    {
        foreach (SdmxFormat format in new[] { MediaTypes.StructureXml21, MediaTypes.StructureXml30, MediaTypes.StructureXml31 })
        {
            MemoryStream written = new();
            IssueList issues = new();
            Codelist list = new() { AgencyId = "T", Id = "CL", Version = SdmxVersion.Parse("1.0"), Name = LocalisedText.Of("List") };
            StructureMessages.Write(format, written, [list], WrittenMessage.Header, issues, footer: Notes);
            OfficialSchemas.Errors(new MemoryStream(written.ToArray()), format.Standard).Should().BeEmpty();
            StructureMessages.Read(new MemoryStream(written.ToArray()), issues).Footer.Should().Equal(Notes);
            issues.Groups.Should().BeEmpty();
        }
    }

    [SharedFolderFact]
    public void The_error_message_of_the_corpus_is_a_value()
    {
        CorpusFile file = CorpusIndex.All.Single(f => f.Format == "SDMX-ML 2.1 Error");
        IssueList issues = new();
        using Stream stream = file.Open();
        ErrorMessage error = ErrorMessageReader.Read(stream, issues).Should().ContainSingle().Subject;
        issues.Groups.Should().BeEmpty();
        error.Code.Should().Be("304");
        error.Text.Best().Should().Contain("no structures were submitted");
        error.Location.Line.Should().Be(5);
    }

    [Fact]
    public void Error_messages_of_every_format_come_back_as_they_were()
    {
        ErrorMessage[] errors = [new ErrorMessage("140", new LocalisedText([new("en", "Syntax <x>"), new("ru", "Ошибка")])), new ErrorMessage("100", LocalisedText.Of("No results"))];
        foreach (SdmxNamespaces version in new[] { SdmxNamespaces.V21, SdmxNamespaces.V30, SdmxNamespaces.V31 })
        {
            ArrayBufferWriter<byte> output = new();
            ErrorMessageWriter.Write(output, version, [.. errors]);
            Read(output.WrittenSpan).Select(e => e with { Location = Location.None }).Should().Equal(errors);
        }

        foreach (SdmxFormat format in new[] { MediaTypes.DataJson1, MediaTypes.DataJson20, MediaTypes.DataJson21, MediaTypes.StructureJson21, MediaTypes.MetadataJson20 })
        {
            ArrayBufferWriter<byte> output = new();
            JsonErrorMessageWriter.Write(output, format, WrittenMessage.Header, ["en", "ru"], [.. errors]);
            Read(output.WrittenSpan).Select(e => e with { Location = Location.None }).Should().Equal(errors, format.Name);
        }
    }

    [Theory]
    [InlineData("<x/>", "M0004")]
    [InlineData("{\"errors\":[{\"code\":\"1", "M0005")]
    [InlineData("<m:Structure xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message'/>", "M0013")]
    public void What_is_no_error_message_is_said(string message, string code)
    {
        IssueList issues = new();
        ErrorMessageReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(message)), issues).Should().BeEmpty();
        issues.Kept.Select(i => i.Code.Id).Should().Equal(code);
    }

    private static ImmutableArray<ErrorMessage> Read(ReadOnlySpan<byte> message)
    {
        IssueList issues = new();
        ImmutableArray<ErrorMessage> errors = ErrorMessageReader.Read(new MemoryStream(message.ToArray()), issues);
        issues.Groups.Should().BeEmpty();
        return errors;
    }
}
