using System.Text.Json;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Puts the keys and arrays of a data set into its batches: indices, direct values, defaults, values of higher levels.</summary>
internal sealed class JsonValues
{
    private readonly JsonBinding _binding;
    private readonly BatchFiller _filler;
    private readonly IssueList _issues;
    private readonly bool _isDeletion;
    private readonly bool _isDraft;
    private readonly JsonGroups _groups;
    private readonly List<(ComponentSlot Slot, string Text)> _everywhere = [];
    private readonly int[] _groupKey;
    private readonly int[] _seriesCodes;

    public JsonValues(JsonBinding binding, BatchFiller filler, IssueList issues, bool isDeletion, bool isDraft)
    {
        _isDraft = isDraft;
        _binding = binding;
        _filler = filler;
        _issues = issues;
        _isDeletion = isDeletion;
        _groups = new JsonGroups(binding);
        _groupKey = new int[binding.Presented.Length];
        _seriesCodes = new int[binding.SeriesDimensions.Length];
        foreach (JsonComponent dimension in binding.DataSetDimensions)
        {
            if (dimension.Count > 0 && dimension.Cell(0) is { Length: > 0 } text && dimension.Slot.Kind is SlotKind.Time)
            {
                _everywhere.Add((dimension.Slot, text));
            }
        }
    }

    /// <summary>True when observations have values that do not stand at them.</summary>
    public bool HasSharedValues => _everywhere.Count > 0 || _groups.HasObservationValues;

    /// <summary>
    /// True when attributes without any value have no position in the arrays: OECD's messages of the drafts before 1.0, which show it
    /// by an index for such an attribute.
    /// </summary>
    public bool LeavesOutEmpty { get; private set; }

    /// <summary>Takes the defaults of the attributes at the data set when it has none of its own.</summary>
    public void StartDataSet(JsonComponent[] attributes, bool hasNone)
    {
        if (hasNone && !_isDeletion && Array.Exists(attributes, a => a.Part.Default is not null))
        {
            _filler.StartGroup(0, 0);
            SetDefaults(attributes, 0);
            _filler.EndGroup();
        }
    }

    /// <summary>The dimensions of the data set, for the element at hand.</summary>
    public void SetDataSetDimensions()
    {
        foreach (JsonComponent dimension in _binding.DataSetDimensions)
        {
            if (dimension.Slot.Kind == SlotKind.Dimension && dimension.Count > 0 && dimension.Cell(0) is { Length: > 0 })
            {
                _filler.SetElementDimension(dimension.Slot.Index, dimension.Code(0));
            }
        }
    }

    /// <summary>The dimensions of a series, whose indices are in range.</summary>
    public void SetSeriesKey(ReadOnlySpan<int> key)
    {
        SetDataSetDimensions();
        for (int i = 0; i < key.Length; i++)
        {
            JsonComponent dimension = _binding.SeriesDimensions[i];
            _seriesCodes[i] = key[i];
            if (dimension.Slot.Kind == SlotKind.Dimension)
            {
                if (dimension.Cell(key[i]) is { Length: > 0 })
                {
                    _filler.SetElementDimension(dimension.Slot.Index, dimension.Code(key[i]));
                }
            }
            else if (dimension.Slot.Kind == SlotKind.Time && dimension.Cell(key[i]) is { } text)
            {
                _filler.Set(dimension.Slot, text);
            }
        }
    }

    /// <summary>Keeps the dimensions that the structure has at the series, for observations that are flat all the same.</summary>
    public void KeepSeriesKey(ReadOnlySpan<int> key) => key.CopyTo(_seriesCodes);

    /// <summary>The dimensions of an observation, whose indices are in range.</summary>
    public void SetObservationKey(ReadOnlySpan<int> key)
    {
        if (!_filler.IsInSeries)
        {
            foreach (JsonComponent dimension in _binding.DataSetDimensions)
            {
                SetOwn(dimension, 0);
            }

            for (int i = 0; i < _seriesCodes.Length; i++)
            {
                SetOwn(_binding.SeriesDimensions[i], _seriesCodes[i]);
            }
        }

        for (int i = 0; i < key.Length; i++)
        {
            SetOwn(_binding.ObservationDimensions[i], key[i]);
        }
    }

    /// <summary>True when all indices have a value; the first that has none is reported.</summary>
    public bool AreInRange(JsonComponent[] dimensions, ReadOnlySpan<int> key, Location location)
    {
        for (int i = 0; i < key.Length; i++)
        {
            if (key[i] >= dimensions[i].Count)
            {
                _issues.Add(IssueCodes.JsonIndexOutOfRange, location with { Component = dimensions[i].Id }, key[i], dimensions[i].Id, dimensions[i].Count);
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads an array of attributes for the element at hand; those that it leaves out at its end have their defaults.</summary>
    public void ReadArray(JsonCursor cursor, JsonComponent[] components, string parent)
    {
        if (cursor.Token != JsonTokenType.StartArray)
        {
            if (cursor.Token != JsonTokenType.Null)
            {
                JsonFindings.WrongKind(cursor, _issues, parent, "array");
            }

            cursor.Skip();
            return;
        }

        int depth = cursor.Depth;
        for (int i = 0; ; i++)
        {
            cursor.ReadToken();
            if (cursor.Token == JsonTokenType.EndArray && cursor.Depth == depth)
            {
                SetDefaults(components, i);
                return;
            }

            if (i >= components.Length)
            {
                ReadAnnotation(cursor, parent);
            }
            else if (ReadCell(cursor, components[i]) is { } text)
            {
                SetHigher(components[i], text);
            }
        }
    }

    /// <summary>Reads the array of an observation at hand.</summary>
    public void ReadObservation(JsonCursor cursor, ReadOnlySpan<int> key)
    {
        SetObservationKey(key);
        JsonComponent[] components = LeavesOutEmpty ? _binding.WithValues : _binding.Observation;
        int depth = cursor.Depth, count = 0;
        while (true)
        {
            cursor.ReadToken();
            if (cursor.Token == JsonTokenType.EndArray && cursor.Depth == depth)
            {
                break;
            }

            if (_isDraft && !LeavesOutEmpty && count < components.Length && components[count] is { IsIndexed: true, Count: 0 } && cursor.Token == JsonTokenType.Number)
            {
                LeavesOutEmpty = true;
                components = _binding.WithValues;
                count -= _binding.Observation.Take(count).Count(c => c is { IsIndexed: true, Count: 0 });
            }

            if (count >= components.Length)
            {
                ReadAnnotation(cursor, "observations");
            }
            else
            {
                ReadOfObservation(cursor, components[count]);
            }

            count++;
        }

        if (count > 0)
        {
            SetDefaults(components, count);
        }

        SetShared(key);
    }

    /// <summary>Gives the attributes from a position on their defaults.</summary>
    public void SetDefaults(JsonComponent[] components, int from)
    {
        for (int i = from; i < components.Length && !_isDeletion; i++)
        {
            if (components[i].Part.Default is { } text && components[i].Slot.Kind is SlotKind.SeriesAttribute or SlotKind.ObservationAttribute)
            {
                SetHigher(components[i], components[i].CellOf(ComplexValue.Of(text)));
            }
        }
    }

    /// <summary>The dimensions that the key of a group names, with their indices; null when it is no such key.</summary>
    public JsonGroupKey? FindGroup(ReadOnlySpan<byte> name)
        => JsonKey.TryParsePartial(name, _groupKey, out int count) ? _groups.Find(_groupKey.AsSpan(0, count)) : null;

    /// <summary>Reads the attributes of a group, for the group (or deleted series) at hand.</summary>
    public void ReadGroup(JsonCursor cursor, JsonGroupKey group)
    {
        for (int i = 0; i < group.Dimensions.Length; i++)
        {
            JsonComponent dimension = group.Dimensions[i];
            if (dimension.Slot.Kind == SlotKind.Dimension)
            {
                bool hasCode = _isDeletion || dimension.Cell(group.Indices[i]) is { Length: > 0 };
                _filler.SetElementDimension(dimension.Slot.Index, hasCode ? dimension.Code(group.Indices[i]) : SharedAttributes.NoCode);
            }
        }

        if (cursor.Token != JsonTokenType.StartArray)
        {
            JsonFindings.WrongKind(cursor, _issues, "dimensionGroupAttributes", "array");
            cursor.Skip();
            return;
        }

        int depth = cursor.Depth;
        for (int i = 0; ; i++)
        {
            cursor.ReadToken();
            if (cursor.Token == JsonTokenType.EndArray && cursor.Depth == depth)
            {
                return;
            }

            if (i >= _binding.GroupAttributes.Length)
            {
                ReadAnnotation(cursor, "dimensionGroupAttributes");
            }
            else if (ReadCell(cursor, _binding.GroupAttributes[i]) is { } text)
            {
                JsonComponent attribute = _binding.GroupAttributes[i];
                if (attribute.Slot.Kind == SlotKind.ObservationAttribute && !_isDeletion)
                {
                    _groups.Learn(group, attribute, text);
                }
                else
                {
                    SetHigher(attribute, text);
                }
            }
        }
    }

    private void SetOwn(JsonComponent dimension, int index)
    {
        switch (dimension.Slot.Kind)
        {
            case SlotKind.Dimension when index < dimension.Count && dimension.Cell(index) is { Length: > 0 }:
                _filler.SetOwnDimension(dimension.Slot.Index, dimension.Code(index));
                break;
            case SlotKind.Time when index < dimension.Count:
                SetPeriod(dimension, index);
                break;
        }
    }

    /// <summary>The period that the key of a group names, for the observation at hand.</summary>
    public void SetPeriod(JsonGroupKey group)
    {
        int time = Array.FindIndex(group.Dimensions, d => d.Slot.Kind == SlotKind.Time);
        SetPeriod(group.Dimensions[time], group.Indices[time]);
    }

    /// <summary>The period of an observation at hand.</summary>
    public void SetPeriod(JsonComponent dimension, int index)
    {
        ref readonly TimePeriod period = ref dimension.Period(index);
        if (!period.IsNone)
        {
            _filler.SetPeriod(period);
        }
        else if (dimension.Cell(index) is { } text)
        {
            _filler.SetBadPeriod(text);
        }
    }

    private void SetHigher(JsonComponent component, string text)
    {
        if (component.Slot.Kind != SlotKind.Unknown && !_filler.SetCell(component.Slot, text))
        {
            // A value for the whole data set that belongs to observations.
            _everywhere.Add((component.Slot, text));
        }
    }

    private void SetShared(ReadOnlySpan<int> key)
    {
        if (_isDeletion || !HasSharedValues)
        {
            return;
        }

        foreach ((ComponentSlot slot, string text) in _everywhere)
        {
            _filler.SetCell(slot, text);
        }

        _groups.Apply(_filler, _seriesCodes, key);
    }

    private void ReadOfObservation(JsonCursor cursor, JsonComponent component)
    {
        bool isPlain = cursor.Token is JsonTokenType.Number or JsonTokenType.String && !component.IsIndexed
            && component.Component is { IsComplex: false };
        if (isPlain)
        {
            _filler.Set(component.Slot, cursor.Characters());
        }
        else if (ReadCell(cursor, component) is { } text)
        {
            _filler.SetCell(component.Slot, text);
        }
    }

    /// <summary>Indices of annotations stand behind the attributes; they are not read.</summary>
    private void ReadAnnotation(JsonCursor cursor, string parent)
    {
        if (cursor.Token is not (JsonTokenType.Null or JsonTokenType.Number))
        {
            JsonFindings.WrongKind(cursor, _issues, parent, "annotation");
        }

        cursor.Skip();
    }

    /// <summary>The value at hand as the cell of a batch holds it; null when there is none, or when it is faulty, which is reported.</summary>
    private string? ReadCell(JsonCursor cursor, JsonComponent component)
    {
        if (cursor.Token == JsonTokenType.Null)
        {
            return null;
        }

        if (!component.IsIndexed)
        {
            Location location = cursor.Location;
            return JsonValueReader.Read(cursor, _issues, component.Id) is { Values.Length: > 0 } value ? Fit(component, value, location) : null;
        }

        if (cursor.Token == JsonTokenType.StartArray)
        {
            return ReadIndices(cursor, component);
        }

        return Index(cursor, component) is >= 0 and int index ? component.Cell(index) : null;
    }

    private int Index(JsonCursor cursor, JsonComponent component)
    {
        if (!JsonFindings.TryInteger(cursor, out int index))
        {
            JsonFindings.WrongKind(cursor, _issues, component.Id, "index");
            cursor.Skip();
            return -1;
        }

        if (index < component.Count)
        {
            return index;
        }

        _issues.Add(IssueCodes.JsonIndexOutOfRange, cursor.Location with { Component = component.Id }, index, component.Id, component.Count);
        return -1;
    }

    private string? ReadIndices(JsonCursor cursor, JsonComponent component)
    {
        Location location = cursor.Location;
        List<Model.LocalisedText> values = [];
        int depth = cursor.Depth;
        while (true)
        {
            cursor.ReadToken();
            if (cursor.Token == JsonTokenType.EndArray && cursor.Depth == depth)
            {
                return values.Count == 0 ? null : Fit(component, new ComplexValue(values), location);
            }

            if (cursor.Token != JsonTokenType.Null && Index(cursor, component) is >= 0 and int index && component.Part.Values![index] is { } value)
            {
                values.AddRange(value.Values);
            }
        }
    }

    private string Fit(JsonComponent component, ComplexValue value, Location location)
    {
        if (component.Component is { } known)
        {
            location = location with { Component = component.Id };
            if (value.Values.Length > 1 && !known.IsMultiValued)
            {
                _issues.Add(IssueCodes.ValueCount, location, component.Id, value.Values.Length, "1");
            }
            else if (!known.IsMultilingual && value.Values.FirstOrDefault(v => v.Texts.Length > 1) is { IsEmpty: false } texts)
            {
                _issues.Add(IssueCodes.TextsByLanguage, location, component.Id, string.Join(", ", texts.Texts.Select(t => t.Key)));
            }
        }

        return component.CellOf(value);
    }
}
