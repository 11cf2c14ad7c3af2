using System.Net;
using Dsm.Exchange.Harvesting;
using Microsoft.AspNetCore.DataProtection;

namespace Dsm.Exchange.Tests.Harvesting;

public sealed class SourceClientTests : IAsyncLifetime
{
    private TestSource system = null!;

    public async Task InitializeAsync() => system = await TestSource.StartAsync();

    public async Task DisposeAsync() => await system.DisposeAsync();

    [Fact]
    public async Task Follows_redirects_up_to_a_limit()
    {
        system.Answer = TestSource.InTurn(Redirect("/moved"), Redirect("/again"), TestSource.Text("data"));
        (await AskAsync(system.Url)).Should().Be("data");
        system.Requests.Select(r => r[""]).Should().Equal("/data", "/moved", "/again");

        system.Answer = Redirect("/data");
        (await RefusedAsync(system.Url)).Issue.Code.Should().Be(ExchangeIssues.SourceHttpError);
    }

    [Fact]
    public async Task Sends_credentials_to_the_registered_host_only()
    {
        await using TestSource other = await TestSource.StartAsync();
        system.Answer = Redirect(other.Url);
        await AskAsync(system.Url, "secret-token");
        system.Requests.Single()["Authorization"].Should().Be("Bearer secret-token");
        other.Requests.Single().Should().NotContainKey("Authorization");
    }

    [Theory]
    [InlineData("ftp://example.org/data")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://user:password@example.org/data")]
    [InlineData("/relative")]
    public async Task Refuses_addresses_that_are_not_plain_http(string url)
        => (await RefusedAsync(url)).Issue.Code.Should().Be(ExchangeIssues.SourceNotAllowed);

    [Theory]
    [InlineData("http://localhost:{0}/data")]
    [InlineData("http://[::1]:{0}/data")]
    [InlineData("http://127.0.0.2:{0}/data")]
    [InlineData("http://0.0.0.0:{0}/data")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/data")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://10.0.0.1/data")]
    public async Task Refuses_machines_inside_the_network_that_are_not_allowed_by_name(string url)
    {
        SourceException refused = await RefusedAsync(url.Replace("{0}", new Uri(system.Url).Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        refused.Issue.Code.Should().Be(ExchangeIssues.SourceNotAllowed);
        refused.IsTransient.Should().BeFalse();
        system.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Refuses_a_redirect_into_the_network()
    {
        system.Answer = Redirect("http://169.254.169.254/latest/meta-data");
        (await RefusedAsync(system.Url)).Issue.Code.Should().Be(ExchangeIssues.SourceNotAllowed);
    }

    [Fact]
    public async Task Refuses_every_other_host_when_only_allowed_ones_may_be_asked()
        => (await RefusedAsync("http://example.org/data", o => o with { OnlyAllowedHosts = true })).Issue.Code.Should().Be(ExchangeIssues.SourceNotAllowed);

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("2001:4860:4860::8888", true)]
    [InlineData("172.16.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::1", false)]
    [InlineData("2001:0:a00:1::1", false)]
    [InlineData("::10.0.0.1", false)]
    public void Knows_the_public_internet(string address, bool isPublic) => SourceGate.IsPublic(IPAddress.Parse(address)).Should().Be(isPublic);

    [Fact]
    public void Makes_basic_and_bearer_credentials_of_protected_secrets()
    {
        SourceSecrets secrets = new(new EphemeralDataProtectionProvider());
        Source source = new() { Id = "a", AgreementUrn = "a", Url = "http://a", CredentialSecret = secrets.Protect("pässword") };
        source.CredentialSecret.Should().NotContain("pässword");
        secrets.AuthorizationOf(source)!.ToString().Should().Be("Bearer pässword");
        source.CredentialName = "anna";
        secrets.AuthorizationOf(source)!.ToString().Should().Be("Basic " + Convert.ToBase64String("anna:pässword"u8));
        source.CredentialSecret = new SourceSecrets(new EphemeralDataProtectionProvider()).Protect("x");
        secrets.Invoking(s => s.AuthorizationOf(source)).Should().Throw<SourceException>().Which.Issue.Code.Should().Be(ExchangeIssues.SourceSecretLost);
    }

    [Fact]
    public async Task Writes_credentials_neither_into_logs_nor_into_the_ledger()
    {
        await using HarvestBench bench = await HarvestBench.StartAsync();
        bench.System.Answer = TestSource.InTurn(TestSource.Status(503), TestSource.Status(401));
        await bench.RegisterAsync(s =>
        {
            s.CredentialName = "anna";
            s.CredentialSecret = bench.Secrets.Protect("pass-w0rd");
            s.Url += "?key=also-secret";
        });
        HarvestRun run = await bench.RunAsync();
        string encoded = Convert.ToBase64String("anna:pass-w0rd"u8);
        bench.System.Requests.First()["Authorization"].Should().Be("Basic " + encoded);
        string written = bench.Logs.Text + string.Join(' ', run.FailureArguments.Values);
        written.Should().Contain("X0101").And.NotContain("pass-w0rd").And.NotContain(encoded).And.NotContain("also-secret");
    }

    private static Microsoft.AspNetCore.Http.RequestDelegate Redirect(string target) => context =>
    {
        context.Response.Redirect(target);
        return Task.CompletedTask;
    };

    private static async Task<SourceException> RefusedAsync(string url, Func<HarvestOptions, HarvestOptions>? change = null)
        => (await FluentActions.Awaiting(() => AskAsync(url, null, change)).Should().ThrowAsync<SourceException>()).Which;

    private static async Task<string> AskAsync(string url, string? token = null, Func<HarvestOptions, HarvestOptions>? change = null)
    {
        HarvestOptions options = new() { AllowedHosts = ["127.0.0.1"] };
        using SourceClient client = new(change?.Invoke(options) ?? options, TimeProvider.System);
        SourceRequest request = new()
        {
            Url = new Uri(url, UriKind.RelativeOrAbsolute),
            Silence = TimeSpan.FromSeconds(10),
            Authorization = token is null ? null : new("Bearer", token),
        };
        await using SourceAnswer answer = await client.AskAsync(request, _ => { }, CancellationToken.None);
        using StreamReader reader = new(answer.Content!);
        return await reader.ReadToEndAsync();
    }
}
