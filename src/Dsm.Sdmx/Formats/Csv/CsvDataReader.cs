using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// Reads SDMX-CSV 1.0, 2.0 and 2.1: columns in any order, labels, several values, own delimiters. Consecutive records with one
/// structure and action are a data set. A record without time and values that names a part of the key only carries attributes of a
/// group (2.0, section "Attributes at higher levels").
/// </summary>
public sealed class CsvDataReader : DataReader
{
    private const int MaxRecord = 16 * 1024 * 1024;

    private readonly CsvBuffer _buffer;
    private readonly CsvTokenizer _tokens;
    private readonly Func<StructureReference, DataSchema?> _resolve;
    private readonly DataReaderOptions _options;
    private readonly HashSet<string> _reported = [];
    private CsvDataReaderHeader? _header;
    private CsvRecordReader? _records;
    private BatchFiller _filler = null!;
    private byte[] _type = [], _structure = [], _action = [];
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
        _buffer = new CsvBuffer(new GuardedStream(stream, _options.MaxBytes), MaxRecord);
        _tokens = new CsvTokenizer(_buffer, _options.MaxValueLength);
        _resolve = resolve;
    }

    /// <inheritdoc/>
    public override bool NextDataSet()
    {
        bool moved = !_isDone && Guard(() =>
        {
            if (_header is null)
            {
                return OpenMessage() && OpenDataSet();
            }

            while (_isOpen && MoveToRecord())
            {
                TakeRecord();
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
                _records!.Read();
                TakeRecord();
            }

            if (_isDraining)
            {
                _records!.End();
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
            _buffer.Dispose();
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
            Issues.Add(e.Issue with { Location = e.Issue.Location.Line > 0 ? e.Issue.Location : new Location(_tokens.Line) });
        }

        // Without a batch there is nothing begun that would have to be taken back.
        _filler?.Abort();
        (_isDone, _isOpen, _isDraining, _hasRecord) = (true, false, false, false);
        return false;
    }

    private bool OpenMessage()
    {
        if (CsvMessageHeader.Read(_buffer, _tokens, Issues) is not { } names)
        {
            return false;
        }

        _header = CsvDataReaderHeader.Parse(names, 1, Issues);
        if (_header is null)
        {
            return false;
        }

        _tokens.Plan(CsvDataReaderColumns.SegmentsOf(new bool[names.Length]));
        _hasRecord = NextRecord();
        if (!_hasRecord && !Issues.HasFatal)
        {
            Issues.Add(IssueCodes.NoDataSet, Location.None);
        }

        return _hasRecord;
    }

    private bool OpenDataSet()
    {
        _type = Field(_header!.StructureType).ToArray();
        _structure = Field(_header.StructureId).ToArray();
        _action = Field(_header.Action).ToArray();
        string action = Encoding.UTF8.GetString(_action);
        if (CsvStructureField.ActionOf(action) is not { } asked)
        {
            Issues.Add(IssueCodes.UnknownAction, new Location(_tokens.Line, _header.Action + 1), action);
            return false;
        }

        string type = Encoding.UTF8.GetString(_type), id = Encoding.UTF8.GetString(_structure);
        if (!CsvStructureField.TryParse(type, id, out StructureReference? reference))
        {
            reference = id.Length == 0 ? _options.FallbackStructure : null;
        }

        if (reference is null || _resolve(reference) is not { } schema)
        {
            Issues.Add(IssueCodes.UnknownStructure, new Location(_tokens.Line, _header.StructureId + 1), reference?.ToString() ?? $"{type} {id}".Trim());
            return false;
        }

        return OpenDataSet(reference, asked, schema);
    }

    private bool OpenDataSet(StructureReference reference, DataSetAction action, DataSchema schema)
    {
        DataSet = new DataSetSpace(
            new DataSetHeader
            {
                Structure = reference,
                Action = action,
                DimensionAtObservation = DataSchema.AllDimensions,
                ProvisionAgreement = reference.Type == StructureType.ProvisionAgreement ? reference : null,
                Line = _tokens.Line,
            },
            schema);
        _filler = new BatchFiller(DataSet, Issues);
        (_isOpen, _isDraining) = (true, false);
        if (CsvDataReaderColumns.Find(_header!, DataSet, _filler.Slots, (char)_tokens.Delimiter, Issues) is not { } columns)
        {
            return false;
        }

        // The record at hand is looked at again, by what its columns are now known to be.
        _tokens.Plan(columns.Segments);
        _tokens.Look();
        _records = new CsvRecordReader(_tokens, _header!, columns, DataSet, _filler, Issues, _reported);
        return true;
    }

    /// <summary>Moves to the next record of the data set; false at its end.</summary>
    private bool MoveToRecord()
    {
        if (!_hasRecord && !(_hasRecord = NextRecord()))
        {
            (_isOpen, _isDraining) = (false, true);
            return false;
        }

        if (_tokens.HasChanged && !Belongs())
        {
            (_isOpen, _isDraining) = (false, true);
            return false;
        }

        return true;
    }

    private bool Belongs() => Field(_header!.StructureId).SequenceEqual(_structure)
        && Field(_header.Action).SequenceEqual(_action) && Field(_header.StructureType).SequenceEqual(_type);

    private void TakeRecord()
    {
        _tokens.Take();
        _hasRecord = false;
    }

    /// <summary>The next record that has as many fields as the header. Others are reported and counted.</summary>
    private bool NextRecord()
    {
        while (_tokens.Look())
        {
            int columns = _header!.Ids.Length;
            if (_tokens.FieldCount == columns)
            {
                return true;
            }

            if (_tokens.FieldCount > columns && !_tokens.HasSurplus)
            {
                if (_reported.Add("empty fields too many"))
                {
                    Issues.Add(IssueCodes.CsvEmptySurplus, new Location(_tokens.Line, columns + 1), _tokens.FieldCount, columns);
                }

                return true;
            }

            if (_tokens.FieldCount > 1 || !IsBlank())
            {
                Unreadable++;
                Issues.Add(_tokens.FieldCount < columns && _tokens.IsCutOff
                    ? new Issue(IssueCodes.Truncated, new Location(_tokens.Line))
                    : new Issue(IssueCodes.CsvFieldCount, new Location(_tokens.Line), _tokens.FieldCount, columns));
            }

            _tokens.Take();
        }

        return false;
    }

    private bool IsBlank() => _tokens.Raw(0, out _).Trim(" \t"u8).IsEmpty;

    private ReadOnlySpan<byte> Field(int column) => column < 0 ? default : _tokens.Raw(column, out _);
}
