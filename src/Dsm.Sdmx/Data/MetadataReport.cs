using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Data;

/// <summary>
/// Reference metadata reported inside a data set (SDMX 3.0: attributes of the metadata structure that the data structure names), about
/// the data set, a part of the key, a series or one observation.
/// </summary>
public sealed record MetadataReport
{
    /// <summary>Codes of the dimensions in key order; null where any code is meant. All null: the report is about the data set.</summary>
    public required ImmutableArray<string?> Key { get; init; }

    /// <summary>Period of the observation; none when the report is about no single period.</summary>
    public TimePeriod Period { get; init; }

    /// <summary>The reported values in order.</summary>
    public ImmutableArray<ReportedAttribute> Attributes { get; init; } = [];

    /// <summary>Line; 0 when unknown.</summary>
    public int Line { get; init; }

    /// <summary>Column; 0 when unknown.</summary>
    public int Column { get; init; }

    /// <summary>True when it is about the whole data set.</summary>
    public bool IsOfDataSet => Period.IsNone && Key.All(code => code is null);

    /// <summary>True when it is about one series, or one observation of it.</summary>
    public bool HasWholeKey => Key.All(code => code is not null);

    /// <summary>Key as text, the codes joined by dots; a missing one is empty.</summary>
    public string KeyText => string.Join('.', Key);
}
