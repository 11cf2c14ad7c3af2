using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using static Dsm.Sdmx.Tests.Formats.DataReaderMessages;
using static Dsm.Sdmx.Tests.Formats.DataReaderSpecimens;

namespace Dsm.Sdmx.Tests.Formats;

/// <summary>The byte scanner of structure-specific data against the XML parser, which is the reference: same observations, places and findings.</summary>
public class PlainTagDataReaderTests
{
    private const string Ordinary = """
          <Series FREQ="A" AREA="AM" SEX="T" UNIT='PS'>
            <Obs TIME_PERIOD="2020" OBS_VALUE="100" STATUS="A" />
            <Obs STATUS="A" TIME_PERIOD="2021" OBS_VALUE="NaN" NOTE="Ереван &amp; &quot;область&quot; 𝄞"/>
            <Obs TIME_PERIOD="2022"></Obs></Series><Series FREQ="M" AREA="KZ" SEX="F"><Obs TIME_PERIOD="x" OBS_VALUE="y"/>
          </Series>
        """;

    public static TheoryData<string> Pieces =>
    [
        "",
        "<!-- a comment -->",
        "<Series FREQ=\"Q\" AREA=\"GE\"\n\tSEX=\"T\"><Obs\n TIME_PERIOD=\"2020-Q1\" NOTE=\"&lt;&gt;&apos;\"/></Series>",
        "<?pi x?>",
        "<Obs FREQ=\"Q\" AREA=\"GE\" SEX=\"T\" TIME_PERIOD=\"2020-Q1\" OBS_VALUE=\"1\"/>",
        "<Group AREA=\"AM\" SEX=\"T\" TITLE=\"after\"/>",
        "<Group AREA=\"AM\" SEX=\"T\" STATUS=\"A\"/>",
        "<Series FREQ=\"Q\" AREA=\"GE\" SEX=\"T\" COLOUR=\"red\"/>",
        "<Series FREQ=\"Q\" AREA=\"GE\" SEX=\"T\"><Obs TIME_PERIOD=\"2020-Q1\" NOTE=\"&#x41;&#66;\"/><Obs TIME_PERIOD=\"2020-Q2\"/></Series>",
        "<Series FREQ=\"Q\" AREA=\"GE\" SEX=\"T\"><Obs TIME_PERIOD=\"2020-Q1\" NOTE=\"a\tb\nc\"/><Obs TIME_PERIOD=\"2020-Q2\"/></Series>",
        "<Series FREQ=\"Q\" AREA=\"GE\" SEX=\"T\"><Obs TIME_PERIOD=\"2020-Q1\"/><Oops/><Obs TIME_PERIOD=\"2020-Q2\" COLOUR=\"red\"/></Series>",
        "<Series FREQ=\"Q\" AREA=\"GE\" SEX=\"T\"><Obs TIME_PERIOD=\"2020-Q1\"><Annotations/></Obs><Obs TIME_PERIOD=\"2020-Q2\" COLOUR=\"red\"/></Series>",
        "<Series FREQ=\"Q\" FREQ=\"A\" AREA=\"GE\" SEX=\"T\"/>",
        "<Series FREQ=\"Q\" AREA=\"GE\" SEX=\"T\"><Obs TIME_PERIOD=\"2020-Q1\" OBS_VALUE=\"1<2\"/></Series>",
        "<Series FREQ=\"Q\" AREA=\"GE\" SEX=\"T\"><Obs TIME_PERIOD=\"2020-Q1\"OBS_VALUE=\"1\"/></Series>",
        "<Series FREQ=\"Q\" AREA=\"GE\" SEX=\"T\"><Obs TIME_PERIOD = \"2020-Q1\" OBS_VALUE=\"1>2\"/></Series>",
        "<Series FREQ=\"Q\" AREA=\"GE\" SEX=\"T\"><Obs TIME_PERIOD=\"2020-Q1\" NOTE=\"\uFFFE\"/></Series>",
        "<Series FREQ=\"Q\" AREA=\"GE\" SEX=\"T\"><Obs TIME_PERIOD=\"2020-Q1\" xsi:nil=\"true\"/></Series>",
        "<Series FREQ=\"Q\" AREA=\"GE\" SEX=\"T\">text</Series>",
        "</Series>",
        "<Series FREQ=\"Q\" AREA=\"GE\" SEX=\"T\"></Obs>",
        "<Series xmlns=\"urn:y\" FREQ=\"Q\" AREA=\"GE\" SEX=\"T\"/>",
    ];

    [Theory]
    [MemberData(nameof(Pieces))]
    public void Reads_as_the_reference_does(string piece)
    {
        foreach (string ends in new[] { "\n", "\r\n", "" })
        {
            string content = (Ordinary + piece + Ordinary + piece).Replace("\r", "", StringComparison.Ordinal).Replace("\n", ends.Length == 0 ? " " : ends, StringComparison.Ordinal);
            Compare(Encoding.UTF8.GetBytes(StructureSpecific21(content)), piece);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\r\n  ")]
    [InlineData("<!-- <m:DataSet x='1'> -->")]
    [InlineData("\r")]
    public void Reads_later_data_sets_as_the_reference_does(string between)
    {
        foreach (string odd in new[] { "", "<Oops/>", "<Obs TIME_PERIOD=\"2020\" COLOUR=\"red\"/>", "<Series FREQ=\"A\" AREA=\"ქართ\" SEX=\"T\"><Obs TIME_PERIOD=\"1\"" })
        {
            string start = "<m:DataSet xsi:type=\"ns1:DataSetType\" ss:structureRef=\"S1\" ss:action=\"Delete\">";
            string more = string.Concat(Enumerable.Repeat(between + start + Ordinary, 3).Select((dataSet, i) => dataSet + (i == 1 ? odd : "") + "</m:DataSet>"));
            string message = StructureSpecific21(Ordinary, tail: more + between + start + "</m:DataSet>" + between + start[..^1] + "/>" + between + start + Ordinary + "</m:DataSet>");
            Compare(Encoding.UTF8.GetBytes(message), odd);
        }
    }

    [Fact]
    public void Reads_the_second_data_set_without_the_parser()
    {
        string many = string.Concat(Enumerable.Repeat("<Obs FREQ=\"A\" AREA=\"AM\" SEX=\"T\" TIME_PERIOD=\"2020\" OBS_VALUE=\"1\"/>\n", 5000));
        string message = StructureSpecific21(many, "AllDimensions", tail: "<m:DataSet xsi:type=\"ns1:DataSetType\" ss:structureRef=\"S1\">" + many + "</m:DataSet>");
        using StructureSpecificDataReader reader = new(new MemoryStream(Encoding.UTF8.GetBytes(message)), Resolve, new IssueList());
        for (int dataSet = 0; dataSet < 2; dataSet++)
        {
            reader.NextDataSet().Should().BeTrue();
            reader.IsScanning.Should().BeTrue();
            ObservationBatch batch = new(reader.DataSet!, 10_000);
            reader.Read(batch).Should().BeTrue();
            batch.Count.Should().Be(5000);
        }
    }

    [Fact]
    public void Reads_as_the_reference_does_after_many_lines()
    {
        string many = string.Concat(Enumerable.Repeat("<Series FREQ=\"A\" AREA=\"AM\" SEX=\"T\">\n" + string.Concat(Enumerable.Repeat("  <Obs TIME_PERIOD=\"2020\" OBS_VALUE=\"1\"/>\n", 50)) + "</Series>\n", 400));
        Compare(Encoding.UTF8.GetBytes(StructureSpecific21(many + "<Series FREQ=\"A\" AREA=\"AM\" SEX=\"T\">\n\n  <Obs COLOUR=\"red\"/></Series>" + many)), "many");
    }

    [Theory]
    [MemberData(nameof(Dialects), MemberType = typeof(DataReaderMessages))]
    public void Reads_changed_bytes_as_the_reference_does(string dialect)
    {
        byte[] message = Encoding.UTF8.GetBytes(All[dialect]);
        if (dialect.StartsWith("csv", StringComparison.Ordinal) || dialect.StartsWith("json", StringComparison.Ordinal))
        {
            return;
        }

        Random random = new(20250115);
        byte[] nasty = [0, (byte)'<', (byte)'>', (byte)'&', (byte)'"', (byte)'\'', (byte)'=', (byte)'\n', (byte)'\r', 0xFF, 0xC3, (byte)'/', (byte)' ', (byte)':'];
        for (int round = 0; round < 2000; round++)
        {
            byte[] copy = [.. message];
            copy[random.Next(copy.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : nasty[random.Next(nasty.Length)];
            Compare(copy, $"round {round}");
            Compare(copy[..random.Next(copy.Length)], $"cut in round {round}");
        }
    }

    [Fact]
    public void Takes_no_more_than_a_few_bytes_an_observation()
    {
        string many = string.Concat(Enumerable.Repeat("<Series FREQ=\"A\" AREA=\"AM\" SEX=\"T\">\n" + string.Concat(Enumerable.Repeat("  <Obs TIME_PERIOD=\"2020\" OBS_VALUE=\"1\" STATUS=\"A\"/>\n", 50)) + "</Series>\n", 400));
        byte[] message = Encoding.UTF8.GetBytes(StructureSpecific21(many, dataSet: ""));
        using DataReader reader = new StructureSpecificDataReader(new MemoryStream(message), Resolve, new IssueList());
        reader.NextDataSet().Should().BeTrue();
        ObservationBatch batch = new(reader.DataSet!);
        reader.Read(batch).Should().BeTrue();
        long before = GC.GetAllocatedBytesForCurrentThread();
        int count = 0;
        while (reader.Read(batch))
        {
            count += batch.Count;
        }

        count.Should().Be(20_000 - ObservationBatch.DefaultCapacity);
        ((GC.GetAllocatedBytesForCurrentThread() - before) / (double)count).Should().BeLessThan(8);
    }

    private static void Compare(byte[] message, string because)
    {
        (List<string> fast, string fastIssues) = Run(message, usesFastPath: true);
        (List<string> reference, string referenceIssues) = Run(message, usesFastPath: false);
        fast.Should().Equal(reference, because);
        fastIssues.Should().Be(referenceIssues, because);
    }

    private static (List<string> Lines, string Issues) Run(byte[] message, bool usesFastPath)
    {
        IssueList issues = new();
        using DataReader? reader = DataMessageReader.Open(new MemoryStream(message), Resolve, issues, new DataReaderOptions { UsesXmlParserOnly = !usesFastPath });
        List<string> lines = [];
        while (reader is not null && reader.NextDataSet())
        {
            ObservationBatch batch = new(reader.DataSet!, 5);
            while (reader.Read(batch))
            {
                for (int row = 0; row < batch.Count; row++)
                {
                    int run = batch.SeriesOf[row];
                    lines.Add($"{batch.LocationOf(row)} {batch.LocationOfSeries(run)} {batch.Measures[0][row]} {string.Join('|', batch.ObservationAttributes.Select(a => a[row]))} {string.Join('|', batch.SeriesAttributes.Select(a => a[run]))}");
                }

                lines.Add($"batch of {batch.Count}, {batch.SeriesCount} {batch.ContinuesSeries}");
            }
        }

        return (lines, string.Join('\n', issues.Kept));
    }
}
