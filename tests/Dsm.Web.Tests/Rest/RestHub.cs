using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Dsm.Exchange;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Submissions;
using Dsm.Web.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Dsm.Web.Tests.Rest;

/// <summary>
/// A whole hub on loopback over a real database, with the region's structures and two small loads through the pipeline. Azerbaijan's
/// figures are free and 1000-odd; in the second load one is changed and one withdrawn. Of Tajikistan's, 777000-odd are restricted by
/// observation, 888000-odd are a whole restricted series. Kyrgyzstan's one figure, 999000, is under embargo.
/// </summary>
public sealed class RestHub : IAsyncLifetime
{
    private const string Password = "a rather long password";
    private const string Header =
        "DATAFLOW,FREQ,REF_AREA,CITIZENSHIP,SEX,AGE,APPL_TYPE,PROC_AUTH,CASE_EVENT,UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,CONF_STATUS,TIME_PER_COLLECT,SOURCE_TYPE,COMPILING_ORG,ROUNDING,UNIT_MULT,DECIMALS,EMBARGO_TIME";

    private readonly string folder = Directory.CreateTempSubdirectory("dsm-rest-").FullName;
    private HubHost host = null!;

    /// <summary>An instant between the two loads, as a parameter.</summary>
    public string Between { get; private set; } = "";

    /// <summary>The registry of the hub.</summary>
    public RegistrySnapshot Registry => host.App.Services.GetRequiredService<StructureRegistry>().Current;

    public async Task InitializeAsync()
    {
        string database = await TestDatabase.CreateDatabaseAsync();
        host = await HubHost.BuildAsync([$"--ConnectionStrings:Hub={database}", "--port", "0", "--empty", "--data", folder, "--Logging:LogLevel:Default=Error"], CancellationToken.None);
        await host.App.StartAsync();
        HubReadiness readiness = host.App.Services.GetRequiredService<HubReadiness>();
        for (int i = 0; i < 600 && !(readiness.CanServe && readiness.JobsRunning) && readiness.Failure is null; i++)
        {
            await Task.Delay(100);
        }

        readiness.Failure.Should().BeNull();
        await LoadAsync("AZE_SMS", Azerbaijan(1103, true));
        await LoadAsync("TJK_MIA", Tajikistan(777001));
        await LoadAsync("KGZ_MLSSM", Kyrgyzstan());
        await Task.Delay(30);
        Between = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
        await Task.Delay(30);
        await LoadAsync("AZE_SMS", Azerbaijan(1199, false));
        await LoadAsync("TJK_MIA", Tajikistan(777002));
        await AddUserAsync("coordinator", HubRoles.Coordinator, null);
        await AddUserAsync("focal.tjk", HubRoles.FocalPoint, "TJK");
        await AddUserAsync("focal.aze", HubRoles.FocalPoint, "AZE");
    }

    public async Task DisposeAsync()
    {
        await host.App.StopAsync();
        await host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Asks for an address below <c>/sdmx</c>, sent exactly as it is written.</summary>
    /// <param name="address">E.g. <c>v1/dataflow</c>.</param>
    /// <param name="accept">Accept header; null for none.</param>
    /// <param name="user">Who asks; null for nobody signed in.</param>
    /// <param name="method">GET when null.</param>
    /// <param name="headers">Further headers.</param>
    public async Task<RestReply> AskAsync(string address, string? accept = null, string? user = null, HttpMethod? method = null, params (string Name, string Value)[] headers)
    {
        using HttpClient client = user is null ? Client(new CookieContainer()) : await SignedInAsync(user);
        Uri uri = new($"{host.Address.ToString().TrimEnd('/')}/sdmx/{address}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using HttpRequestMessage request = new(method ?? HttpMethod.Get, uri);
        foreach ((string name, string value) in accept is null ? headers : [.. headers, ("Accept", accept)])
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = await client.SendAsync(request);
        return new RestReply(response, await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Sends a body to an address below <c>/sdmx</c>.</summary>
    public async Task<RestReply> PostAsync(string address, byte[] body, string? type, string? user = null, string? accept = null)
    {
        using HttpClient client = user is null ? Client(new CookieContainer()) : await SignedInAsync(user);
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(host.Address, $"/sdmx/{address}")) { Content = new ByteArrayContent(body) };
        if (type is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using HttpResponseMessage response = await client.SendAsync(request);
        return new RestReply(response, await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>A load of one agreement of the asylum applications, which must succeed.</summary>
    public async Task LoadAsync(string provider, string csv)
    {
        IServiceProvider services = host.App.Services;
        using MemoryStream content = new(Encoding.UTF8.GetBytes(csv));
        Submission submission = await services.GetRequiredService<SubmissionIntake>().ReceiveAsync(
            content,
            new SubmissionDraft
            {
                Origin = SubmissionOrigin.Upload,
                AgreementUrn = $"urn:sdmx:org.sdmx.infomodel.registry.ProvisionAgreement=EECA:PA_ASYLAPP_{provider}(1.0.0)",
                IsSnapshot = true,
            },
            CancellationToken.None);
        SubmissionReceipt receipt = await services.GetRequiredService<SubmissionPipeline>().RunAsync(submission.Id, new PipelineOptions(), CancellationToken.None);
        receipt.IsAccepted.Should().BeTrue(string.Join("; ", receipt.Findings));
        receipt.Submission.Counts.Refused.Should().Be(0, string.Join("; ", receipt.Findings));
    }

    private static string Azerbaijan(int changed, bool whole)
    {
        StringBuilder csv = new(Header + "\n");
        foreach ((string citizenship, int value) in new[] { ("AFG", 1101), ("RUS", 1201), ("UKR", 1301) })
        {
            for (int year = 2018; year <= 2022; year++)
            {
                int figure = citizenship == "AFG" && year == 2020 ? changed : value + year - 2018;
                if (whole || citizenship != "UKR" || year != 2022)
                {
                    Row(csv, "AZE", "AZE_SMS", citizenship, year, figure, "F", "");
                }
            }
        }

        return csv.ToString();
    }

    private static string Tajikistan(int changed)
    {
        StringBuilder csv = new(Header + "\n");
        for (int year = 2018; year <= 2022; year++)
        {
            Row(csv, "TJK", "TJK_MIA", "AFG", year, year == 2022 ? changed : 2101 + year - 2018, year == 2022 ? "C" : "F", "");
            Row(csv, "TJK", "TJK_MIA", "PAK", year, 888000 + year - 2018, "C", "");
        }

        return csv.ToString();
    }

    private static string Kyrgyzstan()
    {
        StringBuilder csv = new(Header + "\n");
        Row(csv, "KGZ", "KGZ_MLSSM", "IRN", 2018, 999000, "F", "2099-01-01T00:00:00Z");
        return csv.ToString();
    }

    private static void Row(StringBuilder csv, string area, string provider, string citizenship, int year, int value, string confidentiality, string embargo)
        => csv.Append(CultureInfo.InvariantCulture, $"EECA:DF_ASYLAPP(1.0.0),A,{area},{citizenship},_T,_T,N,G,LODGED,PS,{year},{value},A,{confidentiality},S,ASYL,{provider},NONE,0,0,{embargo}\n");

    private async Task AddUserAsync(string name, string role, string? country)
    {
        await using AsyncServiceScope scope = host.App.Services.CreateAsyncScope();
        RoleManager<IdentityRole> roles = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole>>();
        if (!await roles.RoleExistsAsync(role))
        {
            (await roles.CreateAsync(new IdentityRole(role))).Succeeded.Should().BeTrue();
        }

        UserManager<HubUser> users = scope.ServiceProvider.GetRequiredService<UserManager<HubUser>>();
        HubUser user = new() { UserName = name, DisplayName = name, Country = country };
        (await users.CreateAsync(user, Password)).Succeeded.Should().BeTrue();
        (await users.AddToRoleAsync(user, role)).Succeeded.Should().BeTrue();
    }

    private readonly Dictionary<string, CookieContainer> sessions = [];

    private async Task<HttpClient> SignedInAsync(string user)
    {
        if (sessions.TryGetValue(user, out CookieContainer? known))
        {
            return Client(known);
        }

        CookieContainer cookies = sessions[user] = new();
        HttpClient client = Client(cookies);
        Uri page = new(host.Address, "/en/sign-in");
        using IHtmlDocument form = new HtmlParser().ParseDocument(await client.GetStringAsync(page));
        using FormUrlEncodedContent content = new(new Dictionary<string, string>
        {
            ["UserName"] = user,
            ["Password"] = Password,
            ["__RequestVerificationToken"] = form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!,
        });
        using HttpResponseMessage answer = await client.PostAsync(page, content);
        cookies.GetCookies(host.Address).Should().Contain(c => c.Name == "dsm-hub", "{0} must be signed in", user);
        return client;
    }

    private static HttpClient Client(CookieContainer cookies)
        => new(new SocketsHttpHandler { CookieContainer = cookies, UseProxy = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None });
}

/// <summary>An answer: status, headers and whole body.</summary>
public sealed partial class RestReply(HttpResponseMessage response, byte[] body)
{
    public int Status { get; } = (int)response.StatusCode;

    /// <summary>Content-Type exactly as sent; empty for none.</summary>
    public string Type { get; } = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out HeaderStringValues types) ? types.ToString() : "";

    public byte[] Body { get; } = body;

    /// <summary>The body as text, but for the id of the message and the moment it was made: their digits would now and then be those a test forbids.</summary>
    public string Text { get; } = Moment().Replace(MessageId().Replace(Encoding.UTF8.GetString(body), "$1-made-now"), "${1}0001-01-01T00:00:00Z");

    public string? ETag { get; } = response.Headers.ETag?.ToString();

    public HttpResponseHeaders Headers { get; } = response.Headers;

    public HttpContentHeaders ContentHeaders { get; } = response.Content.Headers;

    [GeneratedRegex("\\b([A-Z]+)-[0-9]{17}-[0-9a-f]{4}\\b")]
    private static partial Regex MessageId();

    [GeneratedRegex("(Prepared>|\"prepared\": ?\")[^<\"]+")]
    private static partial Regex Moment();
}

/// <summary>One hub for all tests of the interface: they only read.</summary>
[CollectionDefinition(Name)]
public sealed class RestHubCollection : ICollectionFixture<RestHub>
{
    public const string Name = "SDMX REST";
}
