using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Rest;

/// <summary>A data provider asked for (REST 1.5).</summary>
/// <param name="Agency">Agency of the provider scheme; null for any.</param>
/// <param name="Id">Id of the provider.</param>
public sealed record ProviderQuery(string? Agency, string Id)
{
    /// <inheritdoc/>
    public override string ToString() => Agency is null ? Id : $"{Agency},{Id}";
}

/// <summary>What data and availability queries have in common: which flow, which part of it.</summary>
public abstract record CubeQuery : RestQuery
{
    /// <summary>Type of the artefact whose data are asked for: data structure, dataflow or provision agreement; null for any (<c>*</c>).</summary>
    public StructureType? Context { get; init; } = StructureType.Dataflow;

    /// <summary>Keys of which one must fit; empty for all.</summary>
    public ImmutableArray<KeyQuery> Keys { get; init; } = [];

    /// <summary>Data providers of which one must fit (REST 1.5); empty for all.</summary>
    public ImmutableArray<ProviderQuery> Providers { get; init; } = [];

    /// <summary>Filters on components; all must hold. A plain time range stands in <see cref="StartPeriod"/> and <see cref="EndPeriod"/>.</summary>
    public ImmutableArray<ComponentFilter> Filters { get; init; } = [];

    /// <summary>Earliest period, inclusive; null for open.</summary>
    public TimePeriod? StartPeriod { get; init; }

    /// <summary>Latest period, inclusive; null for open.</summary>
    public TimePeriod? EndPeriod { get; init; }

    /// <summary>Only what was added, changed or deleted after this moment; null for all.</summary>
    public DateTimeOffset? UpdatedAfter { get; init; }

    /// <summary>First day of the reporting year as <c>--MM-DD</c>; null for 1 January (REST 2.2).</summary>
    public string? ReportingYearStartDay { get; init; }

    /// <summary>True when no part of the cube is left out by key, filter or time.</summary>
    public bool IsWholeCube => Keys.All(k => k.IsAll) && Filters.IsEmpty && StartPeriod is null && EndPeriod is null;

    /// <summary>Turns keys, filters and times into sets of codes and bounds for a schema; problems become issues.</summary>
    public ResolvedDataQuery Resolve(DataSchema schema, IssueList issues) => new CubeQueryResolver(this, schema, issues).Resolve();
}

/// <summary>Query for data.</summary>
public sealed record DataQuery : CubeQuery
{
    /// <summary>Only the first so many observations of each series; null for all.</summary>
    public int? FirstNObservations { get; init; }

    /// <summary>Only the last so many observations of each series; null for all.</summary>
    public int? LastNObservations { get; init; }

    /// <summary>Dimension at the observation; null for the default (time, else all dimensions).</summary>
    public string? DimensionAtObservation { get; init; }

    /// <summary>Which attributes and measures.</summary>
    public DataSelection Selection { get; init; } = DataSelection.Full;

    /// <summary>True when former versions of the data are wanted, too.</summary>
    public bool IncludeHistory { get; init; }

    /// <summary>Number of observations to pass over; null for none (REST 2.2).</summary>
    public long? Offset { get; init; }

    /// <summary>Most observations wanted; null for no limit (REST 2.2).</summary>
    public long? Limit { get; init; }

    /// <summary>Order as written, e.g. <c>REF_AREA+TIME_PERIOD:desc</c>; null for any order (REST 2.2).</summary>
    public string? Sort { get; init; }

    /// <summary>The dimension at the observation for a structure: that asked for, else time, else <c>AllDimensions</c>.</summary>
    public string DimensionAtObservationOf(DataSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return DimensionAtObservation ?? schema.TimeDimension?.Id ?? DataSchema.AllDimensions;
    }
}

