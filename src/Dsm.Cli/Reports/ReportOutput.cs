using System.Text;

namespace Dsm.Cli.Reports;

/// <summary>Puts a report where the user wants it.</summary>
internal static class ReportOutput
{
    public static async Task WriteAsync(CliContext context, CheckReport report, string? format, string? path, CancellationToken cancellationToken)
    {
        if (path is null or "-")
        {
            await context.Console.Out.FlushAsync(cancellationToken).ConfigureAwait(false);
            Write(context, report, format, context.Console.Output);
            await context.Console.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        await using FileStream file = new(path, FileMode.Create, FileAccess.Write);
        Write(context, report, format, file);
        if (format is not null)
        {
            CheckText.Summary(context.Console.Error, context.Text, report);
        }
    }

    private static void Write(CliContext context, CheckReport report, string? format, Stream stream)
    {
        if (format == "xlsx")
        {
            CheckXlsx.Write(stream, report, context.Text);
            return;
        }

        // Spreadsheet programs take CSV for UTF-8 only with a byte order mark.
        using StreamWriter writer = new(stream, new UTF8Encoding(format == "csv"), 64 * 1024, leaveOpen: true) { NewLine = format == "csv" ? "\r\n" : "\n" };
        switch (format)
        {
            case "json":
                writer.Flush();
                CheckJson.Write(stream, report, context.Text);
                break;
            case "html":
                CheckHtml.Write(writer, report, context.Text);
                break;
            case "csv":
                CheckCsv.Write(writer, report, context.Text);
                break;
            default:
                CheckText.Write(writer, context.Text, report);
                break;
        }
    }
}
