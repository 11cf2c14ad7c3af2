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
}
