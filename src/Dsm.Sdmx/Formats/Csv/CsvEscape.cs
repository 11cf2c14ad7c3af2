using System.Buffers;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>Fields of CSV (RFC 4180): quoted when they hold a comma, a quote or a line end; quotes are doubled.</summary>
internal static class CsvEscape
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    /// <summary>Writes a field.</summary>
    public static void Write(Utf8Output output, ReadOnlySpan<char> text)
    {
        if (text.IndexOfAny(Special) < 0)
        {
            output.Text(text);
            return;
        }

        output.Raw((byte)'"');
        int quote;
        while ((quote = text.IndexOf('"')) >= 0)
        {
            output.Text(text[..quote]);
            output.Raw("\"\""u8);
            text = text[(quote + 1)..];
        }

        output.Text(text);
        output.Raw((byte)'"');
    }

    /// <summary>A field in UTF-8.</summary>
    public static byte[] ToBytes(string text)
    {
        ArrayBufferWriter<byte> bytes = new();
        Utf8Output output = new(bytes);
        Write(output, text);
        output.Flush();
        return bytes.WrittenSpan.ToArray();
    }
}
