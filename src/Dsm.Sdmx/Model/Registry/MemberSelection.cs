using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>Values of one component in a cube region or key (MemberSelection, KeyValue).</summary>
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

    /// <summary>First period in which the selection holds, as written (SDMX 3.0); null for no limit.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>Last period in which the selection holds, as written (SDMX 3.0); null for no limit.</summary>
    public string? ValidTo { get; init; }

    /// <summary>Time range: start, as written; null for open.</summary>
    public string? StartPeriod { get; init; }

    /// <summary>Time range: end, as written; null for open.</summary>
    public string? EndPeriod { get; init; }

    /// <summary>True when the start belongs to the range.</summary>
    public bool StartInclusive { get; init; } = true;

    /// <summary>True when the end belongs to the range.</summary>
    public bool EndInclusive { get; init; } = true;

    /// <summary>First period in which the time range holds, as written (SDMX 3.0); null for no limit.</summary>
    public string? RangeValidFrom { get; init; }

    /// <summary>Last period in which the time range holds, as written (SDMX 3.0); null for no limit.</summary>
    public string? RangeValidTo { get; init; }

    /// <summary>True for an attribute or measure, false for a dimension (they stand in different elements).</summary>
    public bool IsAttribute { get; init; }

    /// <summary>Objects reported about, in selections of metadata targets (SDMX 2.1).</summary>
    public ImmutableArray<StructureReference> Objects { get; init; } = [];

    /// <summary>Data sets reported about, in selections of metadata targets (SDMX 2.1).</summary>
    public ImmutableArray<SetReference> DataSets { get; init; } = [];

    /// <summary>Keys reported about, in selections of metadata targets (SDMX 2.1).</summary>
    public ImmutableArray<DataKey> DataKeys { get; init; } = [];
}

/// <summary>A region of the cube: every selection must hold.</summary>
/// <param name="IsIncluded">False when the region is what is left out.</param>
/// <param name="Selections">Selections by component.</param>
public sealed record CubeRegion(bool IsIncluded, ImmutableArray<MemberSelection> Selections)
{
    /// <summary>Annotations (SDMX 3.0).</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];
}

/// <summary>A (partial) key: dimensions not named are free.</summary>
/// <param name="Selections">Values by component; in dimensions one each, from SDMX 3.1 on also several.</param>
public sealed record DataKey(ImmutableArray<MemberSelection> Selections)
{
    /// <summary>First period in which the key is in the set, as written (SDMX 3.0); null for no limit.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>Last period in which the key is in the set, as written (SDMX 3.0); null for no limit.</summary>
    public string? ValidTo { get; init; }

    /// <summary>Annotations (SDMX 3.0).</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];

    /// <summary>Report structure, of a key of reports (SDMX 2.1); null of data.</summary>
    public string? Report { get; init; }

    /// <summary>Metadata target, of a key of reports (SDMX 2.1); null of data.</summary>
    public string? MetadataTarget { get; init; }

    /// <summary>The (first) value of a component; null when the key does not name it.</summary>
    public string? this[string componentId]
        => Selections.FirstOrDefault(s => s.ComponentId == componentId) is { Values: [MemberValue first, ..] } ? first.Value : null;

    /// <summary>A key with one value for each component.</summary>
    public static DataKey Of(params IEnumerable<KeyValuePair<string, string>> values)
        => new([.. values.Select(v => new MemberSelection { ComponentId = v.Key, Values = [new MemberValue(v.Value)] })]);
}

/// <summary>A set of (partial) keys.</summary>
/// <param name="IsIncluded">False when the keys are those left out.</param>
/// <param name="Keys">The keys.</param>
public sealed record DataKeySet(bool IsIncluded, ImmutableArray<DataKey> Keys);
