using Dsm.Sdmx.Model;

namespace Dsm.Cli.Reports;

/// <summary>Differences of structures for people, and the version they require.</summary>
internal static class StructureDiffText
{
    public static void Write(TextWriter output, CliText text, IReadOnlyCollection<ArtefactComparison> comparisons, int places)
    {
        foreach (ArtefactComparison comparison in comparisons)
        {
            output.WriteLine($"{Sign(comparison.Kind!.Value)} {comparison.Reference.Type.Class} {comparison.Reference}");
            foreach (IGrouping<ChangeImpact, StructureChange> impact in comparison.Changes.GroupBy(c => c.Impact).OrderByDescending(g => g.Key))
            {
                StructureChange[] changes = [.. impact];
                foreach (StructureChange change in changes.Take(places))
                {
                    output.WriteLine($"    {Sign(change.Kind)} {change.Path}{Values(change)}  [{text["impact." + change.Impact]}]");
                }

                if (changes.Length > places)
                {
                    output.WriteLine("    " + text.Format("findings.more", text.Number(changes.Length - places)));
                }
            }

            if (comparison is { RequiredVersion: { } required, Before: { } before, After: { } after, Impact: > ChangeImpact.None })
            {
                string verdict = comparison.HasRequiredVersion ? "diff.version-enough" : "diff.version-short";
                output.WriteLine("    " + text.Format(verdict, before.Version, required, after.Version));
            }
        }

        output.WriteLine(comparisons.Count == 0
            ? text["diff.same"]
            : text.Format(
                "diff.artefacts",
                text.Number(comparisons.Count(c => c.Kind == ChangeKind.Added)),
                text.Number(comparisons.Count(c => c.Kind == ChangeKind.Changed)),
                text.Number(comparisons.Count(c => c.Kind == ChangeKind.Removed))));
    }

    public static char Sign(ChangeKind kind) => kind switch { ChangeKind.Added => '+', ChangeKind.Removed => '-', _ => '~' };

    private static string Values(StructureChange change) => change.Kind switch
    {
        ChangeKind.Added => $" = {change.After}",
        ChangeKind.Removed => $" = {change.Before}",
        _ => $": {change.Before} -> {change.After}",
    };
}
