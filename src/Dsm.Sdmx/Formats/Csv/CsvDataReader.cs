using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Sylvan.Data.Csv;
using Tokens = Sylvan.Data.Csv.CsvDataReader;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// Reads SDMX-CSV 1.0, 2.0 and 2.1: columns in any order, labels, several values, own delimiters. Consecutive records with one
/// structure and action are a data set. A record without time and values that names a part of the key only carries attributes of a
/// group (2.0, section "Attributes at higher levels").
/// </summary>
public sealed class CsvDataReader : DataReader
{
    private const int MaxRecord = 16 * 1024 * 1024;

    private readonly GuardedStream _stream;
    private readonly Func<StructureReference, DataSchema?> _resolve;
    private readonly DataReaderOptions _options;
    private readonly HashSet<string> _reported = [];
    private Tokens? _tokens;
    private CsvDataReaderHeader? _header;
    private CsvDataReaderColumns _columns = null!;
    private BatchFiller _filler = null!;
    private char _delimiter = ',';
    private string _type = "", _structure = "", _action = "";
    private int _line = 1;
    private int _recordLine;
    private bool _hasRecord;
    private bool _isOpen;
    private bool _isDraining;
    private bool _isDone;

    /// <summary>Makes a reader; nothing is read yet. The stream is disposed of with the reader.</summary>
    /// <param name="stream">CSV in UTF-8, or UTF-16 with a byte order mark; not compressed.</param>
    /// <param name="resolve">Gives the schema of a structure; null when it is not known.</param>
    /// <param name="issues">Where findings go.</param>
    /// <param name="options">Limits and defaults.</param>
    public CsvDataReader(Stream stream, Func<StructureReference, DataSchema?> resolve, IssueList issues, DataReaderOptions? options = null)
        : base(issues)
    {
        _options = options ?? DataReaderOptions.Default;
        _stream = new GuardedStream(stream, _options.MaxBytes);
        _resolve = resolve;
    }

    /// <inheritdoc/>
    public override bool NextDataSet()
    {
        bool moved = !_isDone && Guard(() =>
        {
            if (_header is null)
            {
                return OpenMessage() && _hasRecord && OpenDataSet();
            }

            while (_isOpen && MoveToRecord())
            {
                _hasRecord = false;
            }

            _isDraining = false;
            return _hasRecord && OpenDataSet();
        });
        if (!moved)
        {
            _isDone = true;
            DataSet = null;
        }

        return moved;
    }

    /// <inheritdoc/>
    public override bool Read(ObservationBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch.Clear();
        if (_isDone || DataSet is null)
        {
            return false;
        }

        _filler.Target(batch);
        Guard(() =>
        {
            while (_isOpen && _filler.HasRoom && MoveToRecord())
            {
                ReadRecord();
                _hasRecord = false;
            }

            while (_isDraining && _filler.HasRoom)
            {
                if (!_filler.EmitLate())
                {
                    _isDraining = false;
                    _filler.EndDataSet();
                }
            }

            return true;
        });
        return !batch.IsEmpty;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _tokens?.Dispose();
            _stream.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool Guard(Func<bool> action)
    {
        try
        {
            return action();
        }
        catch (MessageException e)
        {
            Issues.Add(e.Issue with { Location = e.Issue.Location.Line > 0 ? e.Issue.Location : new Location(_line) });
        }
        catch (CsvRecordTooLargeException)
        {
            Issues.Add(IssueCodes.TooLarge, new Location(_line), "record", MaxRecord);
        }
        catch (CsvFormatException)
        {
            Issues.Add(IssueCodes.MalformedCsv, new Location(_line));
        }

        // Without a batch there is nothing begun that would have to be taken back.
        _filler?.Abort();
        (_isDone, _isOpen, _isDraining, _hasRecord) = (true, false, false, false);
        return false;
    }

    private bool OpenMessage()
    {
        CsvDataReaderText text = new(_stream);
        _delimiter = CsvDataReaderHeader.SniffDelimiter(text.First.TrimStart('\uFEFF'));
        _tokens = Tokens.Create(text, new CsvDataReaderOptions
        {
            HasHeaders = false,
            Delimiter = _delimiter,
            Comment = '\u001E', // a line that begins with '#' is data
            CsvStyle = CsvStyle.Standard,
            BufferSize = 128 * 1024,
            MaxBufferSize = MaxRecord,
            OwnsReader = true,
        });
        if (!NextRecord())
        {
            Issues.Add(IssueCodes.EmptyMessage, Location.None);
            return false;
        }

        string[] names = new string[_tokens.RowFieldCount];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = _tokens.GetFieldSpan(i).ToString();
        }

        _header = CsvDataReaderHeader.Parse(names, _recordLine, Issues);
        _hasRecord = _header is not null && NextRecord();
        if (_header is not null && !_hasRecord && !Issues.HasFatal)
        {
            Issues.Add(IssueCodes.NoDataSet, Location.None);
        }

        return _header is not null;
    }

    private bool OpenDataSet()
    {
        _type = Field(_header!.StructureType).ToString();
        _structure = Field(_header.StructureId).ToString();
        _action = Field(_header.Action).ToString();
        Location location = new(_recordLine, _header.StructureId + 1);
        if (CsvDataReaderHeader.ParseAction(_action) is not { } action)
        {
            Issues.Add(IssueCodes.UnknownAction, new Location(_recordLine, _header.Action + 1), _action);
            return false;
        }

        if (!CsvDataReaderHeader.TryParseStructure(_type, _structure, out StructureReference? reference))
        {
            reference = _structure.Length == 0 ? _options.FallbackStructure : null;
        }

        if (reference is null || _resolve(reference) is not { } schema)
        {
            Issues.Add(IssueCodes.UnknownStructure, location, reference?.ToString() ?? $"{_type} {_structure}".Trim());
            return false;
        }

        DataSet = new DataSetSpace(
            new DataSetHeader
            {
                Structure = reference,
                Action = action,
                DimensionAtObservation = "AllDimensions",
                ProvisionAgreement = reference.Type == StructureType.ProvisionAgreement ? reference : null,
                Line = _recordLine,
            },
            schema);
        _filler = new BatchFiller(DataSet, Issues);
        (_isOpen, _isDraining) = (true, false);
        return CsvDataReaderColumns.Find(_header, schema, _filler.Slots, action == DataSetAction.Delete, _delimiter, Issues) is { } columns && (_columns = columns) is not null;
    }

    /// <summary>Moves to the next record of the data set; false at its end.</summary>
    private bool MoveToRecord()
    {
        if (!_hasRecord && !(_hasRecord = NextRecord()))
        {
            (_isOpen, _isDraining) = (false, true);
            return false;
        }

        bool belongs = Field(_header!.StructureId).SequenceEqual(_structure)
            && Field(_header.Action).SequenceEqual(_action) && Field(_header.StructureType).SequenceEqual(_type);
        if (!belongs)
        {
            (_isOpen, _isDraining) = (false, true);
        }

        return belongs;
    }

    /// <summary>The next record that has as many fields as the header. Others are reported and counted.</summary>
    private bool NextRecord()
    {
        while (_tokens!.Read())
        {
            _recordLine = _line;
            ReadOnlySpan<char> raw = _tokens.GetRawRecordSpan();
            _line += raw.Count('\n') + (raw.EndsWith('\r') ? 1 : 0);
            int fields = _tokens.RowFieldCount;
            if (fields == 1 && _tokens.GetFieldSpan(0).IsWhiteSpace())
            {
                continue;
            }

            if (_header is null || fields == _header.Ids.Length)
            {
                return true;
            }

            Unreadable++;
            bool isCutOff = fields < _header.Ids.Length && !raw.EndsWith('\n') && !raw.EndsWith('\r');
            Issues.Add(isCutOff
                ? new Issue(IssueCodes.Truncated, new Location(_recordLine))
                : new Issue(IssueCodes.CsvFieldCount, new Location(_recordLine), fields, _header.Ids.Length));
        }

        return false;
    }

    private ReadOnlySpan<char> Field(int column) => column < 0 ? default : _tokens!.GetFieldSpan(column);

    private void ReadRecord()
    {
        if (_columns.Time >= 0 ? !Field(_columns.Time).IsEmpty : DataSet!.Schema.TimeDimension is null && !IsPartOfKey())
        {
            ReadObservation();
        }
        else if (HasAny(_columns.OfObservation))
        {
            ReadObservation();
        }
        else if (IsPartOfKey() && HasAny(_columns.OfSeries) && DataSet!.Header.Action != DataSetAction.Delete)
        {
            _filler.StartGroup(_recordLine, 1);
            ReadFields();
            _filler.EndGroup();
        }
        else
        {
            _filler.StartSeries(_recordLine, 1);
            ReadFields();
            _filler.EndSeries();
        }
    }

    private void ReadObservation()
    {
        _filler.StartObservation(_recordLine, 1);
        ReadFields();
        _filler.EndObservation();
    }

    private bool IsPartOfKey()
    {
        foreach (int column in _columns.Dimensions)
        {
            if (Field(column).IsEmpty)
            {
                return true;
            }
        }

        return _columns.Dimensions.Length < DataSet!.Dimensions.Length;
    }

    private bool HasAny(int[] columns)
    {
        foreach (int column in columns)
        {
            if (!Field(column).IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    private void ReadFields()
    {
        foreach (CsvDataReaderColumn column in _columns.All)
        {
            ReadOnlySpan<char> field = _tokens!.GetFieldSpan(column.Ordinal);
            if (field.IsEmpty)
            {
                continue;
            }

            if (field.Length > _options.MaxValueLength)
            {
                throw new MessageException(new Issue(IssueCodes.TooLarge, new Location(_recordLine, column.Ordinal + 1, null, null, column.Id), column.Id, _options.MaxValueLength));
            }

            ReadOnlySpan<char> text = column.IsRewritten ? column.Rewrite(field.ToString(), _header!.SubSeparator) : field;
            if (column.IsCell)
            {
                _filler.SetCell(column.Slot, text);
            }
            else
            {
                _filler.Set(column.Slot, text);
            }
        }

        foreach (int column in _columns.Unknown)
        {
            if (!Field(column).IsEmpty && _reported.Add(_header!.Ids[column]))
            {
                string id = _header.Ids[column];
                Issues.Add(IssueCodes.UnknownComponent, new Location(_recordLine, column + 1, null, null, id), id);
            }
        }
    }
}
