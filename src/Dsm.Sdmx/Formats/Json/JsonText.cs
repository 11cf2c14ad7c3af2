using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Writes JSON strings and texts by language (RFC 8259). Only what must be escaped is.</summary>
internal static class JsonText
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, 32).Select(i => (char)i), '"', '\\']);

    /// <summary>Writes a string with its quotation marks.</summary>
    public static void String(Utf8Output output, ReadOnlySpan<char> text)
    {
        output.Raw((byte)'"');
        for (int at = text.IndexOfAny(Escaped); at >= 0; at = text.IndexOfAny(Escaped))
        {
            output.Text(text[..at]);
            Escape(output, text[at]);
            text = text[(at + 1)..];
        }

        output.Text(text);
        output.Raw((byte)'"');
    }

    /// <summary>Writes a member name with its colon.</summary>
    public static void Name(Utf8Output output, ReadOnlySpan<char> name)
    {
        String(output, name);
        output.Raw((byte)':');
    }

    /// <summary>Writes an object of the texts by language.</summary>
    public static void Texts(Utf8Output output, IEnumerable<KeyValuePair<string, string>> texts)
    {
        Texts(output, texts as KeyValuePair<string, string>[] ?? [.. texts], null);
    }

    // Of a language that comes twice the first text counts. Null for languages: all of them.
    private static void Texts(Utf8Output output, ReadOnlySpan<KeyValuePair<string, string>> texts, ImmutableArray<string>? languages)
    {
        output.Raw((byte)'{');
        bool any = false;
        for (int i = 0; i < texts.Length; i++)
        {
            if ((languages is { } asked && !IsAmong(asked, texts[i].Key)) || StandsIn(texts[..i], texts[i].Key))
            {
                continue;
            }

            output.Raw(any ? ","u8 : ""u8);
            Name(output, texts[i].Key);
            String(output, texts[i].Value);
            any = true;
        }

        output.Raw((byte)'}');
    }

    private static bool StandsIn(ReadOnlySpan<KeyValuePair<string, string>> texts, string language)
    {
        foreach (KeyValuePair<string, string> text in texts)
        {
            if (text.Key == language)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAmong(ImmutableArray<string> languages, string language)
    {
        foreach (string one in languages)
        {
            if (string.Equals(one, language, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Writes the members <c>name</c> (in the best of the languages) and <c>names</c> (in all of them that there are), or such a pair
    /// of another kind. Without a text only <c>name</c> is written, with what stands in for it, if that is not null.
    /// </summary>
    public static void Names(Utf8Output output, LocalisedText name, string? otherwise, ImmutableArray<string> languages, string? member = "name", string members = "names")
    {
        string? best = name.Best(languages.AsSpan()) ?? otherwise;
        if (best is null)
        {
            return;
        }

        if (member is not null)
        {
            output.Raw((byte)',');
            Name(output, member);
            String(output, best);
        }

        if (name.IsEmpty)
        {
            return;
        }

        output.Raw((byte)',');
        Name(output, members);
        bool isAsked = false;
        foreach (KeyValuePair<string, string> text in name.Texts)
        {
            isAsked |= IsAmong(languages, text.Key);
        }

        if (isAsked)
        {
            Texts(output, name.Texts.AsSpan(), languages);
        }
        else
        {
            Texts(output, [name.Texts.First(t => t.Value == best)], null);
        }
    }

    /// <summary>True for what the schemas take as an id.</summary>
    public static bool IsId(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '@' or '$' or '-'))
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }

    /// <summary>The text as an id: what no id may hold becomes an underscore.</summary>
    public static string ToId(string text)
        => IsId(text) ? text : text.Length == 0 ? "_" : string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '@' or '$' or '-' ? c : '_'));

    /// <summary>A date, or date and time, as the schemas want it: with a time and an offset (RFC 3339).</summary>
    public static string ToDateTime(string text)
    {
        text = text.Trim();
        if (text.Length == 10)
        {
            return text + "T00:00:00Z";
        }

        bool hasOffset = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':' && text.Contains('T', StringComparison.Ordinal));
        return hasOffset ? text : text + "Z";
    }

    /// <summary>Writes an instant of a period's limits with its quotation marks, to the second: messages have two of every period.</summary>
    public static void Instant(Utf8Output output, DateTime instant)
    {
        ReadOnlySpan<byte> form = "\"0000-00-00T00:00:00Z\""u8;
        Span<byte> text = output.Ask(form.Length);
        form.CopyTo(text);
        (int year, int month, int day) = instant;
        Digits(text[1..5], year);
        Digits(text[6..8], month);
        Digits(text[9..11], day);
        if (instant.TimeOfDay != TimeSpan.Zero)
        {
            Digits(text[12..14], instant.Hour);
            Digits(text[15..17], instant.Minute);
            Digits(text[18..20], instant.Second);
        }

        output.Take(form.Length);
    }

    private static void Digits(Span<byte> to, int number)
    {
        for (int i = to.Length - 2; i >= 0; i -= 2)
        {
            (number, int pair) = Math.DivRem(number, 100);
            (int tens, int ones) = Math.DivRem(pair, 10);
            (to[i], to[i + 1]) = ((byte)('0' + tens), (byte)('0' + ones));
        }
    }

    /// <summary>True for a number in the spelling of JSON that others can read as one, too.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text)
    {
        int i = text.Length > 0 && text[0] == '-' ? 1 : 0, first = i;
        i = Digits(text, i);
        if (i == first || (text[first] == '0' && i > first + 1))
        {
            return false;
        }

        if (i < text.Length && text[i] == '.')
        {
            int fraction = i + 1;
            i = Digits(text, fraction);
            if (i == fraction)
            {
                return false;
            }
        }

        if (i < text.Length && text[i] is 'e' or 'E')
        {
            i += i + 1 < text.Length && text[i + 1] is '+' or '-' ? 2 : 1;
            int exponent = i;
            i = Digits(text, i);
            if (i == exponent)
            {
                return false;
            }
        }

        return i == text.Length && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number);
    }

    private static int Digits(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    private static void Escape(Utf8Output output, char c)
    {
        switch (c)
        {
            case '"':
                output.Raw("\\\""u8);
                break;
            case '\\':
                output.Raw("\\\\"u8);
                break;
            case '\n':
                output.Raw("\\n"u8);
                break;
            case '\r':
                output.Raw("\\r"u8);
                break;
            case '\t':
                output.Raw("\\t"u8);
                break;
            default:
                output.Text(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"));
                break;
        }
    }
}
