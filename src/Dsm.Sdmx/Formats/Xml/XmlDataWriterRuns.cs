using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Xml;

/// <content>From runs of a batch to series: joins what belongs together, regroups by another dimension at the observation.</content>
public abstract partial class XmlDataWriter
{
    private void WriteRuns(ObservationBatch batch)
    {
        int row = 0;
        for (int series = 0; series < batch.SeriesCount; series++)
        {
            int first = row;
            bool any = false;
            for (; row < batch.Count && batch.SeriesOf[row] == series; row++)
            {
                any |= !batch.Refused[row];
            }

            // A run that was sent without observations is written; one whose observations are all refused is not.
            if (!any && (row > first || Layout.IsFlat))
            {
                if (row == first && !(series == 0 && batch.ContinuesSeries) && !WriteKeyToDelete(batch, series))
                {
                    Losses.Say("ObservationBatch.Series", at: new Location(batch.SeriesLines[series], Key: batch.KeyOf(series)));
                }

                continue;
            }

            if (Layout.IsFlat)
            {
                BeforeSeries(batch, series);
                PrepareRun(batch, series);
            }
            else
            {
                Continue(batch, series, -1, batch.ContinuesSeries && series == 0);
            }

            for (int i = first; i < row; i++)
            {
                if (!batch.Refused[i])
                {
                    Observation(batch, series, i);
                }
            }
        }
    }

    /// <summary>A series that is deleted as a whole: in other layouts than time series it is a key without time.</summary>
    private bool WriteKeyToDelete(ObservationBatch batch, int series)
    {
        if (DataSet.Header.Action != DataSetAction.Delete)
        {
            return false;
        }

        BeforeSeries(batch, series);
        if (Layout.IsFlat)
        {
            PrepareRun(batch, series);
        }
        else
        {
            Continue(batch, series, -1, false);
        }

        WriteObservation(batch, series, -1);
        return true;
    }

    private void WriteCrossSections(ObservationBatch batch)
    {
        foreach (int series in Enumerable.Range(0, batch.SeriesCount).Except(batch.SeriesOf.Take(batch.Count)))
        {
            if (!(series == 0 && batch.ContinuesSeries) && !WriteKeyToDelete(batch, series))
            {
                Losses.Say("ObservationBatch.Series", at: new Location(batch.SeriesLines[series], Key: batch.KeyOf(series)));
            }
        }

        List<int> rows = [.. Enumerable.Range(0, batch.Count).Where(r => !batch.Refused[r])];
        int At(int row) => batch.Dimensions[Layout.ObservationDimension].Codes[batch.SeriesOf[row]];
        rows.Sort((a, b) =>
        {
            int order = 0;
            foreach (int dimension in Layout.KeyDimensions)
            {
                int[] codes = batch.Dimensions[dimension].Codes;
                order = codes[batch.SeriesOf[a]].CompareTo(codes[batch.SeriesOf[b]]);
                if (order != 0)
                {
                    return order;
                }
            }

            order = batch.Periods[a].CompareTo(batch.Periods[b]);
            return order != 0 ? order : At(a).CompareTo(At(b));
        });
        foreach (int row in rows)
        {
            Continue(batch, batch.SeriesOf[row], row, false);
            Observation(batch, batch.SeriesOf[row], row);
        }
    }

    private protected void Period(ObservationBatch batch, int row)
    {
        if (batch.Periods[row].IsNone)
        {
            XmlEscape.Write(Out, batch.BadPeriods[row]);
        }
        else
        {
            Out.Period(batch.Periods[row]);
        }
    }

    private void Observation(ObservationBatch batch, int series, int row)
    {
        // Deletions may name a series as a whole: then there is no period, and no observation to write.
        bool hasPeriod = !batch.Periods[row].IsNone || batch.BadPeriods[row] is { Length: > 0 } || !Layout.IsTimeSeries;
        if ((Layout.WritesObservations && hasPeriod) || Layout.IsFlat)
        {
            WriteObservation(batch, series, row);
        }
        else if (!hasPeriod && !_isDeletion)
        {
            Options.Issues?.Add(IssueCodes.NotCarried, batch.LocationOf(row), "an observation without a period", Format.Name);
        }
    }

    /// <summary>Goes on with the series that is open, or starts another. The row is one whose period belongs to the key; below zero for none.</summary>
    private void Continue(ObservationBatch batch, int series, int row, bool continues)
    {
        TimePeriod period = row < 0 ? default : batch.Periods[row];
        string? badPeriod = row < 0 ? null : batch.BadPeriods[row];
        if (_seriesOpen && (continues || (IsSame(batch, series, period, badPeriod) && IsSharedKnown(batch, series))))
        {
            return;
        }

        CloseSeries();
        BeforeSeries(batch, series);
        for (int i = 0; i < _key.Length; i++)
        {
            _key[i] = batch.Dimensions[Layout.KeyDimensions[i]].Codes[series];
        }

        for (int i = 0; i < _seriesValues.Length; i++)
        {
            _seriesValues[i] = batch.SeriesAttributes[Layout.OnSeries[i]][series];
        }

        (_period, _badPeriod) = (period, badPeriod);
        _seriesOpen = true;
        WriteSeriesStart(batch, series, row);
    }

    private bool IsSame(ObservationBatch batch, int series, TimePeriod period, string? badPeriod)
    {
        for (int i = 0; i < _key.Length; i++)
        {
            if (batch.Dimensions[Layout.KeyDimensions[i]].Codes[series] != _key[i])
            {
                return false;
            }
        }

        for (int i = 0; i < _seriesValues.Length; i++)
        {
            if (batch.SeriesAttributes[Layout.OnSeries[i]][series] != _seriesValues[i])
            {
                return false;
            }
        }

        return period == _period && badPeriod == _badPeriod;
    }

    private void CloseSeries()
    {
        if (_seriesOpen)
        {
            WriteSeriesEnd();
            _seriesOpen = false;
        }
    }
}
