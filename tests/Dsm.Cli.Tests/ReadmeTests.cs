namespace Dsm.Cli.Tests;

/// <summary>The commands of the README do what they say.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public async Task Every_command_of_the_README_runs_clean()
    {
        string[] commands = [.. File.ReadLines(TestFiles.InRepository("README.md")).Where(l => l.StartsWith("./hub dsm ", StringComparison.Ordinal))];
        commands.Select(c => c.Split(' ')[2]).Should().BeEquivalentTo("inspect", "check", "convert", "map", "diff", "template");
        foreach (string command in commands)
        {
            string[] arguments = [.. command.Split(' ')[2..].Select(a => a.Contains('/', StringComparison.Ordinal) || a == "structures" ? TestFiles.InRepository(a.Split('/')) : a)];
            CliRun run = await CliRun.Of(arguments);
            run.Code.Should().Be(0, $"{command}: {run.Error}");
            run.Output.Should().NotBeEmpty(command);
        }
    }
}
