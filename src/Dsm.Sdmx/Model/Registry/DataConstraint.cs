using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>Whether a constraint says what is allowed or what there is.</summary>
public enum ConstraintRole
{
    /// <summary>What is allowed.</summary>
    Allowed,

    /// <summary>What there is.</summary>
    Actual,

    /// <summary>What attributes or groups can be attached to (SDMX 2.1 AttachmentConstraint); it restricts no data.</summary>
    Attachment,
}

/// <summary>When data are released; the three durations are kept as written (ReleaseCalendar).</summary>
/// <param name="Periodicity">Time between releases.</param>
/// <param name="Offset">Time between the first of January and the first release.</param>
/// <param name="Tolerance">How much later a release may be.</param>
public sealed record ReleaseCalendar(string Periodicity, string Offset, string Tolerance);

/// <summary>Values of one component in a cube region (MemberSelection, KeyValue).</summary>
public sealed record MemberSelection
{
    /// <summary>Id of the dimension, attribute or measure.</summary>
    public required string ComponentId { get; init; }

    /// <summary>False when the values are those left out.</summary>
    public bool IsIncluded { get; init; } = true;

    /// <summary>The values; empty with a time range.</summary>
    public ImmutableArray<MemberValue> Values { get; init; } = [];

    /// <summary>True when each code had the prefix of an extension removed (SDMX 3.0 removePrefix).</summary>
    public bool RemovePrefix { get; init; }

    /// <summary>Time range: start, as written; null for open.</summary>
    public string? StartPeriod { get; init; }

    /// <summary>Time range: end, as written; null for open.</summary>
    public string? EndPeriod { get; init; }

    /// <summary>True when the start belongs to the range.</summary>
    public bool StartInclusive { get; init; } = true;

    /// <summary>True when the end belongs to the range.</summary>
    public bool EndInclusive { get; init; } = true;

    /// <summary>True for an attribute or measure, false for a dimension (they stand in different elements).</summary>
    public bool IsAttribute { get; init; }
}

/// <summary>A region of the cube: every selection must hold.</summary>
/// <param name="IsIncluded">False when the region is what is left out.</param>
/// <param name="Selections">Selections by component.</param>
public sealed record CubeRegion(bool IsIncluded, ImmutableArray<MemberSelection> Selections);

/// <summary>A set of (partial) keys.</summary>
/// <param name="IsIncluded">False when the keys are those left out.</param>
/// <param name="Keys">Each key: component id to value; components not named are free.</param>
public sealed record DataKeySet(bool IsIncluded, ImmutableArray<ImmutableDictionary<string, string>> Keys);

/// <summary>
/// A constraint on data (SDMX 3.0 DataConstraint, 2.1 ContentConstraint): cube regions, of which one must hold, and key sets.
/// </summary>
public sealed record DataConstraint : Maintainable
{
    /// <inheritdoc/>
    public override StructureType Type => Role == ConstraintRole.Attachment ? StructureType.AttachmentConstraint : StructureType.DataConstraint;

    /// <summary>Allowed or actual content. A 2.1 constraint that says nothing means Actual.</summary>
    public ConstraintRole Role { get; init; }

    /// <summary>What it constrains: data structures, dataflows, provision agreements or a data provider.</summary>
    public ImmutableArray<StructureReference> Attachments { get; init; } = [];

    /// <summary>When data are released, or null.</summary>
    public ReleaseCalendar? ReleaseCalendar { get; init; }

    /// <summary>SDMX 2.1 reference period: first instant of what is reported, as written; null when not said.</summary>
    public string? ReferencePeriodStart { get; init; }

    /// <summary>SDMX 2.1 reference period: last instant of what is reported, as written; null when not said.</summary>
    public string? ReferencePeriodEnd { get; init; }

    /// <summary>Cube regions.</summary>
    public ImmutableArray<CubeRegion> Regions { get; init; } = [];

    /// <summary>Key sets.</summary>
    public ImmutableArray<DataKeySet> KeySets { get; init; } = [];

    /// <summary>Number of series there are, of an availability constraint (SDMX 3.1 seriesCount); null when not said.</summary>
    public long? SeriesCount { get; init; }

    /// <summary>Number of observations there are, of an availability constraint (SDMX 3.1 obsCount); null when not said.</summary>
    public long? ObservationCount { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References => Attachments;
}

/// <summary>Agreement of a data provider to provide data for a dataflow.</summary>
public sealed record ProvisionAgreement : Maintainable
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.ProvisionAgreement;

    /// <summary>The dataflow; null only in stubs.</summary>
    public StructureReference? Dataflow { get; init; }

    /// <summary>The data provider; null only in stubs.</summary>
    public StructureReference? DataProvider { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References
        => new[] { Dataflow, DataProvider }.OfType<StructureReference>();
}
