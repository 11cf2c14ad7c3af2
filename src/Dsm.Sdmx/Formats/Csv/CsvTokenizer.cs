using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// Takes records of CSV (RFC 4180, any ASCII delimiter, line ends CR LF, LF or CR) apart in the bytes they came in. A quotation mark
/// within a field that does not begin with one is an ordinary character. Own code, because reading needs bytes (codes are looked up
/// without making characters), the line of every record, and the short cut of <see cref="CsvSegment"/>; see docs/decisions.
/// </summary>
internal sealed class CsvTokenizer(CsvBuffer buffer, int maxValue)
{
    private const int Escapes = 1 << 31;

    private byte _delimiter = (byte)',';
    private int[] _starts = new int[64];
    private int[] _lengths = new int[64];
    private CsvSegment[] _segments = [];
    private CsvSegment?[] _segmentOf = [];
    private int _end;
    private bool _lastIsLoneReturn;

    private enum Ending
    {
        Delimiter,
        Record,
        NeedsMore,
    }

    /// <summary>The byte between fields.</summary>
    public byte Delimiter
    {
        get => _delimiter;
        set => _delimiter = value;
    }

    /// <summary>Line on which the current record starts.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>Number of line ends in the current record.</summary>
    public int Lines { get; private set; }

    /// <summary>Number of fields of the current record.</summary>
    public int FieldCount { get; private set; }

    /// <summary>True when fields beyond the columns have content.</summary>
    public bool HasSurplus { get; private set; }

    /// <summary>True when the message ends right behind the current record, without a line end.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>True when a stable segment of the current record is another than before.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>Expects records of these columns; the current record must be looked at again.</summary>
    public void Plan(CsvSegment[] segments)
    {
        _segments = segments;
        int columns = segments.Sum(s => s.Count);
        Array.Resize(ref _starts, columns);
        Array.Resize(ref _lengths, columns);
        _segmentOf = new CsvSegment?[columns];
        foreach (CsvSegment segment in segments)
        {
            _segmentOf.AsSpan(segment.First, segment.Count).Fill(segment);
        }
    }

    /// <summary>Looks at the record at the start of the buffer; false at the end of the message.</summary>
    /// <exception cref="MessageException">The record cannot be taken apart.</exception>
    public bool Look()
    {
        while (true)
        {
            if (buffer.Start < buffer.End && Scan())
            {
                return true;
            }

            if (!buffer.Refill() && buffer.IsAtEnd && buffer.Start == buffer.End)
            {
                return buffer.Fault is { } fault ? throw new MessageException(fault with { Location = new Location(Line, 1) }) : false;
            }
        }
    }

    /// <summary>Takes the current record; the next one is looked at then.</summary>
    public void Take()
    {
        buffer.Start = _end;
        Line += Lines;
    }

    /// <summary>Remembers the stable segments of the current record, so that the next one is compared with it.</summary>
    public void Remember()
    {
        foreach (CsvSegment segment in _segments)
        {
            // Behind a lone CR an LF would have another meaning the next time.
            if (segment.IsStable && !segment.IsSame && !(segment.EndsRecord && _lastIsLoneReturn))
            {
                segment.Remember(buffer.Bytes);
            }
        }
    }

    /// <summary>Takes all stable segments for changed next time.</summary>
    public void Forget()
    {
        foreach (CsvSegment segment in _segments)
        {
            segment.Forget();
        }
    }

    /// <summary>True when the segment of a column is the same as before.</summary>
    public bool IsSame(int column) => _segmentOf[column]!.IsSame;

    /// <summary>True when a field has no characters.</summary>
    public bool IsEmpty(int column) => (_lengths[column] & ~Escapes) == 0;

    /// <summary>Bytes of a field without its quotation marks; doubled ones are still doubled when <paramref name="hasEscapes"/>.</summary>
    public ReadOnlySpan<byte> Raw(int column, out bool hasEscapes)
    {
        int length = _lengths[column];
        hasEscapes = length < 0;
        return buffer.Bytes.AsSpan(_segmentOf[column]!.Start + _starts[column], length & ~Escapes);
    }

    /// <summary>As <see cref="Raw"/>, with the byte behind the field: quotation mark, delimiter or line end.</summary>
    public ReadOnlySpan<byte> RawWithEnd(int column, out bool hasEscapes)
    {
        int length = _lengths[column];
        hasEscapes = length < 0;
        return buffer.Bytes.AsSpan(_segmentOf[column]!.Start + _starts[column], (length & ~Escapes) + 1);
    }

    /// <summary>A field and what stands behind it, some bytes more than the longest usual period, for readers that look ahead.</summary>
    public ReadOnlySpan<byte> Ahead(int column)
        => buffer.Bytes.AsSpan(_segmentOf[column]!.Start + _starts[column], (_lengths[column] & ~Escapes) + (CsvBuffer.Padding / 2));

    private bool Scan()
    {
        int at = buffer.Start;
        int fields = 0;
        (Lines, HasChanged, HasSurplus, IsCutOff) = (0, false, false, false);
        Ending ending = Ending.Delimiter;
        foreach (CsvSegment segment in _segments)
        {
            segment.Start = at;
            if (ending != Ending.Delimiter)
            {
                (segment.IsSame, HasChanged) = (false, true);
                break;
            }

            if (segment.IsStable && segment.Matches(buffer.Bytes.AsSpan(at, buffer.End - at)))
            {
                segment.IsSame = true;
                at += segment.Length;
                fields += segment.Count;
                Lines += segment.Lines;
                ending = segment.EndsRecord ? Ending.Record : Ending.Delimiter;
                continue;
            }

            ending = Scan(segment, ref at, ref fields);
            if (ending == Ending.NeedsMore)
            {
                return false;
            }
        }

        while (ending == Ending.Delimiter)
        {
            int lines = 0;
            ending = Field(ref at, ref lines, fields, out _, out int length);
            if (ending == Ending.NeedsMore)
            {
                return false;
            }

            HasSurplus |= length != 0;
            fields++;
            Lines += lines;
        }

        (_end, FieldCount) = (at, fields);
        return true;
    }

    private Ending Scan(CsvSegment segment, ref int at, ref int fields)
    {
        segment.IsSame = false;
        if (segment.IsStable)
        {
            HasChanged = true;
            segment.Forget();
        }

        int start = at, lines = 0;
        Ending ending = Ending.Delimiter;
        for (int i = 0; i < segment.Count && ending == Ending.Delimiter; i++)
        {
            int column = segment.First + i;
            ending = Field(ref at, ref lines, column, out int first, out int length);
            _starts[column] = first - start;
            _lengths[column] = length;
            fields++;
        }

        (segment.Length, segment.Lines, segment.EndsRecord) = (at - start, lines, ending == Ending.Record);
        Lines += lines;
        return ending;
    }

    /// <summary>The field at a place, which moves behind it and the delimiter or line end that ends it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Ending Field(ref int at, ref int lines, int column, out int start, out int length)
    {
        if (buffer.Bytes[at] == '"' && at < buffer.End)
        {
            return Quoted(ref at, ref lines, column, out start, out length);
        }

        start = at;
        int end = FindEnd(at);
        length = end - at;
        if (length > maxValue)
        {
            CheckLength(start, length, column);
        }

        return EndAt(end, ref at, ref lines);
    }

    private Ending Quoted(ref int at, ref int lines, int column, out int start, out int length)
    {
        start = at + 1;
        bool hasEscapes = false;
        int end = start;
        while (true)
        {
            int quote = buffer.Bytes.AsSpan(end, buffer.End - end).IndexOf((byte)'"');
            end += quote;
            if (quote < 0 || (end + 1 == buffer.End && !buffer.IsAtEnd))
            {
                length = 0;
                return !buffer.IsAtEnd ? Ending.NeedsMore : throw (buffer.Fault is null ? Malformed(start - 1, column) : Faulty(buffer.Fault));
            }

            if (end + 1 == buffer.End || buffer.Bytes[end + 1] != '"')
            {
                break;
            }

            hasEscapes = true;
            end += 2;
        }

        length = end - start;
        if (length > maxValue)
        {
            CheckLength(start, length, column);
        }

        lines += buffer.Bytes.AsSpan(start, length).Count((byte)'\n');
        length |= hasEscapes ? Escapes : 0;
        byte next = buffer.Bytes[end + 1];
        return next == _delimiter || next is (byte)'\n' or (byte)'\r' ? EndAt(end + 1, ref at, ref lines) : throw Malformed(end + 1, column);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Ending EndAt(int end, ref int at, ref int lines)
    {
        byte mark = buffer.Bytes[end];
        if (mark == _delimiter && end < buffer.End)
        {
            at = end + 1;
            return Ending.Delimiter;
        }

        return EndRecord(end, mark, ref at, ref lines);
    }

    private Ending EndRecord(int end, byte mark, ref int at, ref int lines)
    {
        if (end == buffer.End)
        {
            if (!buffer.IsAtEnd)
            {
                return Ending.NeedsMore;
            }

            if (buffer.Fault is { } fault)
            {
                throw Faulty(fault);
            }

            (at, IsCutOff, _lastIsLoneReturn) = (end, true, false);
            return Ending.Record;
        }

        if (mark == '\r' && end + 1 == buffer.End && !buffer.IsAtEnd)
        {
            return Ending.NeedsMore;
        }

        bool isPair = mark == '\r' && end + 1 < buffer.End && buffer.Bytes[end + 1] == '\n';
        _lastIsLoneReturn = mark == '\r' && !isPair;
        lines++;
        at = end + (isPair ? 2 : 1);
        return Ending.Record;
    }

    /// <summary>The first delimiter or line end at or behind a place: at the latest the line feed behind the bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int FindEnd(int at)
    {
        ref byte bytes = ref MemoryMarshal.GetArrayDataReference(buffer.Bytes);
        Vector128<byte> delimiter = Vector128.Create(_delimiter);
        Vector128<byte> lineFeed = Vector128.Create((byte)'\n');
        Vector128<byte> carriageReturn = Vector128.Create((byte)'\r');
        while (true)
        {
            Vector128<byte> block = Vector128.LoadUnsafe(ref bytes, (nuint)at);
            Vector128<byte> hits = Vector128.Equals(block, delimiter) | Vector128.Equals(block, lineFeed) | Vector128.Equals(block, carriageReturn);
            uint mask = hits.ExtractMostSignificantBits();
            if (mask != 0)
            {
                return at + System.Numerics.BitOperations.TrailingZeroCount(mask);
            }

            at += Vector128<byte>.Count;
        }
    }

    private void CheckLength(int start, int length, int column)
    {
        if (Encoding.UTF8.GetCharCount(buffer.Bytes, start, length) > maxValue)
        {
            throw new MessageException(new Issue(IssueCodes.TooLarge, new Location(Line, column + 1), "field", maxValue));
        }
    }

    /// <summary>Says where the bytes stop being text: line, and byte of the line.</summary>
    private MessageException Faulty(Issue fault)
    {
        ReadOnlySpan<byte> record = buffer.Bytes.AsSpan(buffer.Start, buffer.End - buffer.Start);
        return new(fault with { Location = new Location(Line + record.Count((byte)'\n'), record.Length - record.LastIndexOf((byte)'\n')) });
    }

    private MessageException Malformed(int at, int column)
        => new(new Issue(IssueCodes.MalformedCsv, new Location(Line + buffer.Bytes.AsSpan(buffer.Start, at - buffer.Start).Count((byte)'\n'), column + 1)));
}
