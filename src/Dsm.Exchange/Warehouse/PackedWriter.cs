using System.Buffers;
using System.Text;
using Dsm.Sdmx.Data;

namespace Dsm.Exchange.Warehouse;

/// <summary>
/// Packs observations into bytes: the form in which they wait in staging, and from which the content hash is made. Only
/// <see cref="PackedReader"/> of the same process reads it, so it needs no version.
/// </summary>
internal sealed class PackedWriter
{
    private byte[] _bytes = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Number(ulong value)
    {
        Span<byte> to = Room(10);
        int i = 0;
        while (value >= 0x80)
        {
            to[i++] = (byte)(value | 0x80);
            value >>= 7;
        }

        to[i++] = (byte)value;
        Length += i;
    }

    /// <summary>A text or null.</summary>
    public void Text(string? text)
    {
        if (text is null)
        {
            Number(0);
            return;
        }

        int count = Encoding.UTF8.GetByteCount(text);
        Number((ulong)count + 1);
        Length += Encoding.UTF8.GetBytes(text, Room(count));
    }

    public void Texts(ReadOnlySpan<string?> texts)
    {
        foreach (string? text in texts)
        {
            Text(text);
        }
    }

    /// <summary>Rows of a series. With ids, so that a hash tells columns apart.</summary>
    public void Rows(SeriesColumns columns, int first, int end, ReadOnlySpan<string> ids = default)
    {
        Number((ulong)(end - first));
        for (int i = first; i < end; i++)
        {
            Period(columns.Periods[i]);
        }

        for (int i = first; i < end; i++)
        {
            Value(columns.Values[i]);
        }

        for (int c = 0; c < columns.Cells.Length; c++)
        {
            Column(columns.Cells[c].AsSpan(first, end - first), ids.IsEmpty ? null : ids[c]);
        }
    }

    /// <summary>The value most rows have when one has the majority, else that of some row: the usual value of a column.</summary>
    public static string? UsualOf(ReadOnlySpan<string?> cells)
    {
        string? candidate = null;
        int votes = 0;
        foreach (string? cell in cells)
        {
            if (votes == 0)
            {
                candidate = cell;
            }

            votes += cell == candidate ? 1 : -1;
        }

        return candidate;
    }

    private void Period(in TimePeriod period)
    {
        if (period.HasText)
        {
            Number((ulong)TimePeriodKind.Range); // says "text"; what kind it is the text tells again
            Text(period.ToString());
            return;
        }

        Span<byte> to = Room(5);
        to[0] = (byte)period.Kind;
        to[1] = (byte)period.Year;
        to[2] = (byte)(period.Year >> 8);
        to[3] = (byte)period.Sub;
        to[4] = (byte)(period.Sub >> 8);
        Length += 5;
    }

    private void Value(in ObservationValue value)
    {
        Room(1)[0] = (byte)((int)value.Kind | (value.Scale << 2));
        Length++;
        if (value.Kind == ObservationValueKind.Number)
        {
            Number((ulong)((value.Mantissa << 1) ^ (value.Mantissa >> 63)));
        }
        else if (value.Kind == ObservationValueKind.Text)
        {
            Text(value.ToString());
        }
    }

    private void Column(ReadOnlySpan<string?> cells, string? id)
    {
        string? usual = UsualOf(cells);
        int others = 0;
        foreach (string? cell in cells)
        {
            others += cell == usual ? 0 : 1;
        }

        if (id is not null && (usual is not null || others > 0))
        {
            Text(id);
        }

        Text(usual);
        Number((ulong)others);
        for (int i = 0; others > 0 && i < cells.Length; i++)
        {
            if (cells[i] != usual)
            {
                Number((ulong)i);
                Text(cells[i]);
                others--;
            }
        }
    }

    private Span<byte> Room(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        }

        return _bytes.AsSpan(Length);
    }
}
