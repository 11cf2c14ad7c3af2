using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Gives every pair of frequency and date pattern of a structure map an id, by which its time maps refer to it.</summary>
internal sealed class FrequencyFormatIds
{
    private readonly Dictionary<(string Frequency, string Pattern), string> _ids = [];

    public FrequencyFormatIds(IEnumerable<TimePatternMap> maps)
    {
        HashSet<string> taken = [];
        foreach ((string frequency, string pattern) in maps.Where(m => m.FrequencyDimension is not null).SelectMany(Ordered))
        {
            if (_ids.ContainsKey((frequency, pattern)))
            {
                continue;
            }

            string id = frequency;
            for (int n = 2; !taken.Add(id); n++)
            {
                id = $"{frequency}_{n}";
            }

            _ids.Add((frequency, pattern), id);
        }
    }

    /// <summary>All pairs with their ids.</summary>
    public IEnumerable<(string Id, string Frequency, string Pattern)> All => _ids.Select(p => (p.Value, p.Key.Frequency, p.Key.Pattern));

    /// <summary>Ids of the pairs of a time map.</summary>
    public IEnumerable<string> Of(TimePatternMap map) => Ordered(map).Select(f => _ids[(f.Key, f.Value)]);

    private static IOrderedEnumerable<KeyValuePair<string, string>> Ordered(TimePatternMap map) => map.FrequencyFormats.OrderBy(f => f.Key, StringComparer.Ordinal);
}
