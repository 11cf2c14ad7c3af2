using Dsm.Sdmx.Data;

namespace Dsm.Exchange.Warehouse;

/// <summary>
/// Order and identity of periods within a series, and the stretch of time (chunk) in which each is stored. Two spellings of one
/// stretch (<c>2024-03</c>, <c>2024-M03</c>) are one observation.
/// </summary>
internal static class PeriodOrder
{
    public static Comparer<TimePeriod> Comparer { get; } = Comparer<TimePeriod>.Create((left, right) => Compare(left, right));

    public static int Compare(in TimePeriod left, in TimePeriod right)
    {
        int a = left.Ordinal, b = right.Ordinal;
        return a != 0 && b != 0 ? a.CompareTo(b) : CompareText(left, right);
    }

    /// <summary>
    /// Number of the chunk: a century of years, 20 years of half-years and quarters, ten of months, five of weeks, a year of days.
    /// One new period then rewrites at most some 250 observations. Ascends as periods do.
    /// </summary>
    public static int ChunkOf(in TimePeriod period) => period.Kind switch
    {
        TimePeriodKind.None => 0,
        TimePeriodKind.GregorianYear or TimePeriodKind.ReportingYear => (1 << 16) + (period.Year / 100),
        TimePeriodKind.Semester => (2 << 16) + (period.Year / 20),
        TimePeriodKind.Trimester => (3 << 16) + (period.Year / 20),
        TimePeriodKind.Quarter => (4 << 16) + (period.Year / 20),
        TimePeriodKind.GregorianMonth or TimePeriodKind.ReportingMonth => (5 << 16) + (period.Year / 10),
        TimePeriodKind.Week => (6 << 16) + (period.Year / 5),
        TimePeriodKind.ReportingDay or TimePeriodKind.GregorianDay => (7 << 16) + period.Year,
        _ => (8 << 16) + period.Start.Year,
    };

    private static int CompareText(in TimePeriod left, in TimePeriod right)
    {
        // Date-times and ranges come after all other kinds, as their chunks do; "no period" comes first.
        int a = left.Ordinal != 0 || left.IsNone ? ChunkOf(left) >> 16 : 8, b = right.Ordinal != 0 || right.IsNone ? ChunkOf(right) >> 16 : 8;
        if (a != b || a != 8)
        {
            return a.CompareTo(b);
        }

        int order = left.Start.CompareTo(right.Start);
        return order != 0 ? order : string.CompareOrdinal(left.ToString(), right.ToString());
    }
}
