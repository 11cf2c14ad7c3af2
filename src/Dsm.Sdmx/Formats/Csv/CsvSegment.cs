namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// Neighbouring columns of a record. In data sorted by series most columns (key, attributes of the series, structure, action) repeat
/// from record to record: the bytes of a stable segment are compared as a whole with those of the record before, and only looked
/// into when they differ.
/// </summary>
internal sealed class CsvSegment(int first, int count, bool isStable)
{
    private byte[] _memo = [];
    private int _memoLength;

    /// <summary>First column.</summary>
    public int First { get; } = first;

    /// <summary>Number of columns.</summary>
    public int Count { get; } = count;

    /// <summary>True for columns that are expected to repeat.</summary>
    public bool IsStable { get; } = isStable;

    /// <summary>Where the segment of the current record starts in the buffer.</summary>
    public int Start { get; set; }

    /// <summary>Bytes of it, the delimiter or line end behind it included.</summary>
    public int Length { get; set; }

    /// <summary>Line ends in it.</summary>
    public int Lines { get; set; }

    /// <summary>True when the record ends with it.</summary>
    public bool EndsRecord { get; set; }

    /// <summary>True when it is that of the record before, byte for byte.</summary>
    public bool IsSame { get; set; }

    /// <summary>True when the bytes at a place begin with the remembered ones.</summary>
    public bool Matches(ReadOnlySpan<byte> bytes)
        => _memoLength > 0 && bytes.Length >= _memoLength && bytes[.._memoLength].SequenceEqual(_memo.AsSpan(0, _memoLength));

    /// <summary>Remembers the segment of the current record.</summary>
    public void Remember(byte[] buffer)
    {
        if (_memo.Length < Length)
        {
            _memo = new byte[Math.Max(Length, 128)];
        }

        buffer.AsSpan(Start, Length).CopyTo(_memo);
        _memoLength = Length;
    }

    /// <summary>Remembers nothing any more.</summary>
    public void Forget() => _memoLength = 0;
}
