namespace Dsm.Exchange.Registry;

/// <summary>One version of an artefact in the registry, current in an interval of time; nothing is overwritten.</summary>
public sealed class StructureRecord
{
    /// <summary>Number.</summary>
    public long Id { get; set; }

    /// <summary>URN.</summary>
    public required string Urn { get; set; }

    /// <summary>Class in the information model.</summary>
    public required string Class { get; set; }

    /// <summary>The artefact as an SDMX-ML structure message, of the version that carries all of it.</summary>
    public required string Content { get; set; }

    /// <summary>SHA-256 of the content, lower-case hexadecimal.</summary>
    public required string ContentHash { get; set; }

    /// <summary>Where it came from: path below <c>structures/</c>, or the door of who submitted it.</summary>
    public required string Origin { get; set; }

    /// <summary>From when it is current.</summary>
    public DateTimeOffset CurrentFrom { get; set; }

    /// <summary>Until when it was current; null while it is.</summary>
    public DateTimeOffset? CurrentTo { get; set; }

    /// <summary>Number of the transaction that brought it.</summary>
    public long OpenedBy { get; set; }

    /// <summary>Number of the transaction that ended it; null while it is current.</summary>
    public long? ClosedBy { get; set; }
}
