using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;

namespace Dsm.Sdmx.Formats.Json;

/// <content>From elements to rows of the batch.</content>
internal sealed partial class JsonObservationScanner
{
    private void Put(JsonCursor cursor, int name, int count, ReadOnlySpan<byte> bytes)
    {
        (int line, int column) = cursor.PlaceOf(name);
        if (_takesRows && (_filler.IsInSeries ? _time is not null && !_hasHigherValues && _filler.TakesRowsOfElement : RepeatsRun(count)))
        {
            PutRow(line, column, count, bytes);
            return;
        }

        _filler.StartObservation(line, column);
        if (_time is not null && _filler.IsInSeries)
        {
            _values.SetPeriod(_time, _key[0]);
        }
        else
        {
            _values.SetObservationKey(_key);
        }

        for (int i = 0; i < count; i++)
        {
            Put(bytes, _binding.Observation[i], _elements[i]);
        }

        _filler.EndObservation();
        if (_takesRows && !_filler.IsInSeries)
        {
            _key.CopyTo(_lastKey, 0);
            _elements.CopyTo(_lastElements, 0);
            _lastElements.AsSpan(count).Clear();
            _runVersion = _filler.RepeatsCleanly ? _filler.RunVersion : -1;
        }
    }

    /// <summary>True when a flat observation has the key of the one before, and the same values for what stands above the observation.</summary>
    private bool RepeatsRun(int count)
    {
        if (!_filler.TakesRowsOfRun || _runVersion != _filler.RunVersion)
        {
            return false;
        }

        if (_repeatsKey && _repeatsTail && _timePosition == _key.Length - 1)
        {
            return true;
        }

        for (int i = 0; i < _key.Length; i++)
        {
            if (i != _timePosition && _key[i] != _lastKey[i])
            {
                return false;
            }
        }

        for (int i = _hasHigherValues ? 0 : _elements.Length; i < _elements.Length; i++)
        {
            Element element = i < count ? _elements[i] : default;
            if (_binding.Observation[i].Slot.Kind == SlotKind.SeriesAttribute && (element != _lastElements[i] || element.Kind == ElementKind.Text))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Puts an observation that needs no more than a row straight into the columns.</summary>
    private void PutRow(int line, int column, int count, ReadOnlySpan<byte> bytes)
    {
        int run = _filler.RunOfRows();
        ObservationBatch batch = _filler.Batch;
        int row = batch.AddObservation(line, column);
        batch.SeriesOf[row] = run;
        if (_timePosition >= 0)
        {
            JsonComponent time = _binding.ObservationDimensions[_timePosition];
            ref readonly TimePeriod period = ref time.Period(_key[_timePosition]);
            batch.Periods[row] = period;
            if (period.IsNone)
            {
                batch.BadPeriods[row] = time.Cell(_key[_timePosition]) ?? "";
            }
        }

        if (_repeatsTail && _tailCodeCount >= 0)
        {
            batch.Measures[_binding.Observation[0].Slot.Index][row] = ObservationValue.FromTrustedParts(_elements[0].Mantissa, _elements[0].Scale);
            foreach ((int attribute, int code) in _tailCodes.AsSpan(0, _tailCodeCount))
            {
                batch.ObservationAttributes[attribute].Codes[row] = code;
            }

            return;
        }

        PutElements(batch, row, count, bytes);
    }

    private void PutElements(ObservationBatch batch, int row, int count, ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < count; i++)
        {
            ref Element element = ref _elements[i];
            if (element.Kind == ElementKind.None)
            {
                continue;
            }

            JsonComponent component = _binding.Observation[i];
            ComponentSlot slot = component.Slot;
            if (slot.Kind == SlotKind.Measure)
            {
                batch.Measures[slot.Index][row] = element.Kind switch
                {
                    ElementKind.Number => ObservationValue.Of(element.Mantissa, element.Scale),
                    ElementKind.NotANumber => ObservationValue.NaN,
                    _ => ObservationValue.Parse(component.Cell(element.Number)),
                };
            }
            else if (slot.Kind == SlotKind.ObservationAttribute)
            {
                ValueColumn values = batch.ObservationAttributes[slot.Index];
                if (element.Kind == ElementKind.Text)
                {
                    ReadOnlySpan<char> text = Characters(bytes, element);
                    _filler.CountCharacters(text.Length);
                    values.Set(row, values.Dictionary is null ? _filler.Texts.Get(text) : text.ToString());
                }
                else if (component.HasNumbers)
                {
                    values.Codes[row] = component.Code(element.Number);
                }
                else
                {
                    values.Texts[row] = component.Cell(element.Number);
                }
            }
        }
    }

    private void Put(ReadOnlySpan<byte> bytes, JsonComponent component, in Element element)
    {
        ComponentSlot slot = component.Slot;
        switch (element.Kind)
        {
            case ElementKind.Number when slot.Kind == SlotKind.Measure:
                _filler.SetMeasure(slot.Index, ObservationValue.Of(element.Mantissa, element.Scale));
                break;
            case ElementKind.NotANumber when slot.Kind == SlotKind.Measure:
                _filler.SetMeasure(slot.Index, ObservationValue.NaN);
                break;
            case ElementKind.Index when slot.Kind == SlotKind.ObservationAttribute && component.HasNumbers:
                _filler.SetObservationCode(slot.Index, component.Code(element.Number));
                break;
            case ElementKind.Index when slot.Kind == SlotKind.ObservationAttribute:
                if (component.Cell(element.Number) is { } text)
                {
                    _filler.SetObservationText(slot.Index, text);
                }

                break;
            default:
                PutText(bytes, component, element);
                break;
        }
    }

    private void PutText(ReadOnlySpan<byte> bytes, JsonComponent component, in Element element)
    {
        if (element.Kind == ElementKind.Index)
        {
            if (component.Cell(element.Number) is { } cell)
            {
                _filler.SetCell(component.Slot, cell);
            }
        }
        else if (element.Kind == ElementKind.Text)
        {
            _filler.Set(component.Slot, Characters(bytes, element));
        }
    }

    private ReadOnlySpan<char> Characters(ReadOnlySpan<byte> bytes, in Element element)
    {
        if (_characters.Length < element.Length)
        {
            _characters = new char[element.Length * 2];
        }

        int count = Encoding.UTF8.GetChars(bytes.Slice(element.Number, element.Length), _characters);
        return _characters.AsSpan(0, count);
    }
}
