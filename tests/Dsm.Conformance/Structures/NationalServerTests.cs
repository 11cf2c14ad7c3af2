using System.Net;
using System.Net.Http.Headers;
using Dsm.NationalServer;
using Microsoft.AspNetCore.Builder;

namespace Dsm.Conformance.Structures;

/// <summary>The demonstration's national systems over real HTTP.</summary>
public sealed class NationalServerTests : IAsyncLifetime
{
    private const string Flow = "/geo/rest/data/EECA.GEO,DF_GEO_TAVSH,1.0.0/all";

    private readonly WebApplication app = NationalServerApp.Build(
        ["--urls", "http://127.0.0.1:0", "--data", Path.Combine(StructureFiles.RepositoryRoot, "samples", "data")]);

    private readonly HttpClient http = new();

    public async Task InitializeAsync()
    {
        await app.StartAsync();
        http.BaseAddress = new Uri(app.Urls.Single());
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Gives_the_file_with_its_media_type_and_marks()
    {
        using HttpResponseMessage answer = await http.GetAsync(Flow);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().Should().Be("application/vnd.sdmx.data+csv; version=1.0.0");
        answer.Headers.ETag.Should().NotBeNull();
        answer.Content.Headers.LastModified.Should().NotBeNull();
        (await answer.Content.ReadAsStringAsync()).Should().Be(await File.ReadAllTextAsync(Path.Combine(StructureFiles.RepositoryRoot, "samples", "data", "GEO", "DF_GEO_TAVSH.csv")));
    }

    [Fact]
    public async Task Says_not_modified_by_mark_and_by_date()
    {
        using HttpResponseMessage first = await http.GetAsync(Flow);
        using HttpRequestMessage byMark = new(HttpMethod.Get, Flow);
        byMark.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using HttpRequestMessage byDate = new(HttpMethod.Get, Flow);
        byDate.Headers.IfModifiedSince = first.Content.Headers.LastModified;

        (await http.SendAsync(byMark)).StatusCode.Should().Be(HttpStatusCode.NotModified);
        (await http.SendAsync(byDate)).StatusCode.Should().Be(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task Compresses_when_asked()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, Flow);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        using HttpResponseMessage answer = await http.SendAsync(request);

        answer.Content.Headers.ContentEncoding.Should().Equal("gzip");
    }

    [Fact]
    public async Task A_changed_figure_is_a_new_version_and_the_only_update()
    {
        DateTimeOffset before = DateTimeOffset.UtcNow.AddSeconds(-1);
        using HttpResponseMessage old = await http.GetAsync(Flow);
        // The source was published before this test; a later instant asks for changes only.
        string since = Flow + "?updatedAfter=" + Uri.EscapeDataString((old.Content.Headers.LastModified!.Value > before ? old.Content.Headers.LastModified.Value : before).ToString("O"));
        (await http.GetAsync(since)).StatusCode.Should().Be(HttpStatusCode.NotFound);

        using HttpResponseMessage change = await http.PostAsync("/control/geo/DF_GEO_TAVSH/change-one?index=2&delta=5", null);
        change.StatusCode.Should().Be(HttpStatusCode.OK);
        using HttpResponseMessage now = await http.GetAsync(Flow);
        string[] updates = (await http.GetStringAsync(since)).TrimEnd('\n').Split('\n');

        now.Headers.ETag.Should().NotBe(old.Headers.ETag);
        string[] oldLines = (await old.Content.ReadAsStringAsync()).Split('\n');
        string[] newLines = (await now.Content.ReadAsStringAsync()).Split('\n');
        newLines.Where((line, i) => line != oldLines[i]).Should().ContainSingle().Which.Should().Be(updates[1]);
        updates.Should().HaveCount(2, "a header and one line");
    }

    [Theory]
    [InlineData("error500", HttpStatusCode.InternalServerError)]
    [InlineData("html", HttpStatusCode.OK)]
    [InlineData("changed-code", HttpStatusCode.OK)]
    [InlineData("mass-deletion", HttpStatusCode.OK)]
    public async Task Misbehaves_when_told_and_recovers(string mode, HttpStatusCode status)
    {
        string good = await http.GetStringAsync(Flow);
        (await http.PostAsync($"/control/geo/DF_GEO_TAVSH?mode={mode}", null)).StatusCode.Should().Be(HttpStatusCode.OK);
        using HttpResponseMessage bad = await http.GetAsync(Flow);

        bad.StatusCode.Should().Be(status);
        (await bad.Content.ReadAsStringAsync()).Should().NotBe(good);
        await http.PostAsync("/control/geo/all?mode=normal", null);
        (await http.GetStringAsync(Flow)).Should().Be(good);
    }

    [Fact]
    public async Task Cuts_the_connection_when_truncated()
    {
        await http.PostAsync("/control/rus/all?mode=truncated", null);
        Func<Task> read = () => http.GetStringAsync("/rus/rest/data/DF_RUS_UBEZH/all");

        await read.Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task What_is_not_offered_is_not_pretended()
    {
        using HttpRequestMessage json = new(HttpMethod.Get, Flow);
        json.Headers.Accept.ParseAdd("application/vnd.sdmx.data+json");

        (await http.SendAsync(json)).StatusCode.Should().Be(HttpStatusCode.NotAcceptable);
        (await http.GetAsync("/geo/rest/data/DF_GEO_TAVSH/P.AFG...")).StatusCode.Should().Be(HttpStatusCode.NotImplemented);
        (await http.GetAsync("/geo/rest/dataflow/all/all/all")).StatusCode.Should().Be(HttpStatusCode.NotImplemented);
        (await http.GetAsync("/geo/rest/data/DF_NOTHING/all")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Every_registration_can_be_fetched()
    {
        using System.Text.Json.JsonDocument sources = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(StructureFiles.RepositoryRoot, "samples", "sources.json")));
        foreach (System.Text.Json.JsonElement source in sources.RootElement.EnumerateArray())
        {
            using HttpRequestMessage request = new(HttpMethod.Get, source.GetProperty("path").GetString());
            request.Headers.Accept.ParseAdd(source.GetProperty("format").GetString());
            using HttpResponseMessage answer = await http.SendAsync(request);
            answer.StatusCode.Should().Be(HttpStatusCode.OK, source.GetProperty("path").GetString());
        }
    }
}
