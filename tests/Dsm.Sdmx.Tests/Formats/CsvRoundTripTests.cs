using System.Buffers;
using System.Text;
using CsCheck;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Tests.Formats;

/// <summary>What is written in SDMX-CSV is read again the same, in all versions and with all options.</summary>
public class CsvRoundTripTests
{
    private static readonly CsvSpecimen Specimen = new();

    private static readonly Gen<DataWriterOptions> Options =
        from labels in Gen.OneOf(CsvLabels.Id, CsvLabels.Both, CsvLabels.Name)
        from keys in Gen.OneOf(CsvKeys.None, CsvKeys.Obs, CsvKeys.Series, CsvKeys.Both)
        from delimiter in Gen.OneOf(',', ';', '\t', '|', '^')
        from sub in Gen.OneOf<char?>(null, '/', '#')
        select new DataWriterOptions { Labels = labels, Keys = keys, CsvDelimiter = delimiter, CsvSubSeparator = sub, Languages = ["en", "ru"] };

    [Fact]
    public void Version_2_carries_every_data_set_with_every_option()
        => Gen.Select(Specimen.DataSets, Options, Gen.OneOf(MediaTypes.DataCsv20, MediaTypes.DataCsv21)).Sample(
            (dataSets, options, format) => Read(Write(format, options, dataSets)).Should().Equal(dataSets.SelectMany(d => CsvSpecimen.Describe(d))),
            seed: "0N0XIzNsQ0O2", iter: 400, threads: 1);

    [Fact]
    public void Version_1_carries_what_does_not_delete_with_every_option()
        => Gen.Select(Specimen.DataSets, Options).Sample(
            (dataSets, options) =>
            {
                IEnumerable<string> expected = dataSets.Where(d => d.Space.Header.Action != DataSetAction.Delete).SelectMany(d => CsvSpecimen.Describe(d)).Select(l => "Information" + l[l.IndexOf(' ', StringComparison.Ordinal)..]);
                Read(Write(MediaTypes.DataCsv1, options, dataSets)).Should().Equal(expected);
            },
            seed: "0N0XIzNsQ0O2", iter: 200, threads: 1);

    [Fact]
    public void Normalized_times_are_the_first_days_of_the_periods()
    {
        string[] lines = Encoding.UTF8.GetString(Write(MediaTypes.DataCsv20, new DataWriterOptions { TimeFormat = CsvTimeFormat.Normalized }, [Specimen.OfPeriods("2020", "2020-Q2", "2020-03", "2020-W02", "2020-02-29", "2020-02-01T10:00:00")])).Split("\r\n");
        lines[1..^1].Select(l => l.Split(',')[6]).Should().Equal("2020-01-01", "2020-04-01", "2020-03-01", "2020-01-06", "2020-02-29", "2020-02-01T10:00:00");
    }

    [Fact]
    public void Media_types_name_the_options_and_are_understood()
    {
        DataWriterOptions options = new() { Labels = CsvLabels.Name, Keys = CsvKeys.Both, TimeFormat = CsvTimeFormat.Normalized };
        string type = DataWriters.Create(MediaTypes.DataCsv21, new ArrayBufferWriter<byte>(), options).MediaType;
        type.Should().Be("application/vnd.sdmx.data+csv;version=2.1.0;labels=name;timeFormat=normalized;keys=both");
        MediaType.TryParse(type, out MediaType? parsed).Should().BeTrue();
        DataWriterOptions.Default.With(parsed!).Should().BeEquivalentTo(options);
    }

    [Fact]
    public void Says_what_version_1_cannot_carry()
    {
        IssueList issues = new();
        Write(MediaTypes.DataCsv1, new DataWriterOptions { Issues = issues }, [Specimen.OfPeriods(DataSetAction.Delete, "2020")]);
        issues.Kept.Single().Code.Should().Be(IssueCodes.NotCarried);
    }

    [Fact]
    public void Names_its_separator_and_the_columns_of_several_values_and_languages()
    {
        byte[] message = Write(MediaTypes.DataCsv20, new DataWriterOptions { CsvDelimiter = ';', Languages = ["en", "fr"] }, [Specimen.OfPeriods("2020")]);
        Encoding.UTF8.GetString(message).Should().StartWith("STRUCTURE[|];STRUCTURE_ID;ACTION;FREQ;AREA;SEX;TIME_PERIOD;OBS_VALUE;SECOND;KIND;")
            .And.Contain(";FLAGS[];").And.Contain(";REMARK[en|fr];").And.Contain(";NOTES[][en|fr]");
    }

    private static byte[] Write(SdmxFormat format, DataWriterOptions options, IReadOnlyList<(DataSetSpace Space, List<ObservationBatch> Batches)> dataSets)
    {
        ArrayBufferWriter<byte> output = new();
        DataWriter writer = DataWriters.Create(format, output, options);
        writer.Start(new MessageHeader { Id = "T" }, [.. dataSets.Select(d => d.Space)]);
        foreach ((DataSetSpace space, List<ObservationBatch> batches) in dataSets)
        {
            writer.StartDataSet(space);
            batches.ForEach(writer.Write);
            writer.EndDataSet();
        }

        writer.End();
        return output.WrittenSpan.ToArray();
    }

    private static List<string> Read(byte[] message)
    {
        IssueList issues = new();
        List<string> lines = [];
        using DataReader reader = DataMessageReader.Open(new MemoryStream(message), r => Specimen.Resolve(r), issues)!;
        while (reader.NextDataSet())
        {
            DataSetSpace space = reader.DataSet!;
            for (ObservationBatch batch = new(space, 7); reader.Read(batch);)
            {
                lines.AddRange(CsvSpecimen.Describe((space, [batch])));
            }
        }

        issues.Kept.Where(i => i.Code != IssueCodes.NoDataSet).Select(i => i.ToString()).Should().BeEmpty(Encoding.UTF8.GetString(message));
        return lines;
    }
}
