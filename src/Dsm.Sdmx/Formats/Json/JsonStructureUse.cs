using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>A structure of the message that is being written: its layout, and the values met so far.</summary>
internal sealed class JsonStructureUse
{
    public JsonStructureUse(int index, StructureReference reference, JsonDataLayout layout, JsonVersion version)
    {
        (Index, Reference, Layout, NeedsValues) = (index, reference, layout, version == JsonVersion.V20);
        DataSchema schema = layout.Schema;
        JsonWrittenComponent Dimension(int position, JsonLevel level) => new(schema.Dimensions[position], position, level, version);
        JsonWrittenComponent Attribute(int position, JsonLevel level) => new(schema.SeriesAttributes[position], position, level, version);
        JsonLevel keyLevel = layout.IsFlat ? JsonLevel.Observation : JsonLevel.Series;
        KeyDimensions = [.. layout.KeyDimensions.Select(d => Dimension(d, keyLevel))];
        ObservationDimension = layout.ObservationDimension < 0 ? null : Dimension(layout.ObservationDimension, JsonLevel.Observation);
        Time = schema.TimeDimension is { } time ? new JsonWrittenComponent(time, 0, layout.HasTimeInSeries ? JsonLevel.Series : JsonLevel.Observation, version) : null;
        DataSetAttributes = [.. layout.OnDataSet.Select(a => Attribute(a, JsonLevel.DataSet))];
        GroupAttributes = [.. layout.OnGroups.Select(a => Attribute(a, JsonLevel.DimensionGroup))];
        SeriesAttributes = [.. layout.OnSeries.Select(a => Attribute(a, JsonLevel.Series))];
        Measures = [.. layout.Measures.Select(m => new JsonWrittenComponent(schema.Measures[m], m, JsonLevel.Observation, version))];
        ObservationAttributes = [.. layout.ObservationAttributes.Select(a => new JsonWrittenComponent(schema.ObservationAttributes[a], a, JsonLevel.Observation, version))];
        AttributesOfSeriesAtObservation = [.. layout.OnObservation.Select(a => Attribute(a, JsonLevel.Observation))];
    }

    /// <summary>Index among the structures.</summary>
    public int Index { get; }

    public StructureReference Reference { get; }

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
    public IEnumerable<JsonWrittenComponent> InKeyOrder
        => Layout.Schema.Structure.Dimensions.Select(d => Time?.Component.Id == d.Id ? Time
            : ObservationDimension?.Component.Id == d.Id ? ObservationDimension
            : Array.Find(KeyDimensions, k => k.Component.Id == d.Id)!);

    /// <summary>
    /// True for a dimension that stands neither in the structure nor in keys. In 2.0 dimensions must have values: where there are no
    /// observations the dimension at the observation has none, and is left out when it is the last of the key.
    /// </summary>
    public bool IsLeftOut(JsonWrittenComponent dimension)
        => NeedsValues && !Layout.IsFlat && dimension.Level == JsonLevel.Observation && dimension.List!.Values.Count == 0 && dimension.Component.Id == Layout.Schema.Structure.Dimensions[^1].Id;

    /// <summary>True when dimensions must have values (2.0).</summary>
    public bool NeedsValues { get; }
}
