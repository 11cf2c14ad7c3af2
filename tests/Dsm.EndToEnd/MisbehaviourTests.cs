using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using Dsm.EndToEnd.Hubs;

namespace Dsm.EndToEnd;

/// <summary>National systems that misbehave: the run is red and says plainly why, the warehouse stays, the next good run repairs.</summary>
[Collection(SharedHub.Collection)]
public sealed partial class MisbehaviourTests(SharedHub hub)
{
    private const string Source = "arm-df-arm-dimum";

    [Theory]
    [InlineData("slow&seconds=60", "X0103", "provider")]
    [InlineData("error500", "X0101", "provider")]
    [InlineData("truncated", "X0104", "provider")]
    [InlineData("html", "M0006", "provider")]
    [InlineData("changed-code", "D0306", "provider")]
    [InlineData("mass-deletion", "X0202", "coordinator")]
    public async Task Ends_in_a_red_run_with_a_reason_and_the_next_good_run_repairs_it(string mode, string code, string actor)
    {
        (long versions, string checksum) = (await hub.Database.VersionsAsync(), await hub.Database.ChecksumAsync());
        await hub.Database.ExecuteAsync("UPDATE source SET timeout_seconds = 2 WHERE id = $1", Source);
        try
        {
            // One figure has changed as well: what the bad answers hide must come with the next good one.
            await hub.ControlAsync("arm/DF_ARM_DIMUM/change-one?index=2&delta=7");
            await hub.ControlAsync($"arm/DF_ARM_DIMUM?mode={mode}");
            RunRow red = await hub.HarvestOneAsync(Source);

            red.Status.Should().Be("Failed");
            red.FailureCode.Should().Be(code);
            red.ActionBy.Should().Be(actor);
            (red.IsBalanced, red.Added, red.Changed, red.Removed).Should().Be((true, 0, 0, 0));
            (await hub.Database.VersionsAsync()).Should().Be(versions);
            (await hub.Database.ChecksumAsync()).Should().Be(checksum);
            await ReasonIsShownAsync(red);

            await hub.ControlAsync("arm/DF_ARM_DIMUM?mode=normal");
            RunRow good = await hub.HarvestOneAsync(Source);

            (good.Status, good.Changed, good.Added, good.Removed).Should().Be(("Clean", 1, 0, 0));
            (await hub.Database.VersionsAsync()).Should().Be(versions + 1);
        }
        finally
        {
            await hub.ControlAsync("reset");
            await hub.Database.ExecuteAsync("UPDATE source SET timeout_seconds = 60 WHERE id = $1", Source);
            await hub.HarvestOneAsync(Source);
        }

        (await hub.Database.ChecksumAsync()).Should().Be(checksum);
    }

    private async Task ReasonIsShownAsync(RunRow run)
    {
        string english = await ShownAsync("en", run.Source);
        string russian = await ShownAsync("ru", run.Source);

        english.Should().MatchRegex("(?i)failed");
        Cyrillic().IsMatch(russian).Should().BeTrue();
        english.Should().NotContain(run.FailureCode!, "people read a sentence, not a code");
        english.Should().NotBe(russian);

        IHtmlDocument open = await hub.Anonymous.PageAsync($"/en/harvests/{run.Source}");
        open.Body!.TextContent.Should().NotContain("127.0.0.1", "strangers see that it failed, not the address");
    }

    private async Task<string> ShownAsync(string language, string source)
        => (await hub.Administrator.PageAsync($"/{language}/harvests/{source}")).QuerySelector("tbody tr td:has(.state)")!.TextContent;

    [GeneratedRegex("[а-яА-Я]{4}")]
    private static partial Regex Cyrillic();
}
