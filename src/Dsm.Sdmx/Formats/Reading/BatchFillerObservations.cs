using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Formats.Reading;

/// <content>The observation at hand and its values.</content>
internal sealed partial class BatchFiller
{
    /// <summary>Starts an observation, in a series or flat.</summary>
    public void StartObservation(int line, int column)
    {
        _row = _batch.AddObservation(line, column);
        _hasOwnPeriod = false;
        _hasRowMetadata = false;
        _hasObservations = true;
        Scope = ReadingScope.Observation;
    }

    /// <summary>Ends it.</summary>
    public void EndObservation()
    {
        Scope = _inSeries ? ReadingScope.Series : ReadingScope.None;
        if (_hasRowMetadata && IsRowEmpty())
        {
            _batch.Count--;
            ForgetOwnKey();
            return;
        }

        if (_inSeries && _inherited.Count > 0)
        {
            Inherit();
        }

        if (!_hasOwnPeriod && _hasTime)
        {
            _batch.BadPeriods[_row] = "";
        }

        if (_inSeries && !_hasOwnKey && _ownAttributes.Count == 0 && (_runIsElement || !_hasRun))
        {
            if (!_hasRun)
            {
                StartRun(_elementDimensions, _elementLine, _elementColumn);
                _runIsElement = true;
            }
            else if (_run < 0)
            {
                EmitRun();
            }

            _batch.SeriesOf[_row] = _run;
            return;
        }

        EndObservationWithKey();
    }

    private void SetInObservation(ComponentSlot slot, ReadOnlySpan<char> text)
    {
        switch (slot.Kind)
        {
            case SlotKind.Time:
                SetPeriod(text);
                break;
            case SlotKind.Measure:
                _batch.Measures[slot.Index][_row] = ObservationValue.Parse(text);
                break;
            case SlotKind.ObservationAttribute:
                SetObservationAttribute(slot.Index, text);
                break;
            case SlotKind.Dimension:
                _hasOwnKey = true;
                ValueDictionary dictionary = _space.Dimensions[slot.Index];
                _ownDimensions[slot.Index] = _hasRun && dictionary[_runDimensions[slot.Index]] is { } last && text.SequenceEqual(last)
                    ? _runDimensions[slot.Index] : dictionary.GetOrAdd(text);
                break;
            case SlotKind.SeriesAttribute:
                SetOwnAttribute(slot.Index, text);
                break;
        }
    }

    private void SetPeriod(ReadOnlySpan<char> text)
    {
        _hasOwnPeriod = true;
        if (TimePeriod.TryParse(text, out TimePeriod period))
        {
            _batch.Periods[_row] = period;
        }
        else
        {
            _batch.BadPeriods[_row] = text.ToString();
        }
    }

    private void SetObservationAttribute(int attribute, ReadOnlySpan<char> text)
    {
        ValueColumn column = _batch.ObservationAttributes[attribute];
        if (column.Dictionary is null)
        {
            column.Texts[_row] = _texts.Get(text);
            return;
        }

        if (_lastTexts[attribute] is not { } last || !text.SequenceEqual(last))
        {
            int code = column.Dictionary.GetOrAdd(text);
            _lastCodes[attribute] = code;
            _lastTexts[attribute] = column.Dictionary[code];
        }

        column.Codes[_row] = _lastCodes[attribute];
    }

    private void SetOwnAttribute(int attribute, ReadOnlySpan<char> text)
    {
        if (_hasRun && _runAttributes.Is(attribute, text))
        {
            _ownAttributes.Copy(attribute, _runAttributes);
        }
        else
        {
            _ownAttributes.Set(attribute, text);
        }
    }

    private void Inherit()
    {
        foreach ((ComponentSlot slot, string text) in _inherited)
        {
            bool has = slot.Kind switch
            {
                SlotKind.Time => _hasOwnPeriod,
                SlotKind.Measure => _batch.Measures[slot.Index][_row].Kind != ObservationValueKind.Absent,
                _ => _batch.ObservationAttributes[slot.Index].HasValue(_row),
            };
            if (!has)
            {
                SetInObservation(slot, text);
            }
        }
    }

    private void ForgetOwnKey()
    {
        _ownAttributes.Clear();
        if (_hasOwnKey)
        {
            Array.Fill(_ownDimensions, -1);
            _hasOwnKey = false;
        }
    }

    /// <summary>True when an observation has neither measures nor attributes: it only names what metadata are about.</summary>
    private bool IsRowEmpty()
    {
        bool isEmpty = _ownAttributes.Count == 0;
        foreach (ObservationValue[] measure in _batch.Measures)
        {
            isEmpty &= measure[_row].Kind == ObservationValueKind.Absent;
        }

        foreach (ValueColumn attribute in _batch.ObservationAttributes)
        {
            isEmpty &= !attribute.HasValue(_row);
        }

        return isEmpty;
    }
}
