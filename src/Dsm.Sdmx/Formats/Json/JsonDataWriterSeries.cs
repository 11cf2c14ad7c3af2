using System.Buffers.Text;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Formats.Json;

/// <content>Series with their observations, by time or by another dimension.</content>
public sealed partial class JsonDataWriter
{
    private void WriteSeries(ObservationBatch batch, int series, int first, int end)
    {
        Continue(batch, series, default, batch.ContinuesSeries && series == 0);
        for (int row = first; row < end; row++)
        {
            if (!batch.Refused[row])
            {
                WriteInSeries(batch, series, row);
            }
        }
    }

    private void WriteCrossSections(ObservationBatch batch)
    {
        for (int series = 0, row = 0; series < batch.SeriesCount; series++)
        {
            int first = row;
            while (row < batch.Count && batch.SeriesOf[row] == series)
            {
                row++;
            }

            if (IsPartial(batch, series) || (_isDeletion && (row == first || LacksPeriod(batch, first, row))))
            {
                KeepPartialKeys(batch, series, first, row);
            }
            else if (row == first)
            {
                _losses.Say("ObservationBatch.Series");
            }
        }

        List<int> rows = [.. Enumerable.Range(0, batch.Count).Where(r => !batch.Refused[r] && !IsPartial(batch, batch.SeriesOf[r]))];
        int At(int row) => batch.Dimensions[_layout.ObservationDimension].Codes[batch.SeriesOf[row]];
        rows.Sort((a, b) =>
        {
            int order = 0;
            foreach (int dimension in _layout.KeyDimensions)
            {
                int[] codes = batch.Dimensions[dimension].Codes;
                order = codes[batch.SeriesOf[a]].CompareTo(codes[batch.SeriesOf[b]]);
                if (order != 0)
                {
                    return order;
                }
            }

            order = batch.Periods[a].CompareTo(batch.Periods[b]);
            order = order != 0 ? order : string.CompareOrdinal(batch.BadPeriods[a], batch.BadPeriods[b]);
            return order != 0 ? order : At(a).CompareTo(At(b));
        });
        foreach (int row in rows)
        {
            int time = _layout.HasTimeInSeries ? PeriodIndex(batch, row) : 0;
            if (time >= 0)
            {
                Continue(batch, batch.SeriesOf[row], time, false);
                WriteInSeries(batch, batch.SeriesOf[row], row);
            }
        }
    }

    /// <summary>Goes on with the series that is open, or starts another.</summary>
    private void Continue(ObservationBatch batch, int series, int time, bool continues)
    {
        if (_isSeriesOpen && continues)
        {
            return;
        }

        FindKey(batch, series, time);
        if (_isSeriesOpen && _nextKey.AsSpan().SequenceEqual(_key) && HasSameValues(batch, series))
        {
            if (!LearnShared(batch, series))
            {
                Reopen();
                LearnShared(batch, series);
                StartSeries(batch, series);
            }

            return;
        }

        CloseSeries();
        if (_seen.Contains(_nextKey) || _groups.Count > MaxGroups)
        {
            Reopen();
        }

        if (!LearnShared(batch, series))
        {
            Reopen();
            LearnShared(batch, series);
        }

        StartSeries(batch, series);
    }

    private void FindKey(ObservationBatch batch, int series, int time)
    {
        for (int i = 0; i < _use.KeyDimensions.Length; i++)
        {
            JsonWrittenComponent dimension = _use.KeyDimensions[i];
            ValueColumn column = batch.Dimensions[dimension.Column];
            _nextKey[i] = dimension.List!.IndexOf(column.Dictionary!, column.Codes[series]);
        }

        if (_layout.HasTimeInSeries)
        {
            _nextKey[^1] = time;
        }
    }

    private bool HasSameValues(ObservationBatch batch, int series)
    {
        for (int i = 0; i < _seriesValues.Length; i++)
        {
            if (batch.SeriesAttributes[_use.SeriesAttributes[i].Column][series] != _seriesValues[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes the attributes of the data set and of groups that a series has; false when one contradicts what was there.</summary>
    private bool LearnShared(ObservationBatch batch, int series)
    {
        for (int i = 0; i < _dataSetValues.Length; i++)
        {
            if (_dataSetValues[i] is { } old && batch.SeriesAttributes[_use.DataSetAttributes[i].Column][series] is { } value
                && !ReferenceEquals(old, value) && old != value)
            {
                return false;
            }
        }

        if (!_groups.Learn(batch, series))
        {
            return false;
        }

        for (int i = 0; i < _dataSetValues.Length; i++)
        {
            _dataSetValues[i] ??= batch.SeriesAttributes[_use.DataSetAttributes[i].Column][series];
        }

        return true;
    }

    private void Reopen()
    {
        CloseDataSet();
        OpenDataSet();
    }

    private void StartSeries(ObservationBatch batch, int series)
    {
        _nextKey.CopyTo(_key, 0);
        _seen.Add([.. _key]);
        _output.Raw(_isFirst ? "\""u8 : ",\n\""u8);
        _isFirst = false;
        WriteKey(_key);
        _output.Raw("\":{"u8);
        int nulls = 0, count = 0;
        for (int i = 0; i < _seriesValues.Length; i++)
        {
            JsonWrittenComponent attribute = _use.SeriesAttributes[i];
            ValueColumn column = batch.SeriesAttributes[attribute.Column];
            _seriesValues[i] = column[series];
            Check(attribute, _seriesValues[i]);
            if (!column.HasValue(series))
            {
                nulls++;
                continue;
            }

            _output.Raw(count == 0 ? "\"attributes\":["u8 : ","u8);
            WriteNulls(ref nulls);
            attribute.Write(_output, column, series);
            count++;
        }

        _output.Raw(count > 0 ? "]"u8 : ""u8);
        _hasAttributes = count > 0;
        (_isSeriesOpen, _hasObservations) = (true, false);
        _seriesNumber++;
    }

    private void CloseSeries()
    {
        if (_isSeriesOpen)
        {
            _output.Raw(_hasObservations ? "}}"u8 : "}"u8);
            _isSeriesOpen = false;
        }
    }

    private void WriteInSeries(ObservationBatch batch, int series, int row)
    {
        if (!_layout.WritesObservations)
        {
            return;
        }

        int index = _use.ObservationDimension is { } dimension
            ? dimension.List!.IndexOf(batch.Dimensions[dimension.Column].Dictionary!, batch.Dimensions[dimension.Column].Codes[series])
            : PeriodIndex(batch, row);
        if (index < 0)
        {
            return;
        }

        if (index >= _stamps.Length)
        {
            Array.Resize(ref _stamps, Math.Max(64, (index + 1) * 2));
        }

        if (_stamps[index] == _seriesNumber)
        {
            // The same observation again: it stands in a data set of its own.
            CloseSeries();
            Reopen();
            LearnShared(batch, series);
            _key.CopyTo(_nextKey, 0);
            StartSeries(batch, series);
        }

        _stamps[index] = _seriesNumber;
        Span<byte> room = _output.Ask(64);
        int used = 0;
        if (!_hasObservations)
        {
            _output.Raw(_hasAttributes ? ",\"observations\":{"u8 : "\"observations\":{"u8);
            room = _output.Ask(64);
            _hasObservations = true;
        }
        else
        {
            room[used++] = (byte)',';
        }

        room[used++] = (byte)'"';
        Utf8Formatter.TryFormat(index, room[used..], out int digits);
        used += digits;
        "\":["u8.CopyTo(room[used..]);
        _output.Take(used + 3);
        WriteValues(batch, series, row);
        _output.Raw((byte)']');
    }
}
