using System.Numerics;
using System.Runtime.Intrinsics;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Finds the end of a JSON value by its brackets and strings alone, block by block. The default value starts before the value.</summary>
internal struct JsonRawSkipper
{
    private int _depth;
    private bool _inString;
    private bool _isEscaped;
    private bool _inLiteral;

    /// <summary>True when the end of the value was found.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Goes through a block; gives the number of its bytes that belong to the value, or stand before it.</summary>
    public int Skip(ReadOnlySpan<byte> block)
    {
        int i = 0, tryFrom = 0;
        while (i < block.Length && !IsDone)
        {
            if (i >= tryFrom && block.Length - i >= 64)
            {
                if (TrySkip64(block.Slice(i, 64)))
                {
                    i += 64;
                    continue;
                }

                tryFrom = i + 64;
            }

            if (_inString)
            {
                i += SkipString(block[i..]);
                continue;
            }

            byte b = block[i];
            switch (b)
            {
                case (byte)'"':
                    _inString = true;
                    break;
                case (byte)'{' or (byte)'[':
                    _depth++;
                    break;
                case (byte)'}' or (byte)']' when _depth > 0:
                    IsDone = --_depth == 0;
                    break;
                case (byte)',' or (byte)'}' or (byte)']' when _depth == 0 && _inLiteral:
                    IsDone = true;
                    return i;
                default:
                    _inLiteral |= _depth == 0 && b is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',');
                    break;
            }

            i++;
        }

        return i;
    }

    /// <summary>
    /// Goes through 64 bytes at once, when there is no escape among them and the value cannot end there: the quotation marks tell
    /// which bytes are in strings, the brackets outside of these are counted.
    /// </summary>
    private bool TrySkip64(ReadOnlySpan<byte> block)
    {
        if (_depth == 0 || _isEscaped || !Vector256.IsHardwareAccelerated || Mask(block, (byte)'\\') != 0)
        {
            return false;
        }

        ulong quotes = Mask(block, (byte)'"');
        ulong strings = quotes ^ (quotes << 1);
        strings ^= strings << 2;
        strings ^= strings << 4;
        strings ^= strings << 8;
        strings ^= strings << 16;
        strings ^= strings << 32;
        strings = _inString ? ~strings : strings;
        ulong opening = (Mask(block, (byte)'{') | Mask(block, (byte)'[')) & ~strings;
        int depth = _depth;
        for (ulong brackets = opening | ((Mask(block, (byte)'}') | Mask(block, (byte)']')) & ~strings); brackets != 0; brackets &= brackets - 1)
        {
            depth += (opening & brackets & (~brackets + 1)) != 0 ? 1 : -1;
            if (depth == 0)
            {
                return false;
            }
        }

        _depth = depth;
        _inString = strings >> 63 != 0;
        return true;
    }

    private static ulong Mask(ReadOnlySpan<byte> block, byte sign)
        => Vector256.Equals(Vector256.Create(block[..32]), Vector256.Create(sign)).ExtractMostSignificantBits()
            | ((ulong)Vector256.Equals(Vector256.Create(block[32..]), Vector256.Create(sign)).ExtractMostSignificantBits() << 32);

    private int SkipString(ReadOnlySpan<byte> block)
    {
        if (_isEscaped)
        {
            _isEscaped = false;
            return 1;
        }

        int at = block.IndexOfAny((byte)'"', (byte)'\\');
        if (at < 0)
        {
            return block.Length;
        }

        if (block[at] == '\\')
        {
            _isEscaped = true;
        }
        else
        {
            _inString = false;
            IsDone = _depth == 0;
        }

        return at + 1;
    }
}
