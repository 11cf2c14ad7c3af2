using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using MiniExcelLibs;

namespace Dsm.Cli.Tests;

public sealed class CheckCommandTests : IDisposable
{
    private readonly TestFiles _files = new();

    /// <summary>The national data with one unknown code in three observations, one bad value and one bad period.</summary>
    private string Faulty => _files.Write("faulty.xml", File.ReadAllText(TestFiles.Data)
        .Replace("<generic:ObsDimension value=\"2018\" />", "<generic:ObsDimension value=\"2018-13\" />", StringComparison.Ordinal)
        .Replace("<generic:ObsValue value=\"10\" />", "<generic:ObsValue value=\"many\" />", StringComparison.Ordinal));

    [Fact]
    public async Task Clean_data_are_clean()
    {
        CliRun run = await CliRun.Of("check", TestFiles.Data, "--structure", TestFiles.Structures);
        run.Code.Should().Be(0, run.Error);
        run.Output.Should().Contain("261 observations, 0 with errors, 0 findings");
    }

    [Fact]
    public async Task Every_finding_is_counted_however_few_places_are_told()
    {
        CliRun run = await CliRun.Of("check", Faulty, "-s", TestFiles.Structures, "--report", "json", "--places", "1");
        run.Code.Should().Be(1, run.Error);
        JsonElement report = JsonDocument.Parse(run.Output).RootElement;
        string whole = File.ReadAllText(_files.New("faulty.xml"));
        int periods = whole.Split("2018-13").Length - 1, values = whole.Split("\"many\"").Length - 1;
        JsonElement[] causes = [.. report.GetProperty("causes").EnumerateArray()];
        causes.Where(c => c.GetProperty("code").GetString() == "D0303").Sum(c => c.GetProperty("total").GetInt64()).Should().Be(periods).And.BeGreaterThan(5);
        causes.Where(c => c.GetProperty("code").GetString() == "D0305").Sum(c => c.GetProperty("total").GetInt64()).Should().Be(values).And.BeGreaterThan(1);
        causes.Should().OnlyContain(c => c.GetProperty("places").GetArrayLength() == 1);
        report.GetProperty("observations").GetInt64().Should().Be(261);
        causes[0].GetProperty("places")[0].GetProperty("line").GetInt32().Should().BePositive();
    }

    [Fact]
    public async Task Reports_are_written_in_every_form()
    {
        foreach (string format in new[] { "html", "json", "csv", "xlsx" })
        {
            CliRun run = await CliRun.Of("check", Faulty, "-s", TestFiles.Structures, "--report", format, "-o", _files.New("report." + format), "--lang", "ru");
            run.Code.Should().Be(1, run.Error);
            run.Error.Should().Contain("замечаний");
        }

        // The page is XHTML but for its head.
        string page = File.ReadAllText(_files.New("report.html"));
        XElement html = XElement.Parse(page[page.IndexOf("<table", StringComparison.Ordinal)..page.IndexOf("</body>", StringComparison.Ordinal)]);
        page.Should().StartWith("<!DOCTYPE html>").And.Contain("<html lang=\"ru\">");
        html.Element("tbody")!.Elements("tr").Should().HaveCountGreaterThan(1);
        string[] csv = File.ReadAllLines(_files.New("report.csv"));
        csv.Should().HaveCountGreaterThan(5);
        csv.Skip(1).Should().Contain(l => l.StartsWith("D0303,ошибка,", StringComparison.Ordinal));
        MiniExcel.GetSheetNames(_files.New("report.xlsx")).Should().Equal("Итог", "Причины", "Места");
        MiniExcel.Query(_files.New("report.xlsx"), useHeaderRow: true, sheetName: "Причины").Cast<IDictionary<string, object>>()
            .Select(r => (string)r["Номер"]).Should().Contain("D0303");
    }

    [Fact]
    public async Task A_workbook_of_clean_data_opens()
    {
        CliRun run = await CliRun.Of("check", TestFiles.Data, "-s", TestFiles.Structures, "--report", "xlsx");
        run.Code.Should().Be(0, run.Error);
        using ZipArchive workbook = new(new MemoryStream(run.Bytes));
        workbook.GetEntry("xl/workbook.xml").Should().NotBeNull();
    }

    [Fact]
    public async Task Structures_come_from_addresses_with_headers_of_SDMX()
    {
        string codelists = string.Join(',', Directory.GetFiles(TestFiles.InRepository("structures", "national", "ARM"), "*.xml", SearchOption.AllDirectories));
        FakeService service = new(codelists.Split(','));
        string[] addresses = [.. Enumerable.Range(0, codelists.Split(',').Length).Select(i => $"http://stat.example/sdmx/{i}")];
        CliRun run = await CliRun.With(null, service, ["check", TestFiles.Data, "--structure", .. addresses, TestFiles.InRepository("structures", "codelist"), TestFiles.InRepository("structures", "conceptscheme")]);
        run.Code.Should().Be(0, run.Error + run.Output);
        service.Accept.Should().StartWith("application/vnd.sdmx.structure+xml");
    }

    [Fact]
    public async Task A_service_that_refuses_is_named_unusable()
    {
        CliRun run = await CliRun.With(null, new FakeService([]), "check", TestFiles.Data, "--structure", "http://stat.example/sdmx/0");
        run.Code.Should().Be(2);
        run.Error.Should().Contain("404");
    }

    [Fact]
    public async Task Another_flow_than_the_agreed_one_is_told()
    {
        CliRun run = await CliRun.Of("check", TestFiles.Data, "-s", TestFiles.Structures, "--flow", "EECA:DF_ASYLAPP");
        run.Code.Should().Be(2);
        run.Output.Should().Contain("D0002");
        (await CliRun.Of("check", TestFiles.Data, "-s", TestFiles.Structures, "--flow", "NOTHING")).Error.Should().Contain("NOTHING");
    }

    public void Dispose() => _files.Dispose();

    private sealed class FakeService(string[] files) : HttpMessageHandler
    {
        public string Accept { get; private set; } = "";

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Accept = request.Headers.GetValues("Accept").First();
            int index = int.Parse(request.RequestUri!.Segments[^1], System.Globalization.CultureInfo.InvariantCulture);
            return Task.FromResult(index < files.Length
                ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(File.ReadAllBytes(files[index])) }
                : new HttpResponseMessage(HttpStatusCode.NotFound));
        }
    }
}
