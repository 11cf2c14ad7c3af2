using System.CommandLine;
using Dsm.Cli.Inputs;
using Dsm.Cli.Outputs;
using Dsm.Cli.Reports;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Cli.Commands;

/// <summary><c>dsm map</c>: data in another structure, and what has no place there, ranked by what it costs.</summary>
internal static class MapCommand
{
    private const int SideBySide = 20;

    public static Command Make(CliContext context)
    {
        Argument<string> data = new("DATA") { Description = context.Text["check.data"] };
        Option<string[]> map = new("--map", "-m") { Description = context.Text["map.map"], HelpName = "FILE|URL", Required = true, AllowMultipleArgumentsPerToken = true };
        Option<string[]> structure = CommonOptions.Structure(context, isRequired: false);
        Option<string> flow = CommonOptions.Flow(context);
        Option<bool> dry = new("--dry-run") { Description = context.Text["map.dry"] };
        Option<string> to = new("--to") { Description = context.Text.Format("convert.to", FormatNames.List), HelpName = "FORMAT", DefaultValueFactory = _ => "csv20" };
        Option<string> output = CommonOptions.Output(context);
        Command command = new("map", context.Text["map"]) { data, map, structure, flow, dry, to, output };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            context, parsed.GetRequiredValue(data), [.. parsed.GetRequiredValue(map), .. parsed.GetValue(structure) ?? []], parsed.GetRequiredValue(map), parsed.GetValue(flow),
            parsed.GetValue(dry), parsed.GetRequiredValue(to), parsed.GetValue(output) ?? "-", cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        CliContext context, string data, string[] structure, string[] maps, string? flow, bool isDry, string to, string output, CancellationToken cancellationToken)
    {
        if (FormatNames.Find(to).FirstOrDefault(DataWriters.CanWrite) is not { } target)
        {
            return context.Refuse(context.Text.Format("format.unknown", to, FormatNames.List));
        }

        if (await Structures.LoadAsync(context, structure, cancellationToken).ConfigureAwait(false) is not { } structures
            || await Structures.LoadAsync(context, maps, cancellationToken).ConfigureAwait(false) is not { } named)
        {
            return context.Refuse(context.Text["structures.unusable"]);
        }

        StructureMap[] candidates = [.. named.Set.Of<StructureMap>()];
        if (candidates.Length == 0)
        {
            return context.Refuse(context.Text["map.none"]);
        }

        StructureReference? agreed = flow is null ? null : structures.Find(flow);
        if (flow is not null && agreed is null)
        {
            return context.Refuse(context.Text.Format("flow.unknown", flow));
        }

        using MessageInput input = await MessageInput.OpenAsync(context, data, cancellationToken).ConfigureAwait(false);
        IssueList issues = new() { MaxGroups = 100_000 };
        DataMapping mapping = new(structures, agreed, candidates, issues, isDry ? SideBySide : 0);
        using (OutputFile? file = isDry ? null : OutputFile.Create(context, output))
        {
            mapping.Run(input, file?.Stream, target, DataWriterOptions.Default, cancellationToken);
            if (!issues.HasFatal)
            {
                file?.Keep();
            }
        }

        MappingText.Write(isDry ? context.Console.Out : context.Console.Error, context.Text, mapping, issues, structures.Set);
        return ExitCode.Of(issues);
    }
}
