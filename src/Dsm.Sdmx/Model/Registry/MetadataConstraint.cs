using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>A region of reference metadata: values of metadata attributes (MetadataTargetRegion).</summary>
/// <param name="IsIncluded">False when the region is what is left out.</param>
/// <param name="Selections">
/// Selections by metadata attribute, ids dotted when nested; in SDMX 2.1 also by parts of the metadata target (not <see cref="MemberSelection.IsAttribute"/>).
/// </param>
public sealed record MetadataTargetRegion(bool IsIncluded, ImmutableArray<MemberSelection> Selections)
{
    /// <summary>First period of validity as written (SDMX 3.0), or null.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>Last period of validity as written (SDMX 3.0), or null.</summary>
    public string? ValidTo { get; init; }

    /// <summary>Report structure (SDMX 2.1); null in 3.0.</summary>
    public string? Report { get; init; }

    /// <summary>Metadata target (SDMX 2.1); null in 3.0.</summary>
    public string? MetadataTarget { get; init; }
}

/// <summary>What reference metadata may (or do) hold (SDMX 3.0 MetadataConstraint; a 2.1 ContentConstraint with metadata target regions).</summary>
public sealed record MetadataConstraint : Constraint
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.MetadataConstraint;

    /// <summary>Regions.</summary>
    public ImmutableArray<MetadataTargetRegion> Regions { get; init; } = [];
}
