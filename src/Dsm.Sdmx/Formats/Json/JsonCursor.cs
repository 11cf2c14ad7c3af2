using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>
/// Token by token through a JSON message: <see cref="Utf8JsonReader"/> over a buffer that moves along the stream, so that memory is
/// bounded by the longest token. Knows line and column (in characters, one-based) of every token. Bytes that are not UTF-8, JSON that
/// is not well formed, tokens and nesting beyond the limits end reading with a <see cref="MessageException"/>.
/// </summary>
internal sealed class JsonCursor
{
    private const int BufferSize = 64 * 1024;

    private readonly Stream _stream;
    private readonly int _maxValueLength;
    private readonly int _maxDepth;
    private JsonReaderState _state;
    private char[] _characters = new char[256];
    private long _offset;
    private int _filled;
    private bool _isFinal;
    private bool _isBroken;
    private MessageException? _fault;
    private int _valueStart;
    private int _valueLength;
    private int _marked;
    private int _plainUntil;
    private int _line = 1;
    private int _column = 1;

    /// <summary>A cursor before the first token of a stream.</summary>
    public JsonCursor(Stream stream, int maxValueLength, int maxDepth)
        : this(stream, maxValueLength, maxDepth, new JsonReaderState(new JsonReaderOptions { MaxDepth = maxDepth }))
    {
    }

    private JsonCursor(Stream stream, int maxValueLength, int maxDepth, JsonReaderState state)
    {
        _stream = stream;
        _maxValueLength = maxValueLength;
        _maxDepth = maxDepth;
        _state = state;
    }

    /// <summary>The buffer; what is not read yet lies between <see cref="Start"/> and <see cref="End"/>.</summary>
    public byte[] Buffer { get; private set; } = new byte[BufferSize];

    /// <summary>Position in the buffer behind the token at hand.</summary>
    public int Start { get; private set; }

    /// <summary>End of what is in the buffer.</summary>
    public int End { get; private set; }

    /// <summary>The token at hand.</summary>
    public JsonTokenType Token { get; private set; }

    /// <summary>Nesting of the token at hand: 0 for the braces of the message.</summary>
    public int Depth { get; private set; }

    /// <summary>Where the token at hand starts in the buffer.</summary>
    public int TokenStart { get; private set; }

    /// <summary>The bytes of the token: of a string or name those between its quotation marks, escapes as written.</summary>
    public ReadOnlySpan<byte> Value => Buffer.AsSpan(_valueStart, _valueLength);

    /// <summary>True when a string or name has escapes.</summary>
    public bool IsEscaped { get; private set; }

    /// <summary>What the parser knows behind the token at hand. It may be set to a state that was had at a place of the same nesting.</summary>
    public JsonReaderState State
    {
        get => _state;
        set => _state = value;
    }

    /// <summary>A place to which a second cursor over the same bytes can go: behind the token at hand.</summary>
    public JsonBookmark Bookmark
    {
        get
        {
            Mark(Start);
            return new JsonBookmark(_offset + Start, _state, _line, _column);
        }
    }

    /// <summary>Place of the token at hand.</summary>
    public Location Location => LocationOf(TokenStart);

    /// <summary>A cursor over the same bytes, that starts at a place.</summary>
    /// <param name="place">The place.</param>
    /// <param name="stream">The bytes from that place on.</param>
    public JsonCursor Fork(JsonBookmark place, Stream stream)
        => new(stream, _maxValueLength, _maxDepth, place.State) { _offset = place.Offset, _line = place.Line, _column = place.Column };

    /// <summary>Takes all that is not read yet into a spool. This cursor is of no use afterwards: a fork of it goes on.</summary>
    public JsonSpool Spool() => new(
        Buffer.AsSpan(Start, (_isBroken ? End : _filled) - Start),
        _stream,
        _offset + Start,
        _isBroken ? new MessageException(new Issue(IssueCodes.InvalidEncoding, Location.None, "UTF-8")) : _fault);

    /// <summary>The next token; false at the end of the message.</summary>
    public bool Read()
    {
        while (true)
        {
            Utf8JsonReader reader = new(Buffer.AsSpan(Start, End - Start), _isFinal && !_isBroken, _state);
            bool read;
            try
            {
                read = reader.Read();
            }
            catch (JsonException e)
            {
                throw Failure(e, Start + (int)reader.BytesConsumed);
            }

            if (read)
            {
                Token = reader.TokenType;
                Depth = reader.CurrentDepth;
                TokenStart = Start + (int)reader.TokenStartIndex;
                bool isText = Token is JsonTokenType.String or JsonTokenType.PropertyName;
                _valueStart = TokenStart + (isText ? 1 : 0);
                _valueLength = reader.ValueSpan.Length;
                IsEscaped = isText && reader.ValueIsEscaped;
                Start += (int)reader.BytesConsumed;
                _state = reader.CurrentState;
                return true;
            }

            if (_isFinal && !_isBroken)
            {
                return false;
            }

            Refill();
        }
    }

    /// <summary>The next token, which must be there.</summary>
    public void ReadToken()
    {
        if (!Read())
        {
            throw new MessageException(new Issue(IssueCodes.Truncated, LocationOf(Start)));
        }
    }

    /// <summary>Passes over the value at hand, unless it is wanted; ends on its last token.</summary>
    public void Skip(bool unless = false)
    {
        if (unless)
        {
            return;
        }

        if (Token == JsonTokenType.PropertyName)
        {
            ReadToken();
        }

        if (Token is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            int depth = Depth;
            do
            {
                ReadToken();
            }
            while (Depth > depth);
        }
    }

    /// <summary>
    /// Passes over the value behind the name at hand without looking closer than its brackets and strings. What is wrong in it is
    /// found by the cursor that reads it.
    /// </summary>
    public void SkipQuickly()
    {
        JsonRawSkipper skipper = default;
        while (true)
        {
            int consumed = skipper.Skip(Buffer.AsSpan(Start, End - Start));
            Start += consumed;
            if (skipper.IsDone)
            {
                break;
            }

            if (_isFinal)
            {
                throw new MessageException(new Issue(IssueCodes.Truncated, LocationOf(Start)));
            }

            Refill();
        }

        // The parser thinks that it has read a value here; which one makes no difference to what may follow.
        Utf8JsonReader reader = new("\"\""u8, false, _state);
        reader.Read();
        _state = reader.CurrentState;
    }

    /// <summary>True when the name at hand is a name of ASCII letters, in any case.</summary>
    public bool IsName(ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(Value, name);

    /// <summary>Text of the token at hand: a string or name without escapes, a number or literal as written; null for null.</summary>
    public string? Text() => Token == JsonTokenType.Null ? null : Characters().ToString();

    /// <summary>The same, in a buffer that holds until the next call.</summary>
    public ReadOnlySpan<char> Characters()
    {
        int needed = Encoding.UTF8.GetMaxCharCount(_valueLength);
        if (_characters.Length < needed)
        {
            _characters = new char[Math.Max(needed, _characters.Length * 2)];
        }

        int count = IsEscaped ? Unescape() : Encoding.UTF8.GetChars(Value, _characters);
        return count > _maxValueLength
            ? throw new MessageException(new Issue(IssueCodes.TooLarge, Location, "value", _maxValueLength))
            : _characters.AsSpan(0, count);
    }

    /// <summary>Goes on at a place of the buffer, behind bytes that were read by other means.</summary>
    public void Advance(int start) => Start = start;

    /// <summary>Line and column of a place of the buffer that is not before the last one asked for.</summary>
    public Location LocationOf(int at)
    {
        if (at < _marked)
        {
            // Asked again for a token of which the end is known already: nearly always in the same line.
            ReadOnlySpan<byte> back = Buffer.AsSpan(at, _marked - at);
            int lines = back.Count((byte)'\n');
            return lines > 0 ? new Location(_line - lines, 1) : new Location(_line, _column - CharactersIn(back));
        }

        Mark(at);
        return new Location(_line, _column);
    }

    /// <summary>Line and column of a place of the buffer that is not before the last one asked for.</summary>
    public (int Line, int Column) PlaceOf(int at)
    {
        if (at >= _marked)
        {
            Mark(at);
            return (_line, _column);
        }

        Location location = LocationOf(at);
        return (location.Line, location.Column);
    }

    /// <summary>Reads more bytes behind those in the buffer, which are moved to its front. False at the end of the stream.</summary>
    public bool Refill()
    {
        if (_fault is not null)
        {
            throw _fault;
        }

        return _isBroken ? throw new MessageException(new Issue(IssueCodes.InvalidEncoding, LocationOf(End), "UTF-8")) : Fetch();
    }

    /// <summary>The same before it is needed: a fault is kept until what is before it has been read.</summary>
    public bool TryRefill()
    {
        if (_isBroken || _fault is not null)
        {
            return false;
        }

        try
        {
            return Fetch();
        }
        catch (MessageException e)
        {
            _fault = e;
            return false;
        }
    }

    private bool Fetch()
    {
        Shift();
        if (_filled == Buffer.Length)
        {
            Grow();
        }

        // A token that is not complete is looked at from its beginning again: not for every few bytes that come.
        int wanted = Math.Clamp(_filled, 1, Buffer.Length - _filled);
        int count = _isFinal ? 0 : _stream.ReadAtLeast(Buffer.AsSpan(_filled), wanted, throwOnEndOfStream: false);
        _filled += count;
        _isFinal |= count == 0;
        Check();
        return count > 0;
    }

    private void Shift()
    {
        if (Start == 0)
        {
            return;
        }

        Mark(Start);
        System.Buffer.BlockCopy(Buffer, Start, Buffer, 0, _filled - Start);
        _offset += Start;
        _marked -= Start;
        _plainUntil = Math.Max(0, _plainUntil - Start);
        (Start, End, _filled) = (0, End - Start, _filled - Start);
    }

    private void Grow()
    {
        if (Buffer.Length > BufferSize + (6L * _maxValueLength))
        {
            throw new MessageException(new Issue(IssueCodes.TooLarge, LocationOf(Start), "value", _maxValueLength));
        }

        byte[] larger = new byte[Buffer.Length * 2];
        Buffer.AsSpan(0, _filled).CopyTo(larger);
        Buffer = larger;
    }

    /// <summary>
    /// Moves <see cref="End"/> behind what is UTF-8. A character whose rest is still to come waits behind it; bytes that are none
    /// are reported when they are reached.
    /// </summary>
    private void Check()
    {
        ReadOnlySpan<byte> fresh = Buffer.AsSpan(End, _filled - End);
        if (Utf8.IsValid(fresh))
        {
            End = _filled;
            return;
        }

        int valid = 0;
        System.Buffers.OperationStatus status;
        while ((status = Rune.DecodeFromUtf8(fresh[valid..], out _, out int length)) == System.Buffers.OperationStatus.Done)
        {
            valid += length;
        }

        _isBroken = status == System.Buffers.OperationStatus.InvalidData || _isFinal;
        End += valid;
    }

    private void Mark(int at)
    {
        if (at <= _plainUntil)
        {
            // Known to be ASCII without a line end.
            _column += at - _marked;
            _marked = at;
            return;
        }

        if (at == _plainUntil + 1 && _marked <= _plainUntil && _plainUntil > 0 && Buffer[_plainUntil] == '\n')
        {
            (_line, _column, _marked) = (_line + 1, 1, at);
        }
        else
        {
            MarkSlowly(at);
        }

        ReadOnlySpan<byte> ahead = Buffer.AsSpan(at, End - at);
        int lineEnd = ahead.IndexOf((byte)'\n');
        ahead = lineEnd < 0 ? ahead : ahead[..lineEnd];
        _plainUntil = Ascii.IsValid(ahead) ? at + ahead.Length : 0;
    }

    private void MarkSlowly(int at)
    {
        ReadOnlySpan<byte> passed = Buffer.AsSpan(_marked, at - _marked);
        int last = passed.LastIndexOf((byte)'\n');
        if (last >= 0)
        {
            _line += passed.Count((byte)'\n');
            _column = 1;
            passed = passed[(last + 1)..];
        }

        _column += CharactersIn(passed);
        _marked = at;
    }

    // By lead bytes, so that a place within a character does no harm; one of four bytes is two characters.
    private static int CharactersIn(ReadOnlySpan<byte> bytes)
    {
        if (Ascii.IsValid(bytes))
        {
            return bytes.Length;
        }

        int count = 0;
        foreach (byte b in bytes)
        {
            count += (b & 0xC0) == 0x80 ? 0 : b >= 0xF0 ? 2 : 1;
        }

        return count;
    }

    private int Unescape()
    {
        // The token once more, on its own: the parser knows the escapes.
        Utf8JsonReader token = new(Buffer.AsSpan(_valueStart - 1, _valueLength + 2));
        token.Read();
        try
        {
            return token.CopyString(_characters);
        }
        catch (InvalidOperationException)
        {
            throw new MessageException(new Issue(IssueCodes.InvalidEncoding, Location, "UTF-16"));
        }
    }

    private MessageException Failure(JsonException exception, int at)
    {
        ReadOnlySpan<byte> rest = Buffer.AsSpan(at, End - at);
        int next = rest.IndexOfAnyExcept(" \t\r\n"u8);
        if (next >= 0)
        {
            at += next;
        }

        Location location = LocationOf(at);
        if (_isFinal && BreaksOff())
        {
            return new MessageException(new Issue(_offset == 0 && next < 0 && Start == 0 ? IssueCodes.EmptyMessage : IssueCodes.Truncated, location));
        }

        if (next >= 0 && Buffer[at] is (byte)'{' or (byte)'[' && exception.Message.Contains("depth", StringComparison.Ordinal))
        {
            return new MessageException(new Issue(IssueCodes.TooLarge, location, "nesting", _maxDepth));
        }

        return new MessageException(new Issue(IssueCodes.MalformedJson, location, JsonFaultText.Of(exception)));
    }

    /// <summary>True when the message would be well formed so far, if only it went on.</summary>
    private bool BreaksOff()
    {
        Utf8JsonReader reader = new(Buffer.AsSpan(Start, End - Start), false, _state);
        try
        {
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

/// <summary>A place in a JSON message.</summary>
/// <param name="Offset">Bytes before it.</param>
/// <param name="State">What the parser knows there.</param>
/// <param name="Line">One-based line.</param>
/// <param name="Column">One-based column.</param>
internal readonly record struct JsonBookmark(long Offset, JsonReaderState State, int Line, int Column);
