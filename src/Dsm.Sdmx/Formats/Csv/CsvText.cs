using System.Text;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>Makes characters of the bytes of fields; quotation marks that are doubled become one.</summary>
internal sealed class CsvText
{
    private char[] _characters = new char[256];

    /// <summary>The characters of a field, valid until the next call.</summary>
    public ReadOnlySpan<char> Of(ReadOnlySpan<byte> field, bool hasEscapes)
    {
        if (_characters.Length < field.Length)
        {
            _characters = new char[Math.Max(field.Length, _characters.Length * 2)];
        }

        int count = Encoding.UTF8.GetChars(field, _characters);
        return _characters.AsSpan(0, hasEscapes ? Undouble(_characters.AsSpan(0, count)) : count);
    }

    /// <summary>Takes the second of each pair of quotation marks away; gives the new length.</summary>
    private static int Undouble(Span<char> text)
    {
        int to = 0;
        for (int from = 0; from < text.Length; from++, to++)
        {
            text[to] = text[from];
            from += text[from] == '"' && from + 1 < text.Length && text[from + 1] == '"' ? 1 : 0;
        }

        return to;
    }
}
