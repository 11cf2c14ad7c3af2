using System.IO.Compression;
using System.Text;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Summary;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Tests.Formats;

public sealed class MessageSummaryTests
{
    private const string Message21 = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message";

    private const string Compact = """
        <CompactData xmlns="http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message" xmlns:x="urn:x"><Header><DataSet>no</DataSet></Header>
        <x:DataSet><x:SiblingGroup A="1"/><x:Series A="1"><x:Obs T="2020" V="1"/><x:Obs T="2021"/></x:Series><x:Series A="2"/></x:DataSet><x:DataSet/></CompactData>
        """;

    [Fact]
    public void Series_and_observations_are_those_of_the_elements_and_empty_data_sets_count()
    {
        (MessageSummary summary, IssueList issues) = Read(Compact);
        (summary.Format, summary.Version, summary.DataSets, summary.Series, summary.Observations).Should().Be(("SDMX-ML CompactData", "2.0", 2, 2, 2));
        issues.Kept.Should().BeEmpty();
    }

    [Theory]
    [InlineData("utf-16", "<?xml version=\"1.0\" encoding=\"utf-16\"?>")]
    [InlineData("utf-16BE", "<?xml version=\"1.0\" encoding=\"utf-16\"?>")]
    [InlineData("utf-8", "")]
    [InlineData("iso-8859-1", "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>")]
    public void Encodings_make_no_difference(string encoding, string declaration)
    {
        Encoding e = Encoding.GetEncoding(encoding);
        byte[] bytes = [.. e.Preamble, .. e.GetBytes(declaration + Compact)];
        Read(bytes).Summary.Observations.Should().Be(2);
    }

    [Fact]
    public void References_to_components_and_items_are_not_counted()
    {
        (MessageSummary summary, _) = Read($"""
            <m:Structure xmlns:m="{Message21}" xmlns:s="urn:s"><m:Header/><m:Structures>
            <s:DataStructures><s:DataStructure id="D"><s:DataStructureComponents>
            <s:DimensionList><s:Dimension id="A"/><s:Dimension id="B"/><s:MeasureDimension id="C"/><s:TimeDimension id="T"/></s:DimensionList>
            <s:Group id="G"><s:GroupDimension><s:DimensionReference/></s:GroupDimension></s:Group>
            <s:AttributeList><s:Attribute id="X"><s:AttributeRelationship><s:Dimension/><s:Group/><s:PrimaryMeasure/></s:AttributeRelationship></s:Attribute></s:AttributeList>
            <s:MeasureList><s:PrimaryMeasure id="OBS_VALUE"/></s:MeasureList></s:DataStructureComponents></s:DataStructure></s:DataStructures>
            <s:Codelists><s:Codelist id="L"><s:Code id="1"><s:Parent/></s:Code><s:Code id="2"/></s:Codelist><s:FutureList id="F"/></s:Codelists>
            </m:Structures></m:Structure>
            """);
        summary.Artefacts.Should().BeEquivalentTo(new Dictionary<string, long>
        {
            ["DataStructure"] = 1, ["Dimension"] = 2, ["MeasureDimension"] = 1, ["TimeDimension"] = 1, ["Group"] = 1, ["Attribute"] = 1, ["PrimaryMeasure"] = 1,
            ["Codelist"] = 1, ["Code"] = 2, ["FutureList"] = 1,
        });
    }

    [Fact]
    public void Messages_in_envelopes_of_any_service_are_found_and_faults_told()
    {
        const string soap = "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body>{0}</e:Body></e:Envelope>";
        Read(string.Format(null, soap, "<Answer xmlns=\"urn:any\"><Result>" + Compact + "</Result></Answer>")).Summary.Observations.Should().Be(2);
        (MessageSummary fault, IssueList issues) = Read(string.Format(null, soap, "<e:Fault><faultcode>e:Server</faultcode><faultstring>too much</faultstring></e:Fault>"));
        fault.Format.Should().Be("SOAP fault");
        issues.Kept.Should().ContainSingle().Which.Code.Should().Be(IssueCodes.SdmxErrorMessage);
    }

    [Theory]
    [InlineData("", "M0001")]
    [InlineData("<html><body>503</body></html>", "M0006")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>", "M0003")]
    [InlineData("<x/>", "M0004")]
    [InlineData("a,b\n1,2\n", "M0004")]
    [InlineData("{\"a\": 1}", "M0004")]
    [InlineData("{\"data\": [1,", "M0005")]
    [InlineData("{\"data\": [1,}", "M0060")]
    [InlineData("{\"errors\": [{\"code\": 404, \"title\": \"nothing\"}]}", "M0016")]
    [InlineData("DATAFLOW,A,TIME_PERIOD,OBS_VALUE\nX,1,\"2020,1\n", "M0018")]
    [InlineData("DATAFLOW,A\nX,\0\n", "M0007")]
    public void What_cannot_be_used_is_told(string text, string code)
    {
        (_, IssueList issues) = Read(text);
        issues.HasFatal.Should().BeTrue();
        issues.Kept.Should().Contain(i => i.Code.Id == code);
    }

    [Fact]
    public void Hostile_messages_end_soon_with_bounded_memory()
    {
        string deep = string.Concat(Enumerable.Repeat("<a>", 100_000));
        Read("<x>" + deep).Issues.Kept.Should().Contain(i => i.Code == IssueCodes.TooLarge);
        Read("{\"data\":" + new string('[', 100_000)).Issues.HasFatal.Should().BeTrue();
        byte[] long1 = Encoding.ASCII.GetBytes("<x a=\"" + new string('b', 40_000_000));
        Read(long1).Issues.Kept.Should().Contain(i => i.Code == IssueCodes.TooLarge);
        byte[] long2 = Encoding.ASCII.GetBytes("{\"data\": \"" + new string('b', 40_000_000));
        Read(long2).Issues.Kept.Should().Contain(i => i.Code == IssueCodes.TooLarge);
        byte[] long3 = Encoding.ASCII.GetBytes("DATAFLOW,A\n" + new string('b', 4_000_000));
        Read(long3).Issues.Kept.Should().Contain(i => i.Code == IssueCodes.TooLarge);
    }

    [Fact]
    public void A_bomb_is_stopped_and_a_torn_gzip_told()
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, true))
        {
            gzip.Write(Encoding.ASCII.GetBytes(Compact[..^14]));
            gzip.Write(new byte[50_000_000].Select(_ => (byte)' ').ToArray());
        }

        IssueList issues = new();
        MessageSummary summary = MessageSummary.Read(() => new MemoryStream(packed.ToArray()), issues, DataReaderOptions.Default with { MaxBytes = 10_000_000 });
        summary.Observations.Should().Be(2);
        issues.Kept.Should().ContainSingle().Which.Code.Should().Be(IssueCodes.TooLarge);
        Read(packed.ToArray()[..^20_000]).Issues.HasFatal.Should().BeTrue();
    }

    [Fact]
    public void Csv_records_are_counted_with_quotes_blank_lines_and_changes_of_structure()
    {
        (MessageSummary summary, IssueList issues) = Read("\uFEFFSTRUCTURE[;],STRUCTURE_ID,ACTION,A,OBS_VALUE,NOTE\r\n"
            + "dataflow,X:A(1.0),I,1,2,\"line\r\nbreak, \"\"quoted\"\"\"\r\n\r\ndataflow,X:A(1.0),I,2,2,\r\ndataflow,X:A(1.0),D,2,,\r\ndataflow,X:B(1.0),D,2,\r\n");
        (summary.Format, summary.DataSets, summary.Observations).Should().Be(("SDMX-CSV data", 3, 4));
        Issue issue = issues.Kept.Should().ContainSingle().Subject;
        (issue.Code, issue.Location.Line).Should().Be((IssueCodes.CsvFieldCount, 7));
    }

    [Fact]
    public void Messages_with_bytes_that_are_no_text_are_told_and_counted()
    {
        (MessageSummary csv, IssueList csvIssues) = Read(Encoding.Latin1.GetBytes("DATAFLOW,A,OBS_VALUE\nX,Stra\u00DFe,1\nX,M\u00FCnchen,2\n"));
        csv.Observations.Should().Be(2);
        csvIssues.Kept.Should().ContainSingle().Which.Code.Should().Be(IssueCodes.InvalidEncoding);
        (MessageSummary xml, IssueList xmlIssues) = Read(Encoding.Latin1.GetBytes(Compact.Replace("A=\"1\"", "A=\"\u00DF\"", StringComparison.Ordinal)));
        xml.Observations.Should().Be(2);
        xmlIssues.Kept.Should().ContainSingle().Which.Code.Should().Be(IssueCodes.InvalidEncoding);
        (MessageSummary late, IssueList lateIssues) = Read("\n <?xml version=\"1.0\"?>" + Compact);
        late.Observations.Should().Be(2);
        lateIssues.Kept.Should().ContainSingle().Which.Code.Should().Be(IssueCodes.MalformedXml);
    }

    [Fact]
    public void Memory_does_not_follow_the_length_of_the_message()
    {
        byte[] series = Encoding.ASCII.GetBytes("<Series A=\"1\"><Obs T=\"2020\" V=\"1\"/><Obs T=\"2021\" V=\"2\"/></Series>");
        byte[] message = [.. Encoding.ASCII.GetBytes($"<m:StructureSpecificData xmlns:m=\"{Message21}\"><m:DataSet>"), .. Enumerable.Repeat(series, 100_000).SelectMany(s => s), .. "</m:DataSet></m:StructureSpecificData>"u8];
        long before = GC.GetAllocatedBytesForCurrentThread();
        MessageSummary summary = MessageSummary.Read(() => new MemoryStream(message), new IssueList());
        summary.Observations.Should().Be(200_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(4_000_000);
    }

    private static (MessageSummary Summary, IssueList Issues) Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private static (MessageSummary Summary, IssueList Issues) Read(byte[] bytes)
    {
        IssueList issues = new();
        return (MessageSummary.Read(() => new MemoryStream(bytes), issues), issues);
    }
}
