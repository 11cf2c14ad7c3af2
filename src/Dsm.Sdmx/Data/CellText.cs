using System.Text;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Data;

/// <summary>The grammar of the cell texts of a <see cref="ComplexValue"/>. What is written is read back the same; anything can be read.</summary>
internal static class CellText
{
    private const char Separator = ';';
    private const char Mark = '"';

    /// <summary>The values of a text joined by semicolons.</summary>
    public static List<string> Split(string text)
    {
        List<string> values = [];
        for (int start = 0; start <= text.Length;)
        {
            if (QuotedLength(text.AsSpan(start)) is > 0 and int quoted && IsEnd(text, start + quoted))
            {
                values.Add(Unquote(text.AsSpan(start, quoted)));
                start += quoted + 1;
                continue;
            }

            int end = text.IndexOf(Separator, start);
            end = end < 0 ? text.Length : end;
            values.Add(text[start..end]);
            start = end + 1;
        }

        return values;
    }

    /// <summary>Values joined by semicolons.</summary>
    public static string Join(List<string> values)
    {
        if (values is [{ } only])
        {
            return NeedsMarks(only) ? Quote(only) : only;
        }

        StringBuilder text = new();
        for (int i = 0; i < values.Count; i++)
        {
            text.Append(i > 0 ? ";" : "").Append(NeedsMarks(values[i]) ? Quote(values[i]) : values[i]);
        }

        return text.ToString();
    }

    /// <summary>The texts by language of one value.</summary>
    public static LocalisedText Texts(string value)
    {
        if (QuotedLength(value) == value.Length && value.Length > 0)
        {
            return LocalisedText.Of(Unquote(value), ComplexValue.NoLanguage);
        }

        int label = LabelLength(value);
        if (label == 0)
        {
            return LocalisedText.Of(value, ComplexValue.NoLanguage);
        }

        List<KeyValuePair<string, string>> texts = [];
        for (int start = 0; label > 0;)
        {
            string language = value[start..(start + label - 1)];
            start += label;
            int quoted = QuotedLength(value.AsSpan(start));
            int end = quoted > 0 && IsEnd(value, start + quoted) ? start + quoted : EndOfText(value, start);
            texts.Add(new(language, end == start + quoted && quoted > 0 ? Unquote(value.AsSpan(start, quoted)) : value[start..end]));
            start = end + 1;
            label = start < value.Length ? LabelLength(value.AsSpan(start)) : 0;
        }

        return new LocalisedText(texts);
    }

    /// <summary>Texts by language as one value.</summary>
    public static string Of(LocalisedText value)
    {
        if (value.Texts is [{ Key: ComplexValue.NoLanguage } only])
        {
            return LooksLabelled(only.Value) ? Quote(only.Value) : only.Value;
        }

        StringBuilder text = new();
        foreach ((string language, string part) in value.Texts)
        {
            text.Append(text.Length > 0 ? ";" : "").Append(LabelLength(language + ":") > 0 ? language : "und").Append(':')
                .Append(NeedsMarks(part) ? Quote(part) : part);
        }

        return text.ToString();
    }

    /// <summary>True when a value must stand in quotation marks among others.</summary>
    public static bool NeedsMarks(ReadOnlySpan<char> value) => (value.Length > 0 && value[0] == Mark) || value.Contains(Separator);

    /// <summary>True when a text without language reads as if it named one, or as if it stood in quotation marks.</summary>
    public static bool LooksLabelled(ReadOnlySpan<char> text) => text.Length > 0 && (text[0] == Mark || LabelLength(text) > 0);

    /// <summary>True when a value sent without language may differ from its cell text; false is sure.</summary>
    public static bool NeedsCare(ReadOnlySpan<char> value) => NeedsMarks(value) || LabelLength(value) > 0;

    /// <summary>A text in quotation marks.</summary>
    public static string Quote(ReadOnlySpan<char> text) => $"\"{text.ToString().Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>
    /// Length of the language and its colon at the start of a text; 0 when there is none. Languages are two or three letters with
    /// subtags (BCP 47), so that <c>Note: ...</c> and <c>https://...</c> are no languages.
    /// </summary>
    public static int LabelLength(ReadOnlySpan<char> text)
    {
        int part = 0;
        bool isFirst = true;
        for (int i = 0; i < text.Length && i < 36; i++)
        {
            char c = text[i];
            if (isFirst ? char.IsAsciiLetter(c) : char.IsAsciiLetterOrDigit(c))
            {
                part++;
                continue;
            }

            if (c is not (':' or '-') || (isFirst ? part is not (2 or 3) : part is 0 or > 8))
            {
                return 0;
            }

            if (c == ':')
            {
                return i + 1;
            }

            (part, isFirst) = (0, false);
        }

        return 0;
    }

    /// <summary>A text without marks goes on to a semicolon behind which another language starts.</summary>
    private static int EndOfText(string value, int start)
    {
        for (int i = start; i < value.Length; i++)
        {
            if (value[i] == Separator && LabelLength(value.AsSpan(i + 1)) > 0)
            {
                return i;
            }
        }

        return value.Length;
    }

    private static bool IsEnd(string text, int at) => at == text.Length || text[at] == Separator;

    /// <summary>Length of what stands in quotation marks at the start of a text, marks included; 0 when nothing does.</summary>
    private static int QuotedLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] != Mark)
        {
            return 0;
        }

        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] != Mark)
            {
                continue;
            }

            if (i + 1 == text.Length || text[i + 1] != Mark)
            {
                return i + 1;
            }

            i++;
        }

        return 0;
    }

    private static string Unquote(ReadOnlySpan<char> quoted) => quoted[1..^1].ToString().Replace("\"\"", "\"", StringComparison.Ordinal);
}
