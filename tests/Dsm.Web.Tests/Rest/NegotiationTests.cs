using System.Collections.Immutable;
using Dsm.Sdmx.Formats;
using Dsm.Web.Rest;

namespace Dsm.Web.Tests.Rest;

/// <summary>Accept headers and the format they lead to.</summary>
public sealed class NegotiationTests
{
    private const string Vendor = "application/vnd.sdmx.";

    [Theory]
    [InlineData("", "genericdata+xml;version=2.1")]
    [InlineData("*/*", "genericdata+xml;version=2.1")]
    [InlineData("application/xml", "genericdata+xml;version=2.1")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", "genericdata+xml;version=2.1")]
    [InlineData("text/csv", "data+csv;version=1.0.0")]
    [InlineData("application/vnd.sdmx.data+csv", "data+csv;version=1.0.0")]
    [InlineData("application/vnd.sdmx.data+csv;version=2.0.0", "data+csv;version=2.0.0")]
    [InlineData("application/vnd.sdmx.data+csv;version=\"1.0.0\"", "data+csv;version=1.0.0")]
    [InlineData("application/json;q=0.1, application/vnd.sdmx.structurespecificdata+xml;version=2.1;q=0.2", "structurespecificdata+xml;version=2.1")]
    [InlineData("application/vnd.sdmx.data+json;version=1.0", "data+json;version=1.0.0")]
    [InlineData("application/vnd.sdmx.genericdata+xml;version=2.1.0", "genericdata+xml;version=2.1")]
    [InlineData("application/vnd.sdmx.genericdata+xml;version=2.1;q=0.5, text/csv;q=0.6", "data+csv;version=1.0.0")]
    [InlineData("text/csv, application/vnd.sdmx.structurespecificdata+xml;version=2.1", "structurespecificdata+xml;version=2.1")]
    [InlineData("*/*, application/vnd.sdmx.genericdata+xml;q=0", "structurespecificdata+xml;version=2.1")]
    [InlineData("application/json", "data+json;version=1.0.0")]
    [InlineData("image/png", null)]
    [InlineData("application/vnd.sdmx.data+csv;version=9.0.0", null)]
    [InlineData("application/vnd.sdmx.data+csv;labels=nonsense", null)]
    [InlineData("*/*;q=0", null)]
    [InlineData("nonsense", null)]
    public void Chooses_by_weight_then_by_how_exactly_it_was_asked_for(string accept, string? expected)
        => (Negotiation.Choose(accept, OfferedFormats.Data(RestLine.V1))?.Format.MediaType).Should().Be(expected is null ? null : Vendor + expected);

    [Theory]
    [InlineData("", "data+json;version=2.1.0")]
    [InlineData("*/*", "data+json;version=2.1.0")]
    [InlineData("application/*", "data+json;version=2.1.0")]
    [InlineData("application/json", "data+json;version=2.1.0")]
    [InlineData("application/xml", "data+xml;version=3.1.0")]
    [InlineData("text/xml", "data+xml;version=3.1.0")]
    [InlineData("text/csv", "data+csv;version=2.1.0")]
    [InlineData("text/*", "data+csv;version=2.1.0")]
    [InlineData("application/vnd.sdmx.data+xml", "data+xml;version=3.1.0")]
    [InlineData("application/vnd.sdmx.data+xml;version=3.0.0", "data+xml;version=3.0.0")]
    [InlineData("application/vnd.sdmx.data+xml;version=3.1.0", "data+xml;version=3.1.0")]
    [InlineData("application/vnd.sdmx.data+csv;version=2.0.0+", "data+csv;version=2.0.0")]
    [InlineData("application/vnd.sdmx.data+json;version=2+.0.1", "data+json;version=2.1.0")]
    [InlineData("application/vnd.sdmx.data+json;version=2+.0.0", "data+json;version=2.1.0")]
    [InlineData("application/vnd.sdmx.data+json;version=2.0+.0, text/csv;q=0.2", "data+json;version=2.1.0")]
    [InlineData("application/vnd.sdmx.data+json;version=*", "data+json;version=2.1.0")]
    [InlineData("application/vnd.sdmx.data+json;version=9+.0.0, text/csv;q=0.2", "data+csv;version=2.1.0")]
    [InlineData("application/vnd.sdmx.genericdata+xml;version=2.1", "genericdata+xml;version=2.1")]
    public void The_second_line_has_its_own_defaults(string accept, string expected)
        => Negotiation.Choose(accept, OfferedFormats.Data(RestLine.V2))!.Format.MediaType.Should().Be(Vendor + expected);

    [Fact]
    public void The_defaults_are_those_of_the_specification()
    {
        Default(OfferedFormats.Structures).Should().Be(("structure+xml;version=2.1", "structure+json;version=2.1.0"));
        Default(OfferedFormats.Data).Should().Be(("genericdata+xml;version=2.1", "data+json;version=2.1.0"));
        Default(OfferedFormats.Metadata).Should().Be(("genericmetadata+xml;version=2.1", "metadata+json;version=2.1.0"));
        Default(OfferedFormats.Schemas).Should().Be(("schema+xml;version=2.1", "schema+json;version=2.1.0"));
        OfferedFormats.Registry[0].MediaType.Should().Be(Vendor + "registry+xml;version=3.1.0");

        static (string, string) Default(Func<RestLine, ImmutableArray<SdmxFormat>> offered)
            => (Negotiation.Choose("*/*", offered(RestLine.V1))!.Format.MediaType[Vendor.Length..], Negotiation.Choose("*/*", offered(RestLine.V2))!.Format.MediaType[Vendor.Length..]);
    }

    [Theory]
    [InlineData("format=csv", "text/csv")]
    [InlineData("format=data%2Bcsv&formatVersion=2.0.0", "application/vnd.sdmx.data+csv;version=2.0.0")]
    [InlineData("format=data+csv;labels=both", "application/vnd.sdmx.data+csv;labels=both")]
    [InlineData("format=application/vnd.sdmx.data%2Bjson;version=2.0.0", "application/vnd.sdmx.data+json;version=2.0.0")]
    [InlineData("format=genericdata", "application/vnd.sdmx.genericdata+xml")]
    [InlineData("format=SDMX-JSON", "application/json")]
    [InlineData("formatVersion=3.0.0", "*/*;version=3.0.0")]
    [InlineData("labels=both", null)]
    public void Reads_the_parameters_of_browsers(string query, string? accept)
        => FormatParameters.Accept(new RestAddress("", query)).Should().Be(accept);
}
