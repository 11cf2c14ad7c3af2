namespace Dsm.Exchange.ReferenceMetadata;

/// <summary>One version of a metadata set, current in an interval of time; nothing is overwritten.</summary>
public sealed class MetadataSetRecord
{
    /// <summary>Number.</summary>
    public long Id { get; set; }

    /// <summary>URN.</summary>
    public required string Urn { get; set; }

    /// <summary>The set alone as a message of reference metadata, of the format that carries most of it.</summary>
    public required string Content { get; set; }

    /// <summary>SHA-256 of the content, lower-case hexadecimal.</summary>
    public required string ContentHash { get; set; }

    /// <summary>Who submitted it.</summary>
    public required string Origin { get; set; }

    /// <summary>From when it is current.</summary>
    public DateTimeOffset CurrentFrom { get; set; }

    /// <summary>Until when it was current; null while it is.</summary>
    public DateTimeOffset? CurrentTo { get; set; }
}
