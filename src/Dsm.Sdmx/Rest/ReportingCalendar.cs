using System.Globalization;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Rest;

/// <summary>
/// When the periods of a query begin and end, if its reporting years do not start on 1 January (REST 2.2,
/// <c>reportingYearStartDay</c>). Only reporting periods move (<c>2010-Q3</c>, <c>2010-M07</c>), not those of the Gregorian calendar
/// (<c>2010</c>, <c>2010-07</c>). A reporting year is named for the year in which it ends: with <c>--07-01</c> 2010-Q3 starts on 1 January
/// 2010, which is the example of the standard. The periods of the data are those of the calendar.
/// </summary>
public sealed class ReportingCalendar
{
    private readonly int _month;
    private readonly int _day;

    private ReportingCalendar(int month, int day) => (_month, _day) = (month, day);

    /// <summary>Reporting years that are calendar years.</summary>
    public static ReportingCalendar Calendar { get; } = new(1, 1);

    /// <summary>The calendar of a start day.</summary>
    /// <param name="startDay"><c>--MM-DD</c>; null for 1 January.</param>
    public static ReportingCalendar Of(string? startDay)
        => startDay is null ? Calendar
            : new ReportingCalendar(int.Parse(startDay.AsSpan(2, 2), CultureInfo.InvariantCulture), int.Parse(startDay.AsSpan(5, 2), CultureInfo.InvariantCulture));

    /// <summary>First instant of a period.</summary>
    public DateTime StartOf(in TimePeriod period) => IsMoved(period) ? At(period, period.Sub) : period.Start;

    /// <summary>First instant after a period.</summary>
    public DateTime EndOf(in TimePeriod period) => IsMoved(period) ? At(period, period.Sub + 1) : period.End;

    private bool IsMoved(in TimePeriod period)
        => (_month, _day) != (1, 1) && !period.HasText && period.Year is > 1 and < 9999
            && period.Kind is TimePeriodKind.ReportingYear or TimePeriodKind.Semester or TimePeriodKind.Trimester or TimePeriodKind.Quarter
                or TimePeriodKind.ReportingMonth or TimePeriodKind.Week or TimePeriodKind.ReportingDay;

    private DateTime At(in TimePeriod period, int number)
    {
        // 29 February is the last day of February in other years.
        DateTime year = new(period.Year - 1, _month, Math.Min(_day, DateTime.DaysInMonth(period.Year - 1, _month)));
        return period.Kind switch
        {
            TimePeriodKind.Semester => year.AddMonths((number - 1) * 6),
            TimePeriodKind.Trimester => year.AddMonths((number - 1) * 4),
            TimePeriodKind.Quarter => year.AddMonths((number - 1) * 3),
            TimePeriodKind.ReportingMonth => year.AddMonths(number - 1),
            TimePeriodKind.Week => FirstWeek(year).AddDays((number - 1) * 7),
            TimePeriodKind.ReportingDay => year.AddDays(number - 1),
            _ => year.AddYears(number - 1),
        };
    }

    // The first week is the one with the fourth day of the year, as in ISO 8601. Years have Sub 1.
    private static DateTime FirstWeek(DateTime year)
    {
        DateTime fourth = year.AddDays(3);
        return fourth.AddDays(-(((int)fourth.DayOfWeek + 6) % 7));
    }
}
