using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dsm.EndToEnd.Hubs;

namespace Dsm.EndToEnd;

/// <summary>What a fresh start brings about by itself.</summary>
[Collection(SharedHub.Collection)]
public sealed partial class FirstHarvestTests(SharedHub hub)
{
    [Fact]
    public async Task The_hub_says_that_it_is_alive_and_ready()
    {
        (await hub.Anonymous.TextAsync("/health/live")).Should().Contain("live");
        (await hub.Anonymous.TextAsync("/health/ready")).Should().Contain("\"status\":\"ready\"");
    }

    [Fact]
    public async Task Every_registered_source_is_scheduled_and_was_harvested_clean_and_balanced()
    {
        string[] registered = [.. Sources().Select(s => s.GetProperty("id").GetString()!)];
        RunRow[] first = await hub.Database.RunsAsync("id IN (SELECT min(id) FROM harvest_run GROUP BY source_id)");

        registered.Should().HaveCount(42);
        hub.Scheduled.Should().Be(registered.Length);
        first.Select(r => r.Source).Should().BeEquivalentTo(registered);
        first.Should().OnlyContain(r => r.IsBalanced && r.Read > 0);
        first.Where(r => r.Status is not ("Clean" or "CleanWithRefusals")).Should().BeEmpty();
        first.Where(r => (r.Refused > 0) != (r.Status == "CleanWithRefusals")).Should().BeEmpty();
        first.Should().OnlyContain(r => r.Read == r.Added + r.Refused);
    }

    [Fact]
    public async Task Every_refused_observation_of_the_first_harvest_has_a_finding_that_says_why()
    {
        string[] unexplained = await hub.Database.ListAsync(
            """
            SELECT r.source_id FROM harvest_run r
             WHERE r.id IN (SELECT min(id) FROM harvest_run GROUP BY source_id) AND r.count_refused > coalesce((SELECT sum(f.observations) FROM finding f WHERE f.submission_id = r.submission_id AND f.severity = 'Error'), 0)
            """);

        unexplained.Should().BeEmpty();
    }

    [Fact]
    public async Task The_figures_of_every_national_file_add_up_to_what_the_hub_holds_of_it()
    {
        Dictionary<string, string> files = Samples("data/index.json").ToDictionary(
            e => $"{e.GetProperty("agency").GetString()}:{e.GetProperty("flow").GetString()}:{e.GetProperty("state").GetString()}".ToUpperInvariant(),
            e => e.GetProperty("file").GetString()!);
        foreach (JsonElement source in Sources())
        {
            string state = source.GetProperty("id").GetString()![..3];
            Match flow = FlowUrn().Match(source.GetProperty("nationalStructure").GetString()!);
            decimal published = FiguresOf(files[$"{flow.Groups["agency"]}:{flow.Groups["flow"]}:{state}".ToUpperInvariant()]).Sum();

            string held = await hub.Database.TextAsync("SELECT sum(number) FROM observation WHERE agreement = $1", source.GetProperty("agreement").GetString()!);

            decimal.Parse(held, CultureInfo.InvariantCulture).Should().Be(published, "source {0}", source.GetProperty("id").GetString());
            published.Should().BePositive();
        }
    }

    [Fact]
    public void The_passwords_of_the_demonstration_are_in_one_file_that_only_its_owner_reads()
    {
        string file = Path.Combine(hub.Data.Path, "demo-accounts.json");

        File.GetUnixFileMode(file).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using JsonDocument accounts = JsonDocument.Parse(File.ReadAllText(file));
        accounts.RootElement.GetArrayLength().Should().Be(1 + 1 + 2 + 12 + 1);
        foreach (JsonElement account in accounts.RootElement.EnumerateArray())
        {
            hub.Process.Output.Should().Contain(account.GetProperty("userName").GetString()).And.NotContain(account.GetProperty("password").GetString());
        }
    }

    private static IEnumerable<JsonElement> Sources() => Samples("sources.json");

    private static JsonElement[] Samples(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "samples", file)));
        return [.. document.RootElement.EnumerateArray().Select(e => e.Clone())];
    }

    // Read without the library, so that a fault of its readers cannot hide.
    private static IEnumerable<decimal> FiguresOf(string file)
    {
        string text = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "samples", "data", file));
        return file.EndsWith(".csv", StringComparison.Ordinal)
            ? CsvAnswer.Rows(text).Select(r => r.Figure())
            : XmlFigure().Matches(text).Select(m => decimal.Parse(m.Groups["figure"].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("(?:OBS_VALUE=\"|ObsValue value=\")(?<figure>[0-9.]+)\"")]
    private static partial Regex XmlFigure();

    [GeneratedRegex("Dataflow=(?<agency>[^:]+):(?<flow>[^(]+)\\(")]
    private static partial Regex FlowUrn();
}
