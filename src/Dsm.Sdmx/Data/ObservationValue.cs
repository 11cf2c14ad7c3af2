using System.Globalization;

namespace Dsm.Sdmx.Data;

/// <summary>What a measure value is.</summary>
public enum ObservationValueKind : byte
{
    /// <summary>Nothing was sent.</summary>
    Absent,

    /// <summary>Sent as intentionally missing: <c>NaN</c>.</summary>
    NotANumber,

    /// <summary>A decimal number of up to 18 digits, with its digits after the point as sent.</summary>
    Number,

    /// <summary>Anything else, as sent: text, a code, a number in another form.</summary>
    Text,
}

/// <summary>
/// One value of a measure, exactly as sent: <c>100</c> and <c>100.0</c> stay apart. The default value is "absent".
/// </summary>
public readonly struct ObservationValue : IEquatable<ObservationValue>
{
    private static readonly long[] Powers = [.. Enumerable.Range(0, 19).Select(i => (long)Math.Pow(10, i))];

    private readonly long _mantissa;
    private readonly string? _text;

    private ObservationValue(ObservationValueKind kind, long mantissa, int scale, string? text)
        => (Kind, _mantissa, Scale, _text) = (kind, mantissa, (byte)scale, text);

    /// <summary>The intentionally missing value.</summary>
    public static readonly ObservationValue NaN = new(ObservationValueKind.NotANumber, 0, 0, null);

    /// <summary>What it is.</summary>
    public ObservationValueKind Kind { get; }

    /// <summary>Digits after the decimal point, 0 to 18, of a number.</summary>
    public byte Scale { get; }

    /// <summary>The number's digits without the point: 12.50 gives 1250.</summary>
    public long Mantissa => _mantissa;

    /// <summary>True when a number or a text is there.</summary>
    public bool HasValue => Kind >= ObservationValueKind.Number;

    /// <summary>True for a whole number (<c>5</c>, not <c>5.0</c>).</summary>
    public bool IsInteger => Kind == ObservationValueKind.Number && Scale == 0;

    /// <summary>The number; null when it is none. Text such as <c>1e5</c> counts as a number when it can be read as one.</summary>
    public decimal? Number => Kind switch
    {
        ObservationValueKind.Number => new decimal(unchecked((int)AbsoluteMantissa), unchecked((int)(AbsoluteMantissa >> 32)), 0, _mantissa < 0, Scale),
        ObservationValueKind.Text when decimal.TryParse(_text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) => number,
        _ => null,
    };

    private ulong AbsoluteMantissa => _mantissa < 0 ? (ulong)-_mantissa : (ulong)_mantissa;

    /// <summary>A whole number.</summary>
    public static ObservationValue Of(long number) => new(ObservationValueKind.Number, number, 0, null);

    /// <summary>A number of a mantissa and digits after the point.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not 0 to 18.</exception>
    public static ObservationValue Of(long mantissa, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, 18);
        return new(ObservationValueKind.Number, mantissa, scale, null);
    }

    /// <summary>A number of a mantissa and digits after the point that were checked before.</summary>
    internal static ObservationValue FromTrustedParts(long mantissa, int scale) => new(ObservationValueKind.Number, mantissa, scale, null);

    /// <summary>A number; beyond 18 digits it is kept as text.</summary>
    public static ObservationValue Of(decimal number) => Parse(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads what was sent; empty gives absent. Never fails: what is no number is text, and validation judges it.</summary>
    public static ObservationValue Parse(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return default;
        }

        if (TryParseNumber(text, out long mantissa, out int scale))
        {
            return new ObservationValue(ObservationValueKind.Number, mantissa, scale, null);
        }

        return text is "NaN" ? NaN : new ObservationValue(ObservationValueKind.Text, 0, 0, text.ToString());
    }

    /// <summary>Writes the value as sent into a buffer; false when it is too short.</summary>
    public bool TryFormat(Span<char> destination, out int written)
    {
        switch (Kind)
        {
            case ObservationValueKind.Absent:
                written = 0;
                return true;
            case ObservationValueKind.NotANumber:
                written = 3;
                return "NaN".TryCopyTo(destination);
            case ObservationValueKind.Text:
                written = _text!.Length;
                return _text.TryCopyTo(destination);
            case ObservationValueKind.Number when Scale == 0:
                return _mantissa.TryFormat(destination, out written, default, CultureInfo.InvariantCulture);
            default:
                ulong power = (ulong)Powers[Scale];
                string sign = _mantissa < 0 ? "-" : "";
                written = 0;
                if (!destination.TryWrite(CultureInfo.InvariantCulture, $"{sign}{AbsoluteMantissa / power}.", out int whole)
                    || destination.Length < whole + Scale)
                {
                    return false;
                }

                ulong fraction = AbsoluteMantissa % power;
                for (int i = Scale - 1; i >= 0; i--, fraction /= 10)
                {
                    destination[whole + i] = (char)('0' + (fraction % 10));
                }

                written = whole + Scale;
                return true;
        }
    }

    /// <summary>The value as sent; empty when absent.</summary>
    public override string ToString()
    {
        if (Kind == ObservationValueKind.Text)
        {
            return _text!;
        }

        Span<char> buffer = stackalloc char[24];
        TryFormat(buffer, out int written);
        return new string(buffer[..written]);
    }

    /// <summary>True for the same value in the same spelling.</summary>
    public bool Equals(ObservationValue other) => Kind == other.Kind && _mantissa == other._mantissa && Scale == other.Scale && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ObservationValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, _mantissa, Scale, _text);

    /// <summary>Equality of the written form.</summary>
    public static bool operator ==(ObservationValue left, ObservationValue right) => left.Equals(right);

    /// <summary>Inequality of the written form.</summary>
    public static bool operator !=(ObservationValue left, ObservationValue right) => !left.Equals(right);

    /// <summary>Canonical decimal text only: other spellings (<c>+5</c>, <c>05</c>, <c>.5</c>, <c>1e5</c>) are kept as text, so that they print as sent.</summary>
    private static bool TryParseNumber(ReadOnlySpan<char> text, out long mantissa, out int scale)
    {
        mantissa = 0;
        scale = 0;
        int i = text[0] == '-' ? 1 : 0;
        int first = i;
        if (text.Length - i is 0 or > 19)
        {
            return false;
        }

        bool point = false;
        int digits = 0;
        for (; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '.' && !point && digits > 0 && i < text.Length - 1)
            {
                point = true;
                continue;
            }

            if (!char.IsAsciiDigit(c) || ++digits > 18)
            {
                return false;
            }

            mantissa = (mantissa * 10) + (c - '0');
            scale += point ? 1 : 0;
        }

        // '05' and '-0' would not print back as they came.
        if (text[first] == '0' && text.Length > first + 1 && text[first + 1] != '.')
        {
            return false;
        }

        if (first == 1)
        {
            if (mantissa == 0)
            {
                return false;
            }

            mantissa = -mantissa;
        }

        return digits > 0;
    }
}
