using System.Buffers.Binary;
using System.Text;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Formats.Reading;

/// <summary>
/// Periods and numbers straight from UTF-8 bytes that end with a given byte (a quotation mark, a separator). What is taken is what
/// <see cref="TimePeriod.TryParse"/> and <see cref="ObservationValue.Parse"/> make of the characters; what is not taken is left to them.
/// </summary>
internal static class PlainValues
{
    private const int LongestPeriod = 64;

    /// <summary>Reads a period; gives its length without the end.</summary>
    public static bool TryPeriod(ReadOnlySpan<byte> bytes, byte end, out TimePeriod period, out int length)
    {
        period = default;
        return TryPeriodInto(bytes, end, ref period, out length);
    }

    /// <summary>Reads a period into its place, which is left as it is when there is none.</summary>
    public static bool TryPeriodInto(ReadOnlySpan<byte> bytes, byte end, ref TimePeriod period, out int length)
    {
        if (bytes.Length > 10 && TryDigits(bytes, out int year) && year > 0)
        {
            if (bytes[4] == end)
            {
                period = TimePeriod.FromTrustedParts(TimePeriodKind.GregorianYear, year, 0);
                length = 4;
                return true;
            }

            int first = bytes[5] - '0', second = bytes[6] - '0';
            if (bytes[4] == '-' && bytes[7] == end && (uint)second <= 9)
            {
                int month = (first * 10) + second;
                bool isMonth = (uint)first <= 9 && month is >= 1 and <= 12;
                if (isMonth || (bytes[5] == 'Q' && second is >= 1 and <= 4))
                {
                    period = TimePeriod.FromTrustedParts(isMonth ? TimePeriodKind.GregorianMonth : TimePeriodKind.Quarter, year, isMonth ? month : second);
                    length = 7;
                    return true;
                }
            }
        }

        return TryOtherPeriod(bytes, end, ref period, out length);
    }

    /// <summary>Reads a number or NaN; gives its length without the end.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> bytes, byte end, out ObservationValue value, out int length)
    {
        value = default;
        return TryNumberInto(bytes, end, ref value, out length);
    }

    /// <summary>Reads a number or NaN into its place, which is left as it is when there is none.</summary>
    public static bool TryNumberInto(ReadOnlySpan<byte> bytes, byte end, ref ObservationValue value, out int length)
    {
        int at = !bytes.IsEmpty && bytes[0] == '-' ? 1 : 0, first = at;
        long mantissa = 0;
        for (; at < bytes.Length && bytes[at] - (uint)'0' is var digit and <= 9; at++)
        {
            mantissa = (mantissa * 10) + digit;
        }

        int whole = at - first, scale = 0;
        if (at < bytes.Length && bytes[at] == '.')
        {
            int point = at++;
            for (; at < bytes.Length && bytes[at] - (uint)'0' is var digit and <= 9; at++)
            {
                mantissa = (mantissa * 10) + digit;
            }

            scale = at - point - 1;
            whole = scale == 0 ? 0 : whole;
        }

        length = at;
        if (whole > 0 && whole + scale <= 18 && at < bytes.Length && bytes[at] == end
            && (whole == 1 || bytes[first] != '0') && (first == 0 || mantissa != 0))
        {
            value = ObservationValue.FromTrustedParts(first == 0 ? mantissa : -mantissa, scale);
            return true;
        }

        length = 3;
        if (bytes.Length > 3 && bytes.StartsWith("NaN"u8) && bytes[3] == end)
        {
            value = ObservationValue.NaN;
            return true;
        }

        return false;
    }

    private static bool TryDigits(ReadOnlySpan<byte> bytes, out int number)
    {
        uint digits = BinaryPrimitives.ReadUInt32BigEndian(bytes) - 0x30303030;
        number = (int)(((digits >> 24) * 1000) + (((digits >> 16) & 0xFF) * 100) + (((digits >> 8) & 0xFF) * 10) + (digits & 0xFF));
        return ((digits | (digits + 0x76767676)) & 0x80808080) == 0;
    }

    private static bool TryOtherPeriod(ReadOnlySpan<byte> bytes, byte end, ref TimePeriod period, out int length)
    {
        length = bytes[..Math.Min(bytes.Length, LongestPeriod)].IndexOf(end);
        if (length <= 0)
        {
            return false;
        }

        Span<char> text = stackalloc char[LongestPeriod];
        return bytes[..length].IndexOfAnyInRange((byte)0x80, (byte)0xFF) < 0
            && TimePeriod.TryParse(text[..Encoding.Latin1.GetChars(bytes[..length], text)], out period);
    }
}
