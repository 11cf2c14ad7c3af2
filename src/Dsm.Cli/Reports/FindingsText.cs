using Dsm.Sdmx.Issues;

namespace Dsm.Cli.Reports;

/// <summary>Findings for people: one line a cause with its number, and the first places below it.</summary>
internal static class FindingsText
{
    public static void Write(TextWriter output, CliText text, IssueList issues, int places) => Write(output, text, issues.Groups, places);

    public static void Write(TextWriter output, CliText text, IEnumerable<IssueGroup> groups, int places)
    {
        foreach (IssueGroup group in groups.OrderByDescending(g => g.Severity).ThenByDescending(g => g.Total))
        {
            string component = group.Component is null ? "" : $" [{group.Component}]";
            string message = group.IsOverflow ? text.Format("findings.overflow", group.Code.Id) : group.Text(text.Language);
            output.WriteLine($"  {text["severity." + group.Severity]} {group.Code.Id} × {text.Number(group.Total)}{component}: {message}");
            foreach (Issue issue in group.Samples.Where(s => s.Location != Location.None).Take(places))
            {
                output.WriteLine("      " + Place(text, issue.Location));
            }

            if (group.Total > places && group.Samples[0].Location.Line > 0)
            {
                output.WriteLine("      " + text.Format("findings.more", text.Number(group.Total - Math.Min(places, group.Samples.Count))));
            }
        }
    }

    /// <summary>A place in words.</summary>
    public static string Place(CliText text, Location location)
    {
        List<string> parts = [];
        if (location.Line > 0)
        {
            parts.Add(text.Format(location.Column > 0 ? "place.column" : "place.line", location.Line, location.Column));
        }

        parts.AddRange(new[] { location.Key, location.Period }.Where(p => !string.IsNullOrEmpty(p))!);
        return string.Join("  ", parts);
    }
}
