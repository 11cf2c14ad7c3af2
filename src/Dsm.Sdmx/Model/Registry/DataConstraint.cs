using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>
/// A constraint on data (SDMX 3.0 DataConstraint, 2.1 ContentConstraint): cube regions, of which one must hold, and key sets.
/// An availability constraint of 3.1, which has no identity, gets that of what it is attached to, see <see cref="AvailabilityId"/>.
/// </summary>
public sealed record DataConstraint : Constraint
{
    /// <inheritdoc/>
    public override StructureType Type => Role == ConstraintRole.Attachment ? StructureType.AttachmentConstraint : StructureType.DataConstraint;

    /// <summary>Cube regions.</summary>
    public ImmutableArray<CubeRegion> Regions { get; init; } = [];

    /// <summary>Key sets.</summary>
    public ImmutableArray<DataKeySet> KeySets { get; init; } = [];

    /// <summary>Number of series there are, of an availability constraint (SDMX 3.1 seriesCount); null when not said.</summary>
    public long? SeriesCount { get; init; }

    /// <summary>Number of observations there are, of an availability constraint (SDMX 3.1 obsCount); null when not said.</summary>
    public long? ObservationCount { get; init; }

    /// <summary>Id of an availability constraint by what it is attached to; agency and version are those of the latter.</summary>
    public static string AvailabilityId(StructureReference attachment)
    {
        ArgumentNullException.ThrowIfNull(attachment);
        return $"{attachment.Id}_AVAILABILITY";
    }
}
