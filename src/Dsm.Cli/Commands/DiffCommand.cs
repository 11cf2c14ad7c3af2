using System.CommandLine;

namespace Dsm.Cli.Commands;

internal static class DiffCommand
{
    public static Command Make(CliContext context) => new("diff", context.Text["diff"]);
}
