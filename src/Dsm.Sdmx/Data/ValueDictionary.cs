namespace Dsm.Sdmx.Data;

/// <summary>
/// Turns the values of one component into numbers while one data set is read. Known codes keep the numbers of the schema's
/// <see cref="CodeIndex"/>; every other value gets the next number, so that "unknown code" is a comparison of integers.
/// One thread adds, others may look numbers up that they were given.
/// </summary>
public sealed class ValueDictionary
{
    /// <summary>How many unknown values of a coded component are told apart; the rest share one number (<c>…</c>).</summary>
    public const int MaxUnknown = 10_000;

    /// <summary>How many characters unknown values of a coded component may have together, for the same reason.</summary>
    public const int MaxUnknownLength = 4 * 1024 * 1024;

    private readonly CodeIndex _known;
    private readonly bool _bounded;
    private readonly Dictionary<string, int> _others = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _othersByText;
    private volatile string[] _texts = [];
    private int _count;
    private int _length;

    /// <summary>Makes a dictionary over the codes of a component; without codes (uncoded) every value is legal and none is bounded.</summary>
    public ValueDictionary(CodeIndex? codes)
    {
        _known = codes ?? CodeIndex.Empty;
        _bounded = codes is not null;
        _othersByText = _others.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Number of values that are known codes: numbers below it are legal.</summary>
    public int KnownCount => _known.Count;

    /// <summary>Number of values seen or known.</summary>
    public int Count => _known.Count + _count;

    /// <summary>The text of a number; null for -1 (no value).</summary>
    public string? this[int index] => index < 0 ? null : index < _known.Count ? _known.Codes[index] : _texts[index - _known.Count];

    /// <summary>The number of a value, a new one if need be. Empty text is a value of its own.</summary>
    public int GetOrAdd(ReadOnlySpan<char> text)
    {
        int index = _known.IndexOf(text);
        if (index >= 0)
        {
            return index;
        }

        if (_othersByText.TryGetValue(text, out index))
        {
            return index;
        }

        return Add(_bounded && (_count >= MaxUnknown || text.Length > MaxUnknownLength - _length) ? "…" : text.ToString());
    }

    /// <summary>The number of a known code given in UTF-8; -1 for every other value.</summary>
    internal int IndexOfKnown(ReadOnlySpan<byte> code) => _known.IndexOf(code);

    /// <summary>The number of a value; -1 when it is neither known nor was seen.</summary>
    public int IndexOf(ReadOnlySpan<char> text)
    {
        int index = _known.IndexOf(text);
        return index >= 0 ? index : _othersByText.TryGetValue(text, out index) ? index : -1;
    }

    private int Add(string text)
    {
        if (_others.TryGetValue(text, out int index))
        {
            return index;
        }

        string[] texts = _texts;
        if (_count == texts.Length)
        {
            // Readers of earlier numbers keep the old array; it stays valid for them.
            Array.Resize(ref texts, Math.Max(16, texts.Length * 2));
        }

        _length += _bounded ? text.Length : 0;
        texts[_count] = text;
        _texts = texts;
        index = _known.Count + _count++;
        _others.Add(text, index);
        return index;
    }
}
