using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>A structure of the message that is being written: its layout, and the values met so far.</summary>
internal sealed class JsonStructureUse
{
    public JsonStructureUse(int index, StructureReference reference, bool isDeletion, JsonDataLayout layout, JsonVersion version)
    {
        (Index, Reference, IsDeletion, Layout, NeedsValues) = (index, reference, isDeletion, layout, version == JsonVersion.V20);
        DataSchema schema = layout.Schema;
        JsonLevel keyLevel = layout.IsFlat ? JsonLevel.Observation : JsonLevel.Series;
        KeyDimensions = Written(schema.Dimensions, layout.KeyDimensions, keyLevel, version);
        ObservationDimension = layout.ObservationDimension < 0 ? null
            : new JsonWrittenComponent(schema.Dimensions[layout.ObservationDimension], layout.ObservationDimension, JsonLevel.Observation, version);
        Time = schema.TimeDimension is { } time ? new JsonWrittenComponent(time, 0, layout.HasTimeInSeries ? JsonLevel.Series : JsonLevel.Observation, version) : null;
        DataSetAttributes = Written(schema.SeriesAttributes, layout.OnDataSet, JsonLevel.DataSet, version);
        GroupAttributes = Written(schema.SeriesAttributes, layout.OnGroups, JsonLevel.DimensionGroup, version);
        SeriesAttributes = Written(schema.SeriesAttributes, layout.OnSeries, JsonLevel.Series, version);
        Measures = Written(schema.Measures, layout.Measures, JsonLevel.Observation, version);
        ObservationAttributes = Written(schema.ObservationAttributes, layout.ObservationAttributes, JsonLevel.Observation, version);
        AttributesOfSeriesAtObservation = Written(schema.SeriesAttributes, layout.OnObservation, JsonLevel.Observation, version);
        InKeyOrder = new JsonWrittenComponent[layout.KeyOrder.Length];
        for (int i = 0; i < InKeyOrder.Length; i++)
        {
            InKeyOrder[i] = layout.KeyOrder[i] switch { -2 => Time!, -1 => ObservationDimension!, int position => KeyDimensions[position] };
        }
    }

    /// <summary>Index among the structures.</summary>
    public int Index { get; }

    public StructureReference Reference { get; }

    /// <summary>True for data sets that delete (2.x): they have neither attributes nor measures.</summary>
    public bool IsDeletion { get; }

    public JsonDataLayout Layout { get; }

    /// <summary>Dimensions but time of the series, or of flat observations, in key order.</summary>
    public JsonWrittenComponent[] KeyDimensions { get; }

    /// <summary>The dimension at the observation when it is not time.</summary>
    public JsonWrittenComponent? ObservationDimension { get; }

    /// <summary>The time dimension, wherever it stands.</summary>
    public JsonWrittenComponent? Time { get; }

    public JsonWrittenComponent[] DataSetAttributes { get; }

    public JsonWrittenComponent[] GroupAttributes { get; }

    public JsonWrittenComponent[] SeriesAttributes { get; }

    public JsonWrittenComponent[] Measures { get; }

    /// <summary>Attributes of the observation.</summary>
    public JsonWrittenComponent[] ObservationAttributes { get; }

    /// <summary>Attributes above the observation that stand on it in this layout, behind its own.</summary>
    public JsonWrittenComponent[] AttributesOfSeriesAtObservation { get; }

    /// <summary>Indices of the data sets written so far that follow it.</summary>
    public List<int> DataSets { get; } = [];

    /// <summary>Dimensions in the order of the key, time included.</summary>
    public JsonWrittenComponent[] InKeyOrder { get; }

    /// <summary>
    /// True for a dimension that stands neither in the structure nor in keys. In 2.0 dimensions must have values: where there are no
    /// observations the dimension at the observation has none, and is left out when it is the last of the key.
    /// </summary>
    public bool IsLeftOut(JsonWrittenComponent dimension)
        => NeedsValues && !Layout.IsFlat && dimension.Level == JsonLevel.Observation && dimension.List!.Values.Count == 0 && dimension.Component.Id == Layout.Schema.Structure.Dimensions[^1].Id;

    /// <summary>True when dimensions must have values (2.0).</summary>
    public bool NeedsValues { get; }

    private static JsonWrittenComponent[] Written(ImmutableArray<SchemaComponent> components, int[] positions, JsonLevel level, JsonVersion version)
    {
        JsonWrittenComponent[] written = positions.Length == 0 ? [] : new JsonWrittenComponent[positions.Length];
        for (int i = 0; i < written.Length; i++)
        {
            written[i] = new JsonWrittenComponent(components[positions[i]], positions[i], level, version);
        }

        return written;
    }
}
