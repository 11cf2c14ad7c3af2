using System.Collections.Immutable;
using Dsm.Sdmx.Data;

namespace Dsm.Exchange.Overview;

/// <summary>A figure for all codes of the breakdowns.</summary>
/// <param name="Value">The number; null when it is missing.</param>
/// <param name="Parts">Number of figures added up; 1 when the provider sent the total itself.</param>
/// <param name="Missing">Number of parts without a number, which the sum therefore lacks.</param>
/// <param name="Statuses">Codes of OBS_STATUS among the parts other than the normal one, each once.</param>
public readonly record struct Total(decimal? Value, int Parts, int Missing, ImmutableArray<string> Statuses)
{
    /// <summary>True when the hub added it up.</summary>
    public bool IsSum => Parts > 1;

    /// <summary>Adds another figure.</summary>
    public Total Plus(Total other) => new(
        Value is null ? other.Value : other.Value is null ? Value : Value + other.Value,
        Parts + other.Parts,
        Missing + other.Missing,
        [.. Statuses.Union(other.Statuses)]);
}

/// <summary>Totals of one place in the cube: what may not be added up (state, frequency, unit, event ...) is held fixed.</summary>
/// <param name="Key">Codes by dimension position; null where all codes together are meant.</param>
/// <param name="Values">Totals by period.</param>
public sealed record TotalRow(ImmutableArray<string?> Key, IReadOnlyDictionary<TimePeriod, Total> Values);
