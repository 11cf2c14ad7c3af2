namespace Dsm.Cli.Tests;

public sealed class TemplateCommandTests
{
    [Theory]
    [InlineData("csv10", "DATAFLOW,SHARK,TIME_PERIOD,OBS_VALUE,NOTE\n")]
    [InlineData("csv20", "STRUCTURE,STRUCTURE_ID,ACTION,SHARK,TIME_PERIOD,OBS_VALUE,NOTE\n")]
    public async Task The_columns_are_those_of_the_flow(string version, string header)
    {
        CliRun run = await CliRun.Of("template", "EECA.ARM:DF_ARM_DIMUM(1.0.0)", "-s", TestFiles.Structures, "--to", version);
        run.Code.Should().Be(0, run.Error);
        run.Output.ReplaceLineEndings("\n").Should().Be(header);
    }

    [Fact]
    public async Task A_flow_that_is_not_there_is_named()
    {
        CliRun run = await CliRun.Of("template", "DF_NONE", "-s", TestFiles.Structures);
        run.Code.Should().Be(2);
        run.Error.Should().Contain("DF_NONE");
    }
}
