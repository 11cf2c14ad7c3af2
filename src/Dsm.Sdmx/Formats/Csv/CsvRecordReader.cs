using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// Puts the records of one data set into batches. Records that repeat the key and the attributes of the series of the record before
/// are observations of a series that is already begun, of which only period, measures and attributes are looked at.
/// </summary>
internal sealed class CsvRecordReader
{
    private readonly CsvTokenizer _tokens;
    private readonly CsvDataReaderHeader _header;
    private readonly CsvDataReaderColumns _columns;
    private readonly DataSetSpace _space;
    private readonly BatchFiller _filler;
    private readonly IssueList _issues;
    private readonly HashSet<string> _reported;
    private readonly CsvText _text = new();
    private readonly CsvRowReader _rows;
    private readonly int[] _key;
    private readonly bool[] _isOff;
    private readonly bool _deletes;
    private bool _isPartial, _hasSeriesAttributes, _keyHasChanged;
    private bool _isInSeries;

    public CsvRecordReader(CsvTokenizer tokens, CsvDataReaderHeader header, CsvDataReaderColumns columns, DataSetSpace space, BatchFiller filler, IssueList issues, HashSet<string> reported)
    {
        (_tokens, _header, _columns, _space, _filler, _issues, _reported) = (tokens, header, columns, space, filler, issues, reported);
        _key = new int[columns.Dimensions.Length];
        _isOff = new bool[columns.Dimensions.Length];
        _deletes = space.Header.Action == DataSetAction.Delete;
        _isPartial = columns.Dimensions.Length < space.Dimensions.Length;
        _rows = new CsvRowReader(tokens, columns, space, filler, _text);
        Array.Fill(_key, -1);
    }

    /// <summary>Reads the current record.</summary>
    public void Read()
    {
        long findings = _issues.Count;
        bool hasChanged = _tokens.HasChanged;
        if (hasChanged)
        {
            ReadKey();
        }

        if (IsObservation())
        {
            ReadObservation(hasChanged);
        }
        else
        {
            ReadWithoutObservation();
        }

        foreach (int column in _columns.Unknown)
        {
            ReportUnknown(column);
        }

        // What was said of this record is to be said of the next one too.
        if (_issues.Count != findings)
        {
            _tokens.Forget();
        }
        else if (hasChanged)
        {
            _tokens.Remember();
        }
    }

    /// <summary>Ends the series at hand.</summary>
    public void End()
    {
        if (_isInSeries)
        {
            _filler.EndSeries();
            _isInSeries = false;
        }
    }

    private bool IsObservation()
    {
        if (_columns.Time is { } time ? HasPeriod(time) : _space.Schema.TimeDimension is null && !_isPartial)
        {
            return true;
        }

        foreach (CsvDataReaderColumn column in _columns.OfObservation)
        {
            if (!_tokens.IsEmpty(column.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasPeriod(CsvDataReaderColumn time) => !_tokens.IsEmpty(time.Ordinal) && !_tokens.Raw(time.Ordinal, out _).SequenceEqual(CsvRowReader.SwitchedOff);

    private void ReadKey()
    {
        bool isPartial = _columns.Dimensions.Length < _space.Dimensions.Length;
        for (int d = 0; d < _key.Length; d++)
        {
            CsvDataReaderColumn column = _columns.Dimensions[d];
            if (!_tokens.IsSame(column.Ordinal))
            {
                int number = -1;
                if (!_tokens.IsEmpty(column.Ordinal))
                {
                    ReadOnlySpan<byte> field = _tokens.Raw(column.Ordinal, out bool hasEscapes);
                    number = column.NumberOf(field, hasEscapes, _text);
                    _isOff[d] = field.SequenceEqual(CsvRowReader.SwitchedOff);
                    ReportNames(column);
                }

                _keyHasChanged |= _key[d] != number;
                _key[d] = number;
            }

            isPartial |= _key[d] < 0 || _isOff[d];
        }

        _isPartial = isPartial;
        _hasSeriesAttributes = false;
        foreach (CsvDataReaderColumn column in _columns.OfSeries)
        {
            _hasSeriesAttributes |= !_tokens.IsEmpty(column.Ordinal);
        }
    }

    private void ReadObservation(bool hasChanged)
    {
        if (!hasChanged && _isInSeries && !_keyHasChanged && _filler.TakesRowsOfElement)
        {
            _rows.Read(_filler.RunOfRows());
            return;
        }

        bool isNew = !_isInSeries || _keyHasChanged;
        if (isNew)
        {
            End();
            StartSeries();
        }

        _filler.StartObservation(_tokens.Line, 1);
        if (hasChanged && !isNew)
        {
            // The key is the same, so other attributes contradict those of the series or add to them.
            SetSeriesAttributes();
        }

        if (_columns.Time is { } time && HasPeriod(time))
        {
            SetPeriod(time);
        }

        foreach (CsvDataReaderColumn column in _columns.OfObservation)
        {
            if (!_tokens.IsEmpty(column.Ordinal))
            {
                SetOfObservation(column);
            }
        }

        _filler.EndObservation();
    }

    private void StartSeries()
    {
        _filler.StartSeries(_tokens.Line, 1);
        SetDimensions(switchedOffToo: true);
        SetSeriesAttributes();
        (_isInSeries, _keyHasChanged) = (true, false);
    }

    private void ReadWithoutObservation()
    {
        End();
        if (_isPartial && _hasSeriesAttributes && !_deletes)
        {
            _filler.StartGroup(_tokens.Line, 1);
            SetDimensions(switchedOffToo: false);
            SetSeriesAttributes();
            _filler.EndGroup();
        }
        else
        {
            _filler.StartSeries(_tokens.Line, 1);
            SetDimensions(switchedOffToo: true);
            SetSeriesAttributes();
            _filler.EndSeries();
        }
    }

    private void SetDimensions(bool switchedOffToo)
    {
        for (int d = 0; d < _key.Length; d++)
        {
            if (_key[d] >= 0 && (switchedOffToo || !_isOff[d]))
            {
                _filler.SetNumber(_columns.Dimensions[d].Slot, _key[d]);
            }
        }
    }

    private void SetSeriesAttributes()
    {
        foreach (CsvDataReaderColumn column in _columns.OfSeries)
        {
            if (!_tokens.IsEmpty(column.Ordinal))
            {
                Set(column);
            }
        }
    }

    private void SetPeriod(CsvDataReaderColumn column)
    {
        ReadOnlySpan<byte> field = _tokens.RawWithEnd(column.Ordinal, out bool hasEscapes);
        if (column.TryPeriodOf(field, _tokens.Ahead(column.Ordinal), hasEscapes, _text, out TimePeriod period))
        {
            _filler.SetPeriod(period);
        }
        else
        {
            _filler.Set(column.Slot, _text.Of(field[..^1], hasEscapes));
        }
    }

    private void SetOfObservation(CsvDataReaderColumn column)
    {
        if (column.Slot.Kind == SlotKind.Measure && !column.Slot.IsComplex)
        {
            _filler.SetMeasure(column.Slot.Index, column.MeasureOf(_tokens.RawWithEnd(column.Ordinal, out bool hasEscapes), hasEscapes, _text));
        }
        else
        {
            Set(column);
        }
    }

    private void Set(CsvDataReaderColumn column)
    {
        ReadOnlySpan<byte> field = _tokens.Raw(column.Ordinal, out bool hasEscapes);
        if (column.HasNumbers)
        {
            _filler.SetNumber(column.Slot, column.NumberOf(field, hasEscapes, _text));
            ReportNames(column);
        }
        else
        {
            SetText(column, column.ValueOf(_text.Of(field, hasEscapes)));
            ReportNames(column);
        }
    }

    private void SetText(CsvDataReaderColumn column, ReadOnlySpan<char> text)
    {
        if (column.IsCell)
        {
            _filler.SetCell(column.Slot, text);
        }
        else
        {
            _filler.Set(column.Slot, text);
        }
    }

    private void ReportNames(CsvDataReaderColumn column)
    {
        if (column.HasNamesForCodes && _reported.Add("name of " + column.Component.Id))
        {
            _issues.Add(IssueCodes.CsvNamesForCodes, new Location(_tokens.Line, column.Ordinal + 1, null, null, column.Component.Id), column.Component.Id);
        }
    }

    private void ReportUnknown(int column)
    {
        if (!_tokens.IsEmpty(column) && _reported.Add(_header.Ids[column]))
        {
            string id = _header.Ids[column];
            _issues.Add(IssueCodes.CsvColumnIgnored, new Location(_tokens.Line, column + 1, null, null, id), id);
        }
    }
}
