using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Tests.Registry.Editing;

public sealed class DraftVersionsTests
{
    [Theory]
    [InlineData("1.0.0", "", "1.1.0-draft")]
    [InlineData("1.0.0", "1.1.0-draft", "1.1.0-draft2")]
    [InlineData("1.0.0", "1.1.0", "1.2.0-draft")]
    [InlineData("2.3.4", "1.0.0 3.0.0", "2.4.0-draft")]
    [InlineData("1.0", "", "1.1.0-draft")]
    [InlineData("0.1.0", "", "1.0.0-draft")]
    public void Proposes_a_free_number(string from, string others, string draft)
    {
        Codelist[] versions = [.. others.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append(from).Select(Of)];

        DraftVersions.Next(versions, SdmxVersion.Parse(from)).ToString().Should().Be(draft);
    }

    [Theory]
    [InlineData("A=a,B=b,C=c", "1.1.0")]
    [InlineData("A=a", "2.0.0")]
    [InlineData("A=other,B=b", "1.0.1")]
    [InlineData("A=a,B=b", "1.0.1")]
    public void Requires_what_the_difference_requires(string codes, string required)
    {
        Codelist before = Of("1.0.0") with { Codes = Codes("A=a,B=b") }, draft = Of("1.1.0-draft") with { Codes = Codes(codes) };

        DraftVersions.Required([before, draft], before, draft).ToString().Should().Be(required);
    }

    [Fact]
    public void Requires_a_number_that_is_free()
    {
        Codelist before = Of("1.0.0") with { Codes = Codes("A=a") }, draft = Of("1.1.0-draft") with { Codes = Codes("A=b") };

        DraftVersions.Required([before, Of("1.0.1"), draft], before, draft).ToString().Should().Be("1.0.2");
        DraftVersions.MayBePublishedAs([before, Of("1.0.1")], SdmxVersion.Parse("1.0.2"), SdmxVersion.Parse("1.0.1")).Should().BeFalse();
        DraftVersions.MayBePublishedAs([before], SdmxVersion.Parse("1.0.1"), SdmxVersion.Parse("1.2.0")).Should().BeTrue();
        DraftVersions.MayBePublishedAs([before], SdmxVersion.Parse("1.0.1"), SdmxVersion.Parse("1.2.0-draft")).Should().BeFalse();
    }

    [Fact]
    public void Publishes_what_is_new_as_the_number_of_its_draft()
    {
        DraftVersions.Required([], null, Of("1.0.0-draft")).ToString().Should().Be("1.0.0");
    }

    private static Codelist Of(string version) => new() { AgencyId = "T", Id = "CL", Version = SdmxVersion.Parse(version) };

    private static System.Collections.Immutable.ImmutableArray<Code> Codes(string text)
        => [.. text.Split(',').Select(c => c.Split('=')).Select(c => new Code { Id = c[0], Name = LocalisedText.Of(c[1]) })];
}
