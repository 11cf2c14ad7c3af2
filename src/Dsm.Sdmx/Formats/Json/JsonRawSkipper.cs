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
        int i = 0;
        while (i < block.Length && !IsDone)
        {
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
