using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Formats.Reading;

/// <summary>One value for each attribute above the observation: a number of its dictionary, or a text.</summary>
internal sealed class AttributeValues(DataSetSpace space, TextCache? cache = null)
{
    private TextCache? _cache = cache;
    private readonly int[] _codes = [.. space.SeriesAttributes.Select(_ => -1)];
    private readonly string?[] _texts = new string?[space.SeriesAttributes.Length];

    /// <summary>Number of attributes that have a value.</summary>
    public int Count { get; private set; }

    public bool Has(int attribute) => _codes[attribute] >= 0 || _texts[attribute] is not null;

    /// <summary>The value as text; null when there is none.</summary>
    public string? Text(int attribute) => space.SeriesAttributes[attribute] is { } dictionary ? dictionary[_codes[attribute]] : _texts[attribute];

    public void Clear()
    {
        if (Count > 0)
        {
            _codes.AsSpan().Fill(-1);
            Array.Clear(_texts);
            Count = 0;
        }
    }

    public void Set(int attribute, ReadOnlySpan<char> text)
    {
        Count += Has(attribute) ? 0 : 1;
        if (space.SeriesAttributes[attribute] is { } dictionary)
        {
            _codes[attribute] = dictionary.GetOrAdd(text);
        }
        else
        {
            _texts[attribute] = (_cache ??= new TextCache()).Get(text);
        }
    }

    /// <summary>Sets a code known by its number.</summary>
    public void SetCode(int attribute, int code)
    {
        Count += Has(attribute) ? 0 : 1;
        _codes[attribute] = code;
    }

    public void Copy(int attribute, AttributeValues from)
    {
        Count += (from.Has(attribute) ? 1 : 0) - (Has(attribute) ? 1 : 0);
        _codes[attribute] = from._codes[attribute];
        _texts[attribute] = from._texts[attribute];
    }

    public void CopyAll(AttributeValues from)
    {
        from._codes.CopyTo(_codes, 0);
        from._texts.CopyTo(_texts, 0);
        Count = from.Count;
    }

    public bool Same(int attribute, AttributeValues other)
        => _codes[attribute] == other._codes[attribute] && string.Equals(_texts[attribute], other._texts[attribute], StringComparison.Ordinal);

    /// <summary>True when an attribute has just this value; cheaper than numbering the text first.</summary>
    public bool Is(int attribute, ReadOnlySpan<char> text) => Text(attribute) is { } value && text.SequenceEqual(value);

    /// <summary>Writes all values into a row of the batch's columns.</summary>
    public void WriteTo(ObservationBatch batch, int run)
    {
        for (int a = 0; a < _codes.Length; a++)
        {
            Write(a, batch, run);
        }
    }

    /// <summary>Writes one value into a row of the batch's column.</summary>
    public void Write(int attribute, ObservationBatch batch, int run)
    {
        ValueColumn column = batch.SeriesAttributes[attribute];
        if (column.Dictionary is null)
        {
            column.Texts[run] = _texts[attribute];
        }
        else
        {
            column.Codes[run] = _codes[attribute];
        }
    }
}
