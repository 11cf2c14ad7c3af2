using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>
/// A component of a message bound to its column: turns the indices of the message into numbers of the data set's dictionaries, periods
/// and texts. Each value is looked up when it is first met.
/// </summary>
internal sealed class JsonComponent
{
    private const int NotKnown = -2;

    private readonly string?[] _cells;
    private readonly bool[] _hasCell;
    private readonly int[] _codes;
    private readonly TimePeriod[] _periods;
    private readonly ValueDictionary? _dictionary;

    public JsonComponent(JsonComponentPart part, ComponentSlot slot, DataSetSpace space)
    {
        Part = part;
        Slot = slot;
        DataSchema schema = space.Schema;
        (Component, _dictionary) = slot.Kind switch
        {
            SlotKind.Dimension => (schema.Dimensions[slot.Index], space.Dimensions[slot.Index]),
            SlotKind.Time => (schema.TimeDimension, null),
            SlotKind.Measure => (schema.Measures[slot.Index], null),
            SlotKind.SeriesAttribute => (schema.SeriesAttributes[slot.Index], space.SeriesAttributes[slot.Index]),
            SlotKind.ObservationAttribute => (schema.ObservationAttributes[slot.Index], space.ObservationAttributes[slot.Index]),
            _ => ((SchemaComponent?)null, (ValueDictionary?)null),
        };
        Count = part.Values?.Count ?? 0;
        _cells = new string?[Count];
        _hasCell = new bool[Count];
        _codes = new int[_dictionary is null ? 0 : Count];
        Array.Fill(_codes, NotKnown);
        _periods = new TimePeriod[slot.Kind == SlotKind.Time ? Count : 0];
        for (int i = 0; i < _periods.Length; i++)
        {
            TimePeriod.TryParse(Cell(i), out _periods[i]);
        }
    }

    public JsonComponentPart Part { get; }

    public ComponentSlot Slot { get; }

    /// <summary>The component of the schema; null when it has none of the id.</summary>
    public SchemaComponent? Component { get; }

    public string Id => Part.Id;

    /// <summary>True when data sets hold indices of its values.</summary>
    public bool IsIndexed => Part.Values is not null;

    /// <summary>Number of values.</summary>
    public int Count { get; }

    /// <summary>True when its values are numbers of a dictionary.</summary>
    public bool HasNumbers => _dictionary is not null;

    /// <summary>The value of an index as the cell of a batch holds it; null for the value that stands for none.</summary>
    public string? Cell(int index)
    {
        if (!_hasCell[index])
        {
            _cells[index] = Part.Values![index] is { } value ? CellOf(value) : null;
            _hasCell[index] = true;
        }

        return _cells[index];
    }

    /// <summary>The number of the value of an index in the dictionary; -1 for the value that stands for none.</summary>
    public int Code(int index)
    {
        int code = _codes[index];
        return code == NotKnown ? _codes[index] = Cell(index) is { } cell ? _dictionary!.GetOrAdd(cell) : -1 : code;
    }

    /// <summary>The period of an index; none when it cannot be read.</summary>
    public ref readonly TimePeriod Period(int index) => ref _periods[index];

    /// <summary>A value as the cell of a batch holds it.</summary>
    public string CellOf(ComplexValue value) => Component is { } component ? value.ToCell(component) : value.ToString();
}
