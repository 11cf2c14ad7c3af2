using System.Buffers.Text;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Formats.Json;

/// <content>From runs of a batch to series and observations.</content>
public sealed partial class JsonDataWriter
{
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
