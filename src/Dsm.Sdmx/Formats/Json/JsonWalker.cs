using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>
/// Walks a JSON message forward over a stream, token by token, in memory of the size of its longest text. Whatever the body of a
/// <see cref="Members"/> or <see cref="Elements"/> loop leaves unread is passed over, so that no reader can lose its place.
/// Findings are made with line and column.
/// </summary>
/// <remarks>A value counts as read when the cursor stands on its last token; before that it stands on its first.</remarks>
internal sealed class JsonWalker : IDisposable
{
    /// <summary>Deepest nesting that is followed; deeper messages are hostile.</summary>
    public const int MaxDepth = 128;

    /// <summary>Longest single text, in bytes.</summary>
    public const int MaxText = 16 * 1024 * 1024;

    /// <summary>Most members of one object that are watched for coming twice; no object of the standard has as many.</summary>
    private const int MaxSeen = 4096;

    private readonly Stream _stream;
    private readonly HashSet<string>?[] _seen = new HashSet<string>?[MaxDepth + 2];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _start;
    private int _end;
    private bool _final;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = MaxDepth });
    private string? _text;
    private bool _flag;
    private int _line;
    private int _column;
    private int _tokenLine;
    private int _tokenColumn;

    /// <summary>Makes a cursor before the first token. A byte-order mark is passed over; UTF-16 is read as well. The stream is not disposed of.</summary>
    public JsonWalker(Stream stream, IssueList issues)
    {
        Issues = issues;
        _stream = new Utf8GuardStream(JsonEncoding.ToUtf8(stream));
    }

    /// <summary>The findings.</summary>
    public IssueList Issues { get; }

    /// <summary>The current token.</summary>
    public JsonTokenType Token { get; private set; }

    /// <summary>Nesting of the current token; the same for the start and the end of an object or array.</summary>
    public int Depth { get; private set; }

    /// <summary>Where the current token begins. Columns count characters.</summary>
    public Location Location => new(_tokenLine + 1, _tokenColumn + 1);

    /// <summary>Moves to the next token; false at the end of the message.</summary>
    /// <exception cref="MessageException">The text is not JSON, or larger or deeper than is read.</exception>
    public bool Next()
    {
        while (true)
        {
            Utf8JsonReader reader = new(_buffer.AsSpan(_start, _end - _start), _final, _state);
            bool read;
            try
            {
                read = reader.Read();
            }
            catch (JsonException e)
            {
                throw Failure(e, (int)reader.BytesConsumed);
            }

            if (read)
            {
                Take(ref reader);
                return true;
            }

            Advance((int)reader.BytesConsumed);
            if (_final)
            {
                return false;
            }

            _state = reader.CurrentState;
            Fill();
        }
    }

    /// <summary>
    /// Names of the members of the current object; the cursor stands on each one's value in turn. Anything else is reported, and so is a
    /// member that comes twice, of which the first counts.
    /// </summary>
    public IEnumerable<string> Members()
    {
        if (Token != JsonTokenType.StartObject)
        {
            Expected("an object");
            yield break;
        }

        int depth = Depth;
        string parent = Name;
        HashSet<string> seen = SeenAt(depth);
        while (Follow(depth))
        {
            string name = _text!;
            Location location = Location;
            Next();
            if (seen.Count >= MaxSeen || seen.Add(name))
            {
                yield return name;
            }
            else
            {
                Issues.Add(IssueCodes.JsonDuplicateMember, location, name, parent);
            }
        }
    }

    /// <summary>Numbers of the elements of the current array, from 0; the cursor stands on each in turn. Anything else is reported.</summary>
    public IEnumerable<int> Elements()
    {
        if (Token != JsonTokenType.StartArray)
        {
            Expected("an array");
            yield break;
        }

        int depth = Depth;
        for (int n = 0; Follow(depth); n++)
        {
            yield return n;
        }
    }

    /// <summary>The current string, number or boolean as text; null for <c>null</c> and, with a finding, for an object or array.</summary>
    public string? Text()
    {
        switch (Token)
        {
            case JsonTokenType.String or JsonTokenType.Number:
                return _text;
            case JsonTokenType.True or JsonTokenType.False:
                return _flag ? "true" : "false";
            case JsonTokenType.Null:
                return null;
            default:
                Expected("a text");
                return null;
        }
    }

    /// <summary>The current boolean; null for <c>null</c> and, with a finding, for anything else.</summary>
    public bool? Flag()
    {
        if (Token is JsonTokenType.True or JsonTokenType.False)
        {
            return _flag;
        }

        if (Token == JsonTokenType.String && bool.TryParse(_text, out bool value))
        {
            return value;
        }

        if (Token != JsonTokenType.Null)
        {
            Expected("true or false");
        }

        return null;
    }

    /// <summary>The current number, which may stand in quotation marks; null for <c>null</c> and, with a finding, for anything else.</summary>
    public decimal? Number()
    {
        if (Token is JsonTokenType.Number or JsonTokenType.String
            && decimal.TryParse(_text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value))
        {
            return value;
        }

        if (Token != JsonTokenType.Null)
        {
            Expected("a number");
        }

        return null;
    }

    /// <summary>The current whole number; null for <c>null</c> and, with a finding, for anything else.</summary>
    public int? Whole()
    {
        if (Number() is not { } number)
        {
            return null;
        }

        if (number == decimal.Truncate(number) && number is >= int.MinValue and <= int.MaxValue)
        {
            return (int)number;
        }

        Expected("a whole number");
        return null;
    }

    /// <summary>Makes a finding about the current token.</summary>
    public void Report(IssueCode code, params object?[] arguments) => Issues.Add(code, Location, arguments);

    /// <summary>Says that the current value is not what the format has here.</summary>
    public void Expected(string what) => Report(IssueCodes.InvalidText, Describe(), Name, what);

    /// <summary>Name of the member whose value is, or holds, the current token; empty at the top.</summary>
    public string Name { get; private set; } = "";

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    /// <summary>Passes over the rest of the value before, and moves to the next member or element of an object or array at a depth.</summary>
    private bool Follow(int depth)
    {
        if (Depth > depth + 1 || (Depth == depth + 1 && Token is JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            do
            {
                Next();
            }
            while (Depth > depth + 1 || Token is not (JsonTokenType.EndObject or JsonTokenType.EndArray));
        }

        return Next() && !(Depth == depth && Token is JsonTokenType.EndObject or JsonTokenType.EndArray);
    }

    // One set a depth: objects of one depth are gone through one after the other.
    private HashSet<string> SeenAt(int depth)
    {
        HashSet<string>? seen = _seen[depth];
        if (seen is null || seen.Count >= MaxSeen)
        {
            return _seen[depth] = new HashSet<string>(StringComparer.Ordinal);
        }

        seen.Clear();
        return seen;
    }

    private string Describe() => Token switch
    {
        JsonTokenType.StartObject => "{…}",
        JsonTokenType.StartArray => "[…]",
        JsonTokenType.Null => "null",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => _text is { Length: > 100 } ? _text[..100] : _text ?? "",
    };

    private void Take(ref Utf8JsonReader reader)
    {
        Token = reader.TokenType;
        Depth = reader.CurrentDepth;
        int token = (int)reader.TokenStartIndex;
        Advance(token);
        (_tokenLine, _tokenColumn) = (_line, _column);
        switch (Token)
        {
            case JsonTokenType.PropertyName:
                _text = Name = Unescaped(ref reader);
                break;
            case JsonTokenType.String:
                _text = Unescaped(ref reader);
                break;
            case JsonTokenType.Number:
                _text = Encoding.UTF8.GetString(reader.ValueSpan);
                break;
            default:
                _flag = Token == JsonTokenType.True;
                break;
        }

        Advance((int)reader.BytesConsumed - token);
        _state = reader.CurrentState;
    }

    private string Unescaped(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, as an escape.
            throw new MessageException(new Issue(IssueCodes.InvalidEncoding, Location, "UTF-16"));
        }
    }

    /// <summary>What is wrong behind the bytes that were read as tokens.</summary>
    private MessageException Failure(JsonException exception, int consumed)
    {
        bool breaksOff = _final && BreaksOff();
        int blanks = _buffer.AsSpan(_start + consumed, _end - _start - consumed).IndexOfAnyExcept(" \t\r\n"u8);
        Advance(blanks < 0 ? _end - _start : consumed + blanks);
        (_tokenLine, _tokenColumn) = (_line, _column);
        if (breaksOff)
        {
            return new MessageException(new Issue(IssueCodes.Truncated, Location));
        }

        if (exception.Message.Contains("max depth", StringComparison.OrdinalIgnoreCase) || exception.Message.Contains("maximum configured depth", StringComparison.OrdinalIgnoreCase))
        {
            return new MessageException(new Issue(IssueCodes.TooLarge, Location, "nesting of objects", MaxDepth));
        }

        return new MessageException(new Issue(IssueCodes.MalformedJson, Location, JsonFaultText.Of(exception)));
    }

    /// <summary>True when the message would be well formed so far, if only it went on.</summary>
    private bool BreaksOff()
    {
        Utf8JsonReader reader = new(_buffer.AsSpan(_start, _end - _start), false, _state);
        try
        {
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Moves over bytes and counts lines and characters.</summary>
    private void Advance(int count)
    {
        ReadOnlySpan<byte> passed = _buffer.AsSpan(_start, count);
        _start += count;
        int last = passed.LastIndexOf((byte)'\n');
        if (last >= 0)
        {
            _line += passed.Count((byte)'\n');
            _column = 0;
            passed = passed[(last + 1)..];
        }

        _column += Utf8GuardStream.CharactersIn(passed);
    }

    private void Fill()
    {
        int rest = _end - _start;
        if (rest == _buffer.Length)
        {
            if (rest >= MaxText)
            {
                (_tokenLine, _tokenColumn) = (_line, _column);
                throw new MessageException(new Issue(IssueCodes.TooLarge, Location, "text", MaxText));
            }

            byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(_start, rest).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        else
        {
            _buffer.AsSpan(_start, rest).CopyTo(_buffer);
        }

        // A token that is not complete is looked at from its beginning again: not for every few bytes that come.
        (_start, _end) = (0, rest);
        int read = _stream.ReadAtLeast(_buffer.AsSpan(_end), Math.Clamp(rest, 1, _buffer.Length - _end), throwOnEndOfStream: false);
        _end += read;
        _final = read == 0;
    }
}
