using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
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

    private readonly Stream _stream;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _start;
    private int _end;
    private bool _final;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = MaxDepth });
    private string? _text;
    private bool _flag;
    private long _line;
    private long _lineStart;
    private long _tokenLine;
    private long _tokenColumn;
    private long _consumed;

    /// <summary>Makes a cursor before the first token. A byte-order mark is passed over; UTF-16 is read as well.</summary>
    public JsonWalker(Stream stream, IssueList issues)
    {
        Issues = issues;
        _stream = stream;
        Fill();
        ReadOnlySpan<byte> first = _buffer.AsSpan(0, _end);
        Encoding? wide = first switch
        {
            [0xFF, 0xFE, ..] or [_, 0, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] or [0, _, ..] => Encoding.BigEndianUnicode,
            _ => null,
        };
        if (wide is not null)
        {
            _stream = Encoding.CreateTranscodingStream(new PrefixedStream(first.ToArray(), stream), wide, Encoding.UTF8, leaveOpen: true);
            _end = 0;
            _final = false;
            Fill();
        }

        if (_buffer.AsSpan(0, _end).StartsWith(Encoding.UTF8.Preamble))
        {
            _start = 3;
        }
    }

    /// <summary>The findings.</summary>
    public IssueList Issues { get; }

    /// <summary>The current token.</summary>
    public JsonTokenType Token { get; private set; }

    /// <summary>Nesting of the current token; the same for the start and the end of an object or array.</summary>
    public int Depth { get; private set; }

    /// <summary>Where the current token begins. Columns count characters of UTF-8 text.</summary>
    public Location Location => new((int)Math.Min(_tokenLine + 1, int.MaxValue), (int)Math.Min(_tokenColumn + 1, int.MaxValue));

    /// <summary>Moves to the next token; false at the end of the message.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    /// <exception cref="InvalidDataException">A text is longer than <see cref="MaxText"/>.</exception>
    public bool Next()
    {
        while (true)
        {
            Utf8JsonReader reader = new(_buffer.AsSpan(_start, _end - _start), _final, _state);
            if (reader.Read())
            {
                Take(ref reader);
                return true;
            }

            if (_final)
            {
                Advance((int)reader.BytesConsumed);
                return false;
            }

            Advance((int)reader.BytesConsumed);
            _state = reader.CurrentState;
            Fill();
        }
    }

    /// <summary>Names of the members of the current object; the cursor stands on each one's value in turn. Anything else is reported.</summary>
    public IEnumerable<string> Members()
    {
        if (Token != JsonTokenType.StartObject)
        {
            Expected("an object");
            yield break;
        }

        int depth = Depth;
        while (Follow(depth))
        {
            string name = _text!;
            Next();
            yield return name;
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
        switch (Token)
        {
            case JsonTokenType.PropertyName:
                _text = Name = reader.GetString()!;
                break;
            case JsonTokenType.String:
                _text = reader.GetString();
                break;
            case JsonTokenType.Number:
                _text = Encoding.UTF8.GetString(reader.ValueSpan);
                break;
            default:
                _flag = Token == JsonTokenType.True;
                break;
        }

        int token = (int)reader.TokenStartIndex;
        Advance(token);
        _tokenLine = _line;
        _tokenColumn = _consumed - _lineStart;
        Advance((int)reader.BytesConsumed - token);
        _state = reader.CurrentState;
    }

    /// <summary>Moves over bytes and counts lines and characters.</summary>
    private void Advance(int count)
    {
        foreach (byte b in _buffer.AsSpan(_start, count))
        {
            if ((b & 0xC0) != 0x80)
            {
                _consumed++;
            }

            if (b == '\n')
            {
                _line++;
                _lineStart = _consumed;
            }
        }

        _start += count;
    }

    private void Fill()
    {
        int rest = _end - _start;
        if (rest == _buffer.Length)
        {
            if (rest >= MaxText)
            {
                throw new InvalidDataException();
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

        (_start, _end) = (0, rest);
        int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _final = read == 0;
    }
}
