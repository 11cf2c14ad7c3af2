namespace Dsm.Exchange.Registry;

/// <summary>
/// How long what the registry takes may be, in characters. The standard sets no limits; those here are several times what the registries
/// of statistical organisations hold. Readers of messages know none: files of others are read as they are.
/// </summary>
public sealed record StructureLimits
{
    /// <summary>Most characters of an id, an agency or a version.</summary>
    public int Id { get; init; } = 255;

    /// <summary>Most characters of a name in one language.</summary>
    public int Name { get; init; } = 4_000;

    /// <summary>Most characters of any other text in one language: descriptions, annotations, expressions, addresses.</summary>
    public int Text { get; init; } = 100_000;
}
