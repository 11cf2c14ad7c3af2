using System.IO.Compression;
using System.Text;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Tests.Formats;

public class FormatSnifferTests
{
    public static TheoryData<string, string> Beginnings => new()
    {
        { "<?xml version='1.0'?><m:Structure xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message'><m:Header>", "SDMX-ML 2.1 structure" },
        { "<!-- c --><Structure xmlns='http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message'/>", "SDMX-ML 3.0 structure" },
        { "<Structure xmlns='http://www.sdmx.org/resources/sdmxml/schemas/v3_1/message'/>", "SDMX-ML 3.1 structure" },
        { "<GenericData xmlns='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message'/>", "SDMX-ML 2.1 generic data" },
        { "<StructureSpecificTimeSeriesData xmlns='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message'/>", "SDMX-ML 2.1 structure-specific time series" },
        { "<StructureSpecificData xmlns='http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message'/>", "SDMX-ML 3.0 data" },
        { "<e:Error xmlns:e='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message'/>", "SDMX-ML 2.1 error message" },
        { "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><Structure xmlns='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message'/>", "SDMX-ML 2.1 structure" },
        { "<CompactData xmlns='http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message'/>", "SDMX-ML 2.0 compact data" },
        { "<UtilityData xmlns='http://www.sdmx.org/resources/sdmxml/schemas/v2_0/message'/>", "SDMX-ML 2.0 utility data" },
        { "<m:CrossSectionalData xmlns:m='http://www.SDMX.org/resources/SDMXML/schemas/v1_0/message'/>", "SDMX-ML 1.0 cross-sectional data" },
        { "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body><GetX xmlns='urn:x'><Y><GenericData xmlns='http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message'/>", "SDMX-ML 2.0 generic data" },
        { "{\"meta\":{\"schema\":\"https://json.sdmx.org/2.0.0/sdmx-json-data-schema.json\"},\"data\":{", "SDMX-JSON 2.0 data" },
        { "{\"meta\":{\"schema\":\"https://json.sdmx.org/2.1/sdmx-json-structure-schema.json\"},", "SDMX-JSON 2.1 structure" },
        { "{\"header\":{\"id\":\"x\"},\"dataSets\":[{", "SDMX-JSON 1.0 data" },
        { "{\"data\":{\"structures\":[{}],\"dataSets\":[{}]}}", "SDMX-JSON 2.0 data" },
        { "{\"data\":{\"codelists\":[{", "SDMX-JSON 2.0 structure" },
        { "DATAFLOW,FREQ,OBS_VALUE\n", "SDMX-CSV 1.0 data" },
        { "\"DATAFLOW\";\"FREQ\"", "SDMX-CSV 1.0 data" },
        { "STRUCTURE[;],STRUCTURE_ID,ACTION\r\n", "SDMX-CSV 2.0 data" },
        { "MDSTRUCTURE,MDSTRUCTURE_ID", "SDMX-CSV 2.0 metadata" },
    };

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void Tells_the_format_from_the_first_bytes(string beginning, string expected)
    {
        IssueList issues = new();
        FormatSniffer.Sniff(Encoding.UTF8.GetBytes(beginning), issues)?.Name.Should().Be(expected);
        issues.Count.Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void Tells_the_format_in_utf_16_with_a_byte_order_mark(string beginning, string expected)
    {
        byte[] bytes = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(beginning)];
        FormatSniffer.Sniff(bytes, new IssueList())?.Name.Should().Be(expected);
    }

    [Theory]
    [InlineData("<?xml version='1.0'?>\n <!DOCTYPE a [<!ENTITY b 'c'>]><Structure/>", "M0003", 2)]
    [InlineData("<a>\n</b>", "M0004", 1)]
    [InlineData("<?xml version='1.0'?>\n\n<1/>", "M0002", 3)]
    public void Says_where_a_message_is_wrong(string beginning, string code, int line)
    {
        IssueList issues = new();
        FormatSniffer.Sniff(Encoding.UTF8.GetBytes(beginning), issues);
        issues.Kept.Should().ContainSingle().Which.Should().Match<Issue>(i => i.Code.Id == code && i.Location.Line == line);
    }

    [Theory]
    [InlineData("", "M0001")]
    [InlineData("  \r\n ", "M0001")]
    [InlineData("<!DOCTYPE html><html><body>Sign in</body></html>", "M0006")]
    [InlineData("<HTML><HEAD>", "M0006")]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><Structure/>", "M0003")]
    [InlineData("<Structure", "M0002")]
    [InlineData("<rss version='2.0'/>", "M0004")]
    [InlineData("<CompactData xmlns='http://www.SDMX.org/resources/SDMXML/schemas/v3_0/message'/>", "M0004")]
    [InlineData("<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><s:Fault><faultstring>no</faultstring></s:Fault>", "M0016")]
    [InlineData("{\"a\":1}", "M0004")]
    [InlineData("hello world", "M0004")]
    public void Says_why_a_message_is_not_taken(string beginning, string code)
    {
        IssueList issues = new();
        FormatSniffer.Sniff(Encoding.UTF8.GetBytes(beginning), issues).Should().BeNull();
        issues.Kept.Single().Code.Id.Should().Be(code);
    }

    [Fact]
    public async Task Opens_gzip_and_gives_the_whole_content_back()
    {
        byte[] message = Encoding.UTF8.GetBytes("DATAFLOW,FREQ\n" + new string('x', 200_000));
        MemoryStream packed = new();
        await using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(message);
        }

        packed.Position = 0;
        IssueList issues = new();
        (SdmxFormat? format, Stream content) = await FormatSniffer.OpenAsync(packed, issues, CancellationToken.None);
        format.Should().Be(MediaTypes.DataCsv1);
        MemoryStream all = new();
        await content.CopyToAsync(all);
        all.ToArray().Should().Equal(message);
    }

    [Fact]
    public async Task Reports_damaged_gzip()
    {
        IssueList issues = new();
        (SdmxFormat? format, _) = await FormatSniffer.OpenAsync(new MemoryStream([0x1F, 0x8B, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]), issues, CancellationToken.None);
        format.Should().BeNull();
        issues.HasFatal.Should().BeTrue();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Never_throws_whatever_the_bytes(int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < 500; i++)
        {
            byte[] bytes = new byte[random.Next(300)];
            random.NextBytes(bytes);
            if (bytes.Length > 0 && i % 3 != 0)
            {
                bytes[0] = (byte)(i % 3 == 1 ? '<' : '{');
            }

            IssueList issues = new();
            SdmxFormat? format = FormatSniffer.Sniff(bytes, issues);
            (format is null).Should().Be(issues.Count > 0);
        }
    }
}
