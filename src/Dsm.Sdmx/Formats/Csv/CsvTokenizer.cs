using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// Takes records of CSV (RFC 4180, any ASCII delimiter, line ends CR LF, LF or CR) apart in the bytes they came in. A quotation mark
/// within a field that does not begin with one is an ordinary character. Own code, because reading needs bytes (codes are looked up
/// without making characters), the line of every record, and the short cut of <see cref="CsvSegment"/>; see docs/decisions.
/// </summary>
internal sealed partial class CsvTokenizer(CsvBuffer buffer, int maxValue)
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
}
