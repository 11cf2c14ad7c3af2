using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Dsm.Sdmx.Mapping;

/// <summary>
/// A date pattern in the letters of Java's SimpleDateFormat, as SDMX 3.0 prescribes for DatePatternMap (technical notes, "Pattern based
/// dates"), plus its <c>n</c> for the number of a period behind a frequency letter (<c>yyyyMnnn</c> reads <c>2010M001</c>).
/// </summary>
/// <remarks>
/// <c>Y</c> means <c>y</c>, and <c>D</c> beside a month the day of the month: so are the standard's own examples. Two-digit years are
/// 1950 to 2049, whatever the day on which they are read.
/// </remarks>
internal sealed class JavaDatePattern
{
    private readonly ImmutableArray<Token> _tokens;
    private readonly DateNames _names;

    private JavaDatePattern(ImmutableArray<Token> tokens, DateNames names) => (_tokens, _names) = (tokens, names);

    /// <summary>Reads a pattern; false, with the reason, when a letter or the locale is not known.</summary>
    public static bool TryCreate(string pattern, string locale, [NotNullWhen(true)] out JavaDatePattern? result, [NotNullWhen(false)] out string? fault)
    {
        (result, fault) = (null, null);
        if (!DateNames.TryGet(locale, out DateNames? names))
        {
            fault = $"locale “{locale}”";
            return false;
        }

        List<Token> tokens = Tokens(pattern);
        for (int i = 0; i < tokens.Count && fault is null; i++)
        {
            if (tokens[i].Letter != 0 && !"yYMLdDwEuUaHkKhmsSGn".Contains(tokens[i].Letter, StringComparison.Ordinal) && !IsPeriodLetter(tokens, i))
            {
                fault = $"pattern letter “{tokens[i].Letter}” in “{pattern}”";
            }
        }

        bool hasMonth = tokens.Any(t => t.Letter is 'M' or 'L');
        result = fault is null ? new JavaDatePattern([.. tokens.Select((t, i) => Meaning(tokens, t, i, hasMonth))], names) : null;
        return fault is null;
    }

    /// <summary>Reads a text; false when it does not follow the pattern or is no date.</summary>
    public bool TryParse(string text, [NotNullWhen(true)] out DateParts? parts)
    {
        parts = new DateParts();
        int at = 0;
        for (int i = 0; i < _tokens.Length; i++)
        {
            bool nextIsNumber = i + 1 < _tokens.Length && _tokens[i + 1].IsNumber;
            if (!TryRead(_tokens[i], text, ref at, nextIsNumber, parts))
            {
                parts = null;
                return false;
            }
        }

        if (at != text.Length || !parts.IsDate)
        {
            parts = null;
        }

        return parts is not null;
    }

    /// <summary>Writes an instant.</summary>
    public string Format(DateTime instant)
    {
        StringBuilder text = new();
        foreach (Token token in _tokens)
        {
            text.Append(token.Letter switch
            {
                '\0' => token.Literal,
                'y' => token.Count == 2 ? Number(instant.Year % 100, 2) : Number(instant.Year, token.Count),
                'M' when token.Count >= 3 => _names.Month(instant.Month, token.Count >= 4),
                'M' => Number(instant.Month, token.Count),
                'd' => Number(instant.Day, token.Count),
                'D' => Number(instant.DayOfYear, token.Count),
                'w' => Number(ISOWeek.GetWeekOfYear(instant), token.Count),
                'E' => _names.Day(instant.DayOfWeek, token.Count >= 4),
                'H' => Number(instant.Hour, token.Count),
                'm' => Number(instant.Minute, token.Count),
                's' => Number(instant.Second, token.Count),
                'S' => Number(instant.Millisecond, token.Count),
                'n' => Number(DateParts.NumberOf(token.Frequency, instant), token.Count),
                _ => "",
            });
        }

        return text.ToString();
    }

    private static string Number(int number, int digits) => number.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');

    private static List<Token> Tokens(string pattern)
    {
        List<Token> tokens = [];
        for (int i = 0; i < pattern.Length;)
        {
            int start = i;
            if (char.IsAsciiLetter(pattern[i]))
            {
                while (i < pattern.Length && pattern[i] == pattern[start])
                {
                    i++;
                }

                tokens.Add(new Token(pattern[start], i - start, pattern[start..i]));
            }
            else if (pattern[i] == '\'')
            {
                int end = pattern.IndexOf('\'', i + 1);
                end = end < 0 ? pattern.Length : end;
                tokens.Add(new Token('\0', 0, end == i + 1 ? "'" : pattern[(i + 1)..end]));
                i = end + 1;
            }
            else
            {
                tokens.Add(new Token('\0', 0, pattern[i++].ToString()));
            }
        }

        return tokens;
    }

    private static bool IsPeriodLetter(List<Token> tokens, int i)
        => tokens[i].Count == 1 && "AQSTMWD".Contains(tokens[i].Letter, StringComparison.Ordinal) && i + 1 < tokens.Count && tokens[i + 1].Letter == 'n';

    private static Token Meaning(List<Token> tokens, Token token, int i, bool hasMonth)
        => IsPeriodLetter(tokens, i) ? token with { Letter = '\0' }
            : token.Letter == 'n' ? token with { Frequency = i > 0 && IsPeriodLetter(tokens, i - 1) ? tokens[i - 1].Letter : 'D' }
            : token with { Letter = token.Letter switch { 'Y' => 'y', 'L' => 'M', 'D' when hasMonth => 'd', 'U' => 'u', _ => token.Letter } };

    private bool TryRead(Token token, string text, ref int at, bool nextIsNumber, DateParts parts)
    {
        switch (token.Letter)
        {
            case '\0':
                bool same = string.CompareOrdinal(text, at, token.Literal, 0, token.Literal.Length) == 0;
                at += token.Literal.Length;
                return same;
            case 'M' when token.Count >= 3:
                return _names.TryReadMonth(text, ref at, out parts.Month);
            case 'E':
                return _names.TryReadDay(text, ref at);
            case 'a':
                return _names.TryReadHalf(text, ref at, out parts.IsAfternoon);
            case 'G':
                bool era = string.CompareOrdinal(text, at, "AD", 0, 2) == 0;
                at += 2;
                return era;
        }

        int start = at, most = nextIsNumber ? token.Count : token.Letter == 'y' ? 4 : Math.Max(token.Count, token.Letter is 'D' or 'S' or 'n' ? 3 : 2);
        while (at < text.Length && at - start < most && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        if (at == start || (nextIsNumber && at - start < token.Count) || (token is { Letter: 'y', Count: > 2 } && at - start < 4))
        {
            return false;
        }

        if (!int.TryParse(text.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return false;
        }

        parts.Set(token.Letter, token.Letter == 'y' && at - start <= 2 ? number + (number < 50 ? 2000 : 1900) : number, token.Frequency);
        return true;
    }

    private readonly record struct Token(char Letter, int Count, string Literal, char Frequency = '\0')
    {
        public bool IsNumber => Letter is not ('\0' or 'E' or 'a' or 'G') && !(Letter == 'M' && Count >= 3);
    }
}
