using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Formats;

/// <summary>
/// Ready-made bytes of the values of one column, e.g. <c> REF_AREA="ARM"</c>: made once for each code, then copied.
/// Values without a code, and codes beyond a bound, are made anew each time.
/// </summary>
internal sealed class ValuePieces(Action<Utf8Output, string> write, Func<string, byte[]> make)
{
    private const int MaxKept = 1 << 16;

    private byte[]?[] _pieces = [];

    /// <summary>Forgets what was made: the next values are of other dictionaries.</summary>
    public void Forget() => _pieces = [];

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

        if (code >= MaxKept)
        {
            write(output, dictionary[code]!);
            return true;
        }

        if (code >= _pieces.Length)
        {
            Array.Resize(ref _pieces, Math.Min(MaxKept, Math.Max(code + 1, Math.Max(16, _pieces.Length * 2))));
        }

        output.Raw(_pieces[code] ??= make(dictionary[code]!));
        return true;
    }
}
