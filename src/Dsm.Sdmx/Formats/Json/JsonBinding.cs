using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>The structure of a message bound to the schema of a data set: what each position in keys and arrays means.</summary>
internal sealed class JsonBinding
{
    private readonly JsonStructurePart _part;
    private readonly DataSetSpace _space;
    private readonly ComponentSlots _slots;
    private readonly Dictionary<JsonComponentPart, JsonComponent> _byPart = new(ReferenceEqualityComparer.Instance);

    public JsonBinding(JsonStructurePart part, DataSetSpace space, ComponentSlots slots, IssueList issues)
    {
        _part = part;
        _space = space;
        _slots = slots;
        DataSetDimensions = Bind(part.Dimensions[(int)JsonLevel.DataSet], issues);
        SeriesDimensions = Bind(part.Dimensions[(int)JsonLevel.Series], issues);
        ObservationDimensions = Bind(part.Dimensions[(int)JsonLevel.Observation], issues);
        DataSetAttributes = Bind(part.Attributes[(int)JsonLevel.DataSet], issues);
        GroupAttributes = Bind(part.Attributes[(int)JsonLevel.DimensionGroup], issues);
        SeriesAttributes = Bind(part.Attributes[(int)JsonLevel.Series], issues);
        Measures = part.Measures is { } measures ? Bind(measures, issues) : TheMeasure(space.Schema);
        Observation = [.. Measures, .. Bind(part.Attributes[(int)JsonLevel.Observation], issues)];
        WithValues = [.. Observation.Where(c => !c.IsIndexed || c.Count > 0)];
        Presented = [.. part.AllDimensions.Select(d => _byPart[d])];
        InKeyOrder = [.. Presented.OrderBy(d => d.Part.KeyPosition ?? KeyPosition(d))];
    }

    public JsonComponent[] DataSetDimensions { get; }

    public JsonComponent[] SeriesDimensions { get; }

    public JsonComponent[] ObservationDimensions { get; }

    public JsonComponent[] DataSetAttributes { get; }

    public JsonComponent[] GroupAttributes { get; }

    public JsonComponent[] SeriesAttributes { get; }

    public JsonComponent[] Measures { get; }

    /// <summary>What the array of an observation holds: measures, then attributes.</summary>
    public JsonComponent[] Observation { get; }

    /// <summary>The same without the attributes that have no value in the message.</summary>
    public JsonComponent[] WithValues { get; }

    /// <summary>All dimensions in the order of the message's levels.</summary>
    public JsonComponent[] Presented { get; }

    /// <summary>All dimensions in the order of the key.</summary>
    public JsonComponent[] InKeyOrder { get; }

    private int KeyPosition(JsonComponent dimension) => dimension.Slot.Kind switch
    {
        SlotKind.Dimension => dimension.Slot.Index,
        SlotKind.Time => _space.Dimensions.Length,
        _ => int.MaxValue,
    };

    private JsonComponent[] TheMeasure(DataSchema schema)
    {
        // Messages that do not list their measures have one value an observation: that of OBS_VALUE, or of the first measure.
        ComponentSlot slot = _slots.Find(ComponentSlots.PrimaryMeasure);
        slot = slot.Kind == SlotKind.Measure ? slot : schema.Measures.IsEmpty ? default : new ComponentSlot(SlotKind.Measure, 0);
        return [new JsonComponent(new JsonComponentPart { Id = ComponentSlots.PrimaryMeasure }, slot, _space)];
    }

    private JsonComponent[] Bind(List<JsonComponentPart> parts, IssueList issues)
    {
        JsonComponent[] bound = new JsonComponent[parts.Count];
        for (int i = 0; i < bound.Length; i++)
        {
            ComponentSlot slot = _slots.Find(parts[i].Id);
            if (slot.Kind == SlotKind.Unknown)
            {
                issues.Add(IssueCodes.UnknownComponent, parts[i].Location with { Component = parts[i].Id }, parts[i].Id);
            }

            bound[i] = new JsonComponent(parts[i], slot, _space);
            _byPart[parts[i]] = bound[i];
        }

        return bound;
    }
}
