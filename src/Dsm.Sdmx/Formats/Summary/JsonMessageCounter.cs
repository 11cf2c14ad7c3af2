using System.Globalization;
using System.Text.Json;
using Dsm.Sdmx.Formats.Json;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Summary;

/// <summary>
/// Counts what is in an SDMX-JSON message by the names of its members, in one pass. The JSON of the Fusion registry, which calls
/// every item <c>items</c>, is counted as well.
/// </summary>
internal sealed class JsonMessageCounter(MessageCounts counts, IssueList issues, CancellationToken cancellationToken)
{
    private const int MaxToken = 16 * 1024 * 1024;
    private const int MaxDepth = 256;

    private readonly Frame[] _frames = new Frame[MaxDepth + 1];
    private int _depth = -1, _line = 1, _column = 1;
    private string _member = "";
    private readonly List<(string Code, string Text)> _errors = [];
    private string? _schema, _errorCode, _errorText;
    private bool _hasStructures, _hasStructure, _isFusion, _isOldLayout;
    private bool _inDataSets, _inMetadataSets, _hasDataSets, _hasMetadataSets;

    /// <summary>One open object or array: the member it is the value of, and what that means.</summary>
    private record struct Frame(string Name, bool IsArray, Kind Kind, string Artefact);

    private enum Kind
    {
        Other,
        Data,
        Artefacts,
        Artefact,
        Part,
        SeriesMap,
        ObservationMap,
        Errors,
        Error,
    }

    /// <summary>Counts a message of any encoding that JSON may have.</summary>
    public void Run(Stream message)
    {
        using Stream stream = new Utf8GuardStream(JsonEncoding.ToUtf8(message));
        byte[] buffer = new byte[128 * 1024];
        int length = 0;
        bool isEnd = false;
        JsonReaderState state = new(new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (!isEnd)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int read = stream.ReadAtLeast(buffer.AsSpan(length), Math.Clamp(length, 1, buffer.Length - length), throwOnEndOfStream: false);
                length += read;
                isEnd = read == 0;
                Utf8JsonReader json = new(buffer.AsSpan(0, length), isEnd, state);
                int consumed = Tokens(ref json);
                state = json.CurrentState;
                Pass(buffer.AsSpan(0, consumed));
                buffer.AsSpan(consumed, length - consumed).CopyTo(buffer);
                length -= consumed;
                if (length == buffer.Length)
                {
                    buffer = buffer.Length < MaxToken
                        ? [.. buffer, .. new byte[buffer.Length]]
                        : throw new MessageException(new Issue(IssueCodes.TooLarge, Here, "value", (MaxToken / (1024 * 1024)).ToString(CultureInfo.InvariantCulture) + " MiB"));
                }
            }
        }
        catch (JsonException e)
        {
            Location at = new((int)(e.LineNumber ?? -1) + 1, (int)(e.BytePositionInLine ?? -1) + 1);
            issues.Add(e.Message.Contains("end of data", StringComparison.Ordinal) || e.Message.Contains("depth to be zero", StringComparison.Ordinal)
                    || e.Message.Contains("end of string", StringComparison.OrdinalIgnoreCase)
                ? new Issue(IssueCodes.Truncated, at)
                : e.Message.Contains("depth", StringComparison.Ordinal) ? new Issue(IssueCodes.TooLarge, at, "nesting of objects", MaxDepth)
                : new Issue(IssueCodes.MalformedJson, at, JsonFaultText.Of(e)));
        }
        catch (MessageException e)
        {
            issues.Add(e.Issue with { Location = e.Issue.Location.Line > 0 ? e.Issue.Location : Here });
        }
        finally
        {
            Name();
        }

        bool isError = counts.Format is null && _errors.Count > 0;
        if (isError)
        {
            (counts.Format, counts.Version) = ("SDMX-JSON error", VersionOfSchema());
        }

        // Errors beside data are notes; alone they are the answer.
        foreach ((string code, string text) in _errors)
        {
            issues.Add(isError
                ? new Issue(IssueCodes.SdmxErrorMessage, Location.None, code, text)
                : new Issue(IssueCodes.FooterMessage, Location.None, "Error", code, text));
        }

        if (counts.Format is null && issues.Count == 0)
        {
            issues.Add(IssueCodes.UnknownFormat, new Location(1, 1), "JSON");
        }
    }

    private Location Here => new(_line, _column);

    /// <summary>Goes through the tokens that are complete; gives the number of bytes they take.</summary>
    private int Tokens(ref Utf8JsonReader json)
    {
        try
        {
            while (json.Read())
            {
                Token(ref json);
            }
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, as an escape.
            throw new MessageException(new Issue(IssueCodes.InvalidEncoding, Here, "UTF-16"));
        }

        return (int)json.BytesConsumed;
    }

    private void Pass(ReadOnlySpan<byte> bytes)
    {
        int last = bytes.LastIndexOf((byte)'\n');
        if (last >= 0)
        {
            _line += bytes.Count((byte)'\n');
            _column = 1;
            bytes = bytes[(last + 1)..];
        }

        _column += Utf8GuardStream.CharactersIn(bytes);
    }

    private void Token(ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.PropertyName:
                Member(ref json);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                Open(json.TokenType == JsonTokenType.StartArray);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                Close();
                break;
            case JsonTokenType.True when _isFusion && _member == "isTimeDimension":
                counts.Add("Dimension", -1);
                counts.Add("TimeDimension");
                break;
            case JsonTokenType.String or JsonTokenType.Number:
                Value(ref json);
                break;
        }
    }

    private void Member(ref Utf8JsonReader json)
    {
        switch (_frames[_depth].Kind)
        {
            case Kind.SeriesMap:
                counts.Series++;
                _member = "";
                break;
            case Kind.ObservationMap:
                counts.Observations++;
                _member = "";
                break;
            default:
                _member = json.GetString()!;
                break;
        }
    }

    private void Open(bool isArray)
    {
        if (_depth + 1 >= _frames.Length)
        {
            throw new MessageException(new Issue(IssueCodes.TooLarge, Here, "nesting of objects", MaxDepth));
        }

        Frame parent = _depth < 0 ? default : _frames[_depth];
        string name = parent.IsArray ? parent.Name : _member;
        Frame frame = new(name, isArray, Kind.Other, parent.Artefact ?? "");
        if (_inDataSets)
        {
            frame.Kind = isArray ? Kind.Other : name == "series" ? Kind.SeriesMap : name == "observations" ? Kind.ObservationMap : Kind.Other;
        }
        else if (_inMetadataSets)
        {
            if (!isArray && parent.IsArray && name is "attributes" or "reportedAttributes" or "reports")
            {
                counts.Add(name == "reports" ? "Report" : "ReportedAttribute");
            }
        }
        else
        {
            frame = isArray ? OpenArray(frame, parent) : OpenObject(frame, parent);
        }

        if (!isArray && parent.IsArray && !parent.Name.Equals("", StringComparison.Ordinal) && _depth >= 1)
        {
            if (name == "dataSets" && IsTop(_depth))
            {
                counts.DataSets++;
            }
            else if (name == "metadataSets" && IsTop(_depth))
            {
                counts.Add("MetadataSet");
            }
        }

        _frames[++_depth] = frame;
        _member = "";
    }

    /// <summary>True for a frame that is a member of the message or of its <c>data</c>.</summary>
    private bool IsTop(int depth) => depth == 1 || (depth == 2 && _frames[1].Kind == Kind.Data);

    private Frame OpenArray(Frame frame, Frame parent)
    {
        bool isTop = IsTop(_depth + 1);
        if (!isTop || parent.IsArray)
        {
            return frame;
        }

        switch (frame.Name)
        {
            case "dataSets":
                _inDataSets = _hasDataSets = true;
                break;
            case "metadataSets":
                _inMetadataSets = _hasMetadataSets = true;
                break;
            case "structures":
                _hasStructures = true;
                break;
            case "errors":
                frame.Kind = Kind.Errors;
                break;
            case { Length: > 0 } when ArtefactNames.ClassOfArray(frame.Name) is { } artefact:
                frame.Kind = Kind.Artefacts;
                frame.Artefact = artefact;
                _isFusion |= char.IsAsciiLetterUpper(frame.Name[0]);
                break;
        }

        if (_depth == 0 && _inDataSets)
        {
            _isOldLayout = true;
        }

        return frame;
    }

    private Frame OpenObject(Frame frame, Frame parent)
    {
        if (_depth == 0 && frame.Name == "data")
        {
            frame.Kind = Kind.Data;
        }
        else if (frame.Name == "structure" && IsTop(_depth + 1))
        {
            _hasStructure = true;
        }
        else if (parent.Kind == Kind.Errors)
        {
            frame.Kind = Kind.Error;
            (_errorCode, _errorText) = ("", "");
        }
        else if (parent.Kind == Kind.Artefacts)
        {
            frame.Kind = Kind.Artefact;
            counts.Add(frame.Artefact);
        }
        else if (frame.Artefact.Length > 0)
        {
            Part(frame, parent);
        }

        return frame;
    }

    private void Part(Frame frame, Frame parent)
    {
        string list = parent.IsArray ? _frames[_depth - 1].Name : parent.Name;
        string? part = !parent.IsArray && frame.Name is not ("timeDimension" or "primaryMeasure") ? null
            : _isFusion && frame.Name is "items" ? ArtefactNames.ItemOf(frame.Artefact)
            : ArtefactNames.JsonPartOf(frame.Artefact, frame.Name, list);
        if (part is not null)
        {
            counts.Add(part);
        }
    }

    private void Close()
    {
        Frame frame = _frames[_depth--];
        if (frame.Kind == Kind.Error)
        {
            if (_errors.Count < 1000)
            {
                _errors.Add((_errorCode!, _errorText!));
            }
        }

        if (frame.IsArray && _depth >= 0 && IsTop(_depth + 1))
        {
            _inDataSets &= frame.Name != "dataSets";
            _inMetadataSets &= frame.Name != "metadataSets";
        }
    }

    private void Value(ref Utf8JsonReader json)
    {
        if (_depth >= 0 && _depth <= 1 && _member is "schema" or "$schema" && json.TokenType == JsonTokenType.String)
        {
            _schema ??= json.GetString();
        }
        else if (_depth >= 0 && _frames[_depth].Kind == Kind.Error)
        {
            string text = json.TokenType == JsonTokenType.String ? json.GetString()! : System.Text.Encoding.UTF8.GetString(json.ValueSpan);
            switch (_member)
            {
                case "code":
                    _errorCode = text;
                    break;
                case "title" or "message" or "detail":
                    _errorText = $"{_errorText} {text}".Trim();
                    break;
            }
        }
    }

    private void Name()
    {
        string? kind = _hasDataSets || _hasStructure ? "data" : _hasMetadataSets ? "metadata" : counts.HasArtefacts ? "structure" : KindOfSchema();
        if (kind is null)
        {
            return;
        }

        counts.Format = _isFusion ? "Fusion-JSON structure" : "SDMX-JSON " + kind;
        if (!_isFusion)
        {
            counts.Version = VersionOfSchema() ?? (kind == "data" ? (_hasStructures && !_isOldLayout ? "2.0" : "1.0") : null);
            counts.Known = MediaTypes.All.FirstOrDefault(f => f.Version == counts.Version + ".0" && f.Name == $"{counts.Format[..9]} {counts.Version} {kind}");
        }
    }

    private bool IsSdmxSchema => _schema is { } schema && schema.Contains("sdmx", StringComparison.OrdinalIgnoreCase);

    private string? VersionOfSchema() => !IsSdmxSchema ? null
        : _schema!.Contains("2.1", StringComparison.Ordinal) ? "2.1" : _schema.Contains("2.0", StringComparison.Ordinal) ? "2.0" : _schema.Contains("1.0", StringComparison.Ordinal) ? "1.0" : null;

    private string? KindOfSchema() => !IsSdmxSchema ? null
        : new[] { "metadata", "structure", "data" }.FirstOrDefault(k => _schema!.Contains($"{k}-schema", StringComparison.OrdinalIgnoreCase));
}
