using System.Globalization;
using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Dsm.Exchange.Access;
using Dsm.Exchange.Demo;
using Dsm.Exchange.Harvesting;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Storage;
using Dsm.Web.Hosting;
using Hangfire;
using Hangfire.States;
using Hangfire.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Dsm.Web.Tests.Hosting;

public sealed class HubHostTests
{
    [Fact]
    public async Task Says_that_it_lives_and_what_it_is_ready_for()
    {
        await using TestHub hub = await TestHub.StartAsync(await TestDatabase.CreateDatabaseAsync(), null, "--empty");
        (await hub.Http.GetAsync("/health/live")).StatusCode.Should().Be(HttpStatusCode.OK);
        HttpResponseMessage ready = await hub.Http.GetAsync("/health/ready");
        using JsonDocument parts = JsonDocument.Parse(await ready.Content.ReadAsStringAsync());
        parts.RootElement.GetProperty("status").GetString().Should().Be("ready");
        new[] { "database", "migrated", "structures", "jobs" }.Should().OnlyContain(p => parts.RootElement.GetProperty(p).GetBoolean());
        hub.Services.GetRequiredService<StructureRegistry>().Current.Structures.All.Should().NotBeEmpty();

        HubReadiness readiness = hub.Services.GetRequiredService<HubReadiness>();
        readiness.StructuresLoaded = false;
        (await hub.Http.GetAsync("/health/ready")).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        HttpResponseMessage page = await hub.Http.GetAsync("/en/about");
        page.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        page.Headers.RetryAfter.Should().NotBeNull();
        (await hub.Http.GetAsync("/health/live")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Goes_on_with_the_structures_it_has_when_its_folder_cannot_be_used()
    {
        string database = await TestDatabase.CreateDatabaseAsync();
        string folder = Directory.CreateTempSubdirectory("dsm-broken-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "broken.xml"), "<Structure>");
        int artefacts;
        await using (TestHub hub = await TestHub.StartAsync(database, null, "--empty"))
        {
            artefacts = hub.Services.GetRequiredService<StructureRegistry>().Current.Structures.All.Length;
        }

        await using TestHub again = await TestHub.StartAsync(database, null, "--empty", $"--Hub:StructuresPath={folder}");

        again.Services.GetRequiredService<StructureRegistry>().Current.Structures.All.Should().HaveCount(artefacts);
        (await again.Http.GetAsync("/health/ready")).StatusCode.Should().Be(HttpStatusCode.OK);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Forbids_browsers_what_pages_do_not_need()
    {
        await using TestHub hub = await TestHub.StartAsync(await TestDatabase.CreateDatabaseAsync(), null, "--empty");
        HttpResponseMessage page = await hub.Http.GetAsync("/en/about");
        page.StatusCode.Should().Be(HttpStatusCode.OK);
        page.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("default-src 'self'").And.Contain("frame-ancestors 'none'");
        (await hub.Http.GetAsync("/site.css")).StatusCode.Should().Be(HttpStatusCode.OK);
        page.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
    }

    [Fact]
    public async Task Does_its_jobs_beside_another_hub_of_the_process_that_comes_and_goes()
    {
        await using TestHub hub = await TestHub.StartAsync(await TestDatabase.CreateDatabaseAsync(), null, "--empty");

        // The one that ends is configured last: were anything of it kept for the process, the other would meet it.
        await using (TestHub other = await TestHub.StartAsync(await TestDatabase.CreateDatabaseAsync(), null, "--empty"))
        {
            await DoJobAsync(hub);
            await DoJobAsync(other);
        }

        await DoJobAsync(hub);

        static async Task DoJobAsync(TestHub hub)
        {
            IMonitoringApi jobs = hub.Services.GetRequiredService<JobStorage>().GetMonitoringApi();
            string job = hub.Services.GetRequiredService<IBackgroundJobClient>().Enqueue<AbandonedRuns>(j => j.SweepAsync(CancellationToken.None));
            await hub.EventuallyAsync(() => Task.FromResult(jobs.JobDetails(job).History[0].StateName == SucceededState.StateName));
        }
    }

    [Fact]
    public async Task Takes_up_the_job_of_a_node_that_died_soon_after_its_death()
    {
        string connectionString = await TestDatabase.CreateDatabaseAsync();
        await using TestHub hub = await TestHub.StartAsync(connectionString, null, "--empty");
        JobStorage storage = hub.Services.GetRequiredService<JobStorage>();
        string job = hub.Services.GetRequiredService<IBackgroundJobClient>().Schedule<AbandonedRuns>(j => j.SweepAsync(CancellationToken.None), TimeSpan.FromHours(1));

        // What a node leaves behind that took the job and gave the last sign of life 40 seconds ago.
        await using NpgsqlConnection connection = new(connectionString);
        await connection.OpenAsync();
        await using NpgsqlCommand leave = new(
            """
            WITH left_state AS (INSERT INTO hangfire.state (jobid, name, createdat, data) VALUES ($1, 'Processing', now(), '{"ServerId": "dead"}') RETURNING id, jobid),
                 left_job AS (UPDATE hangfire.job SET stateid = left_state.id, statename = 'Processing' FROM left_state WHERE job.id = left_state.jobid)
            INSERT INTO hangfire.jobqueue (jobid, queue, fetchedat) VALUES ($1, 'default', now() - interval '40 seconds')
            """, connection);
        leave.Parameters.Add(new NpgsqlParameter { Value = long.Parse(job, CultureInfo.InvariantCulture) });
        await leave.ExecuteNonQueryAsync();

        await hub.EventuallyAsync(() => Task.FromResult(storage.GetMonitoringApi().JobDetails(job).History[0].StateName == SucceededState.StateName));
    }

    [Fact]
    public async Task Lets_a_second_node_join_the_database_and_accept_the_cookies_of_the_first()
    {
        string connectionString = await TestDatabase.CreateDatabaseAsync();
        Task<TestHub>[] starts = [TestHub.StartAsync(connectionString, null, "--empty"), TestHub.StartAsync(connectionString, null, "--empty")];
        await Task.WhenAll(starts);
        await using TestHub one = await starts[0];
        await using TestHub two = await starts[1];

        IssuedAccount[] admins = [.. new[] { one, two }.SelectMany(h => new AccountFile(Path.Combine(h.Data, FirstAdministrator.FileName)).Read())];
        IssuedAccount admin = admins.Should().ContainSingle("only one node makes the first account").Which;
        (await SignInAsync(one.Http, "wrong password", admin)).Should().Be(HttpStatusCode.OK, "the form is shown again");
        (await SignInAsync(one.Http, admin.Password, admin)).Should().Be(HttpStatusCode.Found);

        using HttpClient sameBrowser = two.NewClient(one.Cookies);
        (await sameBrowser.GetStringAsync("/en/about")).Should().Contain(admin.UserName);
        (await two.Http.GetStringAsync("/en/about")).Should().NotContain(admin.UserName);
    }

    [Fact]
    public async Task Refuses_to_start_without_structures()
    {
        Func<Task> start = () => HubHost.BuildAsync(["--ConnectionStrings:Hub=Host=nowhere", "--Hub:StructuresPath=/nowhere"], CancellationToken.None);
        (await start.Should().ThrowAsync<HubArgumentException>()).Which.Message.Should().Contain("/nowhere");
        (await HubHost.RunAsync(["--prot", "1"])).Should().Be(2);
    }

    [Fact]
    public async Task Plays_the_demonstration_on_one_of_two_nodes_and_again_after_a_restart()
    {
        string connectionString = await TestDatabase.CreateDatabaseAsync();
        string data = Directory.CreateTempSubdirectory("dsm-demo-").FullName;
        IReadOnlyList<IssuedAccount> accounts;
        await using (TestHub hub = await TestHub.StartAsync(connectionString, data))
        {
            HarvestSchedule schedule = hub.Services.GetRequiredService<HarvestSchedule>();
            await hub.EventuallyAsync(async () => (await schedule.ListAsync(1, CancellationToken.None)).Any(s => s.LastRun?.Status == RunStatus.Clean));
            IReadOnlyList<SourceState> sources = await schedule.ListAsync(1, CancellationToken.None);
            sources.Should().HaveCountGreaterThan(40).And.OnlyContain(s => s.NextRunAt != null);
            accounts = new AccountFile(Path.Combine(data, DemoAccounts.FileName)).Read();
            accounts.Select(a => a.Role).Distinct().Should().BeEquivalentTo(HubRoles.All);
            accounts.Count(a => a.Role == HubRoles.FocalPoint).Should().Be(hub.Services.GetRequiredService<Exchange.RegionOptions>().States.Count);

            await using TestHub second = await TestHub.StartAsync(connectionString);
            File.Exists(Path.Combine(second.Data, DemoAccounts.FileName)).Should().BeFalse("the first node plays it");
        }

        await using TestHub again = await TestHub.StartAsync(connectionString, data);
        await using HubDbContext db = again.Services.GetRequiredService<HubDatabase>().CreateContext();
        await again.EventuallyAsync(async () => !await db.Runs.AnyAsync(r => r.Status == RunStatus.Running)
            && await db.Sources.AllAsync(s => s.LastGoodRunAt != null));
        (await db.Runs.Where(r => r.Status == RunStatus.Failed && r.FailureCode != "X0107").Select(r => r.SourceId + " " + r.FailureCode).ToListAsync()).Should().BeEmpty();
        new AccountFile(Path.Combine(data, DemoAccounts.FileName)).Read().Should().Equal(accounts);
    }

    private static async Task<HttpStatusCode> SignInAsync(HttpClient http, string password, IssuedAccount account)
    {
        string form = await http.GetStringAsync("/en/sign-in");
        string token = new HtmlParser().ParseDocument(form).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using FormUrlEncodedContent fields = new(new Dictionary<string, string>
        {
            ["UserName"] = account.UserName, ["Password"] = password, ["__RequestVerificationToken"] = token,
        });
        return (await http.PostAsync("/en/sign-in", fields)).StatusCode;
    }
}
