using System.Globalization;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Rest;

/// <summary>
/// Judges values by filters. Numbers compare as numbers, all else by character code. Where there is no value, only <c>ne</c> and
/// <c>nc</c> hold; a missing number (<c>NaN</c>) is neither less nor greater than any.
/// </summary>
public static class FilterEvaluator
{
    private const string NotANumber = "NaN";

    /// <summary>True when a value (null: none) fulfils a filter.</summary>
    public static bool Matches(ComponentFilter filter, string? value)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return filter.Holds(term => Holds(term, value));
    }

    /// <summary>
    /// True when the cell of a component fulfils a filter. Of several values, or texts by language, one must fulfil each term, and all
    /// must fulfil what denies (<c>ne</c>, <c>nc</c>): so <c>A+B</c> asks for both (SDMX-REST 2.x, arrays).
    /// </summary>
    public static bool Matches(ComponentFilter filter, SchemaComponent component, string? cell)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(component);
        if (cell is null || !component.IsComplex)
        {
            return Matches(filter, cell);
        }

        string[] values = [.. ComplexValue.Parse(component, cell).Values.SelectMany(v => v.Texts).Select(t => t.Value)];
        return filter.Holds(term => term.Operator is FilterOperator.NotEqual or FilterOperator.NotContains
            ? Array.TrueForAll(values, v => Holds(term, v))
            : Array.Exists(values, v => Holds(term, v)));
    }

    /// <summary>True when a period fulfils a filter: compared by first and last instant, not as text.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="period">The period.</param>
    /// <param name="calendar">When the reporting periods of the filter begin and end; null for those of the calendar year.</param>
    public static bool Matches(ComponentFilter filter, TimePeriod period, ReportingCalendar? calendar = null)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return filter.Holds(term => Holds(term, period, calendar ?? ReportingCalendar.Calendar));
    }

    private static bool Holds(FilterTerm term, string? value)
    {
        if (value is null)
        {
            return term.Operator is FilterOperator.NotEqual or FilterOperator.NotContains;
        }

        if (value == NotANumber && term.Operator is FilterOperator.Less or FilterOperator.LessOrEqual or FilterOperator.Greater or FilterOperator.GreaterOrEqual)
        {
            return false;
        }

        return term.Operator switch
        {
            FilterOperator.Equal => Compare(value, term.Value) == 0,
            FilterOperator.NotEqual => Compare(value, term.Value) != 0,
            FilterOperator.Less => Compare(value, term.Value) < 0,
            FilterOperator.LessOrEqual => Compare(value, term.Value) <= 0,
            FilterOperator.Greater => Compare(value, term.Value) > 0,
            FilterOperator.GreaterOrEqual => Compare(value, term.Value) >= 0,
            FilterOperator.Contains => value.Contains(term.Value, StringComparison.Ordinal),
            FilterOperator.NotContains => !value.Contains(term.Value, StringComparison.Ordinal),
            FilterOperator.StartsWith => value.StartsWith(term.Value, StringComparison.Ordinal),
            _ => value.EndsWith(term.Value, StringComparison.Ordinal),
        };
    }

    private static bool Holds(FilterTerm term, TimePeriod period, ReportingCalendar calendar)
    {
        if (period.IsNone || !TimePeriod.TryParse(term.Value, out TimePeriod other))
        {
            return Holds(term, period.IsNone ? null : period.ToString());
        }

        DateTime start = calendar.StartOf(other), end = calendar.EndOf(other);
        bool same = period.Start == start && period.End == end;
        return term.Operator switch
        {
            FilterOperator.Equal => same,
            FilterOperator.NotEqual => !same,
            FilterOperator.Less => period.End <= start,
            FilterOperator.LessOrEqual => period.End <= end,
            FilterOperator.Greater => period.Start >= end,
            FilterOperator.GreaterOrEqual => period.Start >= start,
            _ => Holds(term, period.ToString()),
        };
    }

    private static int Compare(string left, string right)
        => decimal.TryParse(left, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal a)
            && decimal.TryParse(right, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal b)
            ? a.CompareTo(b)
            : IsNumber(left, out double c) && IsNumber(right, out double d) && (c != d || double.IsFinite(c))
            ? c.CompareTo(d)
            : string.CompareOrdinal(left, right);

    // Numbers too large for a decimal are numbers all the same; words for infinity are not.
    private static bool IsNumber(string text, out double number)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && text.AsSpan().IndexOfAnyInRange('0', '9') >= 0;
}
