using Dsm.Sdmx.Formats.Summary;
using Dsm.Sdmx.Issues;

namespace Dsm.Cli.Reports;

/// <summary>What was found in a message, for people.</summary>
internal static class InspectionText
{
    private const int Shown = 5;

    public static void Write(CliContext context, string file, MessageSummary summary, IssueList issues)
    {
        (TextWriter output, CliText text) = (context.Console.Out, context.Text);
        output.WriteLine($"{file}: {(summary.Format is null ? text["inspect.unknown"] : $"{summary.Format} {summary.Version}".TrimEnd())}");
        foreach ((string name, long count) in summary.Artefacts.Where(a => a.Value > 0))
        {
            output.WriteLine($"  {name,-24} {text.Number(count),12}");
        }

        if (summary.DataSets > 0 || summary.Observations > 0)
        {
            output.WriteLine($"  {text["datasets"],-24} {text.Number(summary.DataSets),12}");
            output.WriteLine($"  {text["series"],-24} {text.Number(summary.Series),12}");
            output.WriteLine($"  {text["observations"],-24} {text.Number(summary.Observations),12}");
        }

        FindingsText.Write(output, text, issues, Shown);
    }
}
