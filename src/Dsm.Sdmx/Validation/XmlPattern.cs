using System.Text;
using System.Text.RegularExpressions;

namespace Dsm.Sdmx.Validation;

/// <summary>
/// Regular expressions of XML Schema (Part 2, appendix F) as .NET expressions: anchored, in the engine whose time is linear in the text.
/// </summary>
/// <remarks>
/// <c>^</c> and <c>$</c> are ordinary characters in XML Schema; many published structures nevertheless write them at both ends as
/// anchors, so there they are taken as such.
/// </remarks>
internal static class XmlPattern
{
    private const string NameStart = "_:A-Za-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD";
    private const string NameMore = NameStart + "\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040";

    /// <summary>Translates a pattern; null when it is no regular expression.</summary>
    public static Regex? Compile(string pattern)
    {
        try
        {
            return new Regex(@"^(?:" + Translate(pattern) + @")\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string Translate(string pattern)
    {
        ReadOnlySpan<char> text = pattern;
        text = text.StartsWith("^") ? text[1..] : text;
        text = text.EndsWith("$") && !text.EndsWith(@"\$") ? text[..^1] : text;
        StringBuilder result = new(text.Length + 16);
        int depth = 0; // character classes nest by subtraction: [a-z-[aeiou]]
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\\' && i + 1 < text.Length)
            {
                result.Append(Escape(text[++i], depth > 0));
            }
            else if (depth == 0 && c is '^' or '$')
            {
                result.Append(depth == 0 ? "\\" : "").Append(c);
            }
            else
            {
                depth += c == '[' ? 1 : c == ']' ? -1 : 0;
                result.Append(c == '.' && depth == 0 ? "[^\\n\\r]" : c.ToString());
            }
        }

        return result.ToString();
    }

    private static string Escape(char c, bool inClass)
    {
        (string members, bool negated) = c switch
        {
            's' => (@" \t\n\r", false),
            'S' => (@" \t\n\r", true),
            'i' => (NameStart, false),
            'I' => (NameStart, true),
            'c' => (NameMore, false),
            'C' => (NameMore, true),
            'w' => (@"\p{P}\p{Z}\p{C}", true),
            'W' => (@"\p{P}\p{Z}\p{C}", false),
            _ => ("\\" + c, false),
        };
        if (c is not ('s' or 'S' or 'i' or 'I' or 'c' or 'C' or 'w' or 'W'))
        {
            return members;
        }

        // A negated set inside a class has no .NET form but for \w and \s, which come close enough.
        return !inClass ? $"[{(negated ? "^" : "")}{members}]" : !negated ? members : c switch { 'w' => @"\w", 'S' => @"\S", _ => throw new NotSupportedException() };
    }
}
