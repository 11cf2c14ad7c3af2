using System.Text;
using CsCheck;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using static Dsm.Sdmx.Tests.Formats.DataReaderMessages;
using static Dsm.Sdmx.Tests.Formats.DataReaderSpecimens;

namespace Dsm.Sdmx.Tests.Formats;

/// <summary>The fast way through generic messages gives what the XML parser gives, on whatever input.</summary>
public class GenericTagScannerTests
{
    private const string Key = "<g:SeriesKey><g:Value id=\"FREQ\" value=\"A\"/><g:Value value='AM' id='AREA'/><g:Value id=\"SEX\" value=\"T\"/></g:SeriesKey>";
    private const string Attributes = "<g:Attributes><g:Value id=\"STATUS\" value=\"A\"/></g:Attributes>";

    private static readonly string[] Pieces =
    [
        "<g:Series>", "<g:Series>" + Key, "<g:Series>\n" + Key + "\n<g:Attributes><g:Value id=\"UNIT\" value=\"PS\"/></g:Attributes>\n", "</g:Series>", "</g:Series>\n", "</g:Series>",
        "<g:Obs><g:ObsDimension value=\"2020\"/><g:ObsValue value=\"1\"/>" + Attributes + "</g:Obs>\n",
        "<g:Obs><g:ObsDimension value=\"2021\"/><g:ObsValue value=\"22.50\"/>" + Attributes + "</g:Obs>\n",
        "<g:Obs><g:ObsDimension id=\"TIME_PERIOD\" value=\"2022-Q3\"/><g:ObsValue value=\"NaN\"/>" + Attributes + "</g:Obs>\r\n",
        "<g:Obs>\n  <g:ObsDimension value=\"2023\"/>\n  <g:ObsValue value=\"7\"/>\n</g:Obs>\n",
        "<g:Obs><g:ObsDimension value=\"20X4\"></g:ObsDimension><g:ObsValue/></g:Obs>", "<g:Obs/>", "<g:Obs>", "</g:Obs>", "<g:Attributes>", "</g:Attributes>",
        "<g:Obs><g:ObsKey><g:Value id=\"FREQ\" value=\"Q\"/><g:Value id=\"AREA\" value=\"GE\"/><g:Value id=\"SEX\" value=\"F\"/><g:Value id=\"TIME_PERIOD\" value=\"2020-Q1\"/></g:ObsKey><g:ObsValue value=\"3\"/></g:Obs>\n",
        "<g:Group type=\"Sibling\"><g:GroupKey><g:Value id=\"AREA\" value=\"AM\"/><g:Value id=\"SEX\" value=\"T\"/></g:GroupKey><g:Attributes><g:Value id=\"TITLE\" value=\"Ереван &amp; &quot;\"/></g:Attributes></g:Group>",
        "<g:Group><g:Value id=\"STATUS\" value=\"A\"/></g:Group>", "<g:Attributes><g:Value id=\"SOURCE\" value=\"Stat\"/></g:Attributes>",
        "<g:Value id=\"FREQ\" value=\"A\"/>", "<g:Value id=\"COLOUR\" value=\"red\"/>", "<g:Value id=\"NOTE\"/>", "<g:Value value=\"x\"/>", "<g:Value id=\"NOTE\" id=\"NOTE\" value=\"x\"/>",
        "<x:Obs/>", "<Obs><ObsDimension value=\"2020\"/></Obs>", "<m:Obs></m:Obs>", "<!-- c -->", "text", "&#65;", "\n", "\r", " \t", "<g:Oops/>", "<g:Annotations/>",
    ];

    [Fact]
    public void Gives_what_the_parser_gives_for_any_sequence_of_parts()
        => Gen.Int[0, Pieces.Length - 1].Array[0, 16].Sample(parts => Compare(string.Concat(parts.Select(p => Pieces[p]))), iter: 15_000, seed: "0000KOIJabc1");

    [Fact]
    public void Gives_what_the_parser_gives_for_long_series_with_something_odd_among_them()
        => Gen.Select(Gen.Int[6, 9].Array[5, 40], Gen.Int[0, Pieces.Length - 1].Array[0, 3], Gen.Int[0, 39]).Sample((rows, odd, at) =>
        {
            string series = Pieces[2] + string.Concat(rows.Take(at).Select(p => Pieces[p])) + string.Concat(odd.Select(p => Pieces[p])) + string.Concat(rows.Skip(at).Select(p => Pieces[p])) + "</g:Series>";
            Compare(series + "\n" + series);
        }, iter: 2000, seed: "0000KOIJabc1");

    [Fact]
    public void Reads_flat_observations_as_the_parser_does()
        => Compare(string.Concat(Enumerable.Range(0, 500).Select(i => Pieces[16].Replace("value=\"F\"", i % 9 == 0 ? "value=\"M\"" : "value=\"F\"", StringComparison.Ordinal))), "AllDimensions");

    [Fact]
    public void Counts_the_lines_within_a_key()
        => Compare(string.Concat(Enumerable.Repeat(Pieces[16].Replace("<g:Value", "\n    <g:Value", StringComparison.Ordinal), 20)), "AllDimensions");

    private static void Compare(string content, string dimension = "TIME_PERIOD")
    {
        byte[] message = Encoding.UTF8.GetBytes(Generic21(content, dimension));
        Read(message, false).Should().Be(Read(message, true));
    }

    private static string Read(byte[] message, bool parserOnly)
    {
        IssueList issues = new() { SamplesPerGroup = int.MaxValue };
        StringBuilder text = new();
        using (GenericDataReader reader = new(new MemoryStream(message), Resolve, issues, new DataReaderOptions { UsesXmlParserOnly = parserOnly }))
        {
            while (reader.NextDataSet())
            {
                reader.IsScanning.Should().Be(!parserOnly);
                ObservationBatch batch = new(reader.DataSet!, 7);
                while (reader.Read(batch))
                {
                    for (int run = 0; run < batch.SeriesCount; run++)
                    {
                        text.Append(batch.LocationOfSeries(run)).Append(' ').AppendJoin('|', batch.SeriesAttributes.Select(a => a[run])).Append('\n');
                    }

                    for (int row = 0; row < batch.Count; row++)
                    {
                        text.Append(batch.SeriesOf[row]).Append(' ').Append(batch.LocationOf(row)).Append(' ').Append(batch.Measures[0][row]).Append(' ')
                            .AppendJoin('|', batch.ObservationAttributes.Select(a => a[row])).Append('\n');
                    }
                }
            }
        }

        return text.Append(string.Join('\n', issues.Kept)).ToString();
    }
}
