using System.Globalization;
using System.Xml;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Values as XML text.</summary>
internal static class XmlText
{
    /// <summary>A text without the characters that XML 1.0 cannot carry (control characters, lone surrogates).</summary>
    public static string Clean(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!IsLegal(text, i))
            {
                return string.Concat(Enumerable.Range(0, text.Length).Where(at => IsLegal(text, at)).Select(at => text[at]));
            }
        }

        return text;
    }

    /// <summary>A number; null for null.</summary>
    public static string? Of(decimal? number) => number?.ToString(CultureInfo.InvariantCulture);

    /// <summary>A whole number; null for null.</summary>
    public static string? Of(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static bool IsLegal(string text, int at)
        => char.IsHighSurrogate(text[at]) ? at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
            : char.IsLowSurrogate(text[at]) ? at > 0 && char.IsHighSurrogate(text[at - 1])
            : XmlConvert.IsXmlChar(text[at]);
}
