using System.Globalization;
using System.Text.RegularExpressions;
using Dsm.Exchange.Harvesting;
using Dsm.Exchange.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Tests.Harvesting;

/// <summary>Sources that are asked for what changed (<c>updatedAfter</c>), over real HTTP.</summary>
public sealed partial class HarvestChangesTests : IAsyncLifetime
{
    private const string Xml100 = """<mes:Error xmlns:mes="m"><mes:ErrorMessage code="100"><com:Text xmlns:com="c">No results</com:Text></mes:ErrorMessage></mes:Error>""";
    private const string Xml404 = """<mes:Error xmlns:mes="m"><mes:ErrorMessage code="1000"/></mes:Error>""";
    private const string Json100 = """{"errors": [{"code": 100, "title": "No results"}]}""";

    private HarvestBench bench = null!;

    public async Task InitializeAsync() => bench = await HarvestBench.StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Theory]
    [InlineData(404, Xml100)]
    [InlineData(404, Json100)]
    [InlineData(204, "")]
    [InlineData(304, "")]
    public async Task Takes_no_results_for_unchanged(int status, string body)
    {
        await KnownAsync();
        bench.System.Answer = Error(status, body);
        HarvestRun run = await bench.RunAsync();
        run.Status.Should().Be(RunStatus.Unchanged);
        (run.HttpStatus, run.Attempts, run.SubmissionId).Should().Be((status, 1, null));
        LastBound().Should().NotBeNull();
    }

    [Theory]
    [InlineData(404, "")]
    [InlineData(404, "<html><body>Not found</body></html>")]
    [InlineData(404, Xml404)]
    [InlineData(400, "")]
    [InlineData(501, "")]
    public async Task Asks_for_everything_when_the_source_does_not_tell_changes(int status, string body)
    {
        await KnownAsync();
        bench.System.Answer = context => context.Request.Query.ContainsKey("updatedAfter") ? Error(status, body)(context) : TestSource.Text("all")(context);
        (await bench.RunAsync()).Status.Should().Be(RunStatus.Clean);
        bench.Processed.Last().Should().Be("all");
        bench.Handed.Last().Submission.IsSnapshot.Should().BeTrue();
        LastBound().Should().BeNull();
    }

    [Fact]
    public async Task Ends_red_when_the_address_is_gone()
    {
        await KnownAsync();
        bench.System.Answer = TestSource.Status(404);
        HarvestRun run = await bench.RunAsync();
        (run.Status, run.FailureCode).Should().Be((RunStatus.Failed, "X0101"));
    }

    [Fact]
    public async Task Never_takes_changes_for_all_there_is()
    {
        await KnownAsync();
        bench.System.Answer = TestSource.Text("changes", "\"d1\"");
        (await bench.RunAsync()).Status.Should().Be(RunStatus.Clean);
        bench.Handed.Last().Submission.IsSnapshot.Should().BeFalse();
        (await bench.SourceAsync()).LastETag.Should().BeNull("the mark of changes says nothing of the whole");
    }

    [Fact]
    public async Task Asks_from_the_start_of_the_last_good_run_by_the_clock_of_the_source()
    {
        DateTimeOffset theirs = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        await KnownAsync(theirs, wait: TimeSpan.FromSeconds(2));
        bench.System.Answer = At(theirs.AddHours(1), Error(404, Xml100));
        await bench.RunAsync();
        LastBound().Should().BeCloseTo(theirs - TimeSpan.FromSeconds(2) - bench.Options.ClockTolerance, TimeSpan.FromSeconds(2))
            .And.BeOnOrBefore(theirs - TimeSpan.FromSeconds(2) - bench.Options.ClockTolerance, "it may have looked before it answered");

        bench.System.Answer = At(theirs.AddHours(2), TestSource.Status(500));
        (await bench.RunAsync()).Status.Should().Be(RunStatus.Failed);
        await bench.RunAsync();
        LastBound().Should().BeCloseTo(theirs.AddHours(1) - bench.Options.ClockTolerance, TimeSpan.FromSeconds(2), "the unchanged run was good, the failed one was not");
    }

    [Fact]
    public async Task Asks_for_everything_without_conditions_when_the_last_whole_answer_is_old()
    {
        await KnownAsync();
        bench.System.Answer = Error(404, Xml100);
        await bench.RunAsync();
        LastBound().Should().NotBeNull();

        await using (HubDbContext db = bench.Database.CreateContext())
        {
            await db.Sources.ExecuteUpdateAsync(s => s.SetProperty(x => x.LastWholeRunAt, x => x.LastWholeRunAt - bench.Options.WholeEvery));
        }

        bench.System.Answer = TestSource.Text("less than before", "\"v1\"");
        await bench.RunAsync();
        LastBound().Should().BeNull();
        bench.System.Requests.Last().Should().NotContainKey("If-None-Match");
        bench.Handed.Last().Submission.IsSnapshot.Should().BeTrue();

        bench.System.Answer = Error(404, Xml100);
        await bench.RunAsync();
        LastBound().Should().NotBeNull("the whole answer is new again");
    }

    // A source that was harvested once as a whole.
    private async Task KnownAsync(DateTimeOffset? date = null, TimeSpan wait = default)
    {
        RequestDelegate answer = TestSource.Text("data", "\"v1\"");
        bench.System.Answer = async context =>
        {
            await Task.Delay(wait);
            await (date is { } theirs ? At(theirs, answer) : answer)(context);
        };
        await bench.RegisterAsync(s => (s.Kind, s.KnowsUpdatedAfter) = (SourceKind.Rest, true));
        (await bench.RunAsync()).Status.Should().Be(RunStatus.Clean);
        LastBound().Should().BeNull();
    }

    private DateTimeOffset? LastBound()
    {
        Match match = Bound().Match(bench.System.Requests.Last()[""]);
        return match.Success ? DateTimeOffset.Parse(Uri.UnescapeDataString(match.Groups[1].Value), CultureInfo.InvariantCulture) : null;
    }

    private static RequestDelegate Error(int status, string body) => context =>
    {
        context.Response.StatusCode = status;
        return body.Length > 0 ? context.Response.WriteAsync(body) : Task.CompletedTask;
    };

    private static RequestDelegate At(DateTimeOffset date, RequestDelegate answer) => context =>
    {
        context.Response.Headers.Date = date.ToString("R", CultureInfo.InvariantCulture);
        return answer(context);
    };

    [GeneratedRegex(@"^/data\?updatedAfter=(\d{4}-\d\d-\d\dT\d\d%3A\d\d%3A\d\dZ)$")]
    private static partial Regex Bound();
}
