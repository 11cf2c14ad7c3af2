using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Tests.Model;

/// <summary>The table of "Version queries" of SDMX REST 2.1.</summary>
public class VersionQueryTests
{
    private static readonly string[] Versions =
        ["0.9.0", "1.0", "1.5", "1.0.0", "1.2.0", "1.2.3", "1.3.0-draft", "2.0", "2.0.0", "2.1.0", "2.1.5", "2.2.0-beta", "3.0.0-alpha"];

    [Theory]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("1.3.0-draft", "1.3.0-draft")]
    [InlineData("1.0", "1.0")]
    [InlineData("9.9", "")]
    [InlineData("+", "2.1.5")]
    [InlineData("1+.0.0", "2.1.5")]
    [InlineData("+.0.0", "2.1.5")]
    [InlineData("1.+.0", "1.2.3")]
    [InlineData("1.0+.0", "1.2.3")]
    [InlineData("1.2.+", "1.2.3")]
    [InlineData("1.2.0+", "1.2.3")]
    [InlineData("2.1.2+", "2.1.5")]
    [InlineData("2.1.6+", "")]
    [InlineData("2.2+.0", "")]
    [InlineData("3+.0.0", "")]
    [InlineData("2+", "2.1.5")]
    [InlineData("3+", "")]
    [InlineData("~", "3.0.0-alpha")]
    [InlineData("2~", "3.0.0-alpha")]
    [InlineData("latest", "2.1.5")]
    [InlineData("~.0", "2.0")]
    [InlineData("~.0.0", "3.0.0-alpha")]
    [InlineData("1.~", "1.5")]
    [InlineData("1.~.0", "1.3.0-draft")]
    [InlineData("2.1.~", "2.1.5")]
    [InlineData("2~.0.0", "3.0.0-alpha")]
    [InlineData("2.1~.0", "2.2.0-beta")]
    [InlineData("*.0", "1.0 1.5 2.0")]
    [InlineData("1.*", "1.0 1.5")]
    [InlineData("1.*.0", "1.0.0 1.2.0 1.2.3 1.3.0-draft")]
    [InlineData("2.1.*", "2.1.0 2.1.5")]
    [InlineData("2.1.1*", "2.1.5")]
    [InlineData("1.0,2.1.0", "1.0 2.1.0")]
    [InlineData("1.0,+", "1.0 2.1.5")]
    public void Selects_the_versions_asked_for(string query, string expected)
    {
        VersionQuery.TryParse(query, out VersionQuery? parsed).Should().BeTrue();
        string.Join(' ', parsed!.Select(Versions.Reverse(), SdmxVersion.Parse)).Should().Be(expected);
    }

    [Theory]
    [InlineData("+", "3.0.0-alpha")]
    [InlineData("1+.0.0", "3.0.0-alpha")]
    [InlineData("1.0+.0", "1.3.0-draft")]
    [InlineData("1.2.0+", "1.2.3")]
    [InlineData("2.1+.0", "2.2.0-beta")]
    [InlineData("2.1.2+", "2.1.5")]
    [InlineData("0.+.0", "")]
    [InlineData("~", "3.0.0-alpha")]
    [InlineData("latest", "2.1.5")]
    [InlineData("1.0", "1.0")]
    public void Late_bound_references_in_drafts_mean_versions_with_extensions_too(string query, string expected)
    {
        VersionQuery.TryParse(query, out VersionQuery? parsed).Should().BeTrue();
        string.Join(' ', parsed!.Select(Versions.Reverse(), SdmxVersion.Parse, fromDraft: true)).Should().Be(expected);
    }

    [Fact]
    public void A_star_selects_all()
    {
        VersionQuery.TryParse("*", out VersionQuery? all).Should().BeTrue();
        all!.Select(Versions, SdmxVersion.Parse).Should().HaveCount(Versions.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("+.2.3")]
    [InlineData("2.3+")]
    [InlineData("1.+")]
    [InlineData("+.+.0")]
    [InlineData("*.*")]
    [InlineData("1.2.3.+")]
    [InlineData("x")]
    [InlineData("1..0")]
    [InlineData("1.0,")]
    [InlineData("+.a.0")]
    public void Refuses_what_can_mean_nothing(string? query) => VersionQuery.TryParse(query, out _).Should().BeFalse();
}
