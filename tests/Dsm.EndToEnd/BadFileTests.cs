using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Dsm.EndToEnd.Hubs;

namespace Dsm.EndToEnd;

/// <summary>A focal point sends files through the page. A bad one gets a complete report in both languages, and nothing changes.</summary>
[Collection(SharedHub.Collection)]
public sealed partial class BadFileTests(SharedHub hub) : IAsyncLifetime
{
    private const string Agreement = "urn:sdmx:org.sdmx.infomodel.registry.ProvisionAgreement=EECA:PA_ASYLAPP_AZE_SMS(1.0.0) regional";
    private const string Columns = "DATAFLOW,FREQ,REF_AREA,CITIZENSHIP,SEX,AGE,APPL_TYPE,PROC_AUTH,CASE_EVENT,UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,CONF_STATUS,TIME_PER_COLLECT,SOURCE_TYPE,COMPILING_ORG,UNIT_MULT\n";
    private const string Start =
        """
        <?xml version="1.0" encoding="utf-8"?>
        <message:GenericData xmlns:message="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" xmlns:common="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common" xmlns:generic="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic">
        """;

    private HubSession focalPoint = null!;

    /// <summary>What is wrong, the file, the code of the finding, its line and component (0 and empty: the file as a whole).</summary>
    public static TheoryData<string, string, string, int, string> Cases => new()
    {
        { "unknown code", Csv("AFG,2006,14,A,LODGED", "QQQ,2006,14,A,LODGED"), "D0301", 3, "CITIZENSHIP" },
        { "bad period", Csv("AFG,2006-13,14,A,LODGED"), "D0303", 2, "TIME_PERIOD" },
        { "non-numeric value", Csv("AFG,2006,14,A,LODGED", "ALB,2006,14,A,LODGED", "ARM,2006,many,A,LODGED"), "D0305", 4, "OBS_VALUE" },
        { "missing mandatory attribute", Csv("AFG,2006,14,,LODGED"), "D0102", 2, "OBS_STATUS" },
        { "duplicate key", Csv("AFG,2006,14,A,LODGED", "ALB,2006,15,A,LODGED", "AFG,2006,16,A,LODGED"), "D0307", 4, "" },
        { "constraint violation", Csv("AFG,2006,14,A,CLOSED"), "D0302", 2, "CASE_EVENT" },
        { "malformed XML", Start + "\n<message:Header>\n<message:ID>x</message:Test>\n</message:Header></message:GenericData>", "M0002", 4, "" },
        { "DTD with entities", "<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY a \"b\"><!ENTITY c \"&a;&a;\">]>\n" + Start[Start.IndexOf('\n', StringComparison.Ordinal)..] + "&c;</message:GenericData>", "M0003", 2, "" },
        { "wrong structure", Csv("AFG,2006,14,A,LODGED").Replace("DF_ASYLAPP", "DF_RSD", StringComparison.Ordinal), "D0002", 0, "" },
        { "the file of another indicator", File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "samples", "data", "AZE", "DF_RSD.xml")), "D0002", 0, "" },
        { "a web page", "<!DOCTYPE html><html><head><title>Sign in</title></head><body></body></html>", "M0006", 0, "" },
        { "cut off", Start + "\n<message:Header><message:ID>x</message:ID>", "M0005", 3, "" },
        { "no SDMX at all", "hello world\n", "M0004", 0, "" },
        { "another state", Csv("AFG,2006,14,A,LODGED").Replace(",AZE,", ",ARM,", StringComparison.Ordinal), "X0205", 0, "" },
    };

    public async Task InitializeAsync() => focalPoint = await HubSession.SignInAsync(hub.Process.Address, hub.Data, "focal.aze");

    public Task DisposeAsync()
    {
        focalPoint.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Gets_a_located_report_in_both_languages_and_changes_nothing(string what, string content, string code, int line, string component)
    {
        (long versions, string checksum) = (await hub.Database.VersionsAsync(), await hub.Database.ChecksumAsync());

        string receipt = await SendAsync("bad.txt", Encoding.UTF8.GetBytes(content));

        IElement english = FindingOf(await focalPoint.PageAsync($"/en/{receipt}"), code);
        IElement russian = FindingOf(await focalPoint.PageAsync($"/ru/{receipt}"), code);
        Cyrillic().IsMatch(english.QuerySelector("h3")!.TextContent).Should().BeFalse(what);
        Cyrillic().Count(russian.QuerySelector("h3")!.TextContent).Should().BeGreaterThan(2, what);
        if (line > 0)
        {
            string[] place = [.. english.QuerySelectorAll("tbody tr").First().Children.Select(c => c.TextContent.Trim())];
            place[0].Should().Be(line.ToString(System.Globalization.CultureInfo.InvariantCulture), what);
            place[2].Should().Be(component, what);
        }

        (await hub.Database.VersionsAsync()).Should().Be(versions);
        (await hub.Database.ChecksumAsync()).Should().Be(checksum);
        (await hub.Database.TextAsync("SELECT status FROM submission ORDER BY id DESC LIMIT 1")).Should().Be("Rejected");
    }

    [Fact]
    public async Task One_report_tells_all_defects_at_once()
    {
        string receipt = await SendAsync("bad.csv", Encoding.UTF8.GetBytes(Csv(
            "QQQ,2006,14,A,LODGED", "AFG,2006-13,14,A,LODGED", "AFG,2007,many,A,LODGED", "AFG,2008,14,,LODGED", "AFG,2009,14,A,CLOSED",
            "ALB,2009,1,A,LODGED", "ALB,2009,2,A,LODGED", "QQQ,2011,14,A,LODGED")));

        IHtmlDocument page = await focalPoint.PageAsync($"/en/{receipt}");

        Dictionary<string, string[]> lines = page.QuerySelectorAll("section.finding").ToDictionary(
            f => f.QuerySelector(".code")!.TextContent, f => f.QuerySelectorAll("tbody tr td:first-child").Select(c => c.TextContent.Trim()).ToArray());
        lines.Keys.Should().Contain(["D0301", "D0303", "D0305", "D0102", "D0302", "D0307"]);
        lines["D0301"].Should().Equal("2", "9");
        lines["D0303"].Should().Equal("3");
        lines["D0305"].Should().Equal("4");
        lines["D0102"].Should().Equal("5");
        lines["D0302"].Should().Equal("6");
        lines["D0307"].Should().Equal("8");
        string list = await focalPoint.TextAsync($"/en/{receipt}?handler=Findings");
        list.Should().Contain("D0301").And.Contain("D0307");
    }

    [Fact]
    public async Task An_empty_file_is_told_in_the_form()
    {
        foreach ((string language, string said) in new[] { ("en", "The file is empty"), ("ru", "Файл пуст") })
        {
            using HttpResponseMessage answer = await PostAsync(focalPoint, language, "empty.csv", []);

            WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()).Should().Contain(said);
        }
    }

    [Fact]
    public async Task A_good_file_changes_what_it_says_and_the_receipt_adds_up()
    {
        string checksum = await hub.Database.ChecksumAsync();
        string receipt = await SendAsync("good.csv", Encoding.UTF8.GetBytes(Csv("AFG,1999,14,A,LODGED", "ALB,1999,15,A,LODGED")));

        IHtmlDocument page = await focalPoint.PageAsync($"/en/{receipt}");
        page.QuerySelector("table tbody tr")!.Children.Select(c => c.TextContent).Should().Equal("2", "2", "0", "0", "0", "0");
        (await hub.Anonymous.TextAsync("/sdmx/v2/data/dataflow/EECA/DF_ASYLAPP/1.0.0/A.AZE.AFG+ALB._T._T.N.G.LODGED.PS?c[TIME_PERIOD]=1999".Replace("AFG+ALB", "*", StringComparison.Ordinal), "application/vnd.sdmx.data+csv;version=2.0.0"))
            .Should().Contain(",1999,14,").And.Contain(",1999,15,");

        using HttpResponseMessage original = await focalPoint.GetAsync($"/en/{receipt}?handler=File");
        (await original.Content.ReadAsStringAsync()).Should().Be(Csv("AFG,1999,14,A,LODGED", "ALB,1999,15,A,LODGED"), "received bytes are kept verbatim");

        // A deletion puts it back; the history keeps both.
        string delete = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,CITIZENSHIP,SEX,AGE,APPL_TYPE,PROC_AUTH,CASE_EVENT,UNIT_MEASURE,TIME_PERIOD\n"
            + "dataflow,EECA:DF_ASYLAPP(1.0.0),D,A,AZE,AFG,_T,_T,N,G,LODGED,PS,1999\ndataflow,EECA:DF_ASYLAPP(1.0.0),D,A,AZE,ALB,_T,_T,N,G,LODGED,PS,1999\n";
        await SendAsync("delete.csv", Encoding.UTF8.GetBytes(delete));
        (await hub.Database.ChecksumAsync()).Should().Be(checksum);
    }

    [Fact]
    public async Task Strangers_and_other_states_send_nothing()
    {
        using HttpResponseMessage page = await hub.Anonymous.GetAsync("/en/submissions/new", "text/html");
        page.RequestMessage!.RequestUri!.AbsolutePath.Should().Be("/en/sign-in");

        using HubSession armenian = await HubSession.SignInAsync(hub.Process.Address, hub.Data, "focal.arm");
        long submissions = await hub.Database.NumberAsync("SELECT count(*) FROM submission");
        using HttpResponseMessage answer = await PostAsync(armenian, "en", "good.csv", Encoding.UTF8.GetBytes(Csv("AFG,1999,14,A,LODGED")));

        answer.RequestMessage!.RequestUri!.AbsolutePath.Should().Be("/en/submissions/new");
        (await hub.Database.NumberAsync("SELECT count(*) FROM submission")).Should().Be(submissions);
    }

    // citizenship, period, value, status, event
    private static string Csv(params string[] rows) => Columns + string.Concat(rows.Select(r => r.Split(',')).Select(p =>
        $"EECA:DF_ASYLAPP(1.0.0),A,AZE,{p[0]},_T,_T,N,G,{p[4]},PS,{p[1]},{p[2]},{p[3]},F,S,ASYL,AZE_SMS,0\n"));

    private static IElement FindingOf(IHtmlDocument page, string code)
    {
        IElement[] findings = [.. page.QuerySelectorAll("section.finding")];
        return findings.FirstOrDefault(f => f.QuerySelector(".code")!.TextContent == code)
            ?? throw new InvalidOperationException($"No finding {code} but {string.Join("; ", findings.Select(f => f.QuerySelector(".code")!.TextContent + " " + f.QuerySelector("h3")!.TextContent))}");
    }

    private static async Task<HttpResponseMessage> PostAsync(HubSession session, string language, string name, byte[] content)
    {
        IHtmlDocument page = await session.PageAsync($"/{language}/submissions/new");
        IHtmlFormElement form = page.QuerySelector<IHtmlFormElement>("form:has(input[type=file])")!;
        return await session.SubmitAsync(form, new() { ["For"] = Agreement }, ("File", name, content));
    }

    /// <summary>Sends a file and waits for the end of its processing.</summary>
    /// <returns>Path of the receipt without the language.</returns>
    private async Task<string> SendAsync(string name, byte[] content)
    {
        using HttpResponseMessage answer = await PostAsync(focalPoint, "en", name, content);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        string path = answer.RequestMessage!.RequestUri!.AbsolutePath;
        path.Should().MatchRegex("^/en/submissions/[0-9]+$");
        long id = long.Parse(path.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        await Eventually.IsTrueAsync("the receipt", 60, async () => await hub.Database.NumberAsync("SELECT count(*) FROM submission WHERE id = $1 AND finished_at IS NOT NULL", id) == 1);
        return path["/en/".Length..];
    }

    [GeneratedRegex("[а-яА-Я]{3,}")]
    private static partial Regex Cyrillic();
}
