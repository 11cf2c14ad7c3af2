using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Formats.Reading;

/// <summary>Which column of a batch a component fills.</summary>
internal enum SlotKind : byte
{
    /// <summary>The structure has no such component.</summary>
    Unknown,
    Dimension,
    Time,
    Measure,
    SeriesAttribute,
    ObservationAttribute,
}

/// <summary>A column of a batch: kind, position among the columns of the kind, and whether its cells may hold several values or languages.</summary>
internal readonly record struct ComponentSlot(SlotKind Kind, int Index, bool IsComplex = false)
{
    /// <summary>The component in a schema that has it.</summary>
    public SchemaComponent ComponentIn(DataSchema schema) => Kind switch
    {
        SlotKind.Dimension => schema.Dimensions[Index],
        SlotKind.Time => schema.TimeDimension!,
        SlotKind.Measure => schema.Measures[Index],
        SlotKind.SeriesAttribute => schema.SeriesAttributes[Index],
        _ => schema.ObservationAttributes[Index],
    };
}

/// <summary>Finds the column of a component by its id.</summary>
internal sealed class ComponentSlots
{
    /// <summary>Id of the measure and of the time dimension that SDMX 2.1 fixes.</summary>
    public const string PrimaryMeasure = "OBS_VALUE", TimePeriod = "TIME_PERIOD";

    private readonly Dictionary<string, ComponentSlot> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ComponentSlot>.AlternateLookup<ReadOnlySpan<char>> _byText;

    public ComponentSlots(DataSchema schema)
    {
        Add(schema.Dimensions, SlotKind.Dimension);
        Add(schema.Measures, SlotKind.Measure);
        Add(schema.SeriesAttributes, SlotKind.SeriesAttribute);
        Add(schema.ObservationAttributes, SlotKind.ObservationAttribute);
        if (schema.TimeDimension is { } time)
        {
            _byId[time.Id] = new ComponentSlot(SlotKind.Time, 0);
            _byId.TryAdd(TimePeriod, new ComponentSlot(SlotKind.Time, 0));
        }

        // In 2.1 messages the only measure is called OBS_VALUE whatever its concept is called.
        if (schema.Measures.Length == 1)
        {
            _byId.TryAdd(PrimaryMeasure, new ComponentSlot(SlotKind.Measure, 0, schema.Measures[0].IsComplex));
        }

        _byText = _byId.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The column of a component; of kind Unknown when the structure has none of the id.</summary>
    public ComponentSlot Find(ReadOnlySpan<char> id) => _byText.TryGetValue(id, out ComponentSlot slot) ? slot : default;

    private void Add(IReadOnlyList<SchemaComponent> components, SlotKind kind)
    {
        for (int i = 0; i < components.Count; i++)
        {
            _byId.TryAdd(components[i].Id, new ComponentSlot(kind, i, components[i].IsComplex));
        }
    }
}
