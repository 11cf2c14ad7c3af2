using System.CommandLine;

namespace Dsm.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    public static Option<string[]> Structure(CliContext context, bool isRequired = true) => new("--structure", "-s")
    {
        Description = context.Text["option.structure"],
        HelpName = "FILE|URL",
        Required = isRequired,
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = isRequired ? null : _ => [],
    };

    public static Option<string> Flow(CliContext context) => new("--flow") { Description = context.Text["option.flow"], HelpName = "ID" };

    public static Option<string> Output(CliContext context) => new("--output", "-o") { Description = context.Text["option.output"], HelpName = "FILE" };
}
