using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>A region of reference metadata: values of metadata attributes (MetadataTargetRegion).</summary>
/// <param name="IsIncluded">False when the region is what is left out.</param>
/// <param name="Selections">Selections by metadata attribute; ids dotted when nested.</param>
public sealed record MetadataTargetRegion(bool IsIncluded, ImmutableArray<MemberSelection> Selections)
{
    /// <summary>First period of validity as written, or null.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>Last period of validity as written, or null.</summary>
    public string? ValidTo { get; init; }
}

/// <summary>What reference metadata may (or do) hold (SDMX 3.0 MetadataConstraint; a 2.1 ContentConstraint with metadata target regions).</summary>
public sealed record MetadataConstraint : Maintainable
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.MetadataConstraint;

    /// <summary>Whether it says what is allowed or what there is.</summary>
    public ConstraintRole Role { get; init; }

    /// <summary>What it constrains: metadata structures, metadataflows, metadata provision agreements or a metadata provider.</summary>
    public ImmutableArray<StructureReference> Attachments { get; init; } = [];

    /// <summary>When reports are released, or null.</summary>
    public ReleaseCalendar? ReleaseCalendar { get; init; }

    /// <summary>Regions.</summary>
    public ImmutableArray<MetadataTargetRegion> Regions { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References => Attachments;
}
