using System.Globalization;
using System.Xml;

namespace Dsm.Sdmx.Data;

/// <summary>Date-times and time ranges in their XML Schema text forms.</summary>
internal static class TimeText
{
    private static readonly string[] DateTimeForms =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-ddK", "yyyy-MMK", "yyyyK",
    ];

    public static bool TryParseDateTime(string text, out DateTime value)
    {
        // The local reading of the sender is kept: an offset is read but does not shift the period.
        bool parsed = DateTimeOffset.TryParseExact(text, DateTimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant);
        value = instant.DateTime;
        return parsed;
    }

    public static DateTime ParseDateTime(string text) => TryParseDateTime(text, out DateTime value) ? value : throw new FormatException(text);

    /// <summary>A range is a start and an XML Schema duration joined by a slash.</summary>
    public static bool TryParseRange(string text, out DateTime start, out DateTime end)
    {
        start = end = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || slash + 2 >= text.Length || text[slash + 1] != 'P' || !TryParseDateTime(text[..slash], out start))
        {
            return false;
        }

        string duration = text[(slash + 1)..];
        int time = duration.IndexOf('T', StringComparison.Ordinal);
        string days = time < 0 ? duration : duration[..time];
        int years = Number(days, 'Y'), months = Number(days, 'M');
        try
        {
            // Years and months follow the calendar; TimeSpan alone would take 30 days for a month.
            string rest = "P" + (Number(days, 'D') is int d and > 0 ? d.ToString(CultureInfo.InvariantCulture) + "D" : "0D") + (time < 0 ? "" : duration[time..]);
            XmlConvert.ToTimeSpan(duration);
            end = start.AddYears(years).AddMonths(months).Add(XmlConvert.ToTimeSpan(rest));
            return end >= start;
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    public static (DateTime Start, DateTime End) ParseRange(string text)
        => TryParseRange(text, out DateTime start, out DateTime end) ? (start, end) : throw new FormatException(text);

    private static int Number(string duration, char unit)
    {
        int end = duration.IndexOf(unit, StringComparison.Ordinal);
        int start = end;
        while (start > 0 && char.IsAsciiDigit(duration[start - 1]))
        {
            start--;
        }

        return end > start && int.TryParse(duration.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
    }
}
