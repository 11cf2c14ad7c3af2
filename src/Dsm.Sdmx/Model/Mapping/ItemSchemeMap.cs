using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>One row of an item scheme map.</summary>
/// <param name="Source">Source item, or a regular expression over ids.</param>
/// <param name="Target">Id of the target item, dotted when nested; null when the source has none on purpose.</param>
/// <param name="ValidFrom">First day of validity, or null.</param>
/// <param name="ValidTo">Last day of validity, or null.</param>
public sealed record ItemMap(MappedValue Source, string? Target, string? ValidFrom = null, string? ValidTo = null)
{
    /// <summary>Annotations.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];
}

/// <summary>
/// Maps items of one scheme to items of another: categories, concepts, organisations or reporting categories (SDMX 3.0 ItemSchemeMap;
/// codelists are mapped by <see cref="RepresentationMap"/>).
/// </summary>
public sealed record ItemSchemeMap : Maintainable
{
    /// <summary>Which of the four item scheme maps.</summary>
    public required StructureType MapType { get; init; }

    /// <inheritdoc/>
    public override StructureType Type => MapType;

    /// <summary>The 2.1 structure set it was read from and is written into; null when it stands for itself.</summary>
    public StructureSetContainer? Container { get; init; }

    /// <summary>Source scheme; null only in stubs.</summary>
    public StructureReference? Source { get; init; }

    /// <summary>Target scheme; null only in stubs.</summary>
    public StructureReference? Target { get; init; }

    /// <summary>The rows in order.</summary>
    public ImmutableArray<ItemMap> Items { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References => new[] { Source, Target }.OfType<StructureReference>();
}
