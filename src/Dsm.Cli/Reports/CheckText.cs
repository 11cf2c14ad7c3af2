namespace Dsm.Cli.Reports;

/// <summary>The report for a terminal.</summary>
internal static class CheckText
{
    private const int Places = 5;

    public static void Write(TextWriter output, CliText text, CheckReport report)
    {
        Summary(output, text, report);
        FindingsText.Write(output, text, report.Issues, Places);
    }

    /// <summary>The counts alone.</summary>
    public static void Summary(TextWriter output, CliText text, CheckReport report)
    {
        output.WriteLine($"{report.File}: {string.Join(", ", report.Structures)}".TrimEnd(' ', ':'));
        output.WriteLine("  " + text.Format("check.counts", text.Number(report.Observations), text.Number(report.Refused), text.Number(report.Issues.Count)));
    }
}
