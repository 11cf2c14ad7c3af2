using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Dsm.Cli.Tests;

public sealed class InspectCommandTests : IDisposable
{
    private readonly TestFiles _files = new();

    [Fact]
    public async Task Json_has_exactly_the_members_promised_in_one_line()
    {
        CliRun run = await CliRun.Of("inspect", "--json", TestFiles.Data);
        run.Code.Should().Be(0);
        run.Error.Should().BeEmpty();
        run.Output.Should().Be($$"""
            {"file":"{{TestFiles.Data}}","format":"SDMX-ML GenericData","version":"2.1","artefacts":{},"datasets":1,"series":77,"observations":261,"issues":[]}

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Structures_are_counted_by_class()
    {
        JsonElement found = await Inspect(TestFiles.InRepository("structures", "datastructure", "DSD_ASYLAPP.1.0.0.xml"));
        found.GetProperty("artefacts").GetProperty("DataStructure").GetInt64().Should().Be(1);
        found.GetProperty("artefacts").GetProperty("Dimension").GetInt64().Should().Be(9);
        found.GetProperty("artefacts").GetProperty("TimeDimension").GetInt64().Should().Be(1);
    }

    [Fact]
    public async Task Findings_stand_with_code_severity_message_line_and_column()
    {
        string file = _files.Write("broken.xml", "<Structure xmlns=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message\">\n<Structures></Nonsense>");
        JsonElement issue = (await Inspect(file, 2)).GetProperty("issues")[0];
        issue.EnumerateObject().Select(p => p.Name).Should().Equal("code", "severity", "message", "line", "column");
        issue.GetProperty("code").GetString().Should().Be("M0002");
        issue.GetProperty("severity").GetString().Should().Be("Fatal");
        issue.GetProperty("line").GetInt32().Should().Be(2);
        issue.GetProperty("column").GetInt32().Should().BeGreaterThan(1);
    }

    [Fact]
    public async Task Many_files_give_a_line_each_and_the_worst_code()
    {
        CliRun run = await CliRun.Of("inspect", TestFiles.Data, _files.New("absent.xml"), TestFiles.Codelist, "--json");
        run.Code.Should().Be(2);
        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Should().HaveCount(3);
        lines[1].Should().Contain("\"M0062\"").And.Contain("\"format\":null");
        lines[2].Should().Contain("\"Code\":7");
    }

    [Fact]
    public async Task Packed_files_and_standard_input_count_the_same()
    {
        byte[] bytes = File.ReadAllBytes(TestFiles.Data);
        using (GZipStream gzip = new(File.Create(_files.New("a.gz")), CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        using (ZipArchive zip = ZipFile.Open(_files.New("a.zip"), ZipArchiveMode.Create))
        {
            zip.CreateEntryFromFile(TestFiles.Data, "folder/a.xml");
        }

        CliRun run = await CliRun.With(bytes, null, "inspect", "--json", _files.New("a.gz"), _files.New("a.zip"), "-");
        run.Code.Should().Be(0);
        run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(3).And.OnlyContain(l => l.Contains("\"series\":77,\"observations\":261"));
    }

    [Fact]
    public async Task An_archive_of_two_files_is_refused()
    {
        using (ZipArchive zip = ZipFile.Open(_files.New("two.zip"), ZipArchiveMode.Create))
        {
            zip.CreateEntryFromFile(TestFiles.Data, "a.xml");
            zip.CreateEntryFromFile(TestFiles.Data, "b.xml");
        }

        (await Inspect(_files.New("two.zip"), 2)).GetProperty("issues")[0].GetProperty("code").GetString().Should().Be("M0061");
    }

    [Fact]
    public async Task What_comes_before_a_break_is_counted()
    {
        string whole = File.ReadAllText(TestFiles.Data);
        JsonElement found = await Inspect(_files.Write("cut.xml", whole[..(whole.Length / 2)]), 2);
        found.GetProperty("observations").GetInt64().Should().BeInRange(100, 160);
        found.GetProperty("issues")[0].GetProperty("code").GetString().Should().Be("M0005");
    }

    [Fact]
    public async Task National_encodings_are_understood()
    {
        string text = File.ReadAllText(TestFiles.Data).Replace("encoding=\"utf-8\"", "encoding=\"windows-1251\"", StringComparison.Ordinal);
        text.Should().Contain("windows-1251").And.Contain("Вид ходатайства");
        File.WriteAllBytes(_files.New("1251.xml"), CodePagesEncodingProvider.Instance.GetEncoding(1251)!.GetBytes(text));
        JsonElement found = await Inspect(_files.New("1251.xml"));
        found.GetProperty("observations").GetInt64().Should().Be(261);
        CliRun diff = await CliRun.Of("diff", TestFiles.Data, _files.New("1251.xml"), "-s", TestFiles.Structures);
        diff.Output.Should().Contain("0 added, 0 changed, 0 removed, 261 the same", diff.Error);
    }

    [Fact]
    public async Task Text_is_for_people_in_their_language()
    {
        CliRun run = await CliRun.Of("inspect", TestFiles.Data, "--lang", "ru");
        run.Code.Should().Be(0);
        run.Output.Should().Contain("SDMX-ML GenericData 2.1").And.Contain("наблюдения").And.Contain("261");
    }

    [Fact]
    public async Task Messages_of_findings_follow_the_language()
    {
        CliRun run = await CliRun.With(Encoding.UTF8.GetBytes("{\"data\": {"), null, "inspect", "--json", "-", "--lang=ru");
        run.Code.Should().Be(2);
        run.Output.Should().MatchRegex("\"message\":\"[А-Я]");
    }

    public void Dispose() => _files.Dispose();

    private static async Task<JsonElement> Inspect(string file, int code = 0)
    {
        CliRun run = await CliRun.Of("inspect", "--json", file);
        run.Code.Should().Be(code, run.Output);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
