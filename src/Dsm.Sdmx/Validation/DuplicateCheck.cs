using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Validation;

/// <summary>Refuses the second observation of one key and period. The first stands, whether or not it is refused for another reason.</summary>
internal sealed class DuplicateCheck(IssueList issues, IssueCode code)
{
    private const int LongRun = 64;

    private readonly PeriodSets _periods = new();

    /// <summary>Judges the observations of a run.</summary>
    public void Check(ObservationBatch batch, int series, int first, int end, ReadOnlySpan<bool> passOver)
    {
        bool hasTime = batch.Schema.TimeDimension is not null;
        if (end - first > LongRun)
        {
            _periods.Reserve(series, batch.Periods[first], batch.Periods[end - 1]);
        }

        for (int row = first; row < end; row++)
        {
            // A period that could not be read is no period to compare; without time a series has one observation.
            if ((passOver.IsEmpty || !passOver[row]) && (!hasTime || !batch.Periods[row].IsNone) && !_periods.Add(series, batch.Periods[row]))
            {
                issues.Add(code, batch.LocationOf(row));
                batch.Refused[row] = true;
            }
        }
    }
}
