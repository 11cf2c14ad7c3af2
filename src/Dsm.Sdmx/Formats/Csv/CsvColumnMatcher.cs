using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// Finds the component of each column: by its id; where the structure has no such id, by its id in other letters (Eurostat writes
/// <c>freq</c> for <c>FREQ</c>). With <c>labels=name</c> the column behind that of a component holds names.
/// </summary>
internal sealed class CsvColumnMatcher
{
    private readonly CsvDataReaderHeader _header;
    private readonly DataSchema _schema;
    private readonly ComponentSlots _slots;
    private readonly Dictionary<string, string?> _anyCase = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<ComponentSlot> _found = [];
    private int _lastComponent = -1;
    private SchemaComponent? _last;

    public CsvColumnMatcher(CsvDataReaderHeader header, DataSchema schema, ComponentSlots slots)
    {
        (_header, _schema, _slots) = (header, schema, slots);
        HashSet<string> written = [.. header.Ids];
        foreach (string id in schema.Components.Select(c => c.Id).Append(ComponentSlots.TimePeriod).Append(ComponentSlots.PrimaryMeasure).Distinct())
        {
            if (slots.Find(id).Kind != SlotKind.Unknown && !written.Contains(id))
            {
                _anyCase[id] = _anyCase.ContainsKey(id) ? null : id;
            }
        }
    }

    /// <summary>True when a column holds names of the values of the column before it.</summary>
    public bool IsNameOfLast(int ordinal)
    {
        if (!_header.HasNames || _last is null || _lastComponent != ordinal - 1)
        {
            return false;
        }

        ComponentSlot slot = Slot(ordinal);
        return slot.Kind == SlotKind.Unknown || _found.Contains(slot)
            || _last.Name.Texts.Any(t => t.Value.Equals(_header.NameOf(ordinal), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The place of the component of a column; of kind Unknown when there is none.</summary>
    /// <param name="ordinal">The column.</param>
    /// <param name="isSecond">True when an earlier column has the component already.</param>
    public ComponentSlot Take(int ordinal, out bool isSecond)
    {
        ComponentSlot slot = Slot(ordinal);
        isSecond = slot.Kind != SlotKind.Unknown && !_found.Add(slot);
        if (slot.Kind != SlotKind.Unknown)
        {
            (_lastComponent, _last) = (ordinal, slot.ComponentIn(_schema));
        }

        return slot;
    }

    /// <summary>Dimensions, time included, that no column has.</summary>
    public IEnumerable<SchemaComponent> MissingDimensions()
        => _schema.Dimensions.Where((_, d) => !_found.Contains(new ComponentSlot(SlotKind.Dimension, d)))
            .Concat(_schema.TimeDimension is { } time && !_found.Contains(new ComponentSlot(SlotKind.Time, 0)) ? [time] : []);

    private ComponentSlot Slot(int ordinal)
    {
        string id = _header.Ids[ordinal];
        ComponentSlot slot = _slots.Find(id);
        return slot.Kind == SlotKind.Unknown && _anyCase.TryGetValue(id, out string? other) && other is not null ? _slots.Find(other) : slot;
    }
}
