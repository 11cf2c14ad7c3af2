using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Dsm.Sdmx.Data;
using Npgsql;

namespace Dsm.Exchange.Warehouse;

/// <summary>One row of <c>series_chunk</c>: how it is written, how its content is read back.</summary>
internal static class StoredChunk
{
    public const string Copy =
        "COPY series_chunk (series_id, submission_id, chunk, observations, restricted, first_start, last_end, free_last_end, last_period, "
        + "free_last_period, content_hash, periods, numbers, texts, attributes) FROM STDIN (FORMAT binary)";

    /// <summary>Select list of the content, for <see cref="Read"/>; arrays in their wire form, so that no object is made for a value.</summary>
    public const string ContentColumns = "array_send(c.periods), array_send(c.numbers), array_send(c.texts), c.attributes::text";

    private static readonly DateTime Earliest = new(1, 1, 1);

    /// <summary>Hash of the content of some rows, 16 bytes: equal content has equal hashes.</summary>
    public static byte[] HashOf(StoredLayout layout, SeriesColumns columns, int first, int end, PackedWriter scratch)
    {
        scratch.Clear();
        scratch.Rows(columns, first, end, layout.CellIds.AsSpan());
        return SHA256.HashData(scratch.Written)[..16];
    }

    public static void Write(CopyBuffer to, long seriesId, long submissionId, StoredLayout layout, SeriesColumns columns, int first, int end, byte[] hash, AttributeJson json)
    {
        int restricted = 0, lastFree = -1;
        string?[]? confidentiality = layout.Confidentiality < 0 ? null : columns.Cells[layout.Confidentiality];
        for (int i = first; i < end; i++)
        {
            if (confidentiality is not null && StoredLayout.IsRestricted(confidentiality[i]))
            {
                restricted++;
            }
            else
            {
                lastFree = i;
            }
        }

        ReadOnlySpan<TimePeriod> periods = columns.Periods.AsSpan(first, end - first);
        ReadOnlySpan<ObservationValue> values = columns.Values.AsSpan(first, end - first);
        to.Row(15);
        to.Long(seriesId);
        to.Long(submissionId);
        to.Int(PeriodOrder.ChunkOf(periods[0]));
        to.Int(periods.Length);
        to.Int(restricted);
        to.Date(periods[0].Start < Earliest ? Earliest : periods[0].Start);
        to.Date(LastEnd(periods));
        if (lastFree >= 0)
        {
            to.Date(EndOf(columns.Periods[lastFree]));
        }
        else
        {
            to.Null();
        }

        to.Text(periods[^1].ToString());
        to.Text(lastFree >= 0 ? columns.Periods[lastFree].ToString() : null);
        to.Bytes(hash);
        to.PeriodArray(periods);
        to.NumberArray(values);
        to.OtherArray(values);
        to.Json(json.OfRows(layout, columns, first, end));
    }

    /// <summary>Adds the content of the current row, whose <see cref="ContentColumns"/> start at an ordinal, to columns.</summary>
    public static void Read(NpgsqlDataReader row, int ordinal, StoredLayout layout, SeriesColumns columns)
    {
        byte[] periods = row.GetFieldValue<byte[]>(ordinal);
        int first = columns.Extend(CountOf(periods));
        ReadPeriods(periods, columns.Periods.AsSpan(first, columns.Count - first));
        ReadNumbers(row.GetFieldValue<byte[]>(ordinal + 1), columns.Values.AsSpan(first, columns.Count - first));
        if (!row.IsDBNull(ordinal + 2))
        {
            ReadOthers(row.GetFieldValue<byte[]>(ordinal + 2), columns.Values.AsSpan(first, columns.Count - first));
        }

        AttributeJson.ReadRows(layout, row.GetFieldValue<byte[]>(ordinal + 3), columns, first);
    }

    /// <summary>Number of elements of an array in its wire form.</summary>
    public static int CountOf(ReadOnlySpan<byte> array) => BinaryPrimitives.ReadInt32BigEndian(array) == 0 ? 0 : BinaryPrimitives.ReadInt32BigEndian(array[12..]);

    private static DateTime LastEnd(ReadOnlySpan<TimePeriod> periods)
    {
        // Ranges overlap, so that the last one need not be the one that ends last.
        DateTime last = EndOf(periods[^1]);
        if (periods[^1].Ordinal == 0)
        {
            foreach (ref readonly TimePeriod period in periods)
            {
                last = EndOf(period) is { } end && end > last ? end : last;
            }
        }

        return last;
    }

    // The column is a date: a period within a day ends with it. The calendar ends with the year 9999.
    private static DateTime EndOf(in TimePeriod period)
        => period.Year >= 9999 ? DateTime.MaxValue.Date
            : period.End is var end && end.TimeOfDay == TimeSpan.Zero ? end : end.Date.AddDays(1);

    internal static void ReadPeriods(ReadOnlySpan<byte> array, Span<TimePeriod> periods)
    {
        Span<char> chars = stackalloc char[64];
        int at = 20;
        for (int i = 0; i < periods.Length; i++)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(array[at..]);
            ReadOnlySpan<byte> utf8 = array.Slice(at + 4, length);
            at += 4 + length;
            if (length == 0)
            {
                periods[i] = default;
            }
            else if (length <= chars.Length)
            {
                Encoding.UTF8.GetChars(utf8, chars);
                periods[i] = TimePeriod.Parse(chars[..length]);
            }
            else
            {
                periods[i] = TimePeriod.Parse(Encoding.UTF8.GetString(utf8));
            }
        }
    }

    internal static void ReadNumbers(ReadOnlySpan<byte> array, Span<ObservationValue> values)
    {
        int at = 20;
        for (int i = 0; i < values.Length; i++)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(array[at..]);
            at += 4;
            values[i] = length < 0 ? default : PgNumeric.Read(array.Slice(at, length));
            at += Math.Max(length, 0);
        }
    }

    internal static void ReadOthers(ReadOnlySpan<byte> array, Span<ObservationValue> values)
    {
        int at = 20;
        for (int i = 0; i < values.Length; i++)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(array[at..]);
            at += 4;
            if (length >= 0)
            {
                values[i] = ObservationValue.Parse(Encoding.UTF8.GetString(array.Slice(at, length)));
                at += length;
            }
        }
    }
}
