using System.Text.Json;
using Dsm.Sdmx.Issues;

namespace Dsm.Benchmarks;

/// <summary>The gate before any figure: of a message with planted defects exactly those are found, each at its line.</summary>
internal static class PlantedDefects
{
    /// <summary>Generates, reads, validates and maps; true when the findings are just the planted defects.</summary>
    public static bool AreFound(Passes passes, string generator, string format, long observations)
    {
        int defects = (int)Math.Max(8, observations / 1000);
        string file = GeneratedMessages.Message(generator, format, observations, defects);
        using JsonDocument sideCar = JsonDocument.Parse(File.ReadAllText(file + ".errors.json"));
        long[] planted = [.. sideCar.RootElement.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("ordinal").GetInt64())];
        passes.Refused = [];
        passes.ReadValidateMap(file);
        int astray = Astray(file, passes.Found, format.StartsWith("generic", StringComparison.Ordinal));
        bool exact = passes.Refused.SequenceEqual(planted) && passes.Found.Count == planted.Length && astray == 0;
        Console.WriteLine($"{format}: planted defects: {planted.Length}; found: {passes.Found.Count}; at another line: {astray}; {(exact ? "exactly those" : "NOT THE SAME: no figures")}");
        passes.Refused = null;
        return exact;
    }

    /// <summary>How many findings stand at lines that do not show what is wrong.</summary>
    private static int Astray(string file, IssueList found, bool isGeneric)
    {
        ILookup<int, Issue> byLine = found.Kept.ToLookup(i => i.Location.Line);
        int number = 0, right = 0;
        string? before = null;
        foreach (string line in File.ReadLines(file))
        {
            foreach (Issue issue in byLine[number])
            {
                // The key of a series of generic data stands one line below its start.
                string shown = issue.Code.Id is "D0102" or "D0307" ? issue.Location.Period! : issue.Arguments[0];
                right += (isGeneric && issue.Location.Period is null ? before + line : before!).Contains(shown, StringComparison.Ordinal) ? 1 : 0;
            }

            before = line;
            number++;
        }

        return (int)found.Kept.Count() - right;
    }
}
