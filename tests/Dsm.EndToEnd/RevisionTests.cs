using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Dsm.EndToEnd.Hubs;

namespace Dsm.EndToEnd;

/// <summary>What a second harvest does: nothing when nothing changed, one version when one figure did, and history tells it.</summary>
[Collection(SharedHub.Collection)]
public sealed class RevisionTests(SharedHub hub)
{
    private const string Flow = "/sdmx/v2/data/dataflow/EECA/DF_ASYLAPP/1.0.0/*";
    private const string Csv = "application/vnd.sdmx.data+csv;version=2.0.0";
    private const string Xml = "application/vnd.sdmx.data+xml;version=3.0.0";

    [Fact]
    public async Task A_second_harvest_of_everything_is_unchanged_and_writes_no_version()
    {
        string[] sources = await hub.Database.ListAsync("SELECT id FROM source ORDER BY id");
        (long versions, long publications, string checksum) = (await hub.Database.VersionsAsync(), await PublicationsAsync(), await hub.Database.ChecksumAsync());

        RunRow[] runs = await hub.HarvestAsync(sources);

        runs.Select(r => r.Source).Should().BeEquivalentTo(sources);
        runs.Where(r => r.Status != "Unchanged" || !r.IsBalanced).Should().BeEmpty();
        (await hub.Database.VersionsAsync()).Should().Be(versions);
        (await PublicationsAsync()).Should().Be(publications);
        (await hub.Database.ChecksumAsync()).Should().Be(checksum);
    }

    [Fact]
    public async Task The_same_content_sent_again_in_full_is_read_and_writes_no_version()
    {
        string[] sources = ["rus-df-rus-ubezh", "kgz-df-kgz-chechim", "geo-df-geo-tavsh", "tkm-df-rsd"];
        long versions = await hub.Database.VersionsAsync();

        // As if the hub had forgotten what it got: the sources answer with everything.
        await hub.Database.ExecuteAsync("UPDATE source SET last_e_tag = NULL, last_modified = NULL, last_content_hash = NULL, last_good_run_at = NULL WHERE id = ANY($1)", [sources]);
        RunRow[] runs = await hub.HarvestAsync(sources);

        runs.Where(r => r.Status != "Unchanged" || r.Read == 0 || r.Same != r.Read).Should().BeEmpty();
        (await hub.Database.VersionsAsync()).Should().Be(versions);
    }

    [Theory]
    [InlineData("aze-df-asylapp", "aze", "DF_ASYLAPP", 0)]
    [InlineData("blr-df-blr-hadainictvy", "blr", "DF_BLR_HADAINICTVY", 3)]
    [InlineData("geo-df-geo-tavsh", "geo", "DF_GEO_TAVSH", 5)]
    public async Task One_changed_figure_makes_one_version_of_one_series_which_history_tells(string source, string state, string flow, int index)
    {
        long versions = await hub.Database.VersionsAsync();
        string checksum = await hub.Database.ChecksumAsync();
        Dictionary<string, string> before = await CellsAsync(Flow);
        string instant = Now();
        await Task.Delay(1100);
        try
        {
            using JsonDocument change = JsonDocument.Parse(await hub.ControlAsync($"{state}/{flow}/change-one?index={index}&delta=1000"));
            (long old, long now) = (change.RootElement.GetProperty("old").GetInt64(), change.RootElement.GetProperty("new").GetInt64());
            (now - old).Should().Be(1000);

            RunRow run = await hub.HarvestOneAsync(source);

            (run.Status, run.Changed, run.Added, run.Removed, run.IsBalanced).Should().Be(("Clean", 1, 0, 0, true));
            (await hub.Database.VersionsAsync()).Should().Be(versions + 1);
            (await hub.Database.NumberAsync("SELECT series_versions FROM submission WHERE id = $1", run.Submission!)).Should().Be(1);

            Dictionary<string, string> after = await CellsAsync(Flow);
            string cell = after.Keys.Where(k => before[k] != after[k]).Should().ContainSingle().Subject;
            (decimal.Parse(after[cell], CultureInfo.InvariantCulture) - decimal.Parse(before[cell], CultureInfo.InvariantCulture)).Should().Be(1000);
            (await CellsAsync($"{Flow}?updatedAfter={instant}")).Should().Equal(new Dictionary<string, string> { [cell] = after[cell] });
            (await CellsAsync($"{Flow}?asOf={instant}")).Should().Equal(before);
            (await ValuesAsync($"{Flow}?includeHistory=true&updatedAfter={instant}")).Should().Contain(after[cell]);
            string series = cell[..cell.LastIndexOf('.')];
            string period = cell[(cell.LastIndexOf('.') + 1)..];
            (await ValuesAsync($"{Flow[..^1]}{series}?includeHistory=true&c[TIME_PERIOD]={period}")).Should().Contain([before[cell], after[cell]]);
        }
        finally
        {
            // By a change of its own: a source that tells what changed since would not tell that its past was rewritten.
            await hub.ControlAsync($"{state}/{flow}/change-one?index={index}&delta=-1000");
            await hub.HarvestOneAsync(source);
        }

        (await hub.Database.ChecksumAsync()).Should().Be(checksum);
        (await hub.Database.VersionsAsync()).Should().Be(versions + 2, "going back is a new version, not the removal of one");
    }

    [Fact]
    public async Task Nothing_updated_is_an_answer_of_its_own()
    {
        string instant = Now();

        using HttpResponseMessage second = await hub.Anonymous.GetAsync($"{Flow}?updatedAfter={instant}", Csv);
        using HttpResponseMessage first = await hub.Anonymous.GetAsync($"/sdmx/v1/data/EECA,DF_ASYLAPP,1.0.0/all?updatedAfter={instant}");

        second.StatusCode.Should().Be(HttpStatusCode.NoContent, "REST 2.2");
        first.StatusCode.Should().Be(HttpStatusCode.NotFound, "REST 1.5");
        (await first.Content.ReadAsStringAsync()).Should().Contain("code=\"100\"");
    }

    private static string Now() => DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private Task<long> PublicationsAsync() => hub.Database.NumberAsync("SELECT count(*) FROM publication");

    private async Task<Dictionary<string, string>> CellsAsync(string path)
        => CsvAnswer.Rows(await hub.Anonymous.TextAsync(path, Csv)).ToDictionary(
            r => string.Join('.', new[] { "FREQ", "REF_AREA", "CITIZENSHIP", "SEX", "AGE", "APPL_TYPE", "PROC_AUTH", "CASE_EVENT", "UNIT_MEASURE", "TIME_PERIOD" }.Select(c => r[c])),
            r => r["OBS_VALUE"]);

    private async Task<string[]> ValuesAsync(string path)
        => [.. XDocument.Parse(await hub.Anonymous.TextAsync(path, Xml)).Descendants().Where(e => e.Name.LocalName == "Obs").Select(e => e.Attribute("OBS_VALUE")?.Value ?? "")];
}
