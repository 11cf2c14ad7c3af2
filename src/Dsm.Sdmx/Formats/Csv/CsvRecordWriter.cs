using System.Buffers;
using System.Globalization;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// Writes the records of one data set. What all observations of a series have in common is made once a series: the record is then
/// that, with period, measures and attributes of the observation put in between.
/// </summary>
internal sealed class CsvRecordWriter
{
    private const string Deleted = "-";

    private readonly Utf8Output _output;
    private readonly CsvEscape _escape;
    private readonly DataWriterOptions _options;
    private readonly byte[] _start;
    private readonly Place[] _places;
    private readonly int[] _varying;
    private readonly ArrayBufferWriter<byte> _common = new(512);
    private readonly Utf8Output _commonOutput;
    private readonly int[] _ends;
    private readonly bool _keysOnly, _hasNames, _hasObservationKey;
    private ObservationBatch _batch = null!;
    private string _key = "";
    private int _series;

    public CsvRecordWriter(Utf8Output output, CsvEscape escape, DataWriterOptions options, byte[] start, DataSetSpace dataSet, IReadOnlyList<CsvColumn> columns, Dictionary<string, SchemaComponent> here)
    {
        (_output, _escape, _options, _start) = (output, escape, options, start);
        _commonOutput = new Utf8Output(_common);
        _keysOnly = dataSet.Header.Action == DataSetAction.Delete;
        _hasNames = options.Labels == CsvLabels.Name;
        _hasObservationKey = options.Keys.HasFlag(CsvKeys.Obs);
        _places = new Place[columns.Count];
        List<int> varying = new(4);
        for (int p = 0; p < _places.Length; p++)
        {
            _places[p] = new Place(columns[p], here.TryGetValue(columns[p].Id, out SchemaComponent? component) ? ColumnSlot.Of(dataSet.Schema, component) : null);
            if (_places[p].Slot is { IsOfSeries: false })
            {
                varying.Add(p);
            }
        }

        _varying = [.. varying];
        _ends = new int[_varying.Length + 2];
    }

    /// <summary>Starts a run of a series.</summary>
    public void StartSeries(ObservationBatch batch, int series)
    {
        (_batch, _series) = (batch, series);
        _common.ResetWrittenCount();
        _commonOutput.Raw(_start);
        if (_options.Keys != CsvKeys.None)
        {
            _key = batch.KeyOf(series);
        }

        if (_options.Keys.HasFlag(CsvKeys.Series))
        {
            Delimiter(_commonOutput);
            _escape.Write(_commonOutput, _key);
        }

        // The first part ends where the key of the observation stands, the others where fields of the observation do.
        int part = 0;
        if (_hasObservationKey)
        {
            Delimiter(_commonOutput);
        }

        End(part++);
        for (int p = 0; p < _places.Length; p++)
        {
            Delimiter(_commonOutput);
            if (_places[p].Slot is { IsOfSeries: false })
            {
                End(part++);
            }
            else
            {
                WriteOfSeries(_places[p]);
            }
        }

        _commonOutput.Raw("\r\n"u8);
        End(part);
    }

    /// <summary>Writes the record of an observation; below zero: of a series without any.</summary>
    public void Write(int row)
    {
        ReadOnlySpan<byte> common = _common.WrittenSpan;
        _output.Raw(common[.._ends[0]]);
        if (_hasObservationKey && row >= 0)
        {
            _escape.Write(_output, _batch.Periods[row].IsNone ? _key : $"{_key}.{_batch.Periods[row]}");
        }

        for (int v = 0; v < _varying.Length; v++)
        {
            _output.Raw(common[_ends[v].._ends[v + 1]]);
            WriteOfObservation(_places[_varying[v]], row);
        }

        _output.Raw(common[_ends[_varying.Length].._ends[_varying.Length + 1]]);
    }

    private void End(int part)
    {
        _commonOutput.Flush();
        _ends[part] = _common.WrittenCount;
    }

    private void WriteOfSeries(in Place place)
    {
        ValueColumn? values = place.Slot is { } slot
            ? slot.Place == ColumnPlace.Dimension ? _batch.Dimensions[slot.Index] : _batch.SeriesAttributes[slot.Index]
            : null;
        bool isWritten = values is not null && (!_keysOnly || place.Slot?.Place == ColumnPlace.Dimension || values[_series] == Deleted);
        if (isWritten)
        {
            place.Column.WriteValue(_commonOutput, values!, _series);
        }

        if (_hasNames)
        {
            Delimiter(_commonOutput);
            if (isWritten)
            {
                place.Column.WriteName(_commonOutput, values!, _series);
            }
        }
    }

    private void WriteOfObservation(in Place place, int row)
    {
        ColumnSlot slot = place.Slot!.Value;
        if (row < 0)
        {
            NameDelimiter();
            return;
        }

        switch (slot.Place)
        {
            case ColumnPlace.Time:
                WritePeriod(row);
                if (_hasNames)
                {
                    NameDelimiter();
                    WritePeriod(row);
                }

                break;
            case ColumnPlace.Measure:
                WriteMeasure(place.Column, _batch.Measures[slot.Index][row]);
                break;
            default:
                WriteAttribute(place.Column, _batch.ObservationAttributes[slot.Index], row);
                break;
        }
    }

    private void WriteMeasure(CsvColumn column, in ObservationValue value)
    {
        bool isWritten = !_keysOnly || (value.Kind == ObservationValueKind.Text && value.ToString() == Deleted);
        if (isWritten)
        {
            column.WriteMeasure(_output, value);
        }

        NameDelimiter();
        if (_hasNames && isWritten)
        {
            column.WriteMeasureName(_output, value);
        }
    }

    private void WriteAttribute(CsvColumn column, ValueColumn values, int row)
    {
        bool isWritten = !_keysOnly || values[row] == Deleted;
        if (isWritten)
        {
            column.WriteValue(_output, values, row);
        }

        NameDelimiter();
        if (_hasNames && isWritten)
        {
            column.WriteName(_output, values, row);
        }
    }

    private void WritePeriod(int row)
    {
        TimePeriod period = _batch.Periods[row];
        if (period.IsNone)
        {
            // What could not be read goes out as it came in.
            _escape.Write(_output, _batch.BadPeriods[row]);
            return;
        }

        if (_options.TimeFormat == CsvTimeFormat.Original || period.Kind == TimePeriodKind.DateTime)
        {
            _output.Period(period);
        }
        else
        {
            _output.Text(period.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
    }

    private void NameDelimiter()
    {
        if (_hasNames)
        {
            Delimiter(_output);
        }
    }

    private void Delimiter(Utf8Output output) => output.Raw((byte)_escape.Delimiter);

    /// <summary>A column, and where the structure at hand has its component; null where it has none.</summary>
    private readonly record struct Place(CsvColumn Column, ColumnSlot? Slot);
}
