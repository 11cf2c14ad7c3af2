using Dsm.Sdmx.Data;

namespace Dsm.Exchange.Overview;

/// <summary>
/// When figures are due: so many days after the end of the period they are about, by the kind of period. Settings below
/// <c>Hub:Freshness</c>.
/// </summary>
public sealed record FreshnessOptions
{
    /// <summary>Days after the end of a month, week or day.</summary>
    public int MonthDays { get; init; } = 30;

    /// <summary>Days after the end of a quarter or trimester.</summary>
    public int QuarterDays { get; init; } = 60;

    /// <summary>Days after the end of a half-year or year.</summary>
    public int YearDays { get; init; } = 90;

    /// <summary>The last day on which the figures that follow a period are in time.</summary>
    public DateOnly DueAfter(TimePeriod last) => NextEnd(last).AddDays(LagDays(last));

    /// <summary>Judges by the last period there is.</summary>
    /// <param name="last">The last period with figures; none when there are none.</param>
    /// <param name="today">The day.</param>
    public Freshness Of(TimePeriod last, DateOnly today)
        => last.IsNone ? Freshness.None
            : today < NextEnd(last) ? Freshness.Fresh
            : today <= DueAfter(last) ? Freshness.Due
            : Freshness.Late;

    // The period that follows is as long as the last one: of calendar periods in months, of others in days.
    private static DateOnly NextEnd(TimePeriod last)
    {
        DateTime end = last.End;
        int months = ((end.Year - last.Start.Year) * 12) + end.Month - last.Start.Month;
        return DateOnly.FromDateTime(months > 0 && end.Day == 1 ? end.AddMonths(months) : end + (end - last.Start));
    }

    private int LagDays(TimePeriod period) => (period.End - period.Start).TotalDays switch
    {
        <= 31 => MonthDays,
        <= 123 => QuarterDays,
        _ => YearDays,
    };
}
