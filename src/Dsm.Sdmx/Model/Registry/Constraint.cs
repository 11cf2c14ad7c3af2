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

/// <summary>Reference to a data set or metadata set by its provider and id (SDMX 2.1 SetReference).</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Id">Id of the set.</param>
public sealed record SetReference(StructureReference Provider, string Id);

/// <summary>A service from which data can be queried (QueryableDataSource).</summary>
/// <param name="Url">Where it is.</param>
/// <param name="IsRest">True when it is an SDMX REST service.</param>
/// <param name="IsWebService">True when it is an SDMX SOAP service (2.1).</param>
/// <param name="WsdlUrl">Its WSDL, or null.</param>
/// <param name="WadlUrl">Its WADL, or null.</param>
public sealed record QueryableDataSource(string Url, bool IsRest, bool IsWebService, string? WsdlUrl = null, string? WadlUrl = null);

/// <summary>What constraints on data and on reference metadata have in common (information model, Constraint).</summary>
public abstract record Constraint : Maintainable
{
    /// <summary>Allowed or actual content. A 2.1 constraint that says nothing means Actual.</summary>
    public ConstraintRole Role { get; init; }

    /// <summary>Artefacts it constrains: structures, flows, provision agreements or a provider; metadata sets (SDMX 3.0).</summary>
    public ImmutableArray<StructureReference> Attachments { get; init; } = [];

    /// <summary>Data sets it constrains (SDMX 2.1).</summary>
    public ImmutableArray<SetReference> DataSets { get; init; } = [];

    /// <summary>Metadata sets it constrains (SDMX 2.1).</summary>
    public ImmutableArray<SetReference> MetadataSets { get; init; } = [];

    /// <summary>URLs of files it constrains (up to SDMX 3.0).</summary>
    public ImmutableArray<string> SimpleDataSources { get; init; } = [];

    /// <summary>Services it constrains, beside the artefacts (up to SDMX 3.0).</summary>
    public ImmutableArray<QueryableDataSource> QueryableDataSources { get; init; } = [];

    /// <summary>When data are released, or null.</summary>
    public ReleaseCalendar? ReleaseCalendar { get; init; }

    /// <summary>SDMX 2.1 reference period: first instant of what is reported, as written; null when not said.</summary>
    public string? ReferencePeriodStart { get; init; }

    /// <summary>SDMX 2.1 reference period: last instant of what is reported, as written; null when not said.</summary>
    public string? ReferencePeriodEnd { get; init; }

    /// <summary>Sets of keys of reports (SDMX 2.1 MetadataKeySet).</summary>
    public ImmutableArray<DataKeySet> MetadataKeySets { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References => Attachments;
}
