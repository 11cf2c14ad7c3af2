using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Rest;

/// <summary>Query for the data that there are: which codes occur (REST <c>availableconstraint</c>, <c>availability</c>).</summary>
public sealed record AvailabilityQuery : CubeQuery
{
    /// <summary>Components whose values are wanted; empty for all.</summary>
    public ImmutableArray<string> Components { get; init; } = [];

    /// <summary>True for <c>mode=available</c>: the values that would still give data if a selection were widened; false for <c>exact</c>.</summary>
    public bool IsAvailableMode { get; init; }

    /// <summary>True when every type of reference is wanted.</summary>
    public bool AllReferences { get; init; }

    /// <summary>Types of artefacts that come along; item schemes are partial.</summary>
    public ImmutableArray<StructureType> ReferenceTypes { get; init; } = [];
}
