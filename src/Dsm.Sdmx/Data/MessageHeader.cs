using System.Collections.Immutable;

namespace Dsm.Sdmx.Data;

/// <summary>Header of an SDMX message.</summary>
public sealed record MessageHeader
{
    /// <summary>Id of the message.</summary>
    public required string Id { get; init; }

    /// <summary>True when sent as a test.</summary>
    public bool IsTest { get; init; }

    /// <summary>When it was prepared, as written (a date, or a date and time with or without offset); null when not said.</summary>
    public string? Prepared { get; init; }

    /// <summary>Id of the sender.</summary>
    public string SenderId { get; init; } = "unknown";

    /// <summary>Ids of the receivers.</summary>
    public ImmutableArray<string> ReceiverIds { get; init; } = [];

    /// <summary>Name of the message.</summary>
    public Model.LocalisedText Name { get; init; }

    /// <summary>Source of the data.</summary>
    public Model.LocalisedText Source { get; init; }
}
