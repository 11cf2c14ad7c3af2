using System.Buffers.Binary;
using System.Text;
using Dsm.Sdmx.Data;
using Npgsql;

namespace Dsm.Exchange.Warehouse;

/// <summary>
/// Rows in PostgreSQL's binary COPY form, gathered in memory and sent in one go. An encoder of our own, because the arrays of a
/// series are written from columns without a .NET object a value (measured in docs/decisions/0002).
/// </summary>
internal sealed class CopyBuffer
{
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n"u8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly DateTime Epoch = new(2000, 1, 1);
    private byte[] _bytes = new byte[64 * 1024];

    public int Length { get; private set; }

    public int Rows { get; private set; }

    /// <summary>Starts a row of a number of fields, all of which must follow.</summary>
    public void Row(short fields)
    {
        Int16(fields);
        Rows++;
    }

    public void Null() => Int32(-1);

    public void Bool(bool value)
    {
        Int32(1);
        Room(1)[0] = value ? (byte)1 : (byte)0;
        Length++;
    }

    public void Short(short value)
    {
        Int32(2);
        Int16(value);
    }

    public void Int(int value)
    {
        Int32(4);
        Int32(value);
    }

    public void Long(long value)
    {
        Int32(8);
        BinaryPrimitives.WriteInt64BigEndian(Room(8), value);
        Length += 8;
    }

    /// <summary>A date; the years before 1 and after 9999 cannot occur in a period.</summary>
    public void Date(DateTime date) => Int((date.Date - Epoch).Days);

    public void Timestamp(DateTimeOffset? instant)
    {
        if (instant is { } at)
        {
            Long((at.UtcTicks - Epoch.Ticks) / 10);
        }
        else
        {
            Null();
        }
    }

    public void Text(string? text)
    {
        if (text is null)
        {
            Null();
            return;
        }

        int start = Begin();
        Utf8(text);
        End(start);
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Int32(bytes.Length);
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    public void Json(ReadOnlySpan<byte> utf8)
    {
        Int32(utf8.Length + 1);
        Room(1)[0] = 1;
        Length++;
        utf8.CopyTo(Room(utf8.Length));
        Length += utf8.Length;
    }

    public void TextArray(ReadOnlySpan<string> texts)
    {
        int start = Array(25, texts.Length, false);
        foreach (string text in texts)
        {
            int element = Begin();
            Utf8(text);
            End(element);
        }

        End(start);
    }

    public void PeriodArray(ReadOnlySpan<TimePeriod> periods)
    {
        int start = Array(25, periods.Length, false);
        Span<char> chars = stackalloc char[TimePeriod.MaxLength];
        foreach (ref readonly TimePeriod period in periods)
        {
            int element = Begin();
            if (period.TryFormat(chars, out int count))
            {
                Span<byte> to = Room(count);
                for (int i = 0; i < count; i++)
                {
                    to[i] = (byte)chars[i];
                }

                Length += count;
            }
            else
            {
                Utf8(period.ToString());
            }

            End(element);
        }

        End(start);
    }

    /// <summary>numeric[]: the numbers with their digits after the point; null where there is none.</summary>
    public void NumberArray(ReadOnlySpan<ObservationValue> values)
    {
        int start = Array(1700, values.Length, true);
        foreach (ref readonly ObservationValue value in values)
        {
            if (value.Kind == ObservationValueKind.Number)
            {
                Length += PgNumeric.Write(Room(PgNumeric.MaxLength), value);
            }
            else
            {
                Null();
            }
        }

        End(start);
    }

    /// <summary>text[] of the values that are no plain number; null as a whole when there is none.</summary>
    public void OtherArray(ReadOnlySpan<ObservationValue> values)
    {
        bool any = false;
        foreach (ref readonly ObservationValue value in values)
        {
            any |= value.Kind is ObservationValueKind.Text or ObservationValueKind.NotANumber;
        }

        if (!any)
        {
            Null();
            return;
        }

        int start = Array(25, values.Length, true);
        foreach (ref readonly ObservationValue value in values)
        {
            Text(value.Kind is ObservationValueKind.Text or ObservationValueKind.NotANumber ? value.ToString() : null);
        }

        End(start);
    }

    /// <summary>Sends the rows with a COPY command and empties the buffer. Without rows nothing is sent.</summary>
    public async Task SendAsync(NpgsqlConnection connection, string copy, CancellationToken ct)
    {
        if (Rows > 0)
        {
            await using NpgsqlRawCopyStream stream = await connection.BeginRawBinaryCopyAsync(copy, ct).ConfigureAwait(false);
            await stream.WriteAsync(Header, ct).ConfigureAwait(false);
            await stream.WriteAsync(_bytes.AsMemory(0, Length), ct).ConfigureAwait(false);
            await stream.WriteAsync(new byte[] { 0xFF, 0xFF }, ct).ConfigureAwait(false);
        }

        Clear();
    }

    /// <summary>Sends the rows so far into a COPY that is open; <see cref="StartAsync"/> and <see cref="FinishAsync"/> stand around it.</summary>
    public async ValueTask FlushAsync(Stream copy, CancellationToken ct)
    {
        await copy.WriteAsync(_bytes.AsMemory(0, Length), ct).ConfigureAwait(false);
        Clear();
    }

    public static ValueTask StartAsync(Stream copy, CancellationToken ct) => copy.WriteAsync(Header, ct);

    public static ValueTask FinishAsync(Stream copy, CancellationToken ct) => copy.WriteAsync(new byte[] { 0xFF, 0xFF }, ct);

    public void Clear()
    {
        Length = 0;
        Rows = 0;
    }

    private int Begin()
    {
        Int32(0);
        return Length;
    }

    private void End(int start) => BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(start - 4), Length - start);

    private int Array(int type, int count, bool hasNulls)
    {
        int start = Begin();
        Int32(count == 0 ? 0 : 1);
        Int32(hasNulls ? 1 : 0);
        Int32(type);
        if (count > 0)
        {
            Int32(count);
            Int32(1);
        }

        return start;
    }

    private void Utf8(string text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Length += Encoding.UTF8.GetBytes(text, Room(most));
    }

    private void Int16(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(Room(2), value);
        Length += 2;
    }

    private void Int32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(Room(4), value);
        Length += 4;
    }

    private Span<byte> Room(int count)
    {
        if (_bytes.Length - Length < count)
        {
            System.Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        }

        return _bytes.AsSpan(Length);
    }
}
