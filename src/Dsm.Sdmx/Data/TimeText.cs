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
        return parsed ? IsStrict(text) : TryParseRare(text, out value);
    }

    /// <summary>The framework takes offsets of one digit and points without digits, which XML Schema does not.</summary>
    private static bool IsStrict(string text)
    {
        ReadOnlySpan<char> local = text.AsSpan(0, text.Length - ZoneLength(text));
        int time = local.IndexOf('T');
        return local[^1] != '.' && local[(time + 1)..].IndexOfAnyExcept(time < 0 ? "0123456789-" : "0123456789:.") < 0;
    }

    /// <summary>Length of a time zone at the end of a text (<c>Z</c>, <c>+02:00</c>, up to 14 hours); 0 when there is none.</summary>
    public static int ZoneLength(ReadOnlySpan<char> text)
        => text.EndsWith("Z", StringComparison.Ordinal) ? 1
            : text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':' && TimeSpan.TryParseExact(text[^5..], "hh\\:mm", CultureInfo.InvariantCulture, out TimeSpan offset)
            && offset <= TimeSpan.FromHours(14) ? 6 : 0;

    /// <summary>What XML Schema allows and the framework does not read: hour 24, any number of digits of a second.</summary>
    private static bool TryParseRare(string text, out DateTime value)
    {
        value = default;
        int zone = ZoneLength(text);
        string local = text[..^zone];
        int point = local.IndexOf('.', StringComparison.Ordinal);
        string whole = point < 0 ? local : local[..point], fraction = point < 0 ? "" : local[(point + 1)..];
        bool isMidnight = whole.EndsWith("T24:00:00", StringComparison.Ordinal) && fraction.All(c => c == '0');
        if ((!isMidnight && fraction.Length <= 7) || (point >= 0 && (fraction.Length == 0 || !fraction.All(char.IsAsciiDigit))))
        {
            return false;
        }

        string plain = isMidnight ? whole[..^8] + "00:00:00" : $"{whole}.{fraction[..7]}";
        if (!DateTime.TryParseExact(plain, ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"], CultureInfo.InvariantCulture, DateTimeStyles.None, out value)
            || (isMidnight && value.Date == DateTime.MaxValue.Date))
        {
            return false;
        }

        value = isMidnight ? value.AddDays(1) : value;
        return true;
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
