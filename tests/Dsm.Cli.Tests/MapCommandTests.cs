namespace Dsm.Cli.Tests;

public sealed class MapCommandTests : IDisposable
{
    private readonly TestFiles _files = new();

    [Fact]
    public async Task A_dry_run_shows_source_and_target_side_by_side()
    {
        CliRun run = await CliRun.Of("map", TestFiles.Data, "--map", TestFiles.Maps, "-s", TestFiles.Structures, "--dry-run");
        run.Code.Should().Be(0, run.Output + run.Error);
        run.Output.Should().Contain("261 observations read, 261 mapped, 0 lost").And.MatchRegex(@"AFG-G-J_-AR-P 2018 5 +->  A\.ARM\.AFG\.\S+ 2018 5");
    }

    [Fact]
    public async Task Values_without_a_mapping_are_ranked_by_what_they_cost_with_proposals()
    {
        string text = File.ReadAllText(TestFiles.Data).Replace("\"RUS-G-", "\"RUZ-G-", StringComparison.Ordinal).Replace("\"AFG-G-J_", "\"AFX-G-J_", StringComparison.Ordinal);
        CliRun run = await CliRun.Of("map", _files.Write("x.xml", text), "--map", TestFiles.Maps, "-s", TestFiles.Structures, "--dry-run");
        run.Code.Should().Be(1, run.Error);
        string[] ranked = [.. run.Output.Split('\n').Where(l => l.Contains("SHARK = ", StringComparison.Ordinal))];
        ranked.Should().HaveCountGreaterThan(1);
        ranked.Select(l => int.Parse(l[..13], System.Globalization.CultureInfo.InvariantCulture)).Should().BeInDescendingOrder();
    }

    [Fact]
    public async Task Mapped_data_are_clean_in_the_target_structure()
    {
        string mapped = _files.New("mapped.csv");
        CliRun run = await CliRun.Of("map", TestFiles.Data, "--map", TestFiles.Maps, "-s", TestFiles.Structures, "-o", mapped);
        run.Code.Should().Be(0, run.Error);
        CliRun check = await CliRun.Of("check", mapped, "-s", TestFiles.Structures, "--flow", "DF_ASYLAPP");
        check.Code.Should().Be(0, check.Output);
        // The map declares summation, and two observations meet others.
        check.Output.Should().Contain("259 observations, 0 with errors");
        Sum(mapped, "OBS_VALUE").Should().Be(Sum(await National(), "OBS_VALUE"));
    }

    [Fact]
    public async Task A_file_without_a_map_is_refused()
    {
        CliRun run = await CliRun.Of("map", TestFiles.Data, "--map", TestFiles.Codelist, "-s", TestFiles.Structures);
        run.Code.Should().Be(2);
        run.Error.Should().Contain("no structure map");
    }

    private async Task<string> National()
    {
        (await CliRun.Of("convert", TestFiles.Data, _files.New("national.csv"), "--to", "csv20", "-s", TestFiles.Structures)).Code.Should().Be(0);
        return _files.New("national.csv");
    }

    private static long Sum(string file, string column)
    {
        string[] lines = File.ReadAllLines(file);
        int index = Array.IndexOf(lines[0].Split(','), column);
        return lines.Skip(1).Sum(l => long.Parse(l.Split(',')[index], System.Globalization.CultureInfo.InvariantCulture));
    }

    public void Dispose() => _files.Dispose();
}
