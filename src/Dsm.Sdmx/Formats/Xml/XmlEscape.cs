using System.Buffers;
using System.Text;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Text into XML 1.0: marks are escaped, line ends and tabs become character references (an attribute would turn them into blanks),
/// and characters that XML 1.0 cannot carry (most control characters, U+FFFE, U+FFFF, lone surrogates) become U+FFFD.
/// </summary>
internal static class XmlEscape
{
    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(i => (char)i), '&', '<', '>', '"', '\uFFFE', '\uFFFF']);

    /// <summary>Writes text escaped for an attribute in double quotes; also good between tags.</summary>
    public static void Write(Utf8Output output, ReadOnlySpan<char> text)
    {
        int special;
        while ((special = text.IndexOfAny(Special)) >= 0)
        {
            output.Text(text[..special]);
            output.Raw(text[special] switch
            {
                '&' => "&amp;"u8,
                '<' => "&lt;"u8,
                '>' => "&gt;"u8,
                '"' => "&quot;"u8,
                '\t' => "&#9;"u8,
                '\n' => "&#10;"u8,
                '\r' => "&#13;"u8,
                _ => "\uFFFD"u8,
            });
            text = text[(special + 1)..];
        }

        output.Text(text);
    }

    /// <summary>Text escaped, in UTF-8.</summary>
    public static byte[] ToBytes(string before, string text, string after)
    {
        ArrayBufferWriter<byte> bytes = new();
        Utf8Output output = new(bytes);
        output.Text(before);
        Write(output, text);
        output.Text(after);
        output.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Bytes of plain text.</summary>
    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
