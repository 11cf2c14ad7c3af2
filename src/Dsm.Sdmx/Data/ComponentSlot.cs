namespace Dsm.Sdmx.Data;

/// <summary>Which column of a batch holds the values of a component.</summary>
internal enum ComponentPlace
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
internal readonly record struct ComponentSlot(SchemaComponent Component, ComponentPlace Place, int Index)
{
    /// <summary>True when there is one value a series.</summary>
    public bool IsOfSeries => Place is ComponentPlace.Dimension or ComponentPlace.SeriesAttribute;

    /// <summary>True when values are numbers of a dictionary.</summary>
    public bool HasNumbers => Place == ComponentPlace.Dimension || (Place is ComponentPlace.SeriesAttribute or ComponentPlace.ObservationAttribute && Component.IsCoded);

    /// <summary>The slot of a component in a schema.</summary>
    public static ComponentSlot Of(DataSchema schema, SchemaComponent component) => component.Role switch
    {
        ComponentRole.Dimension => new(component, ComponentPlace.Dimension, component.Index),
        ComponentRole.TimeDimension => new(component, ComponentPlace.Time, 0),
        ComponentRole.Measure => new(component, ComponentPlace.Measure, component.Index),
        _ when component.Level != AttachmentLevel.Observation => new(component, ComponentPlace.SeriesAttribute, schema.SeriesAttributes.IndexOf(component)),
        _ => new(component, ComponentPlace.ObservationAttribute, schema.ObservationAttributes.IndexOf(component)),
    };

    /// <summary>The value of an observation, or of its series, as text; null when there is none.</summary>
    public string? TextOf(ObservationBatch batch, int series, int row) => Place switch
    {
        ComponentPlace.Time => batch.BadPeriods[row] is { } text ? (text.Length == 0 ? null : text) : batch.Periods[row].IsNone ? null : batch.Periods[row].ToString(),
        ComponentPlace.Measure => batch.Measures[Index][row] is { Kind: not ObservationValueKind.Absent } value ? value.ToString() : null,
        ComponentPlace.Dimension => batch.Dimensions[Index][series],
        ComponentPlace.SeriesAttribute => batch.SeriesAttributes[Index][series],
        _ => batch.ObservationAttributes[Index][row],
    };

    /// <summary>The number of the value of an observation, or of its series; only where <see cref="HasNumbers"/>.</summary>
    public int NumberOf(ObservationBatch batch, int series, int row) => Place switch
    {
        ComponentPlace.Dimension => batch.Dimensions[Index].Codes[series],
        ComponentPlace.SeriesAttribute => batch.SeriesAttributes[Index].Codes[series],
        _ => batch.ObservationAttributes[Index].Codes[row],
    };

    /// <summary>The dictionary of a slot that has numbers.</summary>
    public ValueDictionary? DictionaryIn(DataSetSpace space) => Place switch
    {
        ComponentPlace.Dimension => space.Dimensions[Index],
        ComponentPlace.SeriesAttribute => space.SeriesAttributes[Index],
        ComponentPlace.ObservationAttribute => space.ObservationAttributes[Index],
        _ => null,
    };
}
