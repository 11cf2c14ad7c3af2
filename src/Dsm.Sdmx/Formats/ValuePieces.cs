using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Formats;

/// <summary>
/// Ready-made bytes of the values of one column, e.g. <c> REF_AREA="ARM"</c>: made once for each code, then copied.
/// Values without a code, and codes beyond a bound, are made anew each time.
/// </summary>
internal sealed class ValuePieces(Action<Utf8Output, string> write, Func<string, byte[]> make)
{
    private const int MaxKept = 1 << 16;
    private const int FewChanges = 8;

    private byte[]?[] _pieces = [];
    private byte[] _last = [];
    private int _lastCode = -1;
    private int _changes;

    /// <summary>Forgets what was made: the next values are of other dictionaries.</summary>
    public void Forget() => (_pieces, _last, _lastCode, _changes) = ([], [], -1, 0);

    /// <summary>Writes the value of a row; nothing when there is none. True when something was written.</summary>
    public bool Write(Utf8Output output, ValueColumn column, int row)
    {
        if (column.Dictionary is not { } dictionary)
        {
            if (column.Texts[row] is not { } text)
            {
                return false;
            }

            write(output, text);
            return true;
        }

        int code = column.Codes[row];
        if (code < 0)
        {
            return false;
        }

        if (code == _lastCode)
        {
            output.Raw(_last);
            return true;
        }

        if (code >= MaxKept)
        {
            write(output, dictionary[code]!);
            return true;
        }

        output.Raw(_last = PieceOf(code, dictionary));
        _lastCode = code;
        return true;
    }

    // A list as long as the codelist pays only where values come again and again.
    private byte[] PieceOf(int code, ValueDictionary dictionary)
    {
        if (_changes < FewChanges)
        {
            _changes++;
            return make(dictionary[code]!);
        }

        if (code >= _pieces.Length)
        {
            Array.Resize(ref _pieces, Math.Min(MaxKept, Math.Max(code + 1, Math.Max(16, _pieces.Length * 2))));
        }

        return _pieces[code] ??= make(dictionary[code]!);
    }
}
