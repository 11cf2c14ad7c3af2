namespace Dsm.Sdmx.Data;

/// <summary>Which column of a batch holds the values of a component.</summary>
internal enum ColumnPlace
{
    Dimension,
    SeriesAttribute,
    ObservationAttribute,
    Measure,
    Time,
}

/// <summary>A component and the place of its values in the batches of its schema.</summary>
/// <param name="Component">The component.</param>
/// <param name="Place">Kind of column.</param>
/// <param name="Index">Number of the column among its kind.</param>
internal readonly record struct ColumnSlot(SchemaComponent Component, ColumnPlace Place, int Index)
{
    /// <summary>True when there is one value a series.</summary>
    public bool IsOfSeries => Place is ColumnPlace.Dimension or ColumnPlace.SeriesAttribute;

    /// <summary>True when values are numbers of a dictionary.</summary>
    public bool HasNumbers => Component.HasNumbers;

    /// <summary>The slot of a component in a schema.</summary>
    public static ColumnSlot Of(DataSchema schema, SchemaComponent component) => component.Role switch
    {
        ComponentRole.Dimension => new(component, ColumnPlace.Dimension, component.Index),
        ComponentRole.TimeDimension => new(component, ColumnPlace.Time, 0),
        ComponentRole.Measure => new(component, ColumnPlace.Measure, component.Index),
        _ when component.Level != AttachmentLevel.Observation => new(component, ColumnPlace.SeriesAttribute, schema.SeriesAttributes.IndexOf(component)),
        _ => new(component, ColumnPlace.ObservationAttribute, schema.ObservationAttributes.IndexOf(component)),
    };

    /// <summary>The value of an observation, or of its series, as text; null when there is none.</summary>
    public string? TextOf(ObservationBatch batch, int series, int row) => Place switch
    {
        ColumnPlace.Time => batch.BadPeriods[row] is { } text ? (text.Length == 0 ? null : text) : batch.Periods[row].IsNone ? null : batch.Periods[row].ToString(),
        ColumnPlace.Measure => batch.Measures[Index][row] is { Kind: not ObservationValueKind.Absent } value ? value.ToString() : null,
        ColumnPlace.Dimension => batch.Dimensions[Index][series],
        ColumnPlace.SeriesAttribute => batch.SeriesAttributes[Index][series],
        _ => batch.ObservationAttributes[Index][row],
    };

    /// <summary>The number of the value of an observation, or of its series; only where <see cref="HasNumbers"/>.</summary>
    public int NumberOf(ObservationBatch batch, int series, int row) => Place switch
    {
        ColumnPlace.Dimension => batch.Dimensions[Index].Codes[series],
        ColumnPlace.SeriesAttribute => batch.SeriesAttributes[Index].Codes[series],
        _ => batch.ObservationAttributes[Index].Codes[row],
    };

    /// <summary>The dictionary of a slot that has numbers.</summary>
    public ValueDictionary? DictionaryIn(DataSetSpace space) => Place switch
    {
        ColumnPlace.Dimension => space.Dimensions[Index],
        ColumnPlace.SeriesAttribute => space.SeriesAttributes[Index],
        ColumnPlace.ObservationAttribute => space.ObservationAttributes[Index],
        _ => null,
    };
}
