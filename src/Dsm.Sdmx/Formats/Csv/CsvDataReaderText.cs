using System.Text;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Formats.Reading;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// The text of a CSV message: UTF-8 (checked, with or without byte order mark) or UTF-16 with one. NUL characters are refused.
/// The beginning can be looked at before it is read.
/// </summary>
internal sealed class CsvDataReaderText : TextReader
{
    private readonly StreamReader _reader;
    private readonly char[] _first = new char[4096];
    private readonly int _firstCount;
    private readonly string _encoding;
    private int _at;

    public CsvDataReaderText(Stream stream)
    {
        byte[] mark = new byte[3];
        int count = stream.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false);
        (Encoding encoding, int skip) = mark.AsSpan(0, count) switch
        {
            [0xEF, 0xBB, 0xBF] => ((Encoding)new UTF8Encoding(false, true), 3),
            [0xFF, 0xFE, ..] => (new UnicodeEncoding(false, false, true), 2),
            [0xFE, 0xFF, ..] => (new UnicodeEncoding(true, false, true), 2),
            _ => (new UTF8Encoding(false, true), 0),
        };
        _encoding = encoding is UTF8Encoding ? "UTF-8" : "UTF-16";
        Stream whole = new PrefixedStream(mark.AsMemory(skip, Math.Max(0, count - skip)), stream, ownsRest: true);
        _reader = new StreamReader(whole, encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 64 * 1024);
        while (_firstCount < _first.Length && ReadChecked(_first.AsSpan(_firstCount)) is int more and > 0)
        {
            _firstCount += more;
        }
    }

    /// <summary>The first characters.</summary>
    public ReadOnlySpan<char> First => _first.AsSpan(0, _firstCount);

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        if (_at == _firstCount)
        {
            return ReadChecked(buffer);
        }

        int count = Math.Min(buffer.Length, _firstCount - _at);
        First.Slice(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    public override int Read()
    {
        Span<char> one = stackalloc char[1];
        return Read(one) == 0 ? -1 : one[0];
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _reader.Dispose();
        }

        base.Dispose(disposing);
    }

    private int ReadChecked(Span<char> buffer)
    {
        int count;
        try
        {
            count = _reader.Read(buffer);
        }
        catch (DecoderFallbackException)
        {
            throw Invalid();
        }

        return buffer[..count].Contains('\0') ? throw Invalid() : count;
    }

    private MessageException Invalid() => new(new Issue(IssueCodes.InvalidEncoding, Location.None, _encoding));
}
