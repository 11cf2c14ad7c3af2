using System.Buffers;
using System.Text;
using Dsm.Sdmx.Formats.Reading;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>How far a look at bytes came.</summary>
internal enum ScanResult
{
    /// <summary>What was looked for is there.</summary>
    Taken,

    /// <summary>Something else is there.</summary>
    Other,

    /// <summary>It cannot be told before there are more bytes.</summary>
    NeedsMore,
}

/// <summary>An attribute of a tag: what its name means, and where its value lies in the tag.</summary>
/// <param name="Slot">The component that the name stands for; of kind Unknown for names that mean something else.</param>
/// <param name="Start">First byte of the value, from the tag's angle bracket.</param>
/// <param name="Length">Bytes of the value.</param>
/// <param name="IsPlain">True when each byte is one ASCII character that stands for itself.</param>
internal readonly record struct PlainTagAttribute(ComponentSlot Slot, int Start, int Length, bool IsPlain);

/// <summary>
/// Scans the attributes of one kind of tag. Tags of a kind nearly always have the same attributes in the same order, so the name met
/// at each position is remembered. Nothing has any effect before the tag ends well.
/// </summary>
/// <param name="find">What an unprefixed name means; null for one that the tag must not have.</param>
/// <param name="maxValue">Most bytes of a value.</param>
internal sealed class PlainTagAttributes(Func<string, ComponentSlot?> find, int maxValue)
{
    private const int Most = 64;

    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x60).Select(b => (byte)b).Where(b => b is not ((byte)'"' or (byte)'\'' or (byte)'<' or (byte)'&'))]);

    private readonly Known[] _known = new Known[Most];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly PlainTagAttribute[] _values = new PlainTagAttribute[Most];
    private int _count;

    /// <summary>The attributes of the tag scanned last.</summary>
    public ReadOnlySpan<PlainTagAttribute> Values => _values.AsSpan(0, _count);

    /// <summary>True when the tag scanned last ends an empty element.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>True when a line ended between the attributes.</summary>
    public bool HasLineEnd { get; private set; }

    /// <summary>Goes through the attributes behind the name of a tag; ends behind the tag.</summary>
    public ScanResult Scan(ReadOnlySpan<byte> tag, ref int at)
    {
        ulong seen = 0;
        (IsEmpty, HasLineEnd) = (false, false);
        for (_count = 0; at < tag.Length; _count++)
        {
            bool isApart = SkipBlanks(tag, ref at);
            if (at + 1 >= tag.Length)
            {
                return at < tag.Length && tag[at] == '>' ? End(ref at, 1) : ScanResult.NeedsMore;
            }

            if (tag[at] == '>')
            {
                return End(ref at, 1);
            }

            if (tag[at] == '/')
            {
                IsEmpty = true;
                return tag[at + 1] == '>' ? End(ref at, 2) : ScanResult.Other;
            }

            ScanResult result = isApart && _count < Most ? ScanAttribute(tag, ref at, ref _known[_count], ref seen) : ScanResult.Other;
            if (result != ScanResult.Taken)
            {
                return result;
            }
        }

        return ScanResult.NeedsMore;
    }

    private static ScanResult End(ref int at, int length)
    {
        at += length;
        return ScanResult.Taken;
    }

    private bool SkipBlanks(ReadOnlySpan<byte> tag, ref int at)
    {
        int start = at;
        for (; at < tag.Length; at++)
        {
            if (tag[at] == '\n' || (tag[at] == '\r' && at + 1 < tag.Length && tag[at + 1] == '\n'))
            {
                HasLineEnd = true;
            }
            else if (tag[at] is not ((byte)' ' or (byte)'\t'))
            {
                break;
            }
        }

        return at > start;
    }

    private ScanResult ScanAttribute(ReadOnlySpan<byte> tag, ref int at, ref Known known, ref ulong seen)
    {
        ReadOnlySpan<byte> rest = tag[at..];
        if (known.Name is null || !rest.StartsWith(known.Name))
        {
            int equals = rest.IndexOf((byte)'=');
            if (equals < 0)
            {
                return rest.Length > 256 ? ScanResult.Other : ScanResult.NeedsMore;
            }

            if (!Learn(rest[..equals], ref known))
            {
                return ScanResult.Other;
            }
        }

        // An attribute given twice is no XML.
        if ((seen & known.Bit) != 0)
        {
            return ScanResult.Other;
        }

        seen |= known.Bit;
        int start = known.Name!.Length;
        if (start >= rest.Length)
        {
            return ScanResult.NeedsMore;
        }

        byte quote = rest[start++];
        if (quote is not ((byte)'"' or (byte)'\''))
        {
            return ScanResult.Other;
        }

        ReadOnlySpan<byte> value = rest[start..];
        int length = value.IndexOfAnyExcept(Plain);
        bool isPlain = length >= 0 && value[length] == quote;
        ScanResult result = isPlain ? ScanResult.Taken : ScanOddValue(value, quote, out length, out isPlain);
        if (result == ScanResult.Taken)
        {
            _values[_count] = new PlainTagAttribute(known.Slot, at + start, length, isPlain);
            at += start + length + 1;
        }

        return length > maxValue ? ScanResult.Other : result;
    }

    /// <summary>A value with marks, references or characters beyond ASCII.</summary>
    private static ScanResult ScanOddValue(ReadOnlySpan<byte> value, byte quote, out int length, out bool isPlain)
    {
        isPlain = false;
        length = value.IndexOf(quote);
        ReadOnlySpan<byte> inside = length < 0 ? value : value[..length];
        if (inside.IndexOfAnyInRange((byte)0, (byte)0x1F) >= 0 || inside.Contains((byte)'<'))
        {
            return ScanResult.Other;
        }

        isPlain = !inside.Contains((byte)'&') && inside.IndexOfAnyInRange((byte)0x80, (byte)0xFF) < 0;
        return length < 0 ? ScanResult.NeedsMore : isPlain || Utf8Values.IsDecodable(inside) ? ScanResult.Taken : ScanResult.Other;
    }

    private bool Learn(ReadOnlySpan<byte> name, ref Known known)
    {
        foreach (byte b in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'_' or (byte)':' or (byte)'-' or (byte)'.'))
            {
                return false;
            }
        }

        string text = Encoding.ASCII.GetString(name);
        if (text.Length == 0 || text[0] is ':' or '-' or '.' || char.IsAsciiDigit(text[0]) || find(text) is not { } slot)
        {
            return false;
        }

        if (!_numbers.TryGetValue(text, out int number))
        {
            if (_numbers.Count == Most)
            {
                return false;
            }

            _numbers.Add(text, number = _numbers.Count);
        }

        known = new Known([.. name, (byte)'='], slot, 1UL << number);
        return true;
    }

    /// <summary>An attribute met at some position of the tag: its name with the equals sign, its meaning, its bit among those seen.</summary>
    private readonly record struct Known(byte[]? Name, ComponentSlot Slot, ulong Bit);
}
