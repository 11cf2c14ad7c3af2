using System.Collections;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Validation;

/// <summary>What a region says about one component, tied to the place of that component in a batch.</summary>
internal sealed class SelectionCheck
{
    private enum Place
    {
        Dimension,
        SeriesAttribute,
        ObservationAttribute,
        Measure,
        Time,
    }

    private readonly Place _place;
    private readonly int _index;
    private readonly BitArray? _codes;
    private readonly DateTime? _start, _end;

    /// <summary>Ties a selection to a schema.</summary>
    public SelectionCheck(DataSchema schema, SchemaSelection selection)
    {
        Component = selection.Component;
        (_codes, _start, _end) = (selection.Codes, selection.Start, selection.End);
        (_place, _index) = Component.Role switch
        {
            ComponentRole.Dimension => (Place.Dimension, Component.Index),
            ComponentRole.TimeDimension => (Place.Time, 0),
            ComponentRole.Measure => (Place.Measure, Component.Index),
            _ when Component.Level != AttachmentLevel.Observation => (Place.SeriesAttribute, schema.SeriesAttributes.IndexOf(Component)),
            _ => (Place.ObservationAttribute, schema.ObservationAttributes.IndexOf(Component)),
        };
    }

    /// <summary>The component.</summary>
    public SchemaComponent Component { get; }

    /// <summary>True when the value is one of the series.</summary>
    public bool IsOfSeries => _place is Place.Dimension or Place.SeriesAttribute;

    /// <summary>
    /// True when the value of an observation (or of its series) lies in the region. A value that is absent or in no codelist belongs
    /// to other findings and gives <paramref name="otherwise"/>.
    /// </summary>
    public bool Holds(ObservationBatch batch, int series, int row, bool otherwise) => _place switch
    {
        Place.Time => HoldsTime(batch.Periods[row], otherwise),
        Place.Measure => HoldsCode(batch.Measures[_index][row] is { HasValue: true } value ? Component.Codes?.IndexOf(value.ToString()) ?? -1 : -1, otherwise),
        Place.Dimension => HoldsCode(batch.Dimensions[_index].Codes[series], otherwise),
        Place.SeriesAttribute => HoldsCode(batch.SeriesAttributes[_index].Codes[series], otherwise),
        _ => HoldsCode(batch.ObservationAttributes[_index].Codes[row], otherwise),
    };

    /// <summary>The value as text, for a finding.</summary>
    public string? TextOf(ObservationBatch batch, int series, int row) => _place switch
    {
        Place.Time => batch.Periods[row].ToString(),
        Place.Measure => batch.Measures[_index][row].ToString(),
        Place.Dimension => batch.Dimensions[_index][series],
        Place.SeriesAttribute => batch.SeriesAttributes[_index][series],
        _ => batch.ObservationAttributes[_index][row],
    };

    private bool HoldsCode(int code, bool otherwise) => _codes is null || code < 0 || code >= _codes.Length ? otherwise : _codes[code];

    private bool HoldsTime(TimePeriod period, bool otherwise)
        => period.IsNone ? otherwise : !(period.Start < _start) && !(period.End > _end);
}
