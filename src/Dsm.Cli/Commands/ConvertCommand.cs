using System.Collections.Immutable;
using System.CommandLine;
using Dsm.Cli.Inputs;
using Dsm.Cli.Outputs;
using Dsm.Cli.Reports;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Summary;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Cli.Commands;

/// <summary><c>dsm convert</c>: a message of structures, data or reference metadata in another format or version; what that cannot carry is said.</summary>
internal static class ConvertCommand
{
    public static Command Make(CliContext context)
    {
        Argument<string> input = new("IN") { Description = context.Text["convert.in"] };
        Argument<string> output = new("OUT") { Description = context.Text["convert.out"] };
        Option<string> to = new("--to") { Description = context.Text.Format("convert.to", FormatNames.List), HelpName = "FORMAT", Required = true };
        Option<string[]> structure = CommonOptions.Structure(context, isRequired: false);
        Option<string> flow = CommonOptions.Flow(context);
        Option<string> labels = new("--labels") { Description = context.Text["convert.labels"] };
        labels.AcceptOnlyFromAmong("id", "both", "name");
        Option<string> keys = new("--keys") { Description = context.Text["convert.keys"] };
        keys.AcceptOnlyFromAmong("none", "obs", "series", "both");
        Option<string> dimension = new("--dimension-at-observation") { Description = context.Text["convert.dimension"], HelpName = "ID" };
        Command command = new("convert", context.Text["convert"]) { input, output, to, structure, flow, labels, keys, dimension };
        command.SetAction((parsed, cancellationToken) =>
        {
            DataWriterOptions options = DataWriterOptions.Default with
            {
                Labels = Enum.TryParse(parsed.GetValue(labels), true, out CsvLabels l) ? l : CsvLabels.Id,
                Keys = Enum.TryParse(parsed.GetValue(keys), true, out CsvKeys k) ? k : CsvKeys.None,
                DimensionAtObservation = parsed.GetValue(dimension),
                Languages = [context.Text.Language, "en"],
            };
            return RunAsync(context, parsed.GetRequiredValue(input), parsed.GetRequiredValue(output), parsed.GetRequiredValue(to), parsed.GetValue(structure) ?? [], parsed.GetValue(flow), options, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CliContext context, string input, string output, string to, string[] structure, string? flow, DataWriterOptions options, CancellationToken cancellationToken)
    {
        ImmutableArray<SdmxFormat> targets = FormatNames.Find(to);
        if (targets.IsEmpty)
        {
            return context.Refuse(context.Text.Format("format.unknown", to, FormatNames.List));
        }

        if (MediaType.TryParse(to, out MediaType? type))
        {
            options = options.With(type);
        }

        IssueList issues = new();
        using MessageInput message = await MessageInput.OpenAsync(context, input, cancellationToken).ConfigureAwait(false);
        if (message.Format(issues) is { } source)
        {
            bool isMetadata = MetadataMessageReader.CanRead(source), isStructure = !isMetadata && StructureMessages.CanRead(source);
            if (targets.FirstOrDefault(t => isMetadata ? MetadataMessageWriters.CanWrite(t) : isStructure ? StructureMessages.CanWrite(t) : DataWriters.CanWrite(t)) is not { } target)
            {
                return context.Refuse(context.Text.Format("convert.kinds", source.Name, to));
            }

            if (isMetadata)
            {
                Metadata(context, message, output, target, issues);
            }
            else if (isStructure)
            {
                Structures(context, message, output, target, issues);
            }
            else if (await Inputs.Structures.LoadAsync(context, structure, cancellationToken).ConfigureAwait(false) is { } structures)
            {
                StructureReference? agreed = flow is null ? null : structures.Find(flow);
                if (flow is not null && agreed is null)
                {
                    return context.Refuse(context.Text.Format("flow.unknown", flow));
                }

                new DataConversion(structures, agreed, target, options, issues).Run(context, message, output, cancellationToken);
            }
            else
            {
                return context.Refuse(context.Text["structures.unusable"]);
            }
        }

        FindingsText.Write(context.Console.Error, context.Text, issues, 3);
        if (issues.CountOf(IssueCodes.UnknownStructure) > 0)
        {
            context.Console.Error.WriteLine(context.Text["convert.needs-structure"]);
        }

        return ExitCode.Of(issues);
    }

    private static void Metadata(CliContext context, MessageInput message, string output, SdmxFormat target, IssueList issues)
    {
        MetadataMessage read;
        using (Stream content = MessagePacking.Unpack(message.Open(), issues, DataReaderOptions.Default.MaxBytes))
        {
            read = MetadataMessageReader.Read(content, issues);
        }

        if (!issues.HasFatal)
        {
            using OutputFile file = OutputFile.Create(context, output);
            MetadataMessageWriters.Write(target, file.Stream, read.Sets, read.Header ?? OutputFile.NewHeader(), issues);
            file.Keep();
        }
    }

    private static void Structures(CliContext context, MessageInput message, string output, SdmxFormat target, IssueList issues)
    {
        StructureMessage read;
        using (Stream content = MessagePacking.Unpack(message.Open(), issues, DataReaderOptions.Default.MaxBytes))
        {
            read = StructureMessages.Read(content, issues);
        }

        if (!issues.HasFatal)
        {
            using OutputFile file = OutputFile.Create(context, output);
            StructureMessages.Write(target, file.Stream, read.Structures.All, read.Header ?? OutputFile.NewHeader(), issues);
            file.Keep();
        }
    }
}
