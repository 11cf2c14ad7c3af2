using System.Globalization;
using System.Text.RegularExpressions;

namespace Dsm.NationalServer;

/// <summary>Changes inside the text of a data file. It knows the shape of the sample files, not SDMX.</summary>
internal static partial class SourceText
{
    /// <summary>Adds to one figure; null when the file has no figure with that number.</summary>
    public static (string Text, long Old, long New, string Line)? ChangeFigure(string text, SourceEntry entry, int index, long delta)
    {
        if (IsCsv(entry))
        {
            string[] lines = text.TrimEnd('\n').Split('\n');
            int column = Array.IndexOf(lines[0].Split(','), "OBS_VALUE");
            if (index < 0 || index + 1 >= lines.Length)
            {
                return null;
            }

            MatchCollection fields = CsvField().Matches(lines[index + 1]);
            Group figure = fields[column].Groups["field"];
            if (!long.TryParse(figure.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long old))
            {
                return null;
            }

            lines[index + 1] = Splice(lines[index + 1], figure, old + delta);
            return (string.Join('\n', lines) + "\n", old, old + delta, lines[index + 1]);
        }

        Match? match = XmlFigure().Matches(text).ElementAtOrDefault(index);
        if (match is null)
        {
            return null;
        }

        long before = long.Parse(match.Groups["figure"].Value, CultureInfo.InvariantCulture);
        return (Splice(text, match.Groups["figure"], before + delta), before, before + delta, match.Value);
    }

    /// <summary>The line of an observation of a CSV file; empty for other files, which cannot tell what was updated.</summary>
    public static string Line(string text, SourceEntry entry, int index)
    {
        return IsCsv(entry) ? text.Split('\n')[index + 1] : "";
    }

    /// <summary>Puts a code, usually one that nobody knows, at a component of the first observation.</summary>
    /// <param name="text">The file.</param>
    /// <param name="entry">What it is.</param>
    /// <param name="component">Id of the component; null for the first dimension.</param>
    /// <param name="code">The code.</param>
    public static string ChangeFirstCode(string text, SourceEntry entry, string? component, string code)
    {
        if (IsCsv(entry))
        {
            string[] lines = text.Split('\n');
            // STRUCTURE, STRUCTURE_ID and ACTION come before the dimensions in SDMX-CSV 2.0, DATAFLOW in 1.0.
            int first = lines[0].StartsWith("STRUCTURE,", StringComparison.Ordinal) ? 3 : 1;
            int column = component is null ? first : Array.IndexOf(lines[0].TrimEnd('\r').Split(','), component);
            Group field = CsvField().Matches(lines[1])[column < 0 ? first : column].Groups["field"];
            lines[1] = lines[1][..field.Index] + code + lines[1][(field.Index + field.Length)..];
            return string.Join('\n', lines);
        }

        Group found = component is null ? XmlFirstCode().Match(text).Groups["code"]
            : Regex.Match(text, $"<(?:Series|Obs) [^>]*?\\b{Regex.Escape(component)}=\"(?<code>[^\"]*)\"|<generic:Value id=\"{Regex.Escape(component)}\" value=\"(?<code>[^\"]*)\"").Groups["code"];
        return text[..found.Index] + code + text[(found.Index + found.Length)..];
    }

    /// <summary>Keeps about one observation (or series) of twenty.</summary>
    public static string KeepFew(string text, SourceEntry entry)
    {
        if (IsCsv(entry))
        {
            string[] lines = text.TrimEnd('\n').Split('\n');
            return string.Join('\n', lines.Take(1 + Math.Max(1, lines.Length / 20))) + "\n";
        }

        // Series and flat observations start on lines of their own, two blanks in.
        MatchCollection starts = XmlBlock().Matches(text);
        int keep = Math.Max(1, starts.Count / 20);
        int end = text.IndexOf("</message:DataSet>", StringComparison.Ordinal);
        return keep >= starts.Count ? text : text[..starts[keep].Index] + "\n " + text[end..];
    }

    /// <summary>The header line and the lines given.</summary>
    public static string WithLines(string text, IEnumerable<string> lines)
    {
        return text[..text.IndexOf('\n', StringComparison.Ordinal)] + "\n" + string.Concat(lines.Select(l => l + "\n"));
    }

    private static bool IsCsv(SourceEntry entry)
    {
        return entry.File.EndsWith(".csv", StringComparison.Ordinal);
    }

    private static string Splice(string text, Group place, long figure)
    {
        return text[..place.Index] + figure.ToString(CultureInfo.InvariantCulture) + text[(place.Index + place.Length)..];
    }

    [GeneratedRegex("(?<=^|,)(?<field>\"(?:[^\"]|\"\")*\"|[^,]*)")]
    private static partial Regex CsvField();

    [GeneratedRegex("(?:OBS_VALUE=\"|ObsValue value=\")(?<figure>\\d+)\"")]
    private static partial Regex XmlFigure();

    [GeneratedRegex("<(?:Series|Obs) [A-Z_]+=\"(?<code>[^\"]*)\"|<generic:Value id=\"[A-Z_]+\" value=\"(?<code>[^\"]*)\"")]
    private static partial Regex XmlFirstCode();

    [GeneratedRegex("\\n  <(?:generic:)?(?:Series|Obs)[ >]")]
    private static partial Regex XmlBlock();
}
