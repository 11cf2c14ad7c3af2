using System.Collections.Immutable;

namespace Dsm.Sdmx.Data;

/// <summary>Kinds of attributes by where they stand (REST 2.x, parameter <c>attributes</c>).</summary>
[Flags]
public enum AttributeKinds
{
    /// <summary>No attribute.</summary>
    None = 0,

    /// <summary>Attributes of the data set.</summary>
    DataSet = 1,

    /// <summary>Attributes of series and groups.</summary>
    Series = 2,

    /// <summary>Attributes of the observation.</summary>
    Observation = 4,

    /// <summary>All attributes of the data structure.</summary>
    Structure = DataSet | Series | Observation,

    /// <summary>Attributes of the metadata structure.</summary>
    Metadata = 8,

    /// <summary>All attributes.</summary>
    All = Structure | Metadata,
}

/// <summary>Which attributes and measures are written: REST 1.5 <c>detail</c>, REST 2.x <c>attributes</c> and <c>measures</c>.</summary>
public sealed record DataSelection
{
    /// <summary>Everything, reference metadata included (<c>attributes=all</c>).</summary>
    public static readonly DataSelection Everything = new() { Attributes = AttributeKinds.All };

    /// <summary>All data (<c>detail=full</c>): everything but reference metadata.</summary>
    public static readonly DataSelection Full = new();

    /// <summary>No attributes (<c>detail=dataonly</c>).</summary>
    public static readonly DataSelection DataOnly = new() { Attributes = AttributeKinds.None };

    /// <summary>Keys of the series only (<c>detail=serieskeysonly</c>).</summary>
    public static readonly DataSelection SeriesKeysOnly = new() { Attributes = AttributeKinds.None, AllMeasures = false };

    /// <summary>Series and groups with their attributes, no observations (<c>detail=nodata</c>).</summary>
    public static readonly DataSelection NoData = new() { AllMeasures = false };

    /// <summary>Kinds of attributes that are written.</summary>
    public AttributeKinds Attributes { get; init; } = AttributeKinds.Structure;

    /// <summary>Ids of attributes that are written beside those of <see cref="Attributes"/>.</summary>
    public ImmutableArray<string> AttributeIds { get; init; } = [];

    /// <summary>True when all measures are written.</summary>
    public bool AllMeasures { get; init; } = true;

    /// <summary>Ids of the measures that are written when not all are.</summary>
    public ImmutableArray<string> MeasureIds { get; init; } = [];

    /// <summary>True when a component is written. Dimensions always are.</summary>
    public bool Includes(SchemaComponent component)
    {
        ArgumentNullException.ThrowIfNull(component);
        return component.Role switch
        {
            ComponentRole.Measure => AllMeasures || MeasureIds.Contains(component.Id),
            ComponentRole.Attribute => Attributes.HasFlag(KindOf(component)) || AttributeIds.Contains(component.Id),
            _ => true,
        };
    }

    /// <summary>
    /// True when observations are written at all: a measure is, or attributes of the observation are asked for by name or kind.
    /// <c>measures=none</c> alone means "no observations", although the default of <c>attributes</c> would include theirs.
    /// </summary>
    public bool HasObservations(DataSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        if (schema.Measures.Any(Includes))
        {
            return true;
        }

        bool byKind = Attributes.HasFlag(AttributeKinds.Observation) && !Attributes.HasFlag(AttributeKinds.Structure);
        return schema.ObservationAttributes.Any(a => byKind || AttributeIds.Contains(a.Id));
    }

    private static AttributeKinds KindOf(SchemaComponent attribute) => attribute.Level switch
    {
        AttachmentLevel.DataSet => AttributeKinds.DataSet,
        AttachmentLevel.Observation => AttributeKinds.Observation,
        _ => AttributeKinds.Series,
    };
}
