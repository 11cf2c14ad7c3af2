using System.Text;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Mapping;

/// <summary>Evens out how values are spelled in national files, for matching only: what is stored is never changed by it.</summary>
internal static class SourceText
{
    private const string Cyrillic = "АВСЕНКМОРТХІЅЈУасеорхіѕју";
    private const string Latin = "ABCEHKMOPTXISJYaceopxisjy";

    /// <summary>Trimmed, composed (NFC), runs of blanks of any kind as one blank, ё as е, Romanian ş ţ (cedilla) as ș ț (comma).</summary>
    public static string Normalize(string text)
    {
        StringBuilder result = new(text.Length);
        foreach (char c in text.IsNormalized() ? text : text.Normalize(NormalizationForm.FormC))
        {
            if (char.IsWhiteSpace(c) || c is '\u200B' or '\uFEFF' or '\u2060')
            {
                if (result.Length > 0 && result[^1] != ' ')
                {
                    result.Append(' ');
                }

                continue;
            }

            result.Append(c switch { 'ё' => 'е', 'Ё' => 'Е', 'ş' => 'ș', 'Ş' => 'Ș', 'ţ' => 'ț', 'Ţ' => 'Ț', '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2212' => '-', _ => c });
        }

        return result.ToString().TrimEnd(' ');
    }

    /// <summary>
    /// Words all of whose letters are Latin or look like Latin ones, in Latin letters: codes and Roman numerals typed on the wrong
    /// keyboard. Words with any other Cyrillic letter stay as they are.
    /// </summary>
    public static string Fold(string text)
    {
        char[] result = text.ToCharArray();
        for (int start = 0; start < result.Length;)
        {
            int end = start;
            while (end < result.Length && char.IsLetter(result[end]))
            {
                end++;
            }

            Span<char> word = result.AsSpan(start, end - start);
            bool looksLatin = true;
            foreach (char c in word)
            {
                looksLatin &= char.IsAsciiLetter(c) || Cyrillic.Contains(c, StringComparison.Ordinal);
            }

            for (int i = 0; i < word.Length && looksLatin; i++)
            {
                int at = Cyrillic.IndexOf(word[i], StringComparison.Ordinal);
                word[i] = at >= 0 ? Latin[at] : word[i];
            }

            start = end + 1;
        }

        return new string(result);
    }

    /// <summary>A name without the footnote mark stuck to its end (<c>Россия1</c>, <c>Россия¹)</c>, <c>Россия*</c>); the same text when there is none.</summary>
    public static string WithoutFootnote(string text)
    {
        int end = text.Length;
        while (end > 0 && (char.IsDigit(text[end - 1]) || text[end - 1] is '*' or ')' or '¹' or '²' or '³' or (>= '⁰' and <= '⁹')))
        {
            end--;
        }

        // Only words: Y18T34 and K2 are codes, their digits mean something.
        return end < text.Length && end >= 4 && char.IsLetter(text[end - 1]) && text.AsSpan(0, end).IndexOfAnyInRange('0', '9') < 0 && text.Count(char.IsLower) >= 3
            ? text[..end]
            : text;
    }

    /// <summary>
    /// A number in a national form: blanks or apostrophes as thousand marks, decimal comma, several dots as thousand marks. A single
    /// comma or dot before three digits says nothing sure and is left alone.
    /// </summary>
    public static bool TryNumber(string text, out ObservationValue value)
    {
        value = default;
        string plain = Normalize(text).Replace('’', '\'');
        string sign = plain.StartsWith('-') ? "-" : "";
        plain = plain[sign.Length..];
        int comma = plain.IndexOf(',', StringComparison.Ordinal);
        string whole = comma < 0 ? plain : plain[..comma], fraction = comma < 0 ? "" : plain[(comma + 1)..];
        char mark = whole.FirstOrDefault(c => c is ' ' or '\'' or '.');
        string[] groups = mark == 0 ? [whole] : whole.Split(mark);
        bool sure = mark != '.' || comma >= 0 || groups.Length > 2;
        if (!sure || (comma >= 0 && fraction.Length is 0 or 3 && mark == 0)
            || groups.Any(g => g.Length == 0 || g.Any(c => !char.IsAsciiDigit(c)))
            || groups.Skip(1).Any(g => g.Length != 3) || (groups.Length > 1 && groups[0].Length > 3)
            || fraction.Any(c => !char.IsAsciiDigit(c)))
        {
            return false;
        }

        value = ObservationValue.Parse(sign + string.Concat(groups) + (fraction.Length > 0 ? "." + fraction : ""));
        return value.Kind == ObservationValueKind.Number;
    }
}
