using Dsm.Sdmx.Data;
using Dsm.Sdmx.Rest;

namespace Dsm.Exchange.Warehouse;

/// <summary>What is wanted of a flow beside keys, filters and bounds of time.</summary>
public sealed record WarehouseQuery
{
    /// <summary>URN of the dataflow.</summary>
    public required string FlowUrn { get; init; }

    /// <summary>Keys, filters and bounds, resolved against the schema of the flow.</summary>
    public required ResolvedDataQuery Data { get; init; }

    /// <summary>URNs of provision agreements of which one must have brought the series; empty for all.</summary>
    public IReadOnlyCollection<string> AgreementUrns { get; init; } = [];

    /// <summary>Only what was added, changed or deleted after this moment; null for all.</summary>
    public DateTimeOffset? UpdatedAfter { get; init; }

    /// <summary>The data as they were at this moment; null for now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>
    /// The schema of the flow today, when <see cref="Data"/> was resolved against a former one: what is restricted today is told by the
    /// components of today. Null when they are the same.
    /// </summary>
    public DataSchema? Today { get; init; }

    /// <summary>True for all versions, a data set each with its time of validity.</summary>
    public bool IncludeHistory { get; init; }

    /// <summary>Only the first so many observations of each series; null for all.</summary>
    public int? FirstN { get; init; }

    /// <summary>Only the last so many observations of each series; null for all.</summary>
    public int? LastN { get; init; }
}
