using System.Collections.Immutable;

namespace Dsm.Web.Charts;

/// <summary>One point of a chart.</summary>
/// <param name="Position">Place on the time axis: position of its period among all periods of the chart.</param>
/// <param name="Value">The value; null for a gap.</param>
/// <param name="IsProvisional">True for figures that may still change: drawn as a hollow marker.</param>
/// <param name="IsBreak">True when the series is not comparable with what comes before: the line is interrupted.</param>
public readonly record struct ChartPoint(int Position, decimal? Value, bool IsProvisional = false, bool IsBreak = false);

/// <summary>One line or row of bars.</summary>
/// <param name="Label">Name in the page's language.</param>
/// <param name="Points">Points in time order.</param>
public sealed record ChartSeries(string Label, ImmutableArray<ChartPoint> Points);

/// <summary>What a chart shows.</summary>
/// <param name="Title">Name: what is shown, for whom and when.</param>
/// <param name="Description">What one sees, in a sentence or two, for those who do not see it.</param>
/// <param name="Periods">Labels of the time axis in order.</param>
/// <param name="Series">At most five series; more do not tell anything in one chart.</param>
public sealed record ChartData(string Title, string Description, ImmutableArray<string> Periods, ImmutableArray<ChartSeries> Series);
