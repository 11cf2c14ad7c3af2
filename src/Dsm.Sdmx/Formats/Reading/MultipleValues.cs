namespace Dsm.Sdmx.Formats.Reading;

/// <summary>
/// Several values of one component as one text, in the way of SDMX-CSV 2.0: joined by semicolons, a value with a semicolon or
/// quotation mark in quotation marks. One value is just itself.
/// </summary>
internal static class MultipleValues
{
    public static string Join(IReadOnlyList<string> values)
        => values.Count == 1 ? values[0] : string.Join(';', values.Select(Quote));

    /// <summary>The values of a text whose values are joined by a separator, those with the separator or a quotation mark in quotation marks.</summary>
    public static List<string> Split(string text, char separator)
    {
        List<string> values = [];
        for (int start = 0; start <= text.Length;)
        {
            int end = EndOf(text, start, separator);
            ReadOnlySpan<char> value = text.AsSpan(start, end - start);
            values.Add(value.Length > 1 && value[0] == '"' && value[^1] == '"' ? value[1..^1].ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : value.ToString());
            start = end + 1;
        }

        return values;
    }

    /// <summary>The separator behind a value; one between quotation marks belongs to the value.</summary>
    private static int EndOf(string text, int start, char separator)
    {
        bool isQuoted = start < text.Length && text[start] == '"' && HasClosingMark(text, start + 1, separator);
        for (int i = start, marks = 0; i < text.Length; i++)
        {
            marks += isQuoted && text[i] == '"' ? 1 : 0;
            if (text[i] == separator && marks % 2 == 0)
            {
                return i;
            }
        }

        return text.Length;
    }

    /// <summary>A mark that is never closed is one of the value.</summary>
    private static bool HasClosingMark(string text, int start, char separator)
    {
        for (int i = start, marks = 1; i < text.Length; i++)
        {
            marks += text[i] == '"' ? 1 : 0;
            if (text[i] == '"' && marks % 2 == 0 && (i + 1 == text.Length || text[i + 1] == separator))
            {
                return true;
            }
        }

        return false;
    }

    private static string Quote(string value) => value.AsSpan().IndexOfAny(';', '"') < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
