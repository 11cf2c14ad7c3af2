using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Rest;

/// <summary>Query for the schema of the messages of a structure.</summary>
public sealed record SchemaQuery : RestQuery
{
    /// <summary>Type of the artefact: data structure, dataflow, provision agreement or their metadata counterparts.</summary>
    public required StructureType Context { get; init; }

    /// <summary>Dimension at the observation; null for the default.</summary>
    public string? DimensionAtObservation { get; init; }

    /// <summary>True when each code of a measure dimension is an element of its own (REST 1.5).</summary>
    public bool ExplicitMeasure { get; init; }

    /// <summary>True for the schema of messages that delete (REST 2.2).</summary>
    public bool ForDeletion { get; init; }
}
