using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>The values of one component in the order in which they were met: the list that the indices of the message mean.</summary>
/// <param name="isTime">True for the list of the time dimension, which keeps periods beside their texts.</param>
internal sealed class JsonValueList(bool isTime)
{
    private const int FewQuestions = 32;
    private const int FewValues = 8;
    private static readonly List<TimePeriod> None = [];
    private readonly List<TimePeriod> _periods = isTime ? [] : None;
    private Dictionary<string, int>? _byText;
    private Dictionary<TimePeriod, int>? _byPeriod;
    private ValueDictionary? _dictionary;
    private int[] _byCode = [];
    private int _asked;
    private int _byPeriodUpTo;
    private int _last;
    private TimePeriod _latest;
    private bool _isRising = true;

    /// <summary>The values.</summary>
    public List<string> Values { get; } = [];

    /// <summary>Index of a text.</summary>
    public int IndexOf(string text)
    {
        int index = Find(text);
        if (index < 0)
        {
            index = Add(text, default);
            _isRising = false;
        }

        return index;
    }

    // Short lists are looked through; longer ones have an index, made when it is first needed.
    private int Find(string text)
    {
        if (Values.Count <= FewValues)
        {
            return Values.IndexOf(text);
        }

        _byText ??= new(Values.Count * 2, StringComparer.Ordinal);
        for (int i = _byText.Count; i < Values.Count; i++)
        {
            _byText.Add(Values[i], i);
        }

        return _byText.TryGetValue(text, out int index) ? index : -1;
    }

    private int Add(string text, TimePeriod period)
    {
        Values.Add(text);
        if (isTime)
        {
            _periods.Add(period);
        }

        return Values.Count - 1;
    }

    /// <summary>Index of a number of a dictionary; that of the empty text for none.</summary>
    public int IndexOf(ValueDictionary dictionary, int code)
    {
        if (!ReferenceEquals(dictionary, _dictionary))
        {
            // Another data set: it numbers the codes that the codelist does not have anew.
            (_dictionary, _byCode, _asked) = (dictionary, [], 0);
        }

        if (code < 0)
        {
            return IndexOf("");
        }

        // A list as long as the codelist pays only where values come again and again.
        if (_asked < FewQuestions)
        {
            _asked++;
            return IndexOf(dictionary[code]!);
        }

        if (code >= _byCode.Length)
        {
            Array.Resize(ref _byCode, Math.Max(Math.Max(code + 1, dictionary.KnownCount), _byCode.Length * 2));
        }

        int index = _byCode[code] - 1;
        if (index < 0)
        {
            index = IndexOf(dictionary[code]!);
            _byCode[code] = index + 1;
        }

        return index;
    }

    /// <summary>Index of a period. Periods mostly follow each other as they did before.</summary>
    public int IndexOf(in TimePeriod period)
    {
        int next = _last + 1;
        if (next < _periods.Count && _periods[next] == period)
        {
            return _last = next;
        }

        // Periods of one kind that rise are each a new one.
        _isRising &= !period.HasText && (_periods.Count == 0 || period.Kind == _latest.Kind);
        if (_isRising && (_periods.Count == 0 || period.CompareTo(_latest) > 0))
        {
            _latest = period;
            return _last = Add(period.ToString(), period);
        }

        return _last = FindOrAdd(period);
    }

    private int FindOrAdd(in TimePeriod period)
    {
        _byPeriod ??= new(Values.Count * 2);
        for (int i = _byPeriodUpTo; i < _periods.Count; i++)
        {
            _byPeriod.TryAdd(_periods[i], i);
        }

        _byPeriodUpTo = _periods.Count;
        if (_byPeriod.TryGetValue(period, out int index) && !_periods[index].IsNone)
        {
            return index;
        }

        // The same spelling may have come as a text.
        string text = period.ToString();
        index = Find(text);
        if (index < 0)
        {
            return Add(text, period);
        }

        _periods[index] = period;
        _byPeriod[period] = index;
        return index;
    }

    /// <summary>The period of an index; none when it is a text that is no period.</summary>
    public TimePeriod PeriodOf(int index) => _periods[index];
}
