using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Tests.Model;

public class SdmxVersionTests
{
    [Theory]
    [InlineData("1", 1, 0, 0, null)]
    [InlineData("1.0", 1, 0, 0, null)]
    [InlineData("2.13", 2, 13, 0, null)]
    [InlineData("1.2.3", 1, 2, 3, null)]
    [InlineData("1.2.3-draft", 1, 2, 3, "draft")]
    [InlineData("1.2.3-rc.1", 1, 2, 3, "rc.1")]
    [InlineData("0.0.1", 0, 0, 1, null)]
    public void Reads_and_prints_versions(string text, int major, int minor, int patch, string? extension)
    {
        SdmxVersion version = SdmxVersion.Parse(text);
        (version.Major, version.Minor, version.Patch, version.Extension).Should().Be((major, minor, patch, extension));
        version.ToString().Should().Be(text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1.")]
    [InlineData("1.0.0.0")]
    [InlineData("1.0-draft")]
    [InlineData("1+.0")]
    [InlineData("*")]
    [InlineData("-1")]
    [InlineData(" 1.0")]
    [InlineData("1.0\n")]
    [InlineData("99999999999.0")]
    public void Refuses_what_is_no_version(string? text) => SdmxVersion.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void Orders_numbers_by_value_and_drafts_before_the_version()
    {
        string[] ordered = ["0.9.0", "1", "1.2", "1.2.1-alpha", "1.2.1-alpha.1", "1.2.1-alpha.2", "1.2.1-alpha.10", "1.2.1-alpha.beta", "1.2.1", "1.10", "2.0"];
        Random random = new(3);
        ordered.OrderBy(_ => random.Next()).Select(SdmxVersion.Parse).Order().Select(v => v.ToString()).Should().Equal(ordered);
    }

    [Fact]
    public void Only_a_semantic_version_above_zero_without_extension_is_stable()
    {
        new[] { "1.0.0", "2.3.4" }.Select(v => SdmxVersion.Parse(v).IsStable).Should().OnlyContain(s => s);
        new[] { "1.0", "0.1.0", "1.0.0-draft" }.Select(v => SdmxVersion.Parse(v).IsStable).Should().OnlyContain(s => !s);
    }

    [Fact]
    public void The_default_value_is_1_0()
    {
        default(SdmxVersion).ToString().Should().Be("1.0");
        default(SdmxVersion).Should().Be(SdmxVersion.Default);
        default(SdmxVersion).Parts.Should().Be(SdmxVersion.Default.Parts, "both are the same version");
    }
}
