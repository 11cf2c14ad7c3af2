using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Formats.Reading;

/// <content>
/// The short way for observations that bring nothing but a period, measures and attributes of their own: their reader puts them
/// straight into the columns, in the row behind the last, and counts them here.
/// </content>
internal sealed partial class BatchFiller
{
    /// <summary>The batch being filled.</summary>
    public ObservationBatch Batch => _batch;

    /// <summary>One instance for a repeated text.</summary>
    public TextCache Texts => _texts;

    /// <summary>Changes with everything that changes the key or the attributes of the run at hand.</summary>
    public int RunVersion { get; private set; }

    /// <summary>False when the last observation with a key contradicts its run, which has to be said of each such observation.</summary>
    public bool RepeatsCleanly { get; private set; } = true;

    /// <summary>True when the next observation of a series element needs no more than a row.</summary>
    public bool TakesRowsOfElement => Scope == ReadingScope.Series && _inherited.Count == 0 && (_runIsElement || !_hasRun);

    /// <summary>True when a flat observation with the key and attributes of the run at hand needs no more than a row.</summary>
    public bool TakesRowsOfRun => Scope == ReadingScope.None && _hasRun;

    /// <summary>The number of the run that rows belong to, which is started when need be.</summary>
    public int RunOfRows()
    {
        _hasObservations = true;
        if (_inSeries && !_hasRun)
        {
            StartRun(_elementDimensions, _elementLine, _elementColumn);
            _runIsElement = true;
        }
        else if (_run < 0)
        {
            EmitRun();
        }

        return _run;
    }

    /// <summary>Counts characters of rows, so that a batch does not fill the memory with texts.</summary>
    public void CountCharacters(int characters) => _characters += characters;
}
