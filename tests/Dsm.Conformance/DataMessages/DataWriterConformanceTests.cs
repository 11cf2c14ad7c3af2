using System.Globalization;
using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.DataMessages;

/// <summary>Everything written is valid by the official schemas, with the schema made for the structure, and reads back the same.</summary>
public class DataWriterConformanceTests
{
    private static readonly SdmxFormat[] XmlFormats =
    [
        MediaTypes.GenericData21, MediaTypes.GenericTimeSeries21, MediaTypes.StructureSpecificData21, MediaTypes.StructureSpecificTimeSeries21,
        MediaTypes.DataXml30, MediaTypes.DataXml31,
    ];

    public static TheoryData<string, string, string, string> Messages()
    {
        TheoryData<string, string, string, string> data = [];
        foreach (SdmxFormat format in XmlFormats)
        {
            foreach (string flow in new[] { "DF_G", "DF_ASYLAPP", "DF_RSD", "DF_ENTRY", "DF_FSTOCK", "DF_WPERMIT" })
            {
                data.Add(format.Name, flow, "TIME_PERIOD", "");
                if (!format.IsTimeSeries)
                {
                    data.Add(format.Name, flow, "AllDimensions", "");
                    data.Add(format.Name, flow, flow == "DF_G" ? "AREA" : "REF_AREA", "");
                }
            }

            data.Add(format.Name, "DF_G", "TIME_PERIOD", "tr-TR");
            data.Add(format.Name, "DF_RSD", "TIME_PERIOD", "ru-RU");
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

            byte[] message = WrittenMessage.Write(format, new DataWriterOptions { DimensionAtObservation = dimension }, (space, batches));

            WrittenMessage.Errors(message, format, dimension, false, schema).Should().BeEmpty("{0}", Start(message));
            WrittenMessage.ReadLines(message, schema).Should().Equal(WrittenMessage.Lines(batches));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("SDMX-CSV 1.0 data", "DF_G", CsvLabels.Id, CsvKeys.None)]
    [InlineData("SDMX-CSV 1.0 data", "DF_RSD", CsvLabels.Both, CsvKeys.None)]
    [InlineData("SDMX-CSV 2.0 data", "DF_G", CsvLabels.Id, CsvKeys.None)]
    [InlineData("SDMX-CSV 2.0 data", "DF_ENTRY", CsvLabels.Both, CsvKeys.Both)]
    [InlineData("SDMX-CSV 2.0 data", "DF_FSTOCK", CsvLabels.Name, CsvKeys.Series)]
    [InlineData("SDMX-CSV 2.1 data", "DF_WPERMIT", CsvLabels.Id, CsvKeys.Obs)]
    public void A_csv_message_reads_back_the_same(string formatName, string flow, CsvLabels labels, CsvKeys keys)
    {
        DataSchema schema = Schema(flow);
        SpecimenData data = new(schema, 9);
        DataSetSpace space = data.Space(DataSetAction.Information);
        List<ObservationBatch> batches = data.Batches(space, 60, 37);
        SdmxFormat format = MediaTypes.All.Single(f => f.Name == formatName);
        byte[] message = WrittenMessage.Write(format, new DataWriterOptions { Labels = labels, Keys = keys }, (space, batches));
        WrittenMessage.ReadLines(message, schema).Should().Equal(WrittenMessage.Lines(batches));
    }

    [SharedFolderFact]
    public void A_message_of_several_structures_and_actions_is_valid()
    {
        foreach (SdmxFormat format in XmlFormats)
        {
            SpecimenData first = new(Schema("DF_G"), 1), second = new(Schema("DF_RSD"), 2);
            DataSetSpace one = first.Space(), two = second.Space(DataSetAction.Merge), three = first.Space(DataSetAction.Delete);
            byte[] message = WrittenMessage.Write(format, DataWriterOptions.Default,
                (one, first.Batches(one, 5, 10)), (two, second.Batches(two, 5, 10)), (three, first.Batches(three, 5, 10)));
            WrittenMessage.Errors(message, format, null, false, Schema("DF_G"), Schema("DF_RSD")).Should().BeEmpty("{0} {1}", format.Name, Start(message));
        }
    }

    [SharedFolderFact]
    public void An_empty_data_set_and_series_without_observations_are_valid()
    {
        foreach (SdmxFormat format in XmlFormats)
        {
            DataSchema schema = Schema("DF_G");
            SpecimenData data = new(schema, 3);
            foreach (DataSelection selection in new[] { DataSelection.SeriesKeysOnly, DataSelection.NoData, DataSelection.DataOnly })
            {
                DataSetSpace empty = data.Space(), some = data.Space();
                byte[] message = WrittenMessage.Write(format, new DataWriterOptions { Selection = selection }, (empty, []), (some, data.Batches(some, 20, 100)));
                WrittenMessage.Errors(message, format, null, false, schema).Should().BeEmpty("{0} {1}", format.Name, Start(message));
                string text = Encoding.UTF8.GetString(message);
                (text.Contains("Obs", StringComparison.Ordinal) && text.Contains("TIME_PERIOD=", StringComparison.Ordinal)).Should().Be(selection == DataSelection.DataOnly && format.Kind == MessageKind.StructureSpecificData);
                text.Contains("TITLE", StringComparison.Ordinal).Should().Be(selection == DataSelection.NoData);
            }
        }
    }

    [SharedFolderFact]
    public void Deletions_carry_keys_only_and_may_leave_dimensions_out()
    {
        DataSchema schema = Schema("DF_G");
        SpecimenData data = new(schema, 6);
        foreach (SdmxFormat format in XmlFormats)
        {
            DataSetSpace space = data.Space(DataSetAction.Delete);
            List<ObservationBatch> batches = data.Batches(space, 5, 100);
            ObservationBatch partial = new(space, 10);
            partial.Dimensions[1].Set(partial.AddSeries(0, 0), "B");
            partial.AddObservation(0, 0);
            batches.Add(partial);
            byte[] message = WrittenMessage.Write(format, DataWriterOptions.Default, (space, batches));
            WrittenMessage.Errors(message, format, null, true, schema).Should().BeEmpty("{0} {1}", format.Name, Start(message));
            Encoding.UTF8.GetString(message).Should().Contain("Delete").And.NotContain("OBS_VALUE=").And.NotContain("ObsValue").And.NotContain("TITLE").And.NotContain("OBS_STATUS");
            if (format.Kind == MessageKind.StructureSpecificData)
            {
                WrittenMessage.Errors(message, format, null, false, schema).Should().NotBeEmpty("the schema for data wants every dimension");
                Encoding.UTF8.GetString(message).Should().Contain("<Series AREA=\"B\"/>");
            }
        }
    }

    [SharedFolderFact]
    public void The_schema_made_for_a_structure_refuses_what_does_not_belong()
    {
        DataSchema schema = Schema("DF_G");
        SpecimenData data = new(schema, 6);
        DataSetSpace space = data.Space();
        string good = Encoding.UTF8.GetString(WrittenMessage.Write(MediaTypes.DataXml30, DataWriterOptions.Default, (space, data.Batches(space, 10, 100))));
        foreach ((string from, string to) in new[] { ("AREA=\"", "AREA=\"X"), ("OBS_VALUE=\"", "OBS_VALUE=\"x"), ("<Obs ", "<Obs NO=\"1\" "), (" SEX=\"", " GENDER=\""), ("TIME_PERIOD=\"", "TIME_PERIOD=\"x") })
        {
            byte[] bad = Encoding.UTF8.GetBytes(good.Replace(from, to, StringComparison.Ordinal));
            WrittenMessage.Errors(bad, MediaTypes.DataXml30, null, false, schema).Should().NotBeEmpty("{0}", to);
        }
    }

    [SharedFolderFact]
    public void History_carries_the_time_of_validity()
    {
        foreach (SdmxFormat format in XmlFormats)
        {
            DataSchema schema = Schema("DF_RSD");
            SpecimenData data = new(schema, 3);
            DataSetSpace past = new(data.Space().Header with { ValidFrom = "2020-01-01T00:00:00", ValidTo = "2021-01-01T00:00:00", SetId = "H1" }, schema);
            byte[] message = WrittenMessage.Write(format, DataWriterOptions.Default, (past, data.Batches(past, 2, 10)));
            WrittenMessage.Errors(message, format, null, false, schema).Should().BeEmpty(format.Name);
            Encoding.UTF8.GetString(message).Should().Contain("validFromDate=\"2020-01-01T00:00:00\"").And.Contain("validToDate=\"2021-01-01T00:00:00\"");
        }
    }

    [SharedFolderFact]
    public void Attributes_of_a_named_group_stand_on_groups_before_the_series_in_2_1_and_change_by_a_further_data_set()
    {
        DataSchema schema = Schema("DF_G");
        DataSetSpace space = new SpecimenData(schema, 1).Space();
        ObservationBatch batch = new(space, 10);
        foreach ((string sex, string title) in new[] { ("A", "first"), ("B", "other"), ("A", "changed") })
        {
            int run = batch.AddSeries(0, 0);
            batch.Dimensions[0].Set(run, "A");
            batch.Dimensions[1].Set(run, "C");
            batch.Dimensions[2].Set(run, sex);
            batch.SeriesAttributes.Single(a => a.Component.Id == "TITLE").Set(run, title);
            int row = batch.AddObservation(0, 0);
            TimePeriod.TryParse("2020", out batch.Periods[row]).Should().BeTrue();
            batch.Measures[0][row] = ObservationValue.Of(1);
        }

        string text = Encoding.UTF8.GetString(WrittenMessage.Write(MediaTypes.StructureSpecificData21, DataWriterOptions.Default, (space, [batch])));
        string[] dataSets = text.Split("<message:DataSet ")[1..];
        dataSets.Should().HaveCount(2);
        dataSets[0].IndexOf("TITLE=\"other\"", StringComparison.Ordinal).Should().BeGreaterThan(0).And.BeLessThan(dataSets[0].IndexOf("<Series", StringComparison.Ordinal));
        dataSets[1].Should().Contain("<Group xsi:type=\"ns1:Sibling\" AREA=\"C\" SEX=\"A\" TITLE=\"changed\"/>");
        text = Encoding.UTF8.GetString(WrittenMessage.Write(MediaTypes.DataXml30, DataWriterOptions.Default, (space, [batch])));
        text.Split("<message:DataSet ").Should().HaveCount(2, "groups may stand between series in 3.0");
        text.Split("<Group ").Should().HaveCount(4);
    }

    [SharedFolderFact]
    public void A_large_data_set_with_groups_is_split_and_stays_the_same_data()
    {
        DataSchema schema = Schema("DF_G");
        SpecimenData data = new(schema, 5);
        DataSetSpace space = data.Space();
        List<ObservationBatch> batches = data.Batches(space, 25_000, 4096);
        byte[] message = WrittenMessage.Write(MediaTypes.GenericData21, DataWriterOptions.Default, (space, batches));
        message.Length.Should().BeGreaterThan(9_000_000);
        Encoding.UTF8.GetString(message).Split("<message:DataSet ").Length.Should().BeGreaterThan(3);
        WrittenMessage.ReadLines(message, schema).Should().Equal(WrittenMessage.Lines(batches));
    }

    private static DataSchema Schema(string flow) => SpecimenData.Resolve(
        SpecimenData.Structures, SpecimenData.Structures.Of<Dataflow>().Single(f => f.Id == flow).Reference);

    private static string Start(byte[] message) => Encoding.UTF8.GetString(message, 0, Math.Min(3000, message.Length));
}
