using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.DataMessages;

/// <summary>SDMX-CSV by the field guides, read again by a strict reader of RFC 4180.</summary>
public class CsvWriterConformanceTests
{
    [Fact]
    public void Csv_1_0_has_the_columns_of_the_field_guide_and_every_value()
    {
        (DataSetSpace space, List<ObservationBatch> batches) = Grouped();
        List<string[]> rows = Rows(MediaTypes.DataCsv1, DataWriterOptions.Default, space, batches);
        rows[0].Should().Equal("DATAFLOW", "FREQ", "AREA", "SEX", "TIME_PERIOD", "OBS_VALUE", "TITLE", "UNIT", "NOTE", "SOURCE", "OBS_STATUS", "COMMENT");
        rows.Skip(1).Should().OnlyContain(r => r[0] == "T:DF_G(1.0)" && r.Length == 12);
        Lines(rows, 1).Should().Equal(WrittenMessage.Lines(batches));
    }

    [Fact]
    public void Csv_2_0_has_structure_action_and_keys()
    {
        (DataSetSpace space, List<ObservationBatch> batches) = Grouped(DataSetAction.Replace);
        List<string[]> rows = Rows(MediaTypes.DataCsv20, new DataWriterOptions { Keys = CsvKeys.Both }, space, batches);
        rows[0].Take(6).Should().Equal("STRUCTURE", "STRUCTURE_ID", "ACTION", "SERIES_KEY", "OBS_KEY", "FREQ");
        string[] first = rows[1];
        first.Take(3).Should().Equal("dataflow", "T:DF_G(1.0)", "R");
        first[3].Should().Be(string.Join('.', first[5..8]));
        first[4].Should().Be($"{first[3]}.{first[8]}");
        Lines(rows, 5).Should().Equal(WrittenMessage.Lines(batches));
    }

    [Fact]
    public void Labels_stand_beside_or_after_the_codes()
    {
        (DataSetSpace space, List<ObservationBatch> batches) = Grouped();
        List<string[]> both = Rows(MediaTypes.DataCsv1, new DataWriterOptions { Labels = CsvLabels.Both }, space, batches);
        both[0][1].Should().Be("FREQ: Concept FREQ");
        both[1][0].Should().Be("T:DF_G(1.0): Flow, grouped");
        both[1][1].Should().Be($"A: Name, A");
        List<string[]> names = Rows(MediaTypes.DataCsv20, new DataWriterOptions { Labels = CsvLabels.Name }, space, batches);
        names[0].Take(8).Should().Equal("STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "FREQ", "Concept FREQ", "AREA", "Concept AREA");
        names[1][2].Should().Be("Flow, grouped");
        names[1][4..6].Should().Equal("A", "Name, A");
        names[1][10].Should().Be(names[1][11], "a period is its own name");
        names.Should().OnlyContain(r => r.Length == names[0].Length);
    }

    [Fact]
    public void Deletions_carry_keys_only_and_do_not_exist_in_1_0()
    {
        (DataSetSpace space, List<ObservationBatch> batches) = Grouped(DataSetAction.Delete);
        List<string[]> rows = Rows(MediaTypes.DataCsv20, DataWriterOptions.Default, space, batches);
        rows.Skip(1).Should().OnlyContain(r => r[2] == "D" && r[6].Length == 4 && r.Skip(7).All(f => f.Length == 0));
        Rows(MediaTypes.DataCsv1, DataWriterOptions.Default, space, batches).Should().HaveCount(1);
    }

    [Fact]
    public void Data_sets_of_two_structures_share_one_header()
    {
        (DataSetSpace one, List<ObservationBatch> first) = Grouped();
        DataSchema schema = Schema("DF_RSD");
        SpecimenData data = new(schema, 4);
        DataSetSpace two = data.Space();
        byte[] message = WrittenMessage.Write(MediaTypes.DataCsv20, DataWriterOptions.Default, (one, first), (two, data.Batches(two, 5, 100)));
        List<string[]> rows = StrictCsv.Parse(Encoding.UTF8.GetString(message));
        rows[0].Should().OnlyHaveUniqueItems().And.Contain(["AREA", "REF_AREA", "TITLE[en]"]);
        rows.Should().OnlyContain(r => r.Length == rows[0].Length);
        rows[^1][Array.IndexOf(rows[0], "AREA")].Should().BeEmpty();
        rows[^1][Array.IndexOf(rows[0], "REF_AREA")].Should().NotBeEmpty();
    }

    [Fact]
    public void Refused_observations_and_left_out_components_are_not_written()
    {
        (DataSetSpace space, List<ObservationBatch> batches) = Grouped();
        batches[0].Refused.AsSpan(0, batches[0].Count).Fill(true);
        List<string[]> rows = Rows(MediaTypes.DataCsv1, new DataWriterOptions { Selection = DataSelection.DataOnly }, space, batches);
        rows[0].Should().Equal("DATAFLOW", "FREQ", "AREA", "SEX", "TIME_PERIOD", "OBS_VALUE");
        rows.Should().HaveCount(1 + batches.Skip(1).Sum(b => b.Count));
        rows = Rows(MediaTypes.DataCsv20, new DataWriterOptions { Selection = DataSelection.SeriesKeysOnly }, space, batches.Skip(1).Take(1).ToList());
        rows[0].Should().Equal("STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ", "AREA", "SEX", "TIME_PERIOD");
        rows.Skip(1).Should().OnlyContain(r => r[6].Length == 0);
    }

    private static (DataSetSpace Space, List<ObservationBatch> Batches) Grouped(DataSetAction action = DataSetAction.Information)
    {
        SpecimenData data = new(Schema("DF_G"), 11);
        DataSetSpace space = data.Space(action);
        return (space, data.Batches(space, 40, 29));
    }

    private static DataSchema Schema(string flow) => SpecimenData.Resolve(
        SpecimenData.Structures, SpecimenData.Structures.Of<Dataflow>().Single(f => f.Id == flow).Reference);

    private static List<string[]> Rows(SdmxFormat format, DataWriterOptions options, DataSetSpace space, IReadOnlyList<ObservationBatch> batches)
        => StrictCsv.Parse(Encoding.UTF8.GetString(WrittenMessage.Write(format, options, (space, batches))));

    private static List<string> Lines(List<string[]> rows, int start) => [.. rows.Skip(1).Select(r =>
    {
        IEnumerable<string> attributes = Enumerable.Range(start + 5, r.Length - start - 5).Where(i => r[i].Length > 0)
            .Select(i => $"{rows[0][i]}={r[i]}").Order(StringComparer.Ordinal);
        return $"{r[start]}.{r[start + 1]}.{r[start + 2]} {r[start + 3]} {r[start + 4]} {string.Join('|', attributes)}";
    }).Order(StringComparer.Ordinal)];
}
