using System.Collections.Immutable;

namespace Dsm.Sdmx.Data;

/// <summary>
/// What the batches of one data set share: its header, its schema and the dictionaries that number the values of its components.
/// </summary>
public sealed class DataSetSpace
{
    /// <summary>Makes the space of a data set.</summary>
    public DataSetSpace(DataSetHeader header, DataSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Header = header;
        Schema = schema;
        Dimensions = [.. schema.Dimensions.Select(d => new ValueDictionary(d.Codes))];
        SeriesAttributes = [.. schema.SeriesAttributes.Select(Dictionary)];
        ObservationAttributes = [.. schema.ObservationAttributes.Select(Dictionary)];
    }

    /// <summary>
    /// The data set's header. Parts that stand inside the data set (annotations, data provider in SDMX-ML) are there once its first
    /// batch has been read.
    /// </summary>
    public DataSetHeader Header { get; internal set; }

    /// <summary>The schema.</summary>
    public DataSchema Schema { get; }

    /// <summary>Dictionary of each dimension of the series key.</summary>
    public ImmutableArray<ValueDictionary> Dimensions { get; }

    /// <summary>Dictionary of each attribute above the observation; null for texts.</summary>
    public ImmutableArray<ValueDictionary?> SeriesAttributes { get; }

    /// <summary>Dictionary of each attribute of the observation; null for texts.</summary>
    public ImmutableArray<ValueDictionary?> ObservationAttributes { get; }

    private static ValueDictionary? Dictionary(SchemaComponent attribute) => attribute.HasNumbers ? new ValueDictionary(attribute.Codes) : null;
}
