using System.Globalization;
using System.Xml;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Values as XML text.</summary>
internal static class XmlText
{
    /// <summary>A text with U+FFFD for each character that XML 1.0 cannot carry (control characters, lone surrogates).</summary>
    public static string Clean(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!IsLegal(text, i))
            {
                return string.Create(text.Length, text, static (target, source) =>
                {
                    for (int at = 0; at < target.Length; at++)
                    {
                        target[at] = IsLegal(source, at) ? source[at] : '\uFFFD';
                    }
                });
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
