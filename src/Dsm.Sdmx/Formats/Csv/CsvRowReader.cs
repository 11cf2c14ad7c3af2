using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// The short way for the observations of a series that is begun: period, measures and attributes of the observation go straight into
/// the columns of the batch.
/// </summary>
internal sealed class CsvRowReader
{
    private readonly CsvTokenizer _tokens;
    private readonly BatchFiller _filler;
    private readonly CsvText _text;
    private readonly CsvDataReaderColumn? _time;
    private readonly CsvDataReaderColumn[] _columns;
    private readonly bool _hasTime;

    public CsvRowReader(CsvTokenizer tokens, CsvDataReaderColumns columns, DataSetSpace space, BatchFiller filler, CsvText text)
    {
        (_tokens, _filler, _text) = (tokens, filler, text);
        (_time, _columns) = (columns.Time, columns.OfObservation);
        _hasTime = space.Schema.TimeDimension is not null;
    }

    /// <summary>Stands for a dimension that an attribute is not attached to (SDMX-CSV 2.1, "switched off").</summary>
    public static ReadOnlySpan<byte> SwitchedOff => "~"u8;

    /// <summary>Reads the current record as a row of a run.</summary>
    public void Read(int run)
    {
        ObservationBatch batch = _filler.Batch;
        int row = batch.AddObservation(_tokens.Line, 1);
        batch.SeriesOf[row] = run;
        if (_hasTime)
        {
            ReadPeriod(batch, row);
        }

        foreach (CsvDataReaderColumn column in _columns)
        {
            if (_tokens.IsEmpty(column.Ordinal))
            {
                continue;
            }

            ReadOnlySpan<byte> field = _tokens.RawWithEnd(column.Ordinal, out bool hasEscapes);
            if (column.Slot.Kind == SlotKind.Measure)
            {
                ReadMeasure(batch, row, column, field, hasEscapes);
            }
            else
            {
                ReadAttribute(batch.ObservationAttributes[column.Slot.Index], row, column, field[..^1], hasEscapes);
            }
        }
    }

    private void ReadPeriod(ObservationBatch batch, int row)
    {
        if (_time is null || _tokens.IsEmpty(_time.Ordinal))
        {
            batch.BadPeriods[row] = "";
            return;
        }

        ReadOnlySpan<byte> field = _tokens.RawWithEnd(_time.Ordinal, out bool hasEscapes);
        if (!_time.TryPeriodOf(field, _tokens.Ahead(_time.Ordinal), hasEscapes, _text, out batch.Periods[row]))
        {
            bool isOff = field[..^1].SequenceEqual(SwitchedOff);
            batch.BadPeriods[row] = isOff ? "" : _text.Of(field[..^1], hasEscapes).ToString();
        }
    }

    private void ReadMeasure(ObservationBatch batch, int row, CsvDataReaderColumn column, ReadOnlySpan<byte> field, bool hasEscapes)
    {
        if (column.Slot.IsComplex && !column.IsCell)
        {
            batch.Measures[column.Slot.Index][row] = ObservationValue.Parse(ComplexValue.Cell(column.Component, column.ValueOf(_text.Of(field[..^1], hasEscapes))));
        }
        else
        {
            batch.Measures[column.Slot.Index][row] = column.MeasureOf(field, hasEscapes, _text);
        }
    }

    private void ReadAttribute(ValueColumn values, int row, CsvDataReaderColumn column, ReadOnlySpan<byte> field, bool hasEscapes)
    {
        if (column.HasNumbers)
        {
            values.Codes[row] = column.NumberOf(field, hasEscapes, _text);
            return;
        }

        ReadOnlySpan<char> text = column.ValueOf(_text.Of(field, hasEscapes));
        _filler.CountCharacters(text.Length);
        values.Texts[row] = column.Slot.IsComplex && !column.IsCell ? ComplexValue.Cell(column.Component, text) : _filler.Texts.Get(text);
    }
}
