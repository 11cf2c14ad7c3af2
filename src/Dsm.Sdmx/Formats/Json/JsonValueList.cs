using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>The values of one component in the order in which they were met: the list that the indices of the message mean.</summary>
internal sealed class JsonValueList
{
    private const int FewQuestions = 32;
    private readonly Dictionary<string, int> _byText = new(StringComparer.Ordinal);
    private readonly Dictionary<TimePeriod, int> _byPeriod = [];
    private readonly List<TimePeriod> _periods = [];
    private ValueDictionary? _dictionary;
    private int[] _byCode = [];
    private int _asked;
    private int _last;

    /// <summary>The values.</summary>
    public List<string> Values { get; } = [];

    /// <summary>Index of a text.</summary>
    public int IndexOf(string text)
    {
        if (!_byText.TryGetValue(text, out int index))
        {
            index = Values.Count;
            _byText.Add(text, index);
            Values.Add(text);
            _periods.Add(default);
        }

        return index;
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

        if (_byPeriod.TryGetValue(period, out int index))
        {
            return _last = index;
        }

        index = IndexOf(period.ToString());
        _byPeriod.Add(period, index);
        _periods[index] = period;
        return _last = index;
    }

    /// <summary>The period of an index; none when it is a text that is no period.</summary>
    public TimePeriod PeriodOf(int index) => _periods[index];
}
