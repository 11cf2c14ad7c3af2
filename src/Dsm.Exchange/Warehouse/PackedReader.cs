using System.Text;
using Dsm.Sdmx.Data;

namespace Dsm.Exchange.Warehouse;

/// <summary>Reads what <see cref="PackedWriter"/> packed. Texts that occur again are one string.</summary>
internal sealed class PackedReader
{
    private readonly Dictionary<int, string> _recent = [];
    private ReadOnlyMemory<byte> _bytes;
    private int _at;

    public void Open(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        _at = 0;
    }

    public ulong Number()
    {
        ReadOnlySpan<byte> bytes = _bytes.Span;
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[_at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    public string? Text()
    {
        int count = (int)Number() - 1;
        if (count < 0)
        {
            return null;
        }

        ReadOnlySpan<byte> utf8 = _bytes.Span.Slice(_at, count);
        _at += count;
        return count <= 3 ? Short(utf8) : Encoding.UTF8.GetString(utf8);
    }

    public void Texts(Span<string?> texts)
    {
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = Text();
        }
    }

    /// <summary>Adds the packed rows to columns of the same layout.</summary>
    public int Rows(SeriesColumns columns)
    {
        int count = (int)Number();
        int first = columns.Extend(count);
        for (int i = first; i < first + count; i++)
        {
            columns.Periods[i] = Period();
        }

        for (int i = first; i < first + count; i++)
        {
            columns.Values[i] = Value();
        }

        foreach (string?[] cells in columns.Cells)
        {
            cells.AsSpan(first, count).Fill(Text());
            for (int others = (int)Number(); others > 0; others--)
            {
                int row = (int)Number();
                cells[first + row] = Text();
            }
        }

        return count;
    }

    // Codes of statuses come again and again: one string each.
    private string Short(ReadOnlySpan<byte> utf8)
    {
        int id = utf8.Length;
        foreach (byte b in utf8)
        {
            id = (id << 8) | b;
        }

        if (!_recent.TryGetValue(id, out string? text))
        {
            _recent.Add(id, text = Encoding.UTF8.GetString(utf8));
        }

        return text;
    }

    private TimePeriod Period()
    {
        ReadOnlySpan<byte> bytes = _bytes.Span;
        TimePeriodKind kind = (TimePeriodKind)bytes[_at];
        if (kind is TimePeriodKind.DateTime or TimePeriodKind.Range)
        {
            _at++;
            return TimePeriod.Parse(Text()!);
        }

        TimePeriod period = TimePeriod.FromTrustedParts(kind, (short)(bytes[_at + 1] | (bytes[_at + 2] << 8)), (short)(bytes[_at + 3] | (bytes[_at + 4] << 8)));
        _at += 5;
        return period;
    }

    private ObservationValue Value()
    {
        int head = _bytes.Span[_at++];
        switch ((ObservationValueKind)(head & 3))
        {
            case ObservationValueKind.Number:
                ulong zigzag = Number();
                return ObservationValue.Of((long)(zigzag >> 1) ^ -(long)(zigzag & 1), head >> 2);
            case ObservationValueKind.Text:
                return ObservationValue.Parse(Text());
            case ObservationValueKind.NotANumber:
                return ObservationValue.NaN;
            default:
                return default;
        }
    }
}
