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
    [InlineData("application/json, application/vnd.sdmx.structurespecificdata+xml;version=2.1;q=0.2", "structurespecificdata+xml;version=2.1")]
    [InlineData("application/vnd.sdmx.genericdata+xml;version=2.1;q=0.5, text/csv;q=0.6", "data+csv;version=1.0.0")]
    [InlineData("text/csv, application/vnd.sdmx.structurespecificdata+xml;version=2.1", "structurespecificdata+xml;version=2.1")]
    [InlineData("*/*, application/vnd.sdmx.genericdata+xml;q=0", "structurespecificdata+xml;version=2.1")]
    [InlineData("application/json", null)]
    [InlineData("application/vnd.sdmx.data+csv;version=9.0.0", null)]
    [InlineData("application/vnd.sdmx.data+csv;labels=nonsense", null)]
    [InlineData("*/*;q=0", null)]
    [InlineData("nonsense", null)]
    public void Chooses_by_weight_then_by_how_exactly_it_was_asked_for(string accept, string? expected)
        => (Negotiation.Choose(accept, OfferedFormats.Data(RestLine.V1))?.Format.MediaType).Should().Be(expected is null ? null : Vendor + expected);

    [Theory]
    [InlineData("", "data+xml;version=3.0.0")]
    [InlineData("*/*", "data+xml;version=3.0.0")]
    [InlineData("application/vnd.sdmx.data+xml;version=3.1.0", "data+xml;version=3.1.0")]
    [InlineData("application/vnd.sdmx.data+csv;version=2.0.0+", "data+csv;version=2.0.0")]
    [InlineData("application/vnd.sdmx.genericdata+xml;version=2.1", "genericdata+xml;version=2.1")]
    public void The_second_line_has_its_own_defaults(string accept, string expected)
        => Negotiation.Choose(accept, OfferedFormats.Data(RestLine.V2))!.Format.MediaType.Should().Be(Vendor + expected);
}
