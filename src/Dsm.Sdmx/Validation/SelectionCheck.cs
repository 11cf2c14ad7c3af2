using System.Collections;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Validation;

/// <summary>What a region says about one component, tied to the place of that component in a batch.</summary>
internal sealed class SelectionCheck
{
    private readonly ColumnSlot _slot;
    private readonly BitArray? _codes;
    private readonly DateTime? _start, _end;
    private readonly FrozenSet<string>? _texts;
    private readonly FrozenDictionary<int, ImmutableArray<SchemaSpan>>? _spans;
    private readonly bool _isIncluded, _isTurned, _isCells;

    /// <summary>Ties a selection to a schema.</summary>
    public SelectionCheck(DataSchema schema, SchemaSelection selection)
    {
        _slot = ColumnSlot.Of(schema, selection.Component);
        (_codes, _start, _end, _texts, _isIncluded) = (selection.Codes, selection.Start, selection.End, selection.Texts, selection.IsIncluded);
        (_spans, _isTurned) = (selection.Spans, selection.IsTurned);
        _isCells = selection.Component.IsComplex;
    }

    /// <summary>The component.</summary>
    public SchemaComponent Component => _slot.Component;

    /// <summary>True when the series alone decides: the value is one of the series, and belongs to the selection whatever the period.</summary>
    public bool IsOfSeries => _slot.IsOfSeries && _spans is null;

    /// <summary>
    /// True when the value of an observation (or of its series) lies in the region. A value that is absent or in no codelist belongs
    /// to other findings and gives <paramref name="otherwise"/>.
    /// </summary>
    public bool Holds(ObservationBatch batch, int series, int row, bool otherwise) => _slot.Place switch
    {
        _ when _isCells => TextOf(batch, series, row) is { } cell ? HoldsAll(cell, otherwise) : otherwise,
        _ when _texts is not null => TextOf(batch, series, row) is { } text ? _texts.Contains(text) == _isIncluded : otherwise,
        ColumnPlace.Time => HoldsTime(batch.Periods[row], otherwise),
        ColumnPlace.Measure => HoldsCode(batch.Measures[_slot.Index][row] is { HasValue: true } value ? Component.Codes?.IndexOf(value.ToString()) ?? -1 : -1, otherwise),
        _ => _slot.HasNumbers ? HoldsCode(_slot.NumberOf(batch, series, row), otherwise, row < 0 ? default : batch.Periods[row]) : otherwise,
    };

    /// <summary>The value as text, for a finding.</summary>
    public string? TextOf(ObservationBatch batch, int series, int row) => _slot.TextOf(batch, series, row);

    /// <summary>Of several values each must lie in the region.</summary>
    private bool HoldsAll(string cell, bool otherwise) => ComplexValue.Parse(Component, cell).Values.All(value => value.Texts.All(text
        => _texts is not null ? _texts.Contains(text.Value) == _isIncluded : HoldsCode(Component.Codes?.IndexOf(text.Value) ?? -1, otherwise)));

    private bool HoldsCode(int code, bool otherwise, TimePeriod period = default)
    {
        if (_codes is null || code < 0 || code >= _codes.Length)
        {
            return otherwise;
        }

        return _spans is null || period.IsNone || !_spans.TryGetValue(code, out ImmutableArray<SchemaSpan> spans) ? _codes[code]
            : spans.Any(s => !(period.Start < s.Start) && !(period.End > s.End)) != _isTurned;
    }

    private bool HoldsTime(TimePeriod period, bool otherwise)
        => period.IsNone ? otherwise : (!(period.Start < _start) && !(period.End > _end)) == _isIncluded;
}
