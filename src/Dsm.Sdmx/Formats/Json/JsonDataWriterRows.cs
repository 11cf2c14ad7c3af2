using System.Buffers.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;

namespace Dsm.Sdmx.Formats.Json;

/// <content>From runs of a batch to series and observations.</content>
public sealed partial class JsonDataWriter
{
    private byte[] _flatPrefix = [];
    private int _flatPrefixLength;
    private readonly Dictionary<int[], List<ulong>> _flatPeriods = new(KeyComparer.Instance);
    private int[] _key = [];
    private int[] _nextKey = [];
    private int[] _stamps = [];
    private string?[] _seriesValues = [];
    private JsonWrittenComponent? _atObservation;
    private int _seriesNumber;
    private bool _isFirst;
    private bool _isSeriesOpen;
    private bool _hasObservations;
    private bool _hasAttributes;
    private List<ulong>? _periods;

    private void PrepareRows()
    {
        _key = new int[_use.KeyDimensions.Length + (_layout.HasTimeInSeries ? 1 : 0)];
        _nextKey = new int[_key.Length];
        _seriesValues = new string?[_use.SeriesAttributes.Length];
        _atObservation = _use.ObservationDimension ?? (_layout.IsFlat ? null : _use.Time);
    }

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
            if (!any && row > first)
            {
                continue;
            }

            if (IsPartial(batch, series))
            {
                KeepPartialKeys(batch, series, first, row);
            }
            else if (_layout.IsFlat)
            {
                WriteFlat(batch, series, first, row);
            }
            else
            {
                WriteSeries(batch, series, first, row);
            }
        }
    }

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

    /// <summary>True for a key with dimensions left out, which only deletions have: what is meant is all that has the rest of the key.</summary>
    private bool IsPartial(ObservationBatch batch, int series)
    {
        if (!_isDeletion)
        {
            return false;
        }

        foreach (ValueColumn dimension in batch.Dimensions)
        {
            if (dimension.Codes[series] < 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when some observation to be deleted has no period: what is meant is the series.</summary>
    private bool LacksPeriod(ObservationBatch batch, int first, int end)
        => _use.Time is not null && Enumerable.Range(first, end - first).Any(r => !batch.Refused[r] && batch.Periods[r].IsNone && batch.BadPeriods[r] is not { Length: > 0 });

    /// <summary>Keeps the part of the key that a run of a deletion names, with the period of each of its observations, if any.</summary>
    private void KeepPartialKeys(ObservationBatch batch, int series, int first, int end)
    {
        if (_version.Is1)
        {
            _losses.Say("Deletion.PartialKeys");
            return;
        }

        int? CodeOf(int dimension) => batch.Dimensions[dimension].Codes[series] is >= 0 and int code ? code : null;

        if (first == end)
        {
            _partialKeys.Add(PartialKey(CodeOf));
        }

        for (int row = first; row < end; row++)
        {
            if (!batch.Refused[row] && (IsPartial(batch, series) || LacksPeriod(batch, row, row + 1)))
            {
                _partialKeys.Add(PartialKey(CodeOf, _use.Time is null ? -1 : PeriodIndex(batch, row)));
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

    private void WriteFlat(ObservationBatch batch, int series, int first, int end)
    {
        FindKey(batch, series, 0);
        _flatPrefixLength = 0;
        if (end == first)
        {
            // Attributes that came late for observations that are written already, or a key without any.
            if (_isDeletion)
            {
                KeepPartialKeys(batch, series, first, end);
            }
            else if (!_flatPeriods.ContainsKey(_nextKey) || !LearnShared(batch, series))
            {
                _losses.Say("ObservationBatch.Series");
            }

            return;
        }

        if (_isDeletion && LacksPeriod(batch, first, end))
        {
            KeepPartialKeys(batch, series, first, end);
        }

        _periods = null;
        bool isLearned = false;
        for (int row = first; row < end; row++)
        {
            int time = batch.Refused[row] ? -1 : _use.Time is null ? 0 : PeriodIndex(batch, row);
            if (time < 0)
            {
                continue;
            }

            if (!Mark(time) || _groups.Count > MaxGroups)
            {
                ReopenFlat(time);
                isLearned = false;
            }

            if (!isLearned && !LearnShared(batch, series))
            {
                ReopenFlat(time);
                LearnShared(batch, series);
            }

            isLearned = true;
            WriteFlatObservation(batch, series, row, time);
        }
    }

    private void ReopenFlat(int time)
    {
        Reopen();
        _periods = null;
        Mark(time);
    }

    private void WriteFlatObservation(ObservationBatch batch, int series, int row, int time)
    {
        _output.Raw(_isFirst ? "\""u8 : ",\n\""u8);
        _isFirst = false;
        WriteFlatKey(time);
        _output.Raw("\":["u8);
        WriteValues(batch, series, row);
        _output.Raw((byte)']');
    }

    /// <summary>Notes an observation of the key at hand; false when it was there before.</summary>
    private bool Mark(int time)
    {
        if (_periods is null && !_flatPeriods.TryGetValue(_nextKey, out _periods))
        {
            _flatPeriods.Add([.. _nextKey], _periods = new List<ulong>(1));
        }

        int word = time >> 6;
        while (_periods!.Count <= word)
        {
            _periods.Add(0);
        }

        ulong bit = 1UL << (time & 63);
        if ((_periods[word] & bit) != 0)
        {
            return false;
        }

        _periods[word] |= bit;
        return true;
    }

    private void WriteFlatKey(int time)
    {
        if (_use.Time is null)
        {
            WriteKey(_nextKey);
            return;
        }

        // The position of time in the key is that of the structure, nearly always the last: then what is before it holds for the run.
        if (_layout.Schema.Structure.Dimensions[^1].IsTime && _nextKey.Length > 0)
        {
            if (_flatPrefixLength == 0)
            {
                KeepFlatPrefix();
            }

            _output.Raw(_flatPrefix.AsSpan(0, _flatPrefixLength));
            JsonWrittenComponent.Integer(_output, time);
            return;
        }

        int position = 0, at = 0;
        foreach (Model.Dimension dimension in _layout.Schema.Structure.Dimensions)
        {
            _output.Raw(position++ > 0 ? ":"u8 : ""u8);
            JsonWrittenComponent.Integer(_output, dimension.IsTime ? time : _nextKey[at++]);
        }
    }

    private void KeepFlatPrefix()
    {
        const int Longest = 12; // an integer and its colon
        if (_flatPrefix.Length < _nextKey.Length * Longest)
        {
            _flatPrefix = new byte[_nextKey.Length * Longest];
        }

        foreach (int index in _nextKey)
        {
            Utf8Formatter.TryFormat(index, _flatPrefix.AsSpan(_flatPrefixLength), out int length);
            _flatPrefixLength += length;
            _flatPrefix[_flatPrefixLength++] = (byte)':';
        }
    }

    private void WriteKey(int[] key)
    {
        if (!_layout.HasTimeInSeries)
        {
            for (int i = 0; i < key.Length; i++)
            {
                _output.Raw(i > 0 ? ":"u8 : ""u8);
                JsonWrittenComponent.Integer(_output, key[i]);
            }

            return;
        }

        int position = 0, at = 0;
        foreach (Model.Dimension dimension in _layout.Schema.Structure.Dimensions)
        {
            if (dimension.Id == _layout.DimensionAtObservation)
            {
                continue;
            }

            _output.Raw(position++ > 0 ? ":"u8 : ""u8);
            JsonWrittenComponent.Integer(_output, dimension.IsTime ? key[^1] : key[at++]);
        }
    }

    private int PeriodIndex(ObservationBatch batch, int row)
    {
        if (!batch.Periods[row].IsNone)
        {
            return _use.Time!.List!.IndexOf(batch.Periods[row]);
        }

        if (batch.BadPeriods[row] is { Length: > 0 } text)
        {
            return _use.Time!.List!.IndexOf(text);
        }

        if (!_isDeletion)
        {
            _losses.Say("ObservationBatch.Periods");
        }

        return -1;
    }

    /// <summary>The array of an observation: measures, then attributes; nothing behind the last value.</summary>
    private void WriteValues(ObservationBatch batch, int series, int row)
    {
        if (_isDeletion)
        {
            return;
        }

        int nulls = 0;
        bool any = false;
        if (_version.Is1 && _use.Measures.Length == 0)
        {
            // The value of the observation always has its position.
            nulls++;
        }

        foreach (JsonWrittenComponent measure in _use.Measures)
        {
            ref ObservationValue value = ref batch.Measures[measure.Column][row];
            if (value.Kind == ObservationValueKind.Absent)
            {
                nulls++;
                continue;
            }

            Separate(ref any, ref nulls);
            if (value.Kind == ObservationValueKind.Number && value.Scale == 0 && measure.List is null && !measure.Component.IsComplex)
            {
                Utf8Formatter.TryFormat(value.Mantissa, _output.Ask(32), out int length);
                _output.Take(length);
            }
            else
            {
                measure.Write(_output, value);
                Check(measure, _version.Is1 && measure.Component.IsComplex ? value.ToString() : null);
            }
        }

        foreach (JsonWrittenComponent attribute in _use.ObservationAttributes)
        {
            ValueColumn column = batch.ObservationAttributes[attribute.Column];
            if (!column.HasValue(row))
            {
                nulls++;
                continue;
            }

            Separate(ref any, ref nulls);
            attribute.Write(_output, column, row);
            Check(attribute, _version.Is1 && attribute.Component.IsComplex ? column[row] : null);
        }

        foreach (JsonWrittenComponent attribute in _use.AttributesOfSeriesAtObservation)
        {
            ValueColumn column = batch.SeriesAttributes[attribute.Column];
            if (!column.HasValue(series))
            {
                nulls++;
                continue;
            }

            Separate(ref any, ref nulls);
            attribute.Write(_output, column, series);
            Check(attribute, _version.Is1 && attribute.Component.IsComplex ? column[series] : null);
        }
    }

    private void Separate(ref bool any, ref int nulls)
    {
        _output.Raw(any ? ","u8 : ""u8);
        any = true;
        WriteNulls(ref nulls);
    }

    private void WriteNulls(ref int nulls)
    {
        for (; nulls > 0; nulls--)
        {
            _output.Raw("null,"u8);
        }
    }
}
