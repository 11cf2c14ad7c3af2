using System.Globalization;

namespace Dsm.EndToEnd.Hubs;

/// <summary>An SDMX-CSV answer as rows of column name to field. Fields of the region's data hold commas and quotes, never line breaks.</summary>
public static class CsvAnswer
{
    /// <summary>The rows of an answer.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string text)
    {
        string[] lines = text.TrimStart('\uFEFF').Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] names = Fields(lines[0].TrimEnd('\r'));
        return [.. lines.Skip(1).Select(l => Fields(l.TrimEnd('\r'))).Select(f => names.Zip(f).ToDictionary(p => p.First, p => p.Second))];
    }

    /// <summary>The figure of a row; 0 where there is none.</summary>
    public static decimal Figure(this IReadOnlyDictionary<string, string> row)
        => row["OBS_VALUE"].Length == 0 ? 0 : decimal.Parse(row["OBS_VALUE"], CultureInfo.InvariantCulture);

    private static string[] Fields(string line)
    {
        List<string> fields = [];
        int at = 0;
        while (at <= line.Length)
        {
            if (at < line.Length && line[at] == '"')
            {
                int end = at + 1;
                while (line[end] != '"' || (end + 1 < line.Length && line[end + 1] == '"'))
                {
                    end += line[end] == '"' ? 2 : 1;
                }

                fields.Add(line[(at + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal));
                at = end + 2;
                continue;
            }

            int comma = line.IndexOf(',', at);
            comma = comma < 0 ? line.Length : comma;
            fields.Add(line[at..comma]);
            at = comma + 1;
        }

        return [.. fields];
    }
}
