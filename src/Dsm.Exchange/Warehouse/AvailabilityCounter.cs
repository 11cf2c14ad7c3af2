using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Rest;

namespace Dsm.Exchange.Warehouse;

/// <summary>Adds series up to what is available.</summary>
/// <param name="data">The query.</param>
/// <param name="isWidened">
/// True to take, for each dimension, the codes of all series that fit but for what is chosen there; false for those of the series that fit.
/// </param>
/// <param name="mayRepeat">True when a series may come more than once, e.g. among what changed and among what was deleted.</param>
internal sealed class AvailabilityCounter(ResolvedDataQuery data, bool isWidened, bool mayRepeat = false)
{
    private readonly HashSet<string>[] _codes = [.. data.Schema.Dimensions.Select(_ => new HashSet<string>(StringComparer.Ordinal))];
    private readonly string[] _key = new string[data.Schema.Dimensions.Length];
    private readonly HashSet<string> _seen = [];
    private long _series;
    private long _observations;
    private DateTime? _first;
    private DateTime? _last;

    /// <summary>What was added up; codes sorted.</summary>
    public Availability Result => new([.. _codes.Select(c => c.Order(StringComparer.Ordinal).ToImmutableArray())], _series, _observations, _first, _last);

    /// <summary>Adds a series by its sums.</summary>
    public void Add(string[] key, long observations, DateTime? first, DateTime? last)
    {
        for (int d = 0; d < _codes.Length; d++)
        {
            if (!isWidened || (data.MatchesKeyBut(key, d) && data.MatchesDimensionFilters(key, d)))
            {
                _codes[d].Add(key[d]);
            }
        }

        _series += mayRepeat && !_seen.Add(string.Join('.', key)) ? 0 : 1;
        _observations += observations;
        _first = first is null || _first < first ? _first : first;
        _last = last is null || _last > last ? _last : last;
    }

    /// <summary>Adds the series and observations of a batch, in which each series is whole.</summary>
    public void Add(ObservationBatch batch)
    {
        int row = 0;
        for (int run = 0; run < batch.SeriesCount; run++)
        {
            for (int d = 0; d < _key.Length; d++)
            {
                _key[d] = batch.Dimensions[d][run] ?? "";
            }

            int begin = row;
            DateTime? first = null, last = null;
            for (; row < batch.Count && batch.SeriesOf[row] == run; row++)
            {
                TimePeriod period = batch.Periods[row];
                if (!period.IsNone)
                {
                    first = first is null || period.Start < first ? period.Start : first;
                    last = last is null || period.End > last ? period.End : last;
                }
            }

            Add(_key, row - begin, first, last);
        }
    }
}
