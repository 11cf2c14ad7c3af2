using System.Buffers;
using System.CommandLine;
using Dsm.Cli.Inputs;
using Dsm.Cli.Outputs;
using Dsm.Cli.Reports;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Model;

namespace Dsm.Cli.Commands;

/// <summary><c>dsm template</c>: an empty SDMX-CSV file with the columns of a dataflow.</summary>
internal static class TemplateCommand
{
    public static Command Make(CliContext context)
    {
        Argument<string> flow = new("FLOW") { Description = context.Text["template.flow"] };
        Option<string[]> structure = CommonOptions.Structure(context);
        Option<string> to = new("--to") { Description = context.Text["template.to"], DefaultValueFactory = _ => "csv20" };
        to.AcceptOnlyFromAmong([.. FormatNames.Writable.Where(w => w.Format.Kind == MessageKind.CsvData).Select(w => w.Name)]);
        Option<string> labels = new("--labels") { Description = context.Text["convert.labels"] };
        labels.AcceptOnlyFromAmong("id", "both", "name");
        Option<string> output = CommonOptions.Output(context);
        Command command = new("template", context.Text["template"]) { flow, structure, to, labels, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (await Structures.LoadAsync(context, parsed.GetRequiredValue(structure), cancellationToken).ConfigureAwait(false) is not { } structures)
            {
                return context.Refuse(context.Text["structures.unusable"]);
            }

            string name = parsed.GetRequiredValue(flow);
            if (structures.Find(name) is not { } reference || structures.SchemaOf(reference) is not { } schema)
            {
                return context.Refuse(context.Text.Format("flow.unknown", name));
            }

            DataWriterOptions options = DataWriterOptions.Default with
            {
                Labels = Enum.TryParse(parsed.GetValue(labels), true, out CsvLabels l) ? l : CsvLabels.Id,
                Languages = [context.Text.Language, "en"],
            };
            Write(context, schema, FormatNames.Find(parsed.GetRequiredValue(to))[0], options, parsed.GetValue(output) ?? "-");
            FindingsText.Write(context.Console.Error, context.Text, structures.Issues, 3);
            return ExitCode.Of(structures.Issues);
        });
        return command;
    }

    private static void Write(CliContext context, DataSchema schema, SdmxFormat format, DataWriterOptions options, string output)
    {
        ArrayBufferWriter<byte> buffer = new();
        DataSetHeader header = new() { Structure = schema.Reference, DimensionAtObservation = schema.TimeDimension?.Id ?? DataSchema.AllDimensions };
        DataSetSpace space = new(header, schema);
        DataWriter writer = DataWriters.Create(format, buffer, options);
        writer.Start(OutputFile.NewHeader(), [space]);
        writer.StartDataSet(space);
        writer.EndDataSet();
        writer.End();
        using OutputFile file = OutputFile.Create(context, output);
        file.Stream.Write(buffer.WrittenSpan);
        file.Keep();
    }
}
