using System.Globalization;
using System.Text.RegularExpressions;

namespace Dsm.Web.Tests.Rest;

/// <summary>
/// What a reader may not see does not show through anything that is made of it: counts, pages, orders, filters, availability, what was
/// and what changed, answers shared with others, tags. Two sides are compared: what is asked of figures nobody may see must be answered
/// as if they were not there.
/// </summary>
[Collection(RestHubCollection.Name)]
public sealed partial class RestSecrecyTests(RestHub hub)
{
    private const string Flow = "v2/data/dataflow/EECA/DF_ASYLAPP";
    private const string Availability = "v2/availability/dataflow/EECA/DF_ASYLAPP";
    private const string Xml31 = "application/vnd.sdmx.structure+xml;version=3.1.0";

    // Tajikistan's free observations are 2018 to 2021 for AFG; Kyrgyzstan has none.
    public static TheoryData<string> Filters => new(
        "c[OBS_VALUE]=gt:700000", "c[CONF_STATUS]=C", "c[CONF_STATUS]=ne:F", "c[CITIZENSHIP]=PAK", "c[CITIZENSHIP]=IRN", "c[REF_AREA]=KGZ",
        "c[OBS_VALUE]=sw:888", "c[REF_AREA]=TJK&c[TIME_PERIOD]=ge:2022", "c[EMBARGO_TIME]=sw:2099");

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task No_filter_finds_what_may_not_be_seen(string filter)
    {
        foreach (string? user in new[] { null, "focal.aze" })
        {
            foreach (string more in new[] { "", "&limit=5", "&sort=OBS_VALUE:desc", "&measures=none&attributes=none", "&includeHistory=true", "&updatedAfter=2020-01-01", "&asOf=2098-01-01", "&firstNObservations=1", "&dimensionAtObservation=AllDimensions" })
            {
                (await hub.AskAsync($"{Flow}?{filter}{more}", user: user)).Status.Should().Be(204, "{0}{1}", filter, more);
            }

            foreach (string more in new[] { "", "&mode=exact", "&updatedAfter=2020-01-01", "&references=all" })
            {
                (await hub.AskAsync($"{Availability}?{filter}{more}", user: user)).Status.Should().Be(204, "{0}{1}", filter, more);
            }
        }

        (await hub.AskAsync($"{Flow}?{filter}", user: "coordinator")).Status.Should().Be(200, "who may see it finds it");
    }

    [Fact]
    public async Task Counts_and_choices_are_those_of_what_may_be_seen()
    {
        RestReply open = await hub.AskAsync($"{Availability}/*/A.TJK", Xml31);
        open.Text.Should().Contain("seriesCount=\"1\"").And.Contain("obsCount=\"4\"").And.NotContain("PAK").And.NotContain("2022");
        RestReply own = await hub.AskAsync($"{Availability}/*/A.TJK", Xml31, "focal.tjk");
        own.Text.Should().Contain("seriesCount=\"2\"").And.Contain("obsCount=\"10\"").And.Contain("PAK");
        foreach (string? user in new[] { null, "focal.aze" })
        {
            RestReply choices = await hub.AskAsync($"{Availability}/*/A.TJK?mode=available&references=codelist,dataproviderscheme", Xml31, user);
            choices.Text.Should().NotContain("PAK").And.NotContain("IRN").And.NotContain("KGZ");
        }
    }

    [Fact]
    public async Task Pages_hold_no_places_for_what_may_not_be_seen()
    {
        string[] whole = Values(await hub.AskAsync($"{Flow}?sort=OBS_VALUE:desc", "text/csv"));
        whole.Should().HaveCount(18).And.NotContain(v => v.Length > 4);
        List<string> pages = [];
        for (int offset = 0; offset < 18; offset += 5)
        {
            pages.AddRange(Values(await hub.AskAsync($"{Flow}?sort=OBS_VALUE:desc&offset={offset}&limit=5", "text/csv")));
        }

        pages.Should().Equal(whole);
        (await hub.AskAsync($"{Flow}?offset=18")).Status.Should().Be(204);
        Values(await hub.AskAsync($"{Flow}?offset=18", "text/csv", "coordinator")).Should().HaveCount(7);
    }

    [Fact]
    public async Task Equal_questions_of_readers_with_other_rights_at_one_time_have_each_their_own_answer()
    {
        string?[] users = [null, "focal.aze", "focal.tjk", "coordinator"];
        int[] expected = [18, 18, 24, 25];

        // The sessions are made one after the other; the questions are asked together, again and again.
        foreach (string? user in users)
        {
            await hub.AskAsync($"{Flow}?limit=1", user: user);
        }

        for (int round = 0; round < 10; round++)
        {
            string address = string.Create(CultureInfo.InvariantCulture, $"{Flow}?limit={1000 + round}");
            RestReply[] replies = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => hub.AskAsync(address, "text/csv", users[i % 4])));
            for (int i = 0; i < replies.Length; i++)
            {
                Values(replies[i]).Should().HaveCount(expected[i % 4], "{0} asks", users[i % 4] ?? "nobody");
            }
        }
    }

    [Fact]
    public async Task Counts_asked_for_together_by_readers_with_other_rights_are_each_their_own()
    {
        string?[] users = [null, "focal.tjk", "coordinator"];
        string[] expected = ["obsCount=\"18\"", "obsCount=\"24\"", "obsCount=\"25\""];
        for (int round = 0; round < 6; round++)
        {
            string address = string.Create(CultureInfo.InvariantCulture, $"{Availability}?c[OBS_VALUE]=gt:{round}");
            RestReply[] replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => hub.AskAsync(address, Xml31, users[i % 3])));
            for (int i = 0; i < replies.Length; i++)
            {
                replies[i].Text.Should().Contain(expected[i % 3], "{0} asks", users[i % 3] ?? "nobody");
            }
        }
    }

    [Fact]
    public async Task A_known_tag_does_not_answer_somebody_else()
    {
        RestReply own = await hub.AskAsync(Flow, user: "focal.tjk");
        RestReply open = await hub.AskAsync(Flow);
        (await hub.AskAsync(Flow, headers: ("If-None-Match", open.ETag!))).Status.Should().Be(304);
        (await hub.AskAsync(Flow, user: "focal.tjk", headers: ("If-None-Match", open.ETag!))).Status.Should().Be(200);
        (await hub.AskAsync(Flow, headers: ("If-None-Match", own.ETag!))).Status.Should().Be(200);
        (await hub.AskAsync(Flow, "text/csv", headers: ("If-None-Match", open.ETag!))).Status.Should().Be(200);
        (await hub.AskAsync(Flow, headers: [("If-None-Match", open.ETag!), ("Accept-Language", "ru")])).Status.Should().Be(200);
    }

    [Fact]
    public async Task Cutting_by_first_and_last_tells_nothing_of_the_others()
    {
        Values(await hub.AskAsync($"{Flow}/*/A.TJK?lastNObservations=2", "text/csv")).Should().Equal("2103", "2104");
        Values(await hub.AskAsync($"{Flow}/*/A.TJK?lastNObservations=2", "text/csv", "focal.tjk")).Should().Equal("2104", "777002", "888003", "888004");
    }

    private static string[] Values(RestReply reply)
    {
        string[] lines = reply.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        int column = Array.IndexOf(lines[0].Split(','), "OBS_VALUE");
        return [.. lines.Skip(1).Select(l => PlainPattern().Replace(l, "x").Split(',')[column])];
    }

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex PlainPattern();
}
