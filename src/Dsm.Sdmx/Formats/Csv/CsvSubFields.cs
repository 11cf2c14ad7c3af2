using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// Parts of one field (field guide 2.0, "Multi-valued components"): values joined by the separator of the message, those with the
/// separator in quotation marks, doubled inside; texts by language, <c>en:Value;fr:Valeur</c>. Any text can be taken apart.
/// </summary>
internal static class CsvSubFields
{
    /// <summary>The values of a field.</summary>
    public static List<string> Split(string field, char separator)
    {
        List<string> values = [];
        for (int start = 0; start <= field.Length;)
        {
            int end = EndOf(field, start, separator);
            values.Add(Unquoted(field[start..end]));
            start = end + 1;
        }

        return values;
    }

    /// <summary>The texts by language of one value. What does not begin with a language belongs to the text before it.</summary>
    public static LocalisedText Texts(string value, char separator)
    {
        int label = CellText.LabelLength(value);
        if (label == 0)
        {
            return LocalisedText.Of(Unquoted(value), ComplexValue.NoLanguage);
        }

        List<KeyValuePair<string, string>> texts = [];
        for (int start = 0; label > 0;)
        {
            string language = value[start..(start + label - 1)];
            start += label;
            int end = EndOf(value, start, separator);
            while (end < value.Length && CellText.LabelLength(value.AsSpan(end + 1)) == 0)
            {
                int next = value.IndexOf(separator, end + 1);
                end = next < 0 ? value.Length : next;
            }

            texts.Add(new(language, Unquoted(value[start..end])));
            start = end + 1;
            label = start < value.Length ? CellText.LabelLength(value.AsSpan(start)) : 0;
        }

        return new LocalisedText(texts);
    }

    /// <summary>Values joined by a separator; one value is just itself.</summary>
    public static string Join(IReadOnlyList<string> values, char separator)
        => values.Count == 1 ? values[0] : string.Join(separator, values.Select(v => Quoted(v, separator)));

    /// <summary>A value as it stands among others.</summary>
    public static string Quoted(string value, char separator)
        => value.AsSpan().IndexOfAny(separator, '"') < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Where a value ends: at a separator; one between quotation marks belongs to the value.</summary>
    private static int EndOf(string text, int start, char separator)
    {
        int quoted = QuotedLength(text.AsSpan(start));
        if (quoted > 0 && (start + quoted == text.Length || text[start + quoted] == separator))
        {
            return start + quoted;
        }

        int end = text.IndexOf(separator, start);
        return end < 0 ? text.Length : end;
    }

    /// <summary>Length of what stands in quotation marks at the start of a text, marks included; 0 when nothing does.</summary>
    private static int QuotedLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] != '"')
        {
            return 0;
        }

        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] == '"' && (i + 1 == text.Length || text[i + 1] != '"'))
            {
                return i + 1;
            }

            i += text[i] == '"' ? 1 : 0;
        }

        return 0;
    }

    private static string Unquoted(string text)
        => text.Length > 1 && QuotedLength(text) == text.Length ? text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : text;
}
