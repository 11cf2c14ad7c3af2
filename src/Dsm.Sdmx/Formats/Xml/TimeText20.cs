using System.Globalization;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Times of SDMX-ML 2.0 in the form of later versions. Two forms have changed (2.0 common schema, TimePeriodType): half-years are
/// <c>2001-B1</c>, now <c>2001-S1</c>; weeks have no leading zero, <c>2001-W1</c>, now <c>2001-W01</c>. And a longer period may be written
/// as its first month, its length being said by the attribute for the time format: <c>2001-04</c> and <c>P3M</c> are the second quarter.
/// </summary>
internal static class TimeText20
{
    /// <summary>
    /// An end of a validity, which may be any period in 2.0, as the date and time that later versions have: the first second of the
    /// period, or its last. What is no period stays as it is.
    /// </summary>
    public static string? Instant(string? text, bool isEnd)
    {
        if (text is null || !TimePeriod.TryParse(Later(text), out TimePeriod period) || period.Kind is TimePeriodKind.DateTime or TimePeriodKind.Range)
        {
            return text;
        }

        DateTime instant = isEnd ? period.End.AddSeconds(-1) : period.Start;
        return instant.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
    }

    /// <summary>The time as later versions write it; anything else as it is.</summary>
    public static ReadOnlySpan<char> Later(ReadOnlySpan<char> text)
    {
        return OfFormat(text, null);
    }

    /// <summary>The time as later versions write it, by its time format: <c>P1Y</c>, <c>P6M</c>, <c>P3M</c>; any other, or null, says nothing.</summary>
    public static ReadOnlySpan<char> OfFormat(ReadOnlySpan<char> text, string? format)
    {
        if (text.Length != 7 || text[4] != '-' || !char.IsAsciiDigit(text[6]))
        {
            return text;
        }

        return text[5] switch
        {
            'B' when text[6] is '1' or '2' => string.Concat(text[..5], "S", text[6..]),
            'W' when text[6] != '0' => string.Concat(text[..6], "0", text[6..]),
            '0' or '1' when format is not null => OfFirstMonth(text, format),
            _ => text,
        };
    }

    /// <summary>A month that does not begin a period of the format is left as it is: it is not known what is meant.</summary>
    private static ReadOnlySpan<char> OfFirstMonth(ReadOnlySpan<char> text, string format) => (format, text[5..].ToString()) switch
    {
        ("P1Y", "01") => text[..4],
        ("P6M", "01") => string.Concat(text[..5], "S1"),
        ("P6M", "07") => string.Concat(text[..5], "S2"),
        ("P3M", "01") => string.Concat(text[..5], "Q1"),
        ("P3M", "04") => string.Concat(text[..5], "Q2"),
        ("P3M", "07") => string.Concat(text[..5], "Q3"),
        ("P3M", "10") => string.Concat(text[..5], "Q4"),
        _ => text,
    };
}
