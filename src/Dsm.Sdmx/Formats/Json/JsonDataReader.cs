using System.Text.Json;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>
/// Reads SDMX-JSON data 1.0, 2.0 and 2.1, and the drafts before 1.0 that services still send: series and flat observations, any
/// dimension at the observation, values at every level, several data sets and structures. Members may stand in any order. What is
/// needed before the observations (structures, header, action) and comes after them is fetched by looking ahead: then the rest of the
/// message is kept (up to 16 MiB in memory, more in a temporary file) and gone through twice. Messages that have these members first
/// are read in one pass. Memory does not grow with the observations either way.
/// </summary>
public sealed partial class JsonDataReader : DataReader
{
    private readonly GuardedStream _stream;
    private readonly Func<StructureReference, DataSchema?> _resolve;
    private readonly DataReaderOptions _options;
    private readonly HashSet<string> _rootMembers = [];
    private readonly HashSet<string> _dataMembers = [];
    private readonly List<JsonError> _errors = [];
    private JsonCursor _cursor = null!;
    private JsonSpool? _spool;
    private List<JsonStructurePart>? _structures;
    private List<JsonDataSetPart>? _ahead;
    private string? _schemaAddress;
    private bool _isOpened;
    private bool _inData;
    private bool _inDataSets;
    private bool _anyDataSet;
    private bool _isDone;
    private int _dataSetNumber = -1;

    /// <summary>Makes a reader; nothing is read yet. The stream is disposed of with the reader.</summary>
    /// <param name="stream">JSON in UTF-8 or UTF-16; not compressed.</param>
    /// <param name="resolve">Gives the schema of a structure; null when it is not known.</param>
    /// <param name="issues">Where findings go.</param>
    /// <param name="options">Limits and defaults.</param>
    public JsonDataReader(Stream stream, Func<StructureReference, DataSchema?> resolve, IssueList issues, DataReaderOptions? options = null)
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
            if (!_isOpened)
            {
                OpenMessage();
            }

            SkipRestOfDataSet();
            DataSet = null;
            return MoveToDataSet();
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
            while (_place != Place.Outside && _filler.HasRoom)
            {
                Step();
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
        return batch.Count > 0 || batch.SeriesCount > 0;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _spool?.Dispose();
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
            Location here = _cursor is null ? Location.None : _cursor.LocationOf(_cursor.End);
            Issues.Add(e.Issue with { Location = e.Issue.Location.Line > 0 ? e.Issue.Location : here });
        }

        _filler?.Abort();
        (_isDone, _place, _isDraining) = (true, Place.Outside, false);
        return false;
    }

    private void OpenMessage()
    {
        _isOpened = true;
        _cursor = new JsonCursor(JsonEncoding.ToUtf8(_stream), _options.MaxValueLength, Math.Clamp(_options.MaxDepth, 8, 64));
        if (!_cursor.Read())
        {
            throw new MessageException(new Issue(IssueCodes.EmptyMessage, Location.None));
        }

        if (_cursor.Token != JsonTokenType.StartObject)
        {
            throw new MessageException(new Issue(IssueCodes.UnknownFormat, _cursor.Location, "JSON"));
        }
    }

    private bool MoveToDataSet()
    {
        while (true)
        {
            _cursor.ReadToken();
            if (_inDataSets)
            {
                if (_cursor.Token == JsonTokenType.StartObject)
                {
                    _anyDataSet = true;
                    return OpenDataSet();
                }

                if (_cursor.Token == JsonTokenType.EndArray)
                {
                    _inDataSets = false;
                }
                else
                {
                    JsonFindings.WrongKind(_cursor, Issues, "dataSets", "object");
                    _cursor.Skip();
                }
            }
            else if (_cursor.Token == JsonTokenType.PropertyName)
            {
                ReadMember();
            }
            else if (_inData)
            {
                _inData = false;
            }
            else
            {
                EndMessage();
                return false;
            }
        }
    }

    /// <summary>A member of the message, or of its <c>data</c>.</summary>
    private void ReadMember()
    {
        string name = _cursor.Text()!;
        if (!(_inData ? _dataMembers : _rootMembers).Add(name))
        {
            Issues.Add(IssueCodes.JsonDuplicateMember, _cursor.Location, name, _inData ? "data" : "{}");
            _cursor.Skip();
            return;
        }

        if (name == "data" && !_inData)
        {
            _cursor.ReadToken();
            _inData = _cursor.Token == JsonTokenType.StartObject;
            _cursor.Skip(unless: _inData);
        }
        else if (name == "dataSets")
        {
            _cursor.ReadToken();
            _inDataSets = _cursor.Token == JsonTokenType.StartArray;
            if (!_inDataSets && _cursor.Token != JsonTokenType.Null)
            {
                JsonFindings.WrongKind(_cursor, Issues, "dataSets", "array");
            }

            _cursor.Skip(unless: _inDataSets);
        }
        else if (_ahead is not null)
        {
            // Everything else was read when looking ahead.
            _cursor.Skip();
        }
        else
        {
            ReadDescription(_cursor, Issues, name);
        }
    }

    /// <summary>A member that says something about the data: header, structures, errors.</summary>
    private void ReadDescription(JsonCursor cursor, IssueList issues, string name)
    {
        switch (name)
        {
            case "meta" or "header":
                JsonHeaderReader reader = new(cursor, issues);
                Header = reader.ReadHeader();
                _schemaAddress ??= reader.Schema;
                break;
            case "errors":
                _errors.AddRange(new JsonHeaderReader(cursor, issues).ReadErrors());
                break;
            case "$schema":
                cursor.ReadToken();
                _schemaAddress = cursor.Token == JsonTokenType.String ? cursor.Text() : null;
                cursor.Skip();
                break;
            case "structure" or "structures":
                ReadStructures(cursor, issues);
                break;
            default:
                cursor.Skip();
                break;
        }
    }

    private void ReadStructures(JsonCursor cursor, IssueList issues)
    {
        cursor.ReadToken();
        bool isArray = cursor.Token == JsonTokenType.StartArray;
        if (!isArray)
        {
            _structures ??= [new JsonStructurePartReader(cursor, issues).Read()];
            return;
        }

        List<JsonStructurePart> structures = [];
        int depth = cursor.Depth;
        while (true)
        {
            cursor.ReadToken();
            if (cursor.Token == JsonTokenType.EndArray && cursor.Depth == depth)
            {
                _structures ??= structures;
                return;
            }

            structures.Add(new JsonStructurePartReader(cursor, issues).Read());
        }
    }

    private void EndMessage()
    {
        // What follows the message may break it.
        while (_cursor.Read())
        {
        }

        foreach (JsonError error in _errors)
        {
            Issues.Add(_anyDataSet
                ? new Issue(IssueCodes.FooterMessage, error.Location, nameof(Severity.Warning), error.Code, error.Text)
                : new Issue(IssueCodes.SdmxErrorMessage, error.Location, error.Code, error.Text));
        }

        if (!_anyDataSet && _errors.Count == 0)
        {
            Issues.Add(IssueCodes.NoDataSet, Location.None);
        }
    }
}
