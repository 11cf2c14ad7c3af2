using System.Buffers.Binary;
using Dsm.Sdmx.Data;

namespace Dsm.Exchange.Warehouse;

/// <summary>
/// PostgreSQL's binary form of <c>numeric</c>: digits to base 10,000, weight, sign, and the number of decimal digits after the point,
/// which keeps 12.50 apart from 12.5.
/// </summary>
internal static class PgNumeric
{
    /// <summary>Longest element that is written: length, head and seven digits.</summary>
    public const int MaxLength = 4 + 8 + 14;

    private static readonly UInt128[] Powers = [.. Enumerable.Range(0, 23).Select(i => UInt128.Parse("1" + new string('0', i), System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>Writes a number with its length in front; returns the bytes written.</summary>
    public static int Write(Span<byte> to, in ObservationValue value)
    {
        long mantissa = value.Mantissa;
        ulong absolute = mantissa < 0 ? (ulong)-mantissa : (ulong)mantissa;
        int groupsAfter = (value.Scale + 3) / 4;
        Span<ushort> digits = stackalloc ushort[7];
        int count = 0;
        if (value.Scale == 0)
        {
            for (; absolute > 0; absolute /= 10_000)
            {
                digits[count++] = (ushort)(absolute % 10_000);
            }
        }
        else
        {
            for (UInt128 padded = absolute * Powers[(groupsAfter * 4) - value.Scale]; padded > 0; padded /= 10_000)
            {
                digits[count++] = (ushort)(padded % 10_000);
            }
        }

        BinaryPrimitives.WriteInt32BigEndian(to, 8 + (2 * count));
        BinaryPrimitives.WriteInt16BigEndian(to[4..], (short)count);
        BinaryPrimitives.WriteInt16BigEndian(to[6..], (short)(count - groupsAfter - 1));
        BinaryPrimitives.WriteUInt16BigEndian(to[8..], mantissa < 0 ? (ushort)0x4000 : (ushort)0);
        BinaryPrimitives.WriteInt16BigEndian(to[10..], value.Scale);
        for (int i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(to[(12 + (2 * i))..], digits[count - 1 - i]);
        }

        return 12 + (2 * count);
    }

    /// <summary>Reads a number (without its length). Numbers beyond 18 digits come only from other writers; they are read as text would be.</summary>
    public static ObservationValue Read(ReadOnlySpan<byte> from)
    {
        int count = BinaryPrimitives.ReadInt16BigEndian(from);
        int weight = BinaryPrimitives.ReadInt16BigEndian(from[2..]);
        bool negative = BinaryPrimitives.ReadUInt16BigEndian(from[4..]) == 0x4000;
        int scale = BinaryPrimitives.ReadInt16BigEndian(from[6..]);
        int groupsAfter = (scale + 3) / 4;
        UInt128 number = 0;
        for (int i = 0; i <= weight + groupsAfter; i++)
        {
            number = (number * 10_000) + (i < count ? BinaryPrimitives.ReadUInt16BigEndian(from[(8 + (2 * i))..]) : (UInt128)0);
        }

        number /= Powers[(groupsAfter * 4) - scale];
        return ObservationValue.Of(negative ? -(long)number : (long)number, scale);
    }
}
