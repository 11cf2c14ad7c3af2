using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Dsm.Conformance.Seed;

namespace Dsm.Conformance.Clients;

/// <summary>The lines that the page "Try a query" gives to copy, run as they stand: each prints the right figures.</summary>
[Collection(SeededHubCollection.Name)]
public sealed partial class SnippetTests(SeededHub hub)
{
    private const string Query = "/en/data/try?flow=SEED:DF_STOCK(1.0)&FREQ=A&REF_AREA=NORTH&SEX=F&from=2016&to=2018&ask=1&format=";
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false });

    [Theory]
    [InlineData("csv21", "data+csv;version=2.1.0")]
    [InlineData("json21", "data+json;version=2.1.0")]
    [InlineData("xml31", "data+xml;version=3.1.0")]
    [InlineData("generic21", "genericdata+xml;version=2.1")]
    [InlineData("csv10", "data+csv;version=1.0.0")]
    public async Task The_page_shows_both_addresses_and_the_beginning_of_the_answer(string format, string type)
    {
        string page = WebUtility.HtmlDecode(await PageAsync(format));
        page.Should().Contain("/sdmx/v2/data/dataflow/SEED/DF_STOCK/1.0/A.NORTH.F?c[TIME_PERIOD]=ge:2016+le:2018").And.Contain("/sdmx/v1/data/SEED,DF_STOCK,1.0/A.NORTH.F?startPeriod=2016&endPeriod=2018");
        page.Should().Contain("<dd>200</dd>").And.Contain("application/vnd.sdmx." + type);
    }

    [Theory]
    [InlineData("csv21")]
    [InlineData("csv10")]
    public async Task Curl_prints_the_figures(string format)
        => Run("bash", "sh", await SnippetAsync(format, "curl")).Should().Contain("1001").And.Contain("1003").And.NotContain("1004").And.NotContain("1100");

    [ClientTheory(nameof(ForeignClient.RsdmxService))]
    [InlineData("csv21")]
    [InlineData("generic21")]
    public async Task R_prints_the_figures(string format)
        => Run("Rscript", "R", await SnippetAsync(format, "r")).Should().Contain("1001").And.Contain("1003").And.NotContain("1004").And.NotContain("1100");

    [ClientFact(nameof(ForeignClient.KhaeruService))]
    public async Task Python_prints_the_figures()
        => Run(Environment.GetEnvironmentVariable("DSM_PYTHON") is { Length: > 0 } python ? python : "python3", "py", await SnippetAsync("csv21", "python"))
            .Should().Contain("1001").And.Contain("1003").And.NotContain("1004").And.NotContain("1100");

    [ClientTheory(nameof(ForeignClient.JavaScriptService))]
    [InlineData("csv21")]
    [InlineData("json10")]
    public async Task JavaScript_prints_the_figures(string format)
        => Run("node", "mjs", await SnippetAsync(format, "javascript")).Should().StartWith("200").And.Contain("1001").And.Contain("1003").And.NotContain("1004").And.NotContain("1100");

    [JavaFact]
    public async Task Java_prints_the_figures()
        => Run("java", "java", await SnippetAsync("csv21", "java")).Should().StartWith("200").And.Contain("1001").And.Contain("1003").And.NotContain("1004");

    [Fact]
    public async Task Excel_gets_comma_separated_values_from_its_address()
    {
        foreach (string tool in new[] { "excel", "webservice" })
        {
            string address = Address().Match(await SnippetAsync("json21", tool)).Value;
            string answer = await Client.GetStringAsync(new Uri(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
            answer.Split('\n').Should().HaveCountGreaterThan(3);
            answer.Should().StartWith("STRUCTURE,").And.Contain("1003").And.NotContain("1004");
        }
    }

    private async Task<string> SnippetAsync(string format, string tool)
        => WebUtility.HtmlDecode(Regex.Match(await PageAsync(format), $"id=\"snippet-{tool}\">([^<]*)<", RegexOptions.Singleline).Groups[1].Value);

    private async Task<string> PageAsync(string format) => await Client.GetStringAsync(new Uri(hub.V1[..^"/sdmx/v1".Length] + Query + format));

    private static string Run(string program, string extension, string code)
    {
        string folder = Directory.CreateTempSubdirectory("dsm-snippet-").FullName;
        try
        {
            string file = Path.Combine(folder, "Query." + extension);
            File.WriteAllText(file, code);
            ProcessStartInfo start = new(program, [file]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
            start.Environment["no_proxy"] = start.Environment["NO_PROXY"] = "127.0.0.1,localhost";
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit(120_000).Should().BeTrue();
            process.ExitCode.Should().Be(0, errors.GetAwaiter().GetResult() + code);
            return output;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex("http://[^\"]+")]
    private static partial Regex Address();

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class JavaFactAttribute : FactAttribute
    {
        public JavaFactAttribute() => Skip = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(f => File.Exists(Path.Combine(f, "javac")))
            ? null : "needs a Java development kit, which is not installed here";
    }
}
