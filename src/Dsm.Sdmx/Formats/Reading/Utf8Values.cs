using System.Text;

namespace Dsm.Sdmx.Formats.Reading;

/// <summary>Values of XML attributes in UTF-8: which of them can be read without the XML parser, and their characters.</summary>
internal sealed class Utf8Values
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private char[] _text = new char[256];

    /// <summary>True for UTF-8 that XML allows, in which the only references are the five that need no declaration.</summary>
    public static bool IsDecodable(ReadOnlySpan<byte> value)
    {
        for (int i = value.IndexOf((byte)'&'), at = 0; i >= 0; i = value[at..].IndexOf((byte)'&'))
        {
            at += i;
            int length = ReferenceAt(value[at..], out _);
            if (length == 0)
            {
                return false;
            }

            at += length;
        }

        try
        {
            Strict.GetCharCount(value);
            return value.IndexOf("\uFFFE"u8) < 0 && value.IndexOf("\uFFFF"u8) < 0;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>Characters of a value that <see cref="IsDecodable"/>; good until the next call.</summary>
    public ReadOnlySpan<char> Decode(ReadOnlySpan<byte> value)
    {
        if (_text.Length < value.Length)
        {
            _text = new char[value.Length * 2];
        }

        int length = 0;
        while (!value.IsEmpty)
        {
            if (value[0] == '&')
            {
                value = value[ReferenceAt(value, out _text[length++])..];
                continue;
            }

            int plain = value.IndexOf((byte)'&');
            plain = plain < 0 ? value.Length : plain;
            length += Strict.GetChars(value[..plain], _text.AsSpan(length));
            value = value[plain..];
        }

        return _text.AsSpan(0, length);
    }

    private static int ReferenceAt(ReadOnlySpan<byte> text, out char character)
    {
        (character, int length) = text.StartsWith("&amp;"u8) ? ('&', 5) : text.StartsWith("&lt;"u8) ? ('<', 4) : text.StartsWith("&gt;"u8) ? ('>', 4)
            : text.StartsWith("&quot;"u8) ? ('"', 6) : text.StartsWith("&apos;"u8) ? ('\'', 6) : ('\0', 0);
        return length;
    }
}
