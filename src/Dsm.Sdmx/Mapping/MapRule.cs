using System.Collections.Immutable;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Mapping;

/// <summary>
/// One part of a compiled structure map: what becomes of some source components. A definition; <see cref="Start"/> gives the function
/// for one data set, with its caches.
/// </summary>
internal abstract record MapRule
{
    /// <summary>Ids of the source components, for messages.</summary>
    public required string SourceIds { get; init; }

    /// <summary>The columns it fills.</summary>
    public required ImmutableArray<ColumnSlot> Targets { get; init; }

    /// <summary>True when everything it depends on stands once a series.</summary>
    public bool IsOfSeries { get; init; }

    /// <summary>The function for one data set.</summary>
    public abstract MapFunction Start(StructureMapper mapper);
}

/// <summary>A rule at work on one data set: fills its columns of the mapper's stage.</summary>
internal abstract class MapFunction
{
    /// <summary>
    /// Maps an observation, or a series (row -1) when the rule is one of series. Null when done; else what is wrong.
    /// </summary>
    public abstract MapFault? Apply(ObservationBatch batch, int series, int row);

    /// <summary>
    /// Maps observations of one series all at once, straight into the target's column. False when that cannot be done: then each is
    /// mapped by <see cref="Apply"/>, which also tells what is wrong.
    /// </summary>
    public virtual bool TryMapColumn(ObservationBatch source, int first, int count, ObservationBatch target, int to) => false;
}

/// <summary>Why something could not be mapped.</summary>
/// <param name="Kind">Unmapped, left out on purpose, or mapped to what the target cannot have.</param>
/// <param name="Value">The source value, or the outcome that is no value of the target.</param>
/// <param name="Components">Ids of the source components, or id of the target component.</param>
/// <param name="Map">The map concerned.</param>
internal sealed record MapFault(MapFaultKind Kind, string Value, string Components, string Map);

/// <summary>Kinds of <see cref="MapFault"/>.</summary>
internal enum MapFaultKind
{
    Unmapped,
    LeftOut,
    Invalid,
}
