using System.Text;
using Dsm.Sdmx.Formats.Reading;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Reads the plain parts of a structure-specific data set straight from UTF-8 bytes: unprefixed <c>Obs</c> and <c>Series</c> tags on
/// one line each, with attributes that the structure knows. It takes a tag only when it surely means what the XML parser would
/// make of it; at anything else (other elements, texts, comments, references to characters, namespaces, unknown attributes, broken
/// tags) it stops in front of it and the parser goes on.
/// </summary>
internal sealed class PlainTagScanner
{
    private const int MaxAttributes = 64;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly HandOverStream _stream;
    private readonly BatchFiller _filler;
    private readonly int _maxValue;
    private readonly Known[] _ofObservations = new Known[MaxAttributes];
    private readonly Known[] _ofSeries = new Known[MaxAttributes];
    private readonly Dictionary<ComponentSlot, ulong> _bits = [];
    private readonly (ComponentSlot Slot, int Start, int Length, bool IsPlain)[] _values = new (ComponentSlot, int, int, bool)[MaxAttributes];
    private char[] _text = new char[256];
    private int _count, _tagLine, _tagColumn;

    public PlainTagScanner(HandOverStream stream, BatchFiller filler, int maxValue)
    {
        (_stream, _filler, _maxValue) = (stream, filler, maxValue);
        (Line, Column) = (stream.HeldLine, stream.HeldColumn);
    }

    /// <summary>Line of the next byte not taken.</summary>
    public int Line { get; private set; }

    /// <summary>Column of the next byte not taken.</summary>
    public int Column { get; private set; }

    /// <summary>Takes one tag and the blanks in front of it; false, and nothing taken, when what comes next is not for it.</summary>
    public bool TryRead()
    {
        while (true)
        {
            Result result = SkipBlanks(out int at);
            if (result == Result.Taken)
            {
                result = TryTag(at, out int end);
                if (result == Result.Taken)
                {
                    (_stream.Start, Line, Column) = (end, _tagLine, _tagColumn);
                    return true;
                }
            }

            // A tag that goes on behind the buffer is begun again with more bytes in it.
            if (result == Result.Other || !_stream.Refill())
            {
                return false;
            }
        }
    }

    private enum Result
    {
        Taken,
        Other,
        NeedsMore,
    }

    private Result SkipBlanks(out int at)
    {
        byte[] buffer = _stream.Buffer;
        int end = _stream.End;
        (_tagLine, _tagColumn) = (Line, Column);
        for (at = _stream.Start; at < end; at++)
        {
            switch (buffer[at])
            {
                case (byte)'\n':
                    (_tagLine, _tagColumn) = (_tagLine + 1, 1);
                    break;
                case (byte)'\r' when at + 1 == end:
                    return Result.NeedsMore;
                case (byte)'\r' when buffer[at + 1] == '\n':
                case (byte)' ' or (byte)'\t':
                    _tagColumn++;
                    break;
                case (byte)'<':
                    return Result.Taken;
                default:
                    return Result.Other;
            }
        }

        return Result.NeedsMore;
    }

    private Result TryTag(int start, out int end)
    {
        ReadOnlySpan<byte> tag = _stream.Buffer.AsSpan(start, _stream.End - start);
        end = start;
        if (tag.Length < 9)
        {
            return Result.NeedsMore;
        }

        if (tag.StartsWith("<Obs "u8) && _filler.Scope is ReadingScope.None or ReadingScope.Series)
        {
            return TryStartTag(tag, 4, _ofObservations, true, ref end);
        }

        if (tag.StartsWith("</Series>"u8) && _filler.Scope == ReadingScope.Series)
        {
            _filler.EndSeries();
            return Taken(9, ref end);
        }

        if (tag.StartsWith("<Series "u8) && _filler.Scope == ReadingScope.None)
        {
            return TryStartTag(tag, 7, _ofSeries, false, ref end);
        }

        if (tag.StartsWith("</Obs>"u8) && _filler.Scope == ReadingScope.Observation)
        {
            _filler.EndObservation();
            return Taken(6, ref end);
        }

        return Result.Other;
    }

    private Result TryStartTag(ReadOnlySpan<byte> tag, int at, Known[] known, bool isObservation, ref int end)
    {
        Result result = ScanAttributes(tag, ref at, known, out bool isEmpty);
        if (result != Result.Taken)
        {
            return result;
        }

        if (isObservation)
        {
            _filler.StartObservation(_tagLine, _tagColumn);
        }
        else
        {
            _filler.StartSeries(_tagLine, _tagColumn);
        }

        for (int v = 0; v < _count; v++)
        {
            (ComponentSlot slot, int start, int length, bool isPlain) = _values[v];
            ReadOnlySpan<byte> value = tag.Slice(start, length);
            _filler.Set(slot, isPlain ? Widen(value) : Decode(value));
        }

        if (isEmpty && isObservation)
        {
            _filler.EndObservation();
        }
        else if (isEmpty)
        {
            _filler.EndSeries();
        }

        return Taken(tag[..at].IndexOfAnyInRange((byte)0x80, (byte)0xFF) < 0 ? at : Encoding.UTF8.GetCharCount(tag[..at]), ref end, at);
    }

    private Result Taken(int characters, ref int end, int bytes = -1)
    {
        _tagColumn += characters;
        end += bytes < 0 ? characters : bytes;
        return Result.Taken;
    }

    /// <summary>Goes through the attributes without any effect on the batch; ends behind the tag.</summary>
    private Result ScanAttributes(ReadOnlySpan<byte> tag, ref int at, Known[] known, out bool isEmpty)
    {
        ulong seen = 0;
        isEmpty = false;
        for (_count = 0; at < tag.Length; _count++)
        {
            if (tag[at] == '>')
            {
                at++;
                return Result.Taken;
            }

            if (tag[at] == '/')
            {
                isEmpty = true;
                at += 2;
                return at > tag.Length ? Result.NeedsMore : tag[at - 1] == '>' ? Result.Taken : Result.Other;
            }

            if (tag[at] != ' ' || _count == MaxAttributes)
            {
                return Result.Other;
            }

            while (at < tag.Length && tag[at] == ' ')
            {
                at++;
            }

            if (at < tag.Length && tag[at] is (byte)'/' or (byte)'>')
            {
                _count--;
                continue;
            }

            Result result = ScanAttribute(tag, ref at, ref known[_count], ref seen);
            if (result != Result.Taken)
            {
                return result;
            }
        }

        return Result.NeedsMore;
    }

    private Result ScanAttribute(ReadOnlySpan<byte> tag, ref int at, ref Known known, ref ulong seen)
    {
        ReadOnlySpan<byte> rest = tag[at..];
        if (known.Name is null || !rest.StartsWith(known.Name))
        {
            int equals = rest.IndexOf((byte)'=');
            if (equals < 0)
            {
                return rest.Length > 256 ? Result.Other : Result.NeedsMore;
            }

            if (!Learn(rest[..equals], ref known))
            {
                return Result.Other;
            }
        }

        // An attribute given twice is no XML.
        if ((seen & known.Bit) != 0)
        {
            return Result.Other;
        }

        seen |= known.Bit;
        int start = known.Name!.Length;
        if (start >= rest.Length)
        {
            return Result.NeedsMore;
        }

        byte quote = rest[start++];
        if (quote is not ((byte)'"' or (byte)'\''))
        {
            return Result.Other;
        }

        bool isPlain = true;
        for (int i = start; i < rest.Length; i++)
        {
            byte b = rest[i];
            if (b == quote)
            {
                _values[_count] = (known.Slot, at + start, i - start, isPlain);
                at += i + 1;
                return i - start > _maxValue || (!isPlain && !IsDecodable(rest[start..i])) ? Result.Other : Result.Taken;
            }

            if (b is < 0x20 or (byte)'<')
            {
                return Result.Other;
            }

            isPlain &= b < 0x80 && b != '&';
        }

        return Result.NeedsMore;
    }

    private bool Learn(ReadOnlySpan<byte> name, ref Known known)
    {
        foreach (byte b in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b != '_')
            {
                return false;
            }
        }

        ComponentSlot slot = _filler.Slots.Find(Encoding.ASCII.GetString(name));
        if (slot.Kind == SlotKind.Unknown || name.IsEmpty)
        {
            return false;
        }

        if (!_bits.TryGetValue(slot, out ulong bit))
        {
            if (_bits.Count == MaxAttributes)
            {
                return false;
            }

            _bits.Add(slot, bit = 1UL << _bits.Count);
        }

        known = new Known([.. name, (byte)'='], slot, bit);
        return true;
    }

    /// <summary>True for UTF-8 that XML allows, in which the only references are the five that need no declaration.</summary>
    private static bool IsDecodable(ReadOnlySpan<byte> value)
    {
        for (int i = value.IndexOf((byte)'&'), at = 0; i >= 0; i = value[at..].IndexOf((byte)'&'))
        {
            at += i;
            int length = ReferenceAt(value[at..], out _);
            if (length == 0)
            {
                return false;
            }

            at += length;
        }

        try
        {
            Strict.GetCharCount(value);
            return value.IndexOf("\uFFFE"u8) < 0 && value.IndexOf("\uFFFF"u8) < 0;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static int ReferenceAt(ReadOnlySpan<byte> text, out char character)
    {
        (character, int length) = text.StartsWith("&amp;"u8) ? ('&', 5) : text.StartsWith("&lt;"u8) ? ('<', 4) : text.StartsWith("&gt;"u8) ? ('>', 4)
            : text.StartsWith("&quot;"u8) ? ('"', 6) : text.StartsWith("&apos;"u8) ? ('\'', 6) : ('\0', 0);
        return length;
    }

    private ReadOnlySpan<char> Widen(ReadOnlySpan<byte> value)
    {
        Room(value.Length);
        Encoding.Latin1.GetChars(value, _text);
        return _text.AsSpan(0, value.Length);
    }

    private ReadOnlySpan<char> Decode(ReadOnlySpan<byte> value)
    {
        Room(value.Length);
        int length = 0;
        while (!value.IsEmpty)
        {
            if (value[0] == '&')
            {
                value = value[ReferenceAt(value, out _text[length++])..];
                continue;
            }

            int plain = value.IndexOf((byte)'&');
            plain = plain < 0 ? value.Length : plain;
            length += Strict.GetChars(value[..plain], _text.AsSpan(length));
            value = value[plain..];
        }

        return _text.AsSpan(0, length);
    }

    private void Room(int characters)
    {
        if (_text.Length < characters)
        {
            _text = new char[characters * 2];
        }
    }

    /// <summary>An attribute met at some position of an element: its name with the equals sign, its column, its bit among those seen.</summary>
    private readonly record struct Known(byte[]? Name, ComponentSlot Slot, ulong Bit);
}
