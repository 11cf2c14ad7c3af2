using System.Diagnostics;
using System.Net;
using AngleSharp.Html.Dom;
using Dsm.EndToEnd.Hubs;
using Npgsql;

namespace Dsm.EndToEnd;

/// <summary>A hub that is killed, and hubs that share a database.</summary>
public sealed class CrashTests
{
    // WarehouseLoad waits for this lock after everything is written and before it is published.
    private const string PublishLock = "SELECT pg_advisory_lock(x'50554253'::int, 0)";

    [Fact]
    public async Task A_hub_killed_in_the_middle_of_a_merge_has_written_nothing_and_takes_the_run_up_again()
    {
        DataFolder data = new();
        string file = Path.Combine(data.Path, "entries.csv");
        LargeMessage.Write(file);
        await using FileServer office = new(file);

        HubProcess first = await HubProcess.StartAsync(data, null);
        await using HubDatabaseView database = new(data.ConnectionString);
        await FirstHarvestAsync(database);
        await database.ExecuteAsync(
            """
            INSERT INTO source (id, agreement_urn, name, kind, url, timeout_seconds, run_limit_seconds, is_snapshot, knows_updated_after, max_withdrawn_share, is_synthetic, is_enabled)
            VALUES ('large', $1, '{}', 'File', $2, 60, 600, true, false, 0.2, false, true)
            """, LargeMessage.Agreement, office.Address);
        string checksum = await database.ChecksumAsync();
        long versions = await database.VersionsAsync();
        (int postmaster, string national) = (data.Postmaster!.Value, data.Text("national-systems.port"));

        await using (NpgsqlConnection gate = new(data.ConnectionString + ";Pooling=false"))
        {
            await gate.OpenAsync();
            await using NpgsqlCommand close = new(PublishLock, gate);
            await close.ExecuteNonQueryAsync();
            using HubSession administrator = await HubSession.SignInAsync(first.Address, data, "admin");
            await HarvestNowAsync(administrator, "large");
            await Eventually.IsTrueAsync("the merge to wait for its publication", 120, async () =>
                await database.NumberAsync("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND wait_event = 'advisory' AND query LIKE '%pg_advisory_xact_lock(1347764819%'") == 1);

            await first.KillAsync();
        }

        Process.GetProcessById(postmaster).HasExited.Should().BeFalse("the database is a process of its own");
        await Eventually.IsTrueAsync("the national systems to end with their hub", 20, () => Task.FromResult(!Answers(national)));
        (await database.ChecksumAsync()).Should().Be(checksum);
        (await database.VersionsAsync()).Should().Be(versions);
        (await database.RunsAsync("source_id = 'large'")).Should().ContainSingle().Which.Status.Should().Be("Running", "nobody could close it");

        await using HubProcess second = await HubProcess.StartAsync(data, null);

        second.Output.Should().Contain($"joined the private PostgreSQL server that was running (process {postmaster}");
        RunRow[] runs = await Eventually.GetAsync("the run to be taken up again", 120, async () =>
            await database.RunsAsync("source_id = 'large' AND finished_at IS NOT NULL") is { Length: >= 2 } found ? found : null);
        (runs[0].Status, runs[0].FailureCode, runs[0].IsBalanced).Should().Be(("Failed", "X0107", true));
        (runs[1].Status, runs[1].Added, runs[1].IsBalanced).Should().Be(("Clean", LargeMessage.Observations, true));
        (await database.NumberAsync("SELECT count(*) FROM observation WHERE agreement = $1", LargeMessage.Agreement)).Should().Be(LargeMessage.Observations);
        (await database.NumberAsync("SELECT count(*) FROM (SELECT key, period FROM observation WHERE agreement = $1 GROUP BY 1, 2 HAVING count(*) > 1) d", LargeMessage.Agreement)).Should().Be(0);

        (await second.StopAsync()).Should().Be(0);
        data.Postmaster.Should().BeNull("the last hub of a private database stops it");
    }

    [Fact]
    public async Task A_second_node_joins_shares_sign_in_and_sources_and_goes_on_when_the_first_is_killed()
    {
        (DataFolder one, DataFolder two) = (new(), new());
        HubProcess first = await HubProcess.StartAsync(one, null);
        await using HubDatabaseView database = new(one.ConnectionString);
        await using HubProcess second = await HubProcess.StartAsync(two, one.ConnectionString);
        await FirstHarvestAsync(database);
        using HubSession onFirst = await HubSession.SignInAsync(first.Address, one, "admin");
        using HubSession onSecond = new(second.Address, onFirst.Cookies);

        (await onFirst.TextAsync("/health/ready")).Should().Contain("\"ready\"");
        (await onSecond.TextAsync("/health/ready")).Should().Contain("\"ready\"");
        (await onSecond.TextAsync("/en/harvests", "text/html")).Should().Contain(">admin<", "the cookie of one node is good on the other");
        (await database.NumberAsync("SELECT count(DISTINCT source_id) FROM harvest_run")).Should().Be(42);
        (await TwiceAtOnceAsync(database)).Should().BeEmpty();

        // Both are told to harvest the same sources at the same time, several times.
        using (HttpClient national = new() { BaseAddress = new Uri($"http://127.0.0.1:{one.Text("national-systems.port")}") })
        {
            using HttpResponseMessage slow = await national.PostAsync("/control/aze/all?mode=slow&seconds=2", null);
            slow.EnsureSuccessStatusCode();
            string[] sources = ["aze-df-asylapp", "aze-df-rsd", "aze-df-wpermit"];
            foreach (string source in sources)
            {
                await Task.WhenAll(HarvestNowAsync(onFirst, source), HarvestNowAsync(onSecond, source));
            }

            await Eventually.IsTrueAsync("the harvests", 60, async () =>
                await database.NumberAsync("SELECT count(DISTINCT source_id) FROM harvest_run WHERE trigger = 'manual' AND finished_at IS NOT NULL") == sources.Length);
            using HttpResponseMessage normal = await national.PostAsync("/control/reset", null);
        }

        (await TwiceAtOnceAsync(database)).Should().BeEmpty();
        string checksum = await database.ChecksumAsync();
        await first.KillAsync();

        await Eventually.IsTrueAsync("the second node to play the national systems", 90, () => Task.FromResult(second.Output.Contains("taken over", StringComparison.Ordinal)));
        long last = await database.NumberAsync("SELECT max(id) FROM harvest_run");
        await HarvestNowAsync(onSecond, "tjk-asylum-decisions");
        RunRow run = await Eventually.GetAsync("a harvest by the second node", 60, async () =>
            (await database.RunsAsync("id > $1 AND source_id = 'tjk-asylum-decisions' AND finished_at IS NOT NULL", last)).FirstOrDefault());
        run.Status.Should().Be("Unchanged");
        (await onSecond.TextAsync("/health/ready")).Should().Contain("\"ready\"");
        (await database.ChecksumAsync()).Should().Be(checksum);
    }

    private static Task FirstHarvestAsync(HubDatabaseView database) => Eventually.IsTrueAsync("the first harvest of all sources", 180, async () =>
        await database.NumberAsync("SELECT count(*) FROM source") == 42
        && await database.NumberAsync("SELECT count(*) FROM source s WHERE NOT EXISTS (SELECT FROM harvest_run r WHERE r.source_id = s.id AND r.finished_at IS NOT NULL)") == 0);

    private static async Task HarvestNowAsync(HubSession session, string source)
    {
        IHtmlDocument page = await session.PageAsync($"/en/harvests/{source}");
        if (page.Forms.FirstOrDefault(f => f.GetAttribute("action")?.Contains("handler=Run", StringComparison.Ordinal) == true) is { } form)
        {
            using HttpResponseMessage answer = await session.SubmitAsync(form);
            answer.StatusCode.Should().Be(HttpStatusCode.OK);
        }
    }

    private static Task<string[]> TwiceAtOnceAsync(HubDatabaseView database) => database.ListAsync(
        """
        SELECT a.source_id FROM harvest_run a JOIN harvest_run b ON a.source_id = b.source_id AND a.id < b.id
         WHERE b.started_at < coalesce(a.finished_at, now())
        """);

    private static bool Answers(string port)
    {
        try
        {
            using System.Net.Sockets.TcpClient client = new("127.0.0.1", int.Parse(port, System.Globalization.CultureInfo.InvariantCulture));
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
