using System.Text;
namespace Dsm.Sdmx.Formats.Reading;

/// <content>Values of an observation that a dialect has as numbers or parsed already (SDMX-JSON sends indices of lists of values).</content>
internal sealed partial class BatchFiller
{
    /// <summary>The period of the observation at hand, which cannot be read.</summary>
    public void SetBadPeriod(string text)
    {
        _hasOwnPeriod = true;
        _batch.BadPeriods[_row] = text;
    }

    /// <summary>An attribute of the observation at hand, by the number of its dictionary.</summary>
    public void SetObservationCode(int attribute, int code) => _batch.ObservationAttributes[attribute].Codes[_row] = code;

    /// <summary>An attribute of the observation at hand whose values are texts.</summary>
    public void SetObservationText(int attribute, string text) => _batch.ObservationAttributes[attribute].Texts[_row] = text;

    /// <summary>A dimension of the observation at hand, by the number of its dictionary.</summary>
    public void SetOwnDimension(int dimension, int code)
    {
        _hasOwnKey = true;
        _ownDimensions[dimension] = code;
    }

    /// <summary>A dimension of the series element at hand, by the number of its dictionary.</summary>
    public void SetElementDimension(int dimension, int code) => _elementDimensions[dimension] = code;

    /// <summary>A value in UTF-8 of plain ASCII characters; the same as <see cref="Set"/> with its characters, but quicker.</summary>
    public bool SetPlain(ComponentSlot slot, ReadOnlySpan<byte> value)
    {
        if (slot.Kind == SlotKind.Dimension && _space.Dimensions[slot.Index].IndexOfKnown(value) is >= 0 and int code)
        {
            _characters += value.Length;
            if (Scope == ReadingScope.Observation)
            {
                _hasOwnKey = true;
                _ownDimensions[slot.Index] = code;
            }
            else
            {
                _elementDimensions[slot.Index] = code;
            }

            return true;
        }

        if (slot.Kind == SlotKind.SeriesAttribute && _space.SeriesAttributes[slot.Index] is { } dictionary && dictionary.IndexOfKnown(value) is >= 0 and int number)
        {
            _characters += value.Length;
            (Scope == ReadingScope.Observation ? _ownAttributes : _elementAttributes).SetCode(slot.Index, number);
            return true;
        }

        return Set(slot, Widen(value));
    }

    private ReadOnlySpan<char> Widen(ReadOnlySpan<byte> ascii)
    {
        if (_wide.Length < ascii.Length)
        {
            _wide = new char[ascii.Length * 2];
        }

        Encoding.Latin1.GetChars(ascii, _wide);
        return _wide.AsSpan(0, ascii.Length);
    }
}
