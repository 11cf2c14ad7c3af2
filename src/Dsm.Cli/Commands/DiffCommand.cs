using System.CommandLine;
using Dsm.Cli.Inputs;
using Dsm.Cli.Reports;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Summary;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Cli.Commands;

/// <summary><c>dsm diff</c>: what was added, changed and removed between two messages of structures or of data.</summary>
internal static class DiffCommand
{
    public static Command Make(CliContext context)
    {
        Argument<string> before = new("A") { Description = context.Text["diff.before"] };
        Argument<string> after = new("B") { Description = context.Text["diff.after"] };
        Option<string[]> structure = CommonOptions.Structure(context, isRequired: false);
        Option<string> flow = CommonOptions.Flow(context);
        Option<int> places = new("--places") { Description = context.Text["diff.places"], HelpName = "N", DefaultValueFactory = _ => 20 };
        Command command = new("diff", context.Text["diff"]) { before, after, structure, flow, places };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            context, parsed.GetRequiredValue(before), parsed.GetRequiredValue(after), parsed.GetValue(structure) ?? [], parsed.GetValue(flow), Math.Max(0, parsed.GetValue(places)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, string before, string after, string[] structure, string? flow, int places, CancellationToken cancellationToken)
    {
        if (before == "-" && after == "-")
        {
            return context.Refuse(context.Text["diff.two-inputs"]);
        }

        using MessageInput left = await MessageInput.OpenAsync(context, before, cancellationToken).ConfigureAwait(false);
        using MessageInput right = await MessageInput.OpenAsync(context, after, cancellationToken).ConfigureAwait(false);
        IssueList issues = new();
        SdmxFormat? leftFormat = left.Format(issues), rightFormat = right.Format(issues);
        if (leftFormat is null || rightFormat is null)
        {
            FindingsText.Write(context.Console.Error, context.Text, issues, 3);
            return ExitCode.Unusable;
        }

        bool areStructures = StructureMessages.CanRead(leftFormat);
        if (areStructures != StructureMessages.CanRead(rightFormat))
        {
            return context.Refuse(context.Text.Format("diff.kinds", leftFormat.Name, rightFormat.Name));
        }

        return areStructures
            ? CompareStructures(context, left, right, places)
            : await CompareDataAsync(context, left, right, structure, flow, places, cancellationToken).ConfigureAwait(false);
    }

    private static int CompareStructures(CliContext context, MessageInput left, MessageInput right, int places)
    {
        if (Read(context, left) is not { } before || Read(context, right) is not { } after)
        {
            return ExitCode.Unusable;
        }

        ArtefactComparison[] comparisons = [.. StructureComparison.Compare(before, after)];
        StructureDiffText.Write(context.Console.Out, context.Text, comparisons, places);
        return comparisons.Length == 0 ? ExitCode.Clean : ExitCode.Findings;
    }

    private static StructureSet? Read(CliContext context, MessageInput input)
    {
        IssueList issues = new();
        using Stream content = MessagePacking.Unpack(input.Open(), issues, DataReaderOptions.Default.MaxBytes);
        StructureSet structures = StructureMessages.Read(content, issues).Structures;
        if (issues.HasErrors)
        {
            context.Console.Error.WriteLine(input.Name + ":");
            FindingsText.Write(context.Console.Error, context.Text, issues, 3);
        }

        return issues.HasFatal ? null : structures;
    }

    private static async Task<int> CompareDataAsync(
        CliContext context, MessageInput left, MessageInput right, string[] structure, string? flow, int places, CancellationToken cancellationToken)
    {
        if (await Structures.LoadAsync(context, structure, cancellationToken).ConfigureAwait(false) is not { } structures)
        {
            return context.Refuse(context.Text["structures.unusable"]);
        }

        StructureReference? agreed = flow is null ? null : structures.Find(flow);
        if (flow is not null && agreed is null)
        {
            return context.Refuse(context.Text.Format("flow.unknown", flow));
        }

        IssueList issues = new();
        DataSchema? guess = structure.Length == 0 ? SchemaGuess.Of([left, right]) : null;
        DataDifference difference = DataDifference.Find(left, right, structures, agreed, guess, issues, places, cancellationToken);
        // A guessed schema does not know where an attribute belongs; only what stops the reading is told then.
        bool hasErrors = guess is null ? issues.HasErrors : issues.HasFatal;
        if (hasErrors)
        {
            FindingsText.Write(context.Console.Error, context.Text, issues, 3);
        }

        if (issues.HasFatal)
        {
            if (issues.CountOf(IssueCodes.UnknownStructure) > 0)
            {
                context.Console.Error.WriteLine(context.Text["convert.needs-structure"]);
            }

            return ExitCode.Unusable;
        }

        DataDiffText.Write(context.Console.Out, context.Text, difference);
        return difference.Added + difference.Changed + difference.Removed == 0 && !hasErrors ? ExitCode.Clean : ExitCode.Findings;
    }
}
