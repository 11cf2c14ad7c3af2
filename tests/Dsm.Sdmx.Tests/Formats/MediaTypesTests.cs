using Dsm.Sdmx.Formats;

namespace Dsm.Sdmx.Tests.Formats;

public class MediaTypesTests
{
    [Fact]
    public void Every_media_type_finds_its_own_format()
    {
        foreach (SdmxFormat format in MediaTypes.All.Where(f => f.Kind != MessageKind.Error))
        {
            MediaTypes.Find(format.MediaType).Should().Be(format);
            MediaTypes.Find(format.MediaType.ToUpperInvariant().Replace("VERSION", "version", StringComparison.Ordinal)).Should().Be(format);
        }
    }

    [Fact]
    public void Parameters_are_read_with_quotes_and_blanks()
    {
        MediaType.TryParse("application/vnd.sdmx.data+csv; version=2.0.0 ;labels=\"both\";x=\"a;b\"", out MediaType? type).Should().BeTrue();
        type!.Type.Should().Be("application/vnd.sdmx.data+csv");
        type["version"].Should().Be("2.0.0");
        type["Labels"].Should().Be("both");
        type["x"].Should().Be("a;b");
        MediaTypes.Find("application/vnd.sdmx.data+csv; version=2.0.0; labels=both").Should().Be(MediaTypes.DataCsv20);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("xml")]
    [InlineData("a/b/c")]
    [InlineData("/xml")]
    [InlineData("application/")]
    [InlineData("a b/c")]
    [InlineData("application/xml;version")]
    public void Malformed_types_are_refused(string? text) => MediaType.TryParse(text, out _).Should().BeFalse();

    [Theory]
    [InlineData("*/*", true)]
    [InlineData("application/*", true)]
    [InlineData("application/xml", true)]
    [InlineData("application/json", false)]
    [InlineData("application/vnd.sdmx.data+xml", true)]
    [InlineData("application/vnd.sdmx.data+xml;version=3.0.0", true)]
    [InlineData("application/vnd.sdmx.data+xml;version=3+.0.0", true)]
    [InlineData("application/vnd.sdmx.data+xml;version=3.0", true)]
    [InlineData("application/vnd.sdmx.data+xml;version=3.1.0", false)]
    [InlineData("application/vnd.sdmx.structure+xml;version=3.0.0", false)]
    public void Ranges_admit_what_they_name(string range, bool expected)
    {
        MediaType.TryParse(range, out MediaType? type).Should().BeTrue();
        MediaTypes.Matches(MediaTypes.DataXml30, type!).Should().Be(expected);
    }

    [Fact]
    public void Formats_know_their_syntax_and_version()
    {
        MediaTypes.DataCsv20.Syntax.Should().Be("csv");
        MediaTypes.DataCsv20.Extension.Should().Be(".csv");
        MediaTypes.StructureXml21.Version.Should().Be("2.1");
        MediaTypes.StructureXml21.IsVersion3.Should().BeFalse();
        MediaTypes.SchemaXml30.Extension.Should().Be(".xsd");
    }
}
