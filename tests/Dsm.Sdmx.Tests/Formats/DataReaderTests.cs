using System.Globalization;
using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using static Dsm.Sdmx.Tests.Formats.DataReaderMessages;
using static Dsm.Sdmx.Tests.Formats.DataReaderSpecimens;

namespace Dsm.Sdmx.Tests.Formats;

public class DataReaderTests
{
    [Theory]
    [MemberData(nameof(Dialects), MemberType = typeof(DataReaderMessages))]
    public void Gives_the_same_observations_from_every_dialect(string dialect)
    {
        (List<string> lines, IssueList issues) = Read(All[dialect]);
        issues.Kept.Select(i => i.ToString()).Should().BeEmpty();
        IEnumerable<string> expected = dialect == "csv 1.0" ? Expected.Select(e => "I" + e[1..]) : Expected; // 1.0 knows no actions
        lines.Should().Equal(expected);
    }

    [Theory]
    [MemberData(nameof(Dialects), MemberType = typeof(DataReaderMessages))]
    public void Gives_the_same_observations_whatever_the_size_of_the_batch(string dialect)
    {
        List<string> whole = Read(All[dialect]).Lines;
        foreach (int capacity in new[] { 1, 2, 3, 7 })
        {
            Read(All[dialect], capacity).Lines.Should().Equal(whole, $"batches of {capacity} hold the same");
        }
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ru-RU")]
    public void Reads_the_same_in_every_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            foreach (string message in All.Values)
            {
                Read(message).Lines.Select(l => l[1..]).Should().Equal(Expected.Select(e => e[1..]));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [MemberData(nameof(Dialects), MemberType = typeof(DataReaderMessages))]
    public void Reads_utf_16_with_a_byte_order_mark(string dialect)
    {
        string message = All[dialect].Replace("encoding=\"UTF-8\"", "", StringComparison.Ordinal);
        foreach (Encoding encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF8 })
        {
            byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(message)];
            Read(bytes).Lines.Should().HaveCount(Expected.Length);
        }
    }

    [Fact]
    public void Marks_a_batch_that_goes_on_with_the_series_of_the_one_before()
    {
        foreach (string dialect in new[] { "structure-specific 2.1", "structure-specific 2.1 flat", "generic 2.1" })
        {
            using DataReader reader = DataMessageReader.Open(new MemoryStream(Encoding.UTF8.GetBytes(All[dialect])), Resolve, new IssueList())!;
            reader.NextDataSet().Should().BeTrue();
            ObservationBatch batch = new(reader.DataSet!, 2);
            List<bool> continues = [];
            while (reader.Read(batch))
            {
                continues.Add(batch.ContinuesSeries);
            }

            continues.Should().Equal([false, true, false], dialect);
        }
    }

    [Fact]
    public void Passes_over_a_data_set_that_is_not_read()
    {
        string second = """<m:DataSet ss:structureRef="S1" ss:action="Delete"><Series FREQ="A" AREA="GE" SEX="F"/></m:DataSet>""";
        string message = StructureSpecific30("""<Series FREQ="A" AREA="AM" SEX="T"><Obs TIME_PERIOD="2020" OBS_VALUE="1"/></Series>""", second);
        IssueList issues = new();
        using DataReader reader = DataMessageReader.Open(new MemoryStream(Encoding.UTF8.GetBytes(message)), Resolve, issues)!;
        reader.NextDataSet().Should().BeTrue();
        reader.Header!.Id.Should().Be("T1");
        reader.NextDataSet().Should().BeTrue();
        reader.DataSet!.Header.Action.Should().Be(DataSetAction.Delete);
        reader.NextDataSet().Should().BeFalse();
        issues.Count.Should().Be(0);
        Read(message).Lines.Should().Equal("R A.AM.T 2020=1", "D A.GE.F -");
    }
}
