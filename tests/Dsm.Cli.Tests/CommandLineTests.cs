using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Dsm.Cli.Tests;

/// <summary>The program as its callers see it: texts, faulty command lines, true processes.</summary>
public sealed partial class CommandLineTests
{
    [Fact]
    public void Every_text_exists_in_every_language()
    {
        string[] english = [.. CliText.Of("en").Keys.Order()];
        CliText.Languages.Should().OnlyContain(l => CliText.Of(l).Keys.Order().SequenceEqual(english));
    }

    [Fact]
    public void Every_text_that_is_used_exists_and_every_one_that_exists_is_used()
    {
        string source = string.Concat(Directory.GetFiles(TestFiles.InRepository("src", "Dsm.Cli"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(File.ReadAllText));
        string[] keys = [.. CliText.Of("en").Keys];
        TextPattern().Matches(source).Select(m => m.Groups[1].Value).Where(k => !k.EndsWith('.')).Should().BeSubsetOf(keys);
        keys.Should().OnlyContain(k => source.Contains($"\"{k}\"") || k.StartsWith("severity.") || k.StartsWith("impact."));
    }

    [Theory]
    [InlineData("fly")]
    [InlineData("inspect")]
    [InlineData("check", "x.xml")]
    [InlineData("check", "x.xml", "-s", "y.xml", "--report", "pdf")]
    public async Task A_faulty_command_line_is_unusable_and_leads_to_help(params string[] arguments)
    {
        CliRun run = await CliRun.Of(arguments);
        run.Code.Should().Be(2);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain("dsm --help");
    }

    [Fact]
    public async Task What_is_not_there_is_named_in_the_language()
    {
        (await CliRun.Of("check", "absent.xml", "-s", TestFiles.Codelist, "--lang", "ru")).Should().Match<CliRun>(r => r.Code == 2 && r.Error.Contains("файла absent.xml нет"));
        (await CliRun.Of("convert", TestFiles.Codelist, "absent/x.xml", "--to", "xml21")).Should().Match<CliRun>(r => r.Code == 2 && r.Error.Contains("there is no folder"));
    }

    [Fact]
    public async Task Help_names_commands_exit_codes_and_formats()
    {
        CliRun run = await CliRun.Of("--help");
        run.Code.Should().Be(0);
        run.Output.Should().ContainAll("inspect", "check", "convert", "map", "diff", "template", "0 clean, 1 findings, 2 unusable");
        (await CliRun.Of("convert", "--help")).Output.Should().ContainAll("xml21", "xml30", "xml31", "generic21", "csv10", "csv20", "csv21");
    }

    [Fact]
    public async Task A_process_passes_standard_input_current_folder_and_exit_code()
    {
        (int code, string output, _) = await Process("inspect", "--json", "DF_ARM_DIMUM.xml", "-");
        code.Should().Be(2);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].Should().Contain("\"file\":\"DF_ARM_DIMUM.xml\"").And.Contain("\"observations\":261");
        lines[1].Should().Contain("M0001");
        (await Process("inspect", "DF_ARM_DIMUM.xml")).Code.Should().Be(0);
    }

    [Fact]
    public async Task The_language_of_the_environment_is_the_default()
    {
        (int code, _, string error) = await Process("check", "DF_ARM_DIMUM.xml", "--structure", TestFiles.Codelist, "--flow", "X");
        code.Should().Be(2);
        error.Should().Contain("среди структур нет");
    }

    [GeneratedRegex("(?:[tT]ext\\[|\\.Format\\()\"([a-z-]+(?:\\.[A-Za-z.-]+)?)\"")]
    private static partial Regex TextPattern();

    private static async Task<(int Code, string Output, string Error)> Process(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "dsm.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(TestFiles.Data)!,
        };
        start.Environment["LC_ALL"] = "ru_RU.UTF-8";
        using Process process = System.Diagnostics.Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
