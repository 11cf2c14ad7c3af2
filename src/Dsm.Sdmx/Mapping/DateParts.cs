using System.Globalization;

namespace Dsm.Sdmx.Mapping;

/// <summary>What a date pattern found in a text; together it is a stretch of time: a year, a month, a day, an instant ...</summary>
internal sealed class DateParts
{
    /// <summary>Month, when named.</summary>
    public int? Month;

    /// <summary>Half of the day, when named.</summary>
    public bool? IsAfternoon;

    private int? _year, _day, _dayOfYear, _week, _hour, _minute, _second, _millisecond, _period;
    private char _frequency;

    /// <summary>True when the parts make a date.</summary>
    public bool IsDate => TryGetSpan(out _, out _);

    /// <summary>Number of the period of a frequency (letter) within its year that an instant lies in.</summary>
    public static int NumberOf(char frequency, DateTime instant) => frequency switch
    {
        'A' => 1,
        'S' => ((instant.Month - 1) / 6) + 1,
        'T' => ((instant.Month - 1) / 4) + 1,
        'Q' => ((instant.Month - 1) / 3) + 1,
        'M' => instant.Month,
        'W' => ISOWeek.GetWeekOfYear(instant),
        _ => instant.DayOfYear,
    };

    /// <summary>Takes the number of a pattern letter.</summary>
    public void Set(char letter, int number, char frequency)
    {
        switch (letter)
        {
            case 'y': _year = number; break;
            case 'M': Month = number; break;
            case 'd': _day = number; break;
            case 'D': _dayOfYear = number; break;
            case 'w': _week = number; break;
            case 'H': _hour = number; break;
            case 'k': _hour = number % 24; break;
            case 'K' or 'h': _hour = number % 12; IsAfternoon ??= false; break;
            case 'm': _minute = number; break;
            case 's': _second = number; break;
            case 'S': _millisecond = number; break;
            case 'n': (_period, _frequency) = (number, frequency); break;
        }
    }

    /// <summary>The stretch of time: first instant, and first instant after it.</summary>
    public bool TryGetSpan(out DateTime start, out DateTime end)
    {
        (start, end) = (default, default);
        if (_year is not (>= 1 and <= 9998))
        {
            return false;
        }

        try
        {
            (start, end) = Span(_year.Value);
            return true;
        }
        catch (ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    private (DateTime Start, DateTime End) Span(int year)
    {
        DateTime first = new(year, 1, 1);
        if (_period is { } n)
        {
            return PeriodSpan(first, n);
        }

        if (_week is { } week)
        {
            return week >= 1 && week <= ISOWeek.GetWeeksInYear(year)
                ? (ISOWeek.ToDateTime(year, week, DayOfWeek.Monday), ISOWeek.ToDateTime(year, week, DayOfWeek.Monday).AddDays(7))
                : throw new ArgumentOutOfRangeException(nameof(year));
        }

        if (_dayOfYear is null && _day is null)
        {
            return Month is { } month ? (new DateTime(year, month, 1), new DateTime(year, month, 1).AddMonths(1)) : (first, first.AddYears(1));
        }

        DateTime day = _dayOfYear is { } d ? InYear(first, d) : new DateTime(year, Month ?? 1, _day!.Value);
        if (_hour is null)
        {
            return (day, day.AddDays(1));
        }

        DateTime instant = new DateTime(day.Year, day.Month, day.Day, _hour.Value + (IsAfternoon == true ? 12 : 0), _minute ?? 0, _second ?? 0).AddMilliseconds(_millisecond ?? 0);
        return (instant, instant.AddTicks(1));
    }

    private (DateTime Start, DateTime End) PeriodSpan(DateTime first, int n)
    {
        (int months, int last) = _frequency switch { 'A' => (12, 1), 'S' => (6, 2), 'T' => (4, 3), 'Q' => (3, 4), 'M' => (1, 12), _ => (0, 0) };
        if (months > 0)
        {
            return n >= 1 && n <= last ? (first.AddMonths((n - 1) * months), first.AddMonths(n * months)) : throw new ArgumentOutOfRangeException(nameof(n));
        }

        if (_frequency == 'W')
        {
            DateTime monday = n >= 1 && n <= ISOWeek.GetWeeksInYear(first.Year) ? ISOWeek.ToDateTime(first.Year, n, DayOfWeek.Monday) : throw new ArgumentOutOfRangeException(nameof(n));
            return (monday, monday.AddDays(7));
        }

        return (InYear(first, n), InYear(first, n).AddDays(1));
    }

    private static DateTime InYear(DateTime first, int day)
        => day >= 1 && day <= (DateTime.IsLeapYear(first.Year) ? 366 : 365) ? first.AddDays(day - 1) : throw new ArgumentOutOfRangeException(nameof(day));
}
