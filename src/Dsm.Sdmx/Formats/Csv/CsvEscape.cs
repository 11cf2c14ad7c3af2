using System.Buffers;
using System.Text;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>Fields of CSV (RFC 4180): quoted when they hold the delimiter, a quotation mark or a line end; quotation marks are doubled.</summary>
internal sealed class CsvEscape(char delimiter)
{
    /// <summary>For fields between commas.</summary>
    public static readonly CsvEscape Comma = new(',');

    private readonly SearchValues<char> _special = SearchValues.Create([delimiter, '"', '\r', '\n']);

    /// <summary>The character between fields.</summary>
    public char Delimiter { get; } = delimiter;

    /// <summary>Writes a field.</summary>
    public void Write(Utf8Output output, ReadOnlySpan<char> text)
    {
        if (text.IndexOfAny(_special) < 0)
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
    public byte[] ToBytes(string text)
    {
        if (text.AsSpan().IndexOfAny(_special) < 0)
        {
            return Encoding.UTF8.GetBytes(text);
        }

        ArrayBufferWriter<byte> bytes = new();
        Utf8Output output = new(bytes);
        Write(output, text);
        output.Flush();
        return bytes.WrittenSpan.ToArray();
    }
}
