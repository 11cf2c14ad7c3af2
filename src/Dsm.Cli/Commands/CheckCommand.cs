using System.CommandLine;
using Dsm.Cli.Inputs;
using Dsm.Cli.Reports;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Validation;

namespace Dsm.Cli.Commands;

/// <summary><c>dsm check</c>: everything that is wrong with data, grouped by cause, by the same code and with the same ids as the hub.</summary>
internal static class CheckCommand
{
    /// <summary>Causes that are told apart; beyond that they are counted by code. Only hostile data come near it.</summary>
    private const int MaxGroups = 100_000;

    private static readonly string[] Formats = ["html", "json", "xlsx", "csv"];

    public static Command Make(CliContext context)
    {
        Argument<string> data = new("DATA") { Description = context.Text["check.data"] };
        Option<string[]> structure = CommonOptions.Structure(context);
        Option<string> flow = CommonOptions.Flow(context);
        Option<string> report = new("--report") { Description = context.Text["check.report"] };
        report.AcceptOnlyFromAmong(Formats);
        Option<string> output = CommonOptions.Output(context);
        Option<int> places = new("--places") { Description = context.Text["check.places"], HelpName = "N", DefaultValueFactory = _ => 20 };
        Command command = new("check", context.Text["check"]) { data, structure, flow, report, output, places };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            context, parsed.GetRequiredValue(data), parsed.GetRequiredValue(structure), parsed.GetValue(flow), parsed.GetValue(report), parsed.GetValue(output), parsed.GetValue(places), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        CliContext context, string data, string[] structure, string? flow, string? report, string? output, int places, CancellationToken cancellationToken)
    {
        if (report == "xlsx" && output is null && context.Console.IsOutputTerminal)
        {
            return context.Refuse(context.Text["check.binary"]);
        }

        if (await Structures.LoadAsync(context, structure, cancellationToken).ConfigureAwait(false) is not { } structures)
        {
            return context.Refuse(context.Text["structures.unusable"]);
        }

        StructureReference? agreed = flow is null ? null : structures.Find(flow);
        if (flow is not null && agreed is null)
        {
            return context.Refuse(context.Text.Format("flow.unknown", flow));
        }

        using MessageInput input = await MessageInput.OpenAsync(context, data, cancellationToken).ConfigureAwait(false);
        CheckReport result = Check(input, structures, agreed, Math.Max(1, places), cancellationToken);
        await ReportOutput.WriteAsync(context, result, report, output, cancellationToken).ConfigureAwait(false);
        return ExitCode.Of(result.Issues);
    }

    /// <summary>Reads and validates a whole message.</summary>
    internal static CheckReport Check(MessageInput input, Structures structures, StructureReference? flow, int places, CancellationToken cancellationToken)
    {
        IssueList issues = new() { SamplesPerGroup = places, MaxGroups = MaxGroups };
        DataPass pass = new(structures, flow, issues);
        long observations = 0, refused = 0;
        List<string> followed = [];
        pass.Run(input.Open(), ReadDataSet, cancellationToken);
        foreach (Issue issue in structures.Issues.Kept)
        {
            issues.Add(issue);
        }

        return new CheckReport(input.Name, [.. followed.Distinct()], pass.DataSets, observations + pass.Unreadable, refused + pass.Unreadable, issues);

        void ReadDataSet(DataReader reader, DataSetSpace space)
        {
            followed.Add(space.Schema.Reference.ToString());
            DataValidator validator = new(space, issues);
            DataPass.ForEachBatch(reader, space, batch =>
            {
                validator.Validate(batch);
                observations += batch.Count;
                refused += batch.Refused.AsSpan(0, batch.Count).Count(true);
            }, cancellationToken);
        }
    }
}
