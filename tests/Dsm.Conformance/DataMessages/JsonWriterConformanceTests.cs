using System.Globalization;
using System.Text;
using System.Text.Json;
using Dsm.Conformance.JsonSchemas;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.DataMessages;

/// <summary>Every SDMX-JSON message we write is valid by the official schema, has no name twice, and reads back the same.</summary>
public class JsonWriterConformanceTests
{
    private static readonly SdmxFormat[] Formats = [MediaTypes.DataJson1, MediaTypes.DataJson20, MediaTypes.DataJson21];

    public static TheoryData<string, string, string, string> Messages()
    {
        TheoryData<string, string, string, string> data = [];
        foreach (SdmxFormat format in Formats)
        {
            foreach (string flow in new[] { "DF_G", "DF_ASYLAPP", "DF_RSD", "DF_ENTRY", "DF_FSTOCK", "DF_WPERMIT" })
            {
                data.Add(format.Name, flow, "TIME_PERIOD", "");
                data.Add(format.Name, flow, "AllDimensions", "");
                data.Add(format.Name, flow, flow == "DF_G" ? "AREA" : "REF_AREA", "");
            }

            data.Add(format.Name, "DF_G", "TIME_PERIOD", "tr-TR");
            data.Add(format.Name, "DF_RSD", "AllDimensions", "ru-RU");
        }

        return data;
    }

    [SharedFolderTheory]
    [MemberData(nameof(Messages))]
    public void A_message_is_valid_and_reads_back_the_same(string formatName, string flow, string dimension, string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            SdmxFormat format = MediaTypes.All.Single(f => f.Name == formatName);
            DataSchema schema = Schema(flow);
            SpecimenData data = new(schema, 7);
            DataSetSpace space = data.Space();
            List<ObservationBatch> batches = data.Batches(space, 60, 37);

            byte[] message = WrittenMessage.Write(format, new DataWriterOptions { DimensionAtObservation = dimension, Languages = ["ru", "en"] }, (space, batches));

            Errors(message, format).Should().BeEmpty("{0}", Start(message));
            WrittenMessage.ReadLines(message, schema).Should().Equal(WrittenMessage.Lines(batches));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [SharedFolderTheory]
    [InlineData("TIME_PERIOD")]
    [InlineData("AllDimensions")]
    [InlineData("AREA")]
    public void From_xml_to_json_and_back_nothing_changes(string dimension)
    {
        DataSchema schema = Schema("DF_G");
        SpecimenData data = new(schema, 21);
        DataSetSpace space = data.Space();
        List<ObservationBatch> batches = data.Batches(space, 50, 64);
        byte[] xml = WrittenMessage.Write(MediaTypes.DataXml31, new DataWriterOptions { DimensionAtObservation = dimension }, (space, batches));
        foreach (SdmxFormat format in Formats)
        {
            byte[] json = Convert(xml, format, schema, dimension);
            byte[] back = Convert(json, MediaTypes.DataXml31, schema, dimension);
            WrittenMessage.ReadLines(back, schema).Should().Equal(WrittenMessage.Lines(batches), format.Name);
        }
    }

    [SharedFolderFact]
    public void Several_structures_and_actions_are_valid_and_1_0_says_what_it_leaves_out()
    {
        foreach (SdmxFormat format in Formats)
        {
            SpecimenData first = new(Schema("DF_G"), 1), second = new(Schema("DF_RSD"), 2);
            DataSetSpace one = first.Space(), two = second.Space(DataSetAction.Merge), three = first.Space(DataSetAction.Delete);
            IssueList issues = new();
            byte[] message = WrittenMessage.Write(format, new DataWriterOptions { Issues = issues },
                (one, first.Batches(one, 5, 10)), (two, second.Batches(two, 5, 10)), (three, first.Batches(three, 5, 10)));
            Errors(message, format).Should().BeEmpty("{0} {1}", format.Name, Start(message));
            issues.Kept.Count(i => i.Arguments[0].StartsWith("DataSet ", StringComparison.Ordinal)).Should().Be(format == MediaTypes.DataJson1 ? 1 : 0);
            List<DataSetAction> actions = [];
            using DataReader reader = DataMessageReader.Open(new MemoryStream(message), r => r.Id == "DF_G" ? Schema("DF_G") : Schema("DF_RSD"), issues)!;
            while (reader.NextDataSet())
            {
                actions.Add(reader.DataSet!.Header.Action);
            }

            actions.Distinct().Should().Equal(format == MediaTypes.DataJson21 ? [DataSetAction.Replace, DataSetAction.Merge, DataSetAction.Delete]
                : format == MediaTypes.DataJson20 ? [DataSetAction.Replace, DataSetAction.Append, DataSetAction.Delete]
                : [DataSetAction.Replace, DataSetAction.Delete]);
        }
    }

    [SharedFolderFact]
    public void Empty_data_sets_and_every_selection_are_valid()
    {
        foreach (SdmxFormat format in Formats)
        {
            DataSchema schema = Schema("DF_G");
            SpecimenData data = new(schema, 3);
            foreach (DataSelection selection in new[] { DataSelection.SeriesKeysOnly, DataSelection.NoData, DataSelection.DataOnly })
            {
                foreach (string dimension in new[] { "TIME_PERIOD", "AllDimensions" })
                {
                    DataSetSpace space = data.Space();
                    byte[] message = WrittenMessage.Write(format, new DataWriterOptions { Selection = selection, DimensionAtObservation = dimension }, (space, data.Batches(space, 5, 20)));
                    Errors(message, format).Should().BeEmpty("{0} {1}", format.Name, Start(message));
                    message = WrittenMessage.Write(format, new DataWriterOptions { Selection = selection, DimensionAtObservation = dimension }, (space, []));
                    Errors(message, format).Should().BeEmpty("{0} {1}", format.Name, Start(message));
                }
            }

            byte[] none = WrittenMessage.Write(format, DataWriterOptions.Default);
            Errors(none, format).Should().BeEmpty(format.Name);
        }
    }

    [SharedFolderFact]
    public void A_series_that_comes_again_stands_in_a_further_data_set()
    {
        foreach (SdmxFormat format in Formats)
        {
            foreach (string dimension in new[] { "TIME_PERIOD", "AllDimensions", "AREA" })
            {
                DataSchema schema = Schema("DF_G");
                SpecimenData data = new(schema, 5);
                DataSetSpace space = data.Space();
                List<ObservationBatch> batches = data.Batches(space, 10, 30);
                byte[] message = WrittenMessage.Write(format, new DataWriterOptions { DimensionAtObservation = dimension }, (space, [.. batches, .. batches]));
                Errors(message, format).Should().BeEmpty("{0} {1}", format.Name, dimension);
                WrittenMessage.ReadLines(message, schema).Should().Equal(WrittenMessage.Lines([.. batches, .. batches]));
            }
        }
    }

    [SharedFolderFact]
    public void Names_are_written_in_the_languages_asked_for()
    {
        DataSchema schema = Schema("DF_ASYLAPP");
        SpecimenData data = new(schema, 5);
        DataSetSpace space = data.Space();
        foreach (SdmxFormat format in Formats)
        {
            byte[] message = WrittenMessage.Write(format, new DataWriterOptions { Languages = ["ru", "en"] }, (space, data.Batches(space, 10, 30)));
            using JsonDocument document = JsonDocument.Parse(message);
            JsonElement root = document.RootElement.GetProperty("data");
            JsonElement structure = format == MediaTypes.DataJson1 ? root.GetProperty("structure") : root.GetProperty("structures")[0];
            structure.GetProperty("name").GetString().Should().Be(schema.Dataflow!.Name["ru"]);
            structure.GetProperty("names").GetProperty("en").GetString().Should().Be(schema.Dataflow.Name["en"]);
            JsonElement code = structure.GetProperty("dimensions").GetProperty("series")[0].GetProperty("values")[0];
            Code known = schema.Dimensions[0].Codelist!.Find(code.GetProperty("id").GetString()!)!;
            code.GetProperty("name").GetString().Should().Be(known.Name.Best("ru", "en"));
        }
    }

    private static byte[] Convert(byte[] message, SdmxFormat format, DataSchema schema, string dimension)
    {
        IssueList issues = new();
        System.Buffers.ArrayBufferWriter<byte> output = new();
        DataWriter writer = DataWriters.Create(format, output, new DataWriterOptions { DimensionAtObservation = dimension });
        using DataReader reader = DataMessageReader.Open(new MemoryStream(message), _ => schema, issues)!;
        bool started = false;
        while (reader.NextDataSet())
        {
            if (!started)
            {
                writer.Start(reader.Header!, [reader.DataSet!]);
                started = true;
            }

            writer.StartDataSet(reader.DataSet!);
            ObservationBatch batch = new(reader.DataSet!, 100);
            while (reader.Read(batch))
            {
                writer.Write(batch);
            }

            writer.EndDataSet();
        }

        writer.End();
        issues.Kept.Should().BeEmpty();
        return output.WrittenSpan.ToArray();
    }

    private static IReadOnlyList<string> Errors(byte[] message, SdmxFormat format) => OfficialJsonSchemas.Errors(message, "data", format.Version[..3]);

    private static string Start(byte[] message) => Encoding.UTF8.GetString(message.AsSpan(0, Math.Min(message.Length, 1500)));

    private static DataSchema Schema(string flow) => SpecimenData.Resolve(
        SpecimenData.Structures, SpecimenData.Structures.Of<Dataflow>().Single(f => f.Id == flow).Reference);
}
