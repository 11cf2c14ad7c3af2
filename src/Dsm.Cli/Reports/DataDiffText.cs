using Dsm.Cli.Inputs;

namespace Dsm.Cli.Reports;

/// <summary>Differences of data for people.</summary>
internal static class DataDiffText
{
    public static void Write(TextWriter output, CliText text, DataDifference difference)
    {
        foreach (ObservationDifference observation in difference.Samples)
        {
            output.WriteLine($"{StructureDiffText.Sign(observation.Kind)} {observation.Key}  {observation.Values}");
        }

        long shown = difference.Samples.Count, all = difference.Added + difference.Changed + difference.Removed;
        if (shown < all)
        {
            output.WriteLine(text.Format("findings.more", text.Number(all - shown)));
        }

        output.WriteLine(text.Format("diff.observations", text.Number(difference.Added), text.Number(difference.Changed), text.Number(difference.Removed), text.Number(difference.Same)));
    }
}
