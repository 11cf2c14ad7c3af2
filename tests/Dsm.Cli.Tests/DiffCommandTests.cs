namespace Dsm.Cli.Tests;

public sealed class DiffCommandTests : IDisposable
{
    private readonly TestFiles _files = new();

    [Fact]
    public async Task Structures_are_compared_with_the_version_they_require()
    {
        string before = File.ReadAllText(TestFiles.InRepository("structures", "codelist", "CL_OUTCOME.1.0.0.xml"));
        int code = before.IndexOf("<str:Code ", StringComparison.Ordinal), end = before.IndexOf("</str:Code>", StringComparison.Ordinal) + "</str:Code>".Length;
        string left = _files.Write("a.xml", before), right = _files.Write("b.xml", before[..code] + before[end..]);
        CliRun removed = await CliRun.Of("diff", left, right);
        removed.Code.Should().Be(1, removed.Error);
        removed.Output.Should().Contain("- Codes[").And.Contain("[major]").And.Contain("at least 2.0.0; it is only 1.0.0");
        CliRun added = await CliRun.Of("diff", right, left);
        added.Output.Should().Contain("+ Codes[").And.Contain("at least 1.1.0");
        (await CliRun.Of("diff", left, left)).Should().Match<CliRun>(r => r.Code == 0 && r.Output.StartsWith("no difference"));
    }

    [Fact]
    public async Task Data_are_compared_observation_by_observation()
    {
        string text = File.ReadAllText(TestFiles.Data);
        int obs = text.IndexOf("<generic:Obs>", StringComparison.Ordinal), end = text.IndexOf("</generic:Obs>", StringComparison.Ordinal) + "</generic:Obs>".Length;
        string changed = (text[..obs] + text[end..]).Replace("<generic:ObsValue value=\"34\" />", "<generic:ObsValue value=\"35\" />", StringComparison.Ordinal);
        string right = _files.Write("b.xml", changed);
        CliRun run = await CliRun.Of("diff", TestFiles.Data, right, "-s", TestFiles.Structures);
        run.Code.Should().Be(1, run.Error);
        run.Output.Should().Contain("- AFG-G-J_-AR-P 2018").And.MatchRegex(@"~ AFG-G-N_-FI-P 2025  OBS_VALUE=34 -> OBS_VALUE=35")
            .And.MatchRegex("0 added, [1-9][0-9]* changed, 1 removed");
    }

    [Fact]
    public async Task Data_are_compared_without_their_structure_and_across_formats()
    {
        string csv = _files.New("a.csv"), xml = _files.New("a.xml");
        (await CliRun.Of("convert", TestFiles.Data, csv, "--to", "csv20", "-s", TestFiles.Structures)).Code.Should().Be(0);
        (await CliRun.Of("convert", TestFiles.Data, xml, "--to", "xml30", "-s", TestFiles.Structures)).Code.Should().Be(0);
        foreach (string other in new[] { csv, xml })
        {
            CliRun same = await CliRun.Of("diff", TestFiles.Data, other);
            same.Code.Should().Be(0, same.Output + same.Error);
            same.Output.Should().Contain("261 the same");
        }

        string changed = _files.Write("b.csv", File.ReadAllText(csv).Replace("2018,5", "2018,6", StringComparison.Ordinal));
        (await CliRun.Of("diff", csv, changed)).Output.Should().MatchRegex("0 added, [1-9][0-9]* changed, 0 removed");
    }

    [Fact]
    public async Task Observations_that_stand_there_twice_are_counted_twice()
    {
        const string header = "STRUCTURE,STRUCTURE_ID,ACTION,SHARK,TIME_PERIOD,OBS_VALUE\n", row = "dataflow,EECA.ARM:DF_ARM_DIMUM(1.0.0),R,AFG-G-J_-AR-P,2018,";
        string twice = _files.Write("twice.csv", header + row + "5\n" + row + "6\n"), once = _files.Write("once.csv", header + row + "5\n");
        (await CliRun.Of("diff", twice, twice)).Output.Should().Contain("0 added, 0 changed, 0 removed, 2 the same");
        (await CliRun.Of("diff", once, twice)).Output.Should().Contain("1 added, 0 changed, 0 removed, 1 the same");
        CliRun gone = await CliRun.Of("diff", twice, once);
        gone.Output.Should().Contain("0 added, 0 changed, 1 removed, 1 the same").And.Contain("- AFG-G-J_-AR-P 2018  OBS_VALUE=6");
        string other = _files.Write("other.csv", header + row + "5\n" + row + "7\n");
        (await CliRun.Of("diff", twice, other)).Output.Should().Contain("OBS_VALUE=6 -> OBS_VALUE=7").And.Contain("1 changed");
    }

    [Fact]
    public async Task Data_and_structures_are_not_compared()
    {
        CliRun run = await CliRun.Of("diff", TestFiles.Data, TestFiles.Codelist);
        run.Code.Should().Be(2);
        run.Error.Should().Contain("cannot be compared");
    }

    public void Dispose() => _files.Dispose();
}
