using System.Text;
using CsCheck;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using static Dsm.Sdmx.Tests.Validation.TestStructures;

namespace Dsm.Sdmx.Tests.Formats;

/// <summary>The fast way through structure-specific messages gives what the XML parser gives, on whatever input.</summary>
public class PlainTagScannerTests
{
    private const string Head = """
        <?xml version="1.0" encoding="UTF-8"?>
        <mes:StructureSpecificData xmlns:mes="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific" xmlns:com="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common">
        <mes:Header><mes:ID>I</mes:ID><mes:Test>true</mes:Test><mes:Prepared>2025-01-01</mes:Prepared><mes:Sender id="T"/>
        <mes:Structure structureID="S" dimensionAtObservation="TIME_PERIOD"><com:Structure><Ref agencyID="T" id="D" version="1.0" class="DataStructure"/></com:Structure></mes:Structure></mes:Header>
        <mes:DataSet ss:structureRef="S" ss:action="Replace" AGENCY="a &gt; b">
        """;

    private const string Tail = "</mes:DataSet></mes:StructureSpecificData>";

    private static readonly DataSchema Schema = Resolve(new StructureSet(
    [
        Codes("CL_FREQ", "A Q"), Codes("CL_AREA", "ARM GEO"), Codes("CL_STATUS", "A M"),
        Dsd("D", [Dimension("FREQ", Coded("CL_FREQ")), Dimension("REF_AREA", Coded("CL_AREA")), Time()], Measure(Text(SdmxDataType.Double)),
            Attribute("AGENCY", Text(), false, AttributeRelationship.Dataflow),
            Attribute("TITLE", Text(), false, AttributeRelationship.Dimensions, "FREQ", "REF_AREA"),
            Attribute("OBS_STATUS", Coded("CL_STATUS"), true, AttributeRelationship.Observation),
            Attribute("NOTE", Text(), false, AttributeRelationship.Observation)),
    ]), Structure("D"));

    private static readonly string[] Pieces =
    [
        "<Series FREQ=\"A\" REF_AREA=\"ARM\">", "<Series FREQ=\"A\" REF_AREA='GEO' TITLE=\"Ввоз &amp; вывоз &lt;1&gt; 😀\">", "</Series>", "</Series>", "</Series>",
        "<Obs TIME_PERIOD=\"2020\" OBS_VALUE=\"1\" OBS_STATUS=\"A\"/>", "<Obs TIME_PERIOD=\"2021\" OBS_VALUE=\"2.5\" OBS_STATUS=\"M\" NOTE=\"&quot;x&quot;\"/>",
        "<Obs OBS_STATUS=\"A\" TIME_PERIOD=\"2022\" />", "<Obs TIME_PERIOD=\"2023\" OBS_VALUE=\"3\"></Obs>", "<Obs TIME_PERIOD=\"20X4\" OBS_VALUE=\"\"/>",
        "<Obs FREQ=\"Q\" REF_AREA=\"GEO\" TIME_PERIOD=\"2024-Q1\" OBS_VALUE=\"7\" TITLE=\"t\"/>", "\n", "\r\n", "  ", "\t", "\r",
        "<Obs TIME_PERIOD=\"1\" TIME_PERIOD=\"2\"/>", "<Obs TIME_PERIOD=\"2020\" WRONG=\"1\"/>", "<Obs\nTIME_PERIOD=\"2020\"/>", "<!-- c -->", "text", "&#65;",
        "<Obs TIME_PERIOD=\"2025\" NOTE=\"&#x41;\"/>", "<Obs TIME_PERIOD=\"2025\" NOTE=\"a<b\"/>", "<Obs TIME_PERIOD=\"2025\"NOTE=\"a\"/>", "<Obs TIME_PERIOD=\"2025\" NOTE=\"a\tb\"/>",
        "<Obs TIME_PERIOD=2025/>", "<Obs TIME_PERIOD=\"2025\" xmlns:x=\"u\" x:type=\"y\"/>", "<Obs TIME_PERIOD=\"2025\" NOTE=\"\u0001\"/>", "<Obs TIME_PERIOD=\"2025\"", "<Obs/>", "<Series/>",
        "<Comp id=\"NOTE\"><Value>v</Value></Comp>", "<mes:Obs TIME_PERIOD=\"2026\"/>", "<Obs TIME_PERIOD=\"2026\" / >", "<Series FREQ=\"A\" REF_AREA=\"ARM\" TITLE=\"x\"/>", "\uFFFF",
    ];

    [Fact]
    public void Gives_what_the_parser_gives_for_any_sequence_of_parts()
        => Gen.Int[0, Pieces.Length - 1].Array[0, 12].Sample(parts =>
        {
            byte[] message = Encoding.UTF8.GetBytes(Head + string.Concat(parts.Select(p => Pieces[p])) + Tail);
            Read(message, false).Should().Be(Read(message, true));
        }, iter: 20_000, seed: "0000KOIJabc1");

    [Fact]
    public void Gives_what_the_parser_gives_for_long_series_with_something_odd_among_them()
        => Gen.Select(Gen.Int[0, 3].Array[5, 60], Gen.Int[0, Pieces.Length - 1].Array[0, 3], Gen.Int[0, 59]).Sample((ordinary, odd, at) =>
        {
            byte[] message = LongSeries(ordinary, odd, at);
            Read(message, false).Should().Be(Read(message, true));
        }, iter: 3000, seed: "0000KOIJabc1");

    [Fact]
    public void Fills_batches_as_the_parser_does_when_empty_series_have_filled_one()
    {
        byte[] message = LongSeries([0, 0, 3, 0, 0, 1, 2, 2, 2], [3, 31, 0], 38);
        Read(message, false).Should().Be(Read(message, true));
    }

    [Fact]
    public void Gives_what_the_parser_gives_for_flat_observations_whose_keys_and_attributes_come_and_go()
        => Gen.Int[0, 11].Array[1, 60].Sample(kinds =>
        {
            string[] keys = ["FREQ=\"A\" REF_AREA=\"ARM\"", "FREQ=\"A\" REF_AREA=\"GEO\"", "FREQ=\"Q\" REF_AREA=\"не код\"", "REF_AREA=\"ARM\" FREQ=\"A\""];
            string[] attributes = ["", " TITLE=\"Ввоз &amp; вывоз\"", " TITLE=\"other\""];
            string text = string.Concat(kinds.Select((kind, i) => FormattableString.Invariant(
                $"\n  <Obs {keys[kind % 4]} TIME_PERIOD=\"{1990 + i}\" OBS_VALUE=\"{i}\" OBS_STATUS=\"A\"{attributes[kind / 4]}/>")));
            byte[] message = Encoding.UTF8.GetBytes(Head.Replace("TIME_PERIOD", "AllDimensions", StringComparison.Ordinal) + text + Tail);
            Read(message, false).Should().Be(Read(message, true));
        }, iter: 3000, seed: "0000KOIJabc1");

    [Fact]
    public void Gives_what_the_parser_gives_for_ordinary_parts_with_a_byte_changed()
    {
        byte[] good = Encoding.UTF8.GetBytes(Head + "\n" + Pieces[0] + "\n" + Pieces[5] + Pieces[6] + "</Series>\r\n" + Pieces[1] + Pieces[8] + "\n</Series>" + Tail);
        Gen.Select(Gen.Int[Head.Length, good.Length - 1], Gen.Byte).Sample((at, b) =>
        {
            byte[] message = [.. good];
            message[at] = b;
            Read(message, false).Should().Be(Read(message, true));
        }, iter: 20_000, seed: "0000KOIJabc1");
    }

    [Fact]
    public void Gives_what_the_parser_gives_wherever_the_message_breaks_off()
    {
        byte[] good = Encoding.UTF8.GetBytes(Head + "\n" + Pieces[0] + "\n" + Pieces[5] + Pieces[6] + "</Series>\r\n" + Pieces[1] + Pieces[8] + "</Series>" + Tail);
        for (int length = 0; length < good.Length; length++)
        {
            byte[] message = good[..length];
            Read(message, false).Should().Be(Read(message, true), "cut at {0}", length);
        }
    }

    [Fact]
    public void Takes_tags_across_the_borders_of_its_buffer()
    {
        StringBuilder text = new(Head);
        for (int i = 0; i < 9000; i++)
        {
            text.Append(i % 100 == 0 ? (i > 0 ? "</Series>" : "") + (i % 200 == 0 ? Pieces[1] : Pieces[0]) : "").Append(i % 3 == 0 ? "\r\n" : " ")
                .Append(System.Globalization.CultureInfo.InvariantCulture, $"<Obs TIME_PERIOD=\"{1000 + i}\" OBS_VALUE=\"{i}\" OBS_STATUS=\"A\" NOTE=\"ж{i}\"/>");
        }

        byte[] message = Encoding.UTF8.GetBytes(text.Append("</Series>").Append(Tail).ToString());
        Read(message, false).Should().Be(Read(message, true));
    }

    /// <summary>Two long series of ordinary observations, with odd parts at the same place of each.</summary>
    private static byte[] LongSeries(int[] ordinary, int[] odd, int at)
    {
        string[] rows = [.. ordinary.Select((kind, i) => "\n" + Observation(kind, i))];
        string text = Pieces[0] + string.Concat(rows.Take(at)) + string.Concat(odd.Select(p => Pieces[p])) + string.Concat(rows.Skip(at)) + "\n</Series>";
        return Encoding.UTF8.GetBytes(Head + text + text + Tail);
    }

    private static string Observation(int kind, int number) => kind switch
    {
        0 => FormattableString.Invariant($"<Obs TIME_PERIOD=\"{1990 + number}\" OBS_VALUE=\"{number}\" OBS_STATUS=\"A\"/>"),
        1 => FormattableString.Invariant($"<Obs TIME_PERIOD=\"{1990 + number}-Q{1 + (number % 5)}\" OBS_VALUE=\"-{number}.50\" OBS_STATUS=\"{(number % 3 == 0 ? "X" : "M")}\"/>"),
        2 => FormattableString.Invariant($"<Obs TIME_PERIOD=\"{1990 + number}-{number % 14:D2}\" OBS_VALUE=\"{(number % 2 == 0 ? "NaN" : "0" + number)}\" OBS_STATUS=\"A\" NOTE=\"n{number % 4}\"/>"),
        _ => FormattableString.Invariant($"<Obs TIME_PERIOD=\"{1990 + number}-01-{number:D2}\" OBS_VALUE=\"\" OBS_STATUS=\"A\" NOTE=\"ж&lt;\"/>"),
    };

    private static string Read(byte[] message, bool parserOnly)
    {
        IssueList issues = new() { SamplesPerGroup = int.MaxValue };
        StringBuilder text = new();
        using (StructureSpecificDataReader reader = new(new MemoryStream(message), _ => Schema, issues, new DataReaderOptions { UsesXmlParserOnly = parserOnly }))
        {
            while (reader.NextDataSet())
            {
                ObservationBatch batch = new(reader.DataSet!, 4);
                while (reader.Read(batch))
                {
                    Print(batch, text);
                }
            }
        }

        return text.Append(string.Join('\n', issues.Kept)).ToString();
    }

    private static void Print(ObservationBatch batch, StringBuilder text)
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
