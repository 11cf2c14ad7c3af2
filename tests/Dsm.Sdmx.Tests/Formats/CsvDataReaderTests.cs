using System.Globalization;
using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using static Dsm.Sdmx.Tests.Formats.DataReaderSpecimens;

namespace Dsm.Sdmx.Tests.Formats;

public class CsvDataReaderTests
{
    private const string Head = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,AREA,SEX,TIME_PERIOD,OBS_VALUE,STATUS,NOTE,TITLE,SOURCE\n";

    [Fact]
    public void Makes_a_data_set_of_each_run_of_structure_and_action()
    {
        (List<string> lines, IssueList issues) = Read(Head
            + "dataflow,DSM:DF_TEST(1.0),A,A,AM,T,2020,1,,,,\n"
            + "dataflow,DSM:DF_TEST(1.0),R,A,AM,T,2021,2,,,,\n"
            + "datastructure,DSM:DSD_TEST(1.0),R,A,AM,T,2022,3,,,,\n"
            + "dataprovision,DSM:PA_TEST,D,A,AM,T,2023,-,,,,\n");
        issues.Count.Should().Be(0);
        lines.Should().Equal("A A.AM.T 2020=1", "R A.AM.T 2021=2", "R A.AM.T 2022=3", "D A.AM.T 2023=-");
    }

    [Fact]
    public void Says_what_each_data_set_follows()
    {
        string message = Head + "datastructure,DSM:DSD_TEST(2.1),M,A,AM,T,2022,3,,,,\n";
        using DataReader reader = DataMessageReader.Open(new MemoryStream(Encoding.UTF8.GetBytes(message)), Resolve, new IssueList())!;
        reader.NextDataSet().Should().BeTrue();
        reader.DataSet!.Header.Structure.ToString().Should().Be("DSM:DSD_TEST(2.1)");
        reader.DataSet.Header.Action.Should().Be(DataSetAction.Merge);
        reader.DataSet.Header.Line.Should().Be(2);
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void Finds_the_delimiter_in_the_header(char delimiter)
    {
        string message = (Head + "dataflow,DSM:DF_TEST(1.0),R,A,AM,T,2020,1.5,A,,,\n").Replace(',', delimiter);
        Read(message).Lines.Should().Equal("R A.AM.T 2020=1.5 STATUS:A");
        Read(message.Replace("STRUCTURE" + delimiter, "STRUCTURE[/]" + delimiter, StringComparison.Ordinal)).Lines.Should().HaveCount(1);
    }

    [Fact]
    public void Takes_codes_out_of_labels_and_decimal_commas_out_of_localised_numbers()
    {
        (List<string> lines, IssueList issues) = Read(
            "DATAFLOW;FREQ: Частота;AREA: Страна;SEX: Пол;TIME_PERIOD: Период;OBS_VALUE: Значение;STATUS: Статус;NOTE: Примечание\n"
            + "DSM:DF_TEST(1.0): Тест;A: Год;AM: Армения;T: Всего;2014-01: янв 2014;12,4;A: обычное;Внимание: важно\n");
        issues.Count.Should().Be(0);
        lines.Should().Equal("I A.AM.T 2014-01=12.4 STATUS:A NOTE:Внимание: важно");
    }

    [Fact]
    public void Passes_over_columns_of_names()
    {
        (List<string> lines, IssueList issues) = Read(
            "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,FREQ,Frequency,AREA,Area,SEX,SEX,TIME_PERIOD,Time,OBS_VALUE,Value,STATUS,Status\n"
            + "dataflow,DSM:DF_TEST(1.0),Test,I,A,Annual,AM,Armenia,T,Total,2020,2020,5,,A,Normal\n");
        issues.Count.Should().Be(0);
        lines.Should().Equal("I A.AM.T 2020=5 STATUS:A");
    }

    [Fact]
    public void Joins_several_values_with_semicolons_whatever_separates_them()
    {
        Read("STRUCTURE[/],STRUCTURE_ID,ACTION,FREQ,AREA,SEX,TIME_PERIOD,OBS_VALUE,STATUS[],NOTE[]\ndataflow,DSM:DF_TEST(1.0),I,A,AM,T,2020,5,A/E,x;y/z\n")
            .Lines.Should().Equal("I A.AM.T 2020=5 STATUS:A;E NOTE:\"x;y\";z");
    }

    [Fact]
    public void Takes_several_values_apart_where_they_have_labels_or_quotation_marks()
    {
        Read("STRUCTURE[;],STRUCTURE_ID,ACTION,FREQ,AREA,SEX,TIME_PERIOD,OBS_VALUE,STATUS[]: Status\ndataflow,DSM:DF_TEST(1.0),I,A,AM,T,2020,5,A: Normal;E: Estimated\n")
            .Lines.Should().Equal("I A.AM.T 2020=5 STATUS:A;E");
        Read("STRUCTURE[|],STRUCTURE_ID,ACTION,FREQ,AREA,SEX,TIME_PERIOD,OBS_VALUE,NOTE[]\ndataflow,DSM:DF_TEST(1.0),I,A,AM,T,2020,5,\"\"\"a|b\"\"|c;d|5\"\" tube\"\n")
            .Lines.Should().Equal("I A.AM.T 2020=5 NOTE:a|b;\"c;d\";\"5\"\" tube\"");
    }

    [Theory]
    [InlineData("\"STRUCTURE[;]\",\"STRUCTURE_ID\",\"ACTION\",\"FREQ\",\"AREA\",\"SEX\",\"TIME_PERIOD\",\"OBS_VALUE\"\r\n\"dataflow\",\"DSM:DF_TEST(1.0)\",\"I\",\"A\",\"AM\",\"T\",\"2020\",\"5\"\r\n")]
    [InlineData("\"STRUCTURE\";\"STRUCTURE_ID\";\"ACTION\";\"FREQ\";\"AREA\";\"SEX\";\"TIME_PERIOD\";\"OBS_VALUE\"\n\"dataflow\";\"DSM:DF_TEST(1.0)\";\"I\";\"A\";\"AM\";\"T\";\"2020\";\"5\"\n")]
    [InlineData("\"DATAFLOW\",\"FREQ: Frequency, of observation\",\"AREA: Area\",\"SEX: Sex\",\"TIME_PERIOD: Time\",\"OBS_VALUE: Value\"\n\"DSM:DF_TEST(1.0)\",\"A: Annual\",\"AM: Armenia\",\"T: Total\",2020,5\n")]
    public void Reads_headers_in_quotation_marks(string message)
    {
        (List<string> lines, IssueList issues) = Read(message);
        issues.Count.Should().Be(0);
        lines.Should().Equal("I A.AM.T 2020=5");
    }

    [Fact]
    public void Gives_many_series_the_group_attributes_that_come_after_them()
    {
        const int Count = 6_000;
        StringBuilder message = new("STRUCTURE,STRUCTURE_ID,ACTION,FREQ,AREA,SEX,TIME_PERIOD,OBS_VALUE,TITLE\n");
        for (int i = 0; i < Count; i++)
        {
            message.Append(CultureInfo.InvariantCulture, $"dataflow,DSM:DF_TEST(1.0),I,A,{i % 5000},{i / 5000},2020,5,\n");
        }

        for (int i = 0; i < Count; i++)
        {
            message.Append(CultureInfo.InvariantCulture, $"dataflow,DSM:DF_TEST(1.0),I,,{i % 5000},{i / 5000},,,T{i}\n");
        }

        List<string> lines = Read(Encoding.UTF8.GetBytes(message.ToString())).Lines;
        lines.Should().HaveCount(2 * Count).And.EndWith("I A.999.1 - TITLE:T5999");
    }

    [Fact]
    public void Takes_a_record_with_part_of_the_key_as_attributes_of_a_group()
    {
        (List<string> lines, IssueList issues) = Read(Head
            + "dataflow,DSM:DF_TEST(1.0),R,,,,,,,,,Office\n"
            + "dataflow,DSM:DF_TEST(1.0),R,,AM,T,,,,,Title,\n"
            + "dataflow,DSM:DF_TEST(1.0),R,A,AM,T,2020,1,,,,\n"
            + "dataflow,DSM:DF_TEST(1.0),R,A,GE,T,,,,,,\n");
        issues.Count.Should().Be(0);
        lines.Should().Equal("R A.AM.T 2020=1 SOURCE:Office TITLE:Title", "R A.GE.T - SOURCE:Office");
    }

    [Fact]
    public void Locates_findings_by_line_and_field_even_behind_fields_with_line_breaks()
    {
        string message = "DATAFLOW,FREQ,AREA,SEX,TIME_PERIOD,OBS_VALUE,NOTE,COLOUR,SERIESKEY\r\n"
            + "DSM:DF_TEST(1.0),A,AM,T,2020,1,\"two\r\nlines\",,A.AM.T\r\n"
            + "\r\n"
            + "DSM:DF_TEST(1.0),A,AM,T,2021,2,,red,A.AM.T\r\n"
            + "DSM:DF_TEST(1.0),A,AM,T,2022,3,,blue\r\n"
            + "#SM:DF_TEST(1.0),A,AM,T\r\n"
            + "DSM:DF_TEST(1.0),A,AM,T,2023,4,,green,A.AM.T\r\n";
        IssueList issues = new();
        using DataReader reader = DataMessageReader.Open(new MemoryStream(Encoding.UTF8.GetBytes(message)), Resolve, issues)!;
        Describe(reader, 64).Should().Equal("I A.AM.T 2020=1 NOTE:two\r\nlines", "I A.AM.T 2021=2", "I A.AM.T 2023=4");
        reader.Unreadable.Should().Be(2);
        issues.Kept.Select(i => $"{i.Code.Id} {i.Location}").Should().BeEquivalentTo("M0020 5:8 COLOUR", "M0015 6:0", "M0015 7:0");
    }

    [Theory]
    [InlineData("DATAFLOW,FREQ,AREA,TIME_PERIOD,OBS_VALUE\nDSM:DF_TEST(1.0),A,AM,2020,1\n", "M0014")]
    [InlineData("DATAFLOW,FREQ,AREA,SEX,SEX,TIME_PERIOD,OBS_VALUE\nDSM:DF_TEST(1.0),A,AM,T,T,2020,1\n", "M0014")]
    [InlineData("STRUCTURE,ACTION,FREQ\ndataflow,I,A\n", "M0014")]
    [InlineData("DATAFLOW,FREQ,AREA,SEX,TIME_PERIOD,OBS_VALUE\n", "M0012")]
    [InlineData("DATAFLOW,FREQ,AREA,SEX,TIME_PERIOD,OBS_VALUE\nDSM:UNKNOWN(1.0),A,AM,T,2020,1\n", "D0001")]
    [InlineData("DATAFLOW,FREQ,AREA,SEX,TIME_PERIOD,OBS_VALUE\nnonsense,A,AM,T,2020,1\n", "D0001")]
    [InlineData("STRUCTURE,STRUCTURE_ID,ACTION,FREQ,AREA,SEX,TIME_PERIOD,OBS_VALUE\ndataflow,DSM:DF_TEST(1.0),X,A,AM,T,2020,1\n", "D0004")]
    [InlineData("DATAFLOW,FREQ,AREA,SEX,TIME_PERIOD,OBS_VALUE\nDSM:DF_TEST(1.0),A,\"A\"M,T,2020,1\n", "M0018")]
    [InlineData("DATAFLOW,FREQ,AREA,SEX,TIME_PERIOD,OBS_VALUE\nDSM:DF_TEST(1.0),A,AM\0,T,2020,1\n", "M0007")]
    [InlineData("DATAFLOW,FREQ,AREA,SEX,TIME_PERIOD,OBS_VALUE\nDSM:DF_TEST(1.0),A,AM,T,20", "M0005")]
    public void Says_why_a_message_cannot_be_read(string message, string code)
    {
        (List<string> lines, IssueList issues) = Read(message);
        lines.Should().BeEmpty();
        issues.Kept.Single().Code.Id.Should().Be(code);
    }

    [Fact]
    public void Refuses_bytes_that_are_no_utf_8_with_and_without_a_byte_order_mark()
    {
        byte[] message = Encoding.Latin1.GetBytes("DATAFLOW,FREQ,AREA,SEX,TIME_PERIOD,OBS_VALUE,NOTE\nDSM:DF_TEST(1.0),A,AM,T,2020,1,caf\u00E9\n");
        Read(message).Issues.Kept.Single().Code.Should().Be(IssueCodes.InvalidEncoding);
        Read([0xEF, 0xBB, 0xBF, .. message]).Issues.Kept.Single().Code.Should().Be(IssueCodes.InvalidEncoding);
    }

    [Fact]
    public void Reads_a_file_of_several_structures_whose_columns_differ()
    {
        (List<string> lines, IssueList issues) = Read(
            "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,AREA,SEX,TIME_PERIOD,OBS_VALUE,OTHER\ndataflow,DSM:DF_TEST(1.0),I,A,AM,T,2020,1,\ndataflow,DSM:UNKNOWN(1.0),I,A,AM,T,2020,1,x\n");
        lines.Should().HaveCount(1);
        issues.Kept.Single().Code.Should().Be(IssueCodes.UnknownStructure);
        issues.Kept.Single().Location.Line.Should().Be(3);
    }

    [Fact]
    public void Takes_columns_in_other_letters_and_words_of_the_format_in_any_case()
    {
        (List<string> lines, IssueList issues) = Read(
            "structure,Structure_Id,action,freq,Area,sex,time_period,obs_value,status,UPDATED\ndataflow,DSM:DF_TEST(1.0),I,A,AM,T,2020,5,A,today\n");
        issues.Count.Should().Be(0);
        lines.Should().Equal("I A.AM.T 2020=5 STATUS:A");
    }

    [Fact]
    public void Takes_dimensions_that_are_switched_off_for_dimensions_that_are_not_named()
    {
        (List<string> lines, IssueList issues) = Read(Head
            + "dataflow,DSM:DF_TEST(1.0),M,~,AM,T,~,,,,Title,\n"
            + "dataflow,DSM:DF_TEST(1.0),M,A,AM,T,2020,1,,,,\n"
            + "dataflow,DSM:DF_TEST(1.0),M,~,KZ,T,2020,1,,,,\n");
        issues.Count.Should().Be(0);
        lines.Should().Equal("M A.AM.T 2020=1 TITLE:Title", "M ~.KZ.T 2020=1");
    }

    [Fact]
    public void Takes_surplus_empty_fields_and_says_so_once()
    {
        (List<string> lines, IssueList issues) = Read(
            "DATAFLOW,FREQ,AREA,SEX,TIME_PERIOD,OBS_VALUE\nDSM:DF_TEST(1.0),A,AM,T,2020,1,,\nDSM:DF_TEST(1.0),A,AM,T,2021,2,,\nDSM:DF_TEST(1.0),A,AM,T,2022,3,,x\n");
        lines.Should().Equal("I A.AM.T 2020=1", "I A.AM.T 2021=2");
        issues.Kept.Select(i => $"{i.Code.Id} {i.Location.Line}").Should().Equal("M0022 2", "M0015 4");
    }

    [Fact]
    public void Reports_every_record_that_contradicts_its_series()
    {
        string record = "dataflow,DSM:DF_TEST(1.0),M,A,AM,T,{0},1,,,{1},\n";
        StringBuilder message = new(Head);
        string[] titles = ["one", "one", "two", "two", "", "one"];
        for (int i = 0; i < titles.Length; i++)
        {
            message.AppendFormat(CultureInfo.InvariantCulture, record, 2000 + i, titles[i]);
        }

        (List<string> lines, IssueList issues) = Read(message.ToString());
        lines.Should().HaveCount(6).And.OnlyContain(l => l.EndsWith("TITLE:one", StringComparison.Ordinal));
        issues.Kept.Select(i => i.Location.Line).Should().Equal(4, 5);
    }

    [Fact]
    public void Knows_records_that_go_back_and_forth_between_series()
    {
        StringBuilder message = new(Head);
        List<string> expected = [];
        for (int i = 0; i < 300; i++)
        {
            string area = i % 2 == 0 ? "AM" : i % 5 == 0 ? "KZ" : "GE";
            message.Append(CultureInfo.InvariantCulture, $"dataflow,DSM:DF_TEST(1.0),M,A,{area},T,{1900 + i},{i},{(i % 4 == 0 ? "A" : "E")},{(i % 7 == 0 ? "\"x,\"\"\"" : "")},,\n");
            expected.Add($"M A.{area}.T {1900 + i}={i} STATUS:{(i % 4 == 0 ? "A" : "E")}{(i % 7 == 0 ? " NOTE:x,\"" : "")}");
        }

        Read(Encoding.UTF8.GetBytes(message.ToString())).Lines.Should().Equal(expected);
    }
}
