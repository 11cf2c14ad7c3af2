using System.CommandLine;

namespace Dsm.Cli.Commands;

internal static class MapCommand
{
    public static Command Make(CliContext context) => new("map", context.Text["map"]);
}
