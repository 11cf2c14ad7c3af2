using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Dsm.Exchange;
using Dsm.Exchange.Access;
using Dsm.Exchange.Submissions;
using Dsm.Web.Tests.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Dsm.Web.Tests.Pages;

/// <summary>One hub for all tests of pages: real Kestrel, real database, the region's structures, a handful of figures of one state.</summary>
public sealed class PagesHub : IAsyncLifetime
{
    public const string Agreement = "urn:sdmx:org.sdmx.infomodel.registry.ProvisionAgreement=EECA:PA_ASYLAPP_AZE_SMS(1.0.0)";
    public const string Flow = "/data/EECA/DF_ASYLAPP/1.0.0";

    private const string Header =
        "DATAFLOW,FREQ,REF_AREA,CITIZENSHIP,SEX,AGE,APPL_TYPE,PROC_AUTH,CASE_EVENT,UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,CONF_STATUS,TIME_PER_COLLECT,SOURCE_TYPE,COMPILING_ORG,ROUNDING,UNIT_MULT,DECIMALS\n";

    private readonly Dictionary<string, string> passwords = [];

    public TestHub Hub { get; private set; } = null!;

    /// <summary>A row of the regional file of Azerbaijan's asylum applications.</summary>
    public static string Row(string citizenship, string type, string unit, string period, string value, string confidentiality = "F")
        => $"EECA:DF_ASYLAPP(1.0.0),A,AZE,{citizenship},_T,_T,{type},G,LODGED,{unit},{period},{value},A,{confidentiality},S,ASYL,AZE_SMS,NONE,0,0\n";

    public static string Csv(params string[] rows) => Header + string.Concat(rows);

    public async Task InitializeAsync()
    {
        Hub = await TestHub.StartAsync(await TestDatabase.CreateDatabaseAsync(), null, "--empty", "--Hub:Changes:PublicAddress=https://hub.example.org", "--Hub:Changes:AllowedHosts:0=127.0.0.1");
        await using AsyncServiceScope scope = Hub.Services.CreateAsyncScope();
        AccountIssuer issuer = scope.ServiceProvider.GetRequiredService<AccountIssuer>();
        await issuer.EnsureRolesAsync();
        foreach ((string name, string role, string? state) in new[] { ("aze", HubRoles.FocalPoint, "AZE"), ("arm", HubRoles.FocalPoint, "ARM"), ("coordinator", HubRoles.Coordinator, (string?)null), ("structures", HubRoles.StructureMaintainer, null), ("mda-admin", HubRoles.CountryAdministrator, "MDA") })
        {
            passwords[name] = AccountIssuer.NewPassword();
            await issuer.EnsureAsync(new IssuedAccount { UserName = name, Password = passwords[name], Role = role, Country = state, DisplayName = name });
        }

        // AFG: the provider sent no total over types; SYR: it did, and the parts must not be counted beside it. 4321 is confidential.
        SubmissionReceipt receipt = await SubmitAsync(Csv(
            Row("AFG", "N", "PS", "2023", "900"), Row("AFG", "N", "PS", "2024", "1000"), Row("AFG", "R", "PS", "2024", "30"), Row("AFG", "N", "CS", "2024", "700000"),
            Row("SYR", "_T", "PS", "2024", "200"), Row("SYR", "N", "PS", "2024", "150"), Row("SYR", "R", "PS", "2024", "50"),
            Row("IRQ", "N", "PS", "2025", "4321", "C")));
        receipt.Submission.Status.Should().Be(SubmissionStatus.Merged);

        // A state that reports by another frequency than most and ended long before.
        receipt = await SubmitAsync(
            Csv(Row("AFG", "N", "PS", "2011-Q3", "40").Replace(",A,AZE,", ",Q,TJK,", StringComparison.Ordinal).Replace("AZE_SMS", "TJK_MIA", StringComparison.Ordinal)),
            Agreement.Replace("AZE_SMS", "TJK_MIA", StringComparison.Ordinal));
        receipt.Submission.Status.Should().Be(SubmissionStatus.Merged);
    }

    public async Task DisposeAsync() => await Hub.DisposeAsync();

    public async Task<SubmissionReceipt> SubmitAsync(string csv, string agreement = Agreement)
    {
        using MemoryStream content = new(Encoding.UTF8.GetBytes(csv));
        Submission submission = await Hub.Services.GetRequiredService<SubmissionIntake>().ReceiveAsync(
            content, new SubmissionDraft { Origin = SubmissionOrigin.Upload, AgreementUrn = agreement }, CancellationToken.None);
        return await Hub.Services.GetRequiredService<SubmissionPipeline>().RunAsync(submission.Id, new PipelineOptions(), CancellationToken.None);
    }

    /// <summary>Id of somebody's account.</summary>
    public async Task<string> IdOfAsync(string user)
    {
        await using AsyncServiceScope scope = Hub.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<UserManager<HubUser>>().FindByNameAsync(user))!.Id;
    }

    /// <summary>A browser in which somebody is signed in; null for nobody.</summary>
    public async Task<HttpClient> BrowserAsync(string? user)
    {
        HttpClient browser = Hub.NewClient(new CookieContainer());
        if (user is not null)
        {
            IHtmlDocument form = await PageAsync(browser, "/en/sign-in");
            HttpResponseMessage answer = await browser.PostAsync("/en/sign-in", new FormUrlEncodedContent(
                [new("UserName", user), new("Password", passwords[user]), new("__RequestVerificationToken", Token(form))]));
            answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        }

        return browser;
    }

    public static async Task<IHtmlDocument> PageAsync(HttpClient browser, string path)
    {
        HttpResponseMessage answer = await browser.GetAsync(path);
        string text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.Should().Be(HttpStatusCode.OK, "{0} says {1}", path, text.Length > 500 ? text[..500] : text);
        return new HtmlParser().ParseDocument(text);
    }

    /// <summary>The token against forged requests of a page's own form.</summary>
    public static string Token(IHtmlDocument page) => page.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
}

[CollectionDefinition(Name)]
public sealed class PagesCollection : ICollectionFixture<PagesHub>
{
    public const string Name = "pages";
}
