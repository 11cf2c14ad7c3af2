using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Overview;

/// <summary>
/// Reduces series to totals. A dimension whose codelist has a total (<c>_T</c>) is a breakdown: where the provider sent the total it is
/// taken, else the uppermost codes that were sent are added up; of breakdowns sent beside each other one is taken, so that nothing counts twice. Every other dimension (state, frequency,
/// unit, event ...) stays as it is: persons are never added to cases, nor lodged applications to pending ones.
/// </summary>
public sealed class TotalsBuilder
{
    /// <summary>Code of the total by the habit of SDMX codelists.</summary>
    public const string TotalCode = "_T";

    private readonly DataSchema _schema;
    private readonly Breakdown?[] _breakdowns;
    private readonly int _measure;
    private readonly int _status;
    private readonly Dictionary<TimePeriod, Dictionary<string, Entry>> _periods = [];

    /// <summary>Makes a builder for the series of a schema; its first measure is added up.</summary>
    public TotalsBuilder(DataSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        _schema = schema;
        _breakdowns = [.. schema.Dimensions.Select(Breakdown.Of)];
        _measure = schema.Measures.IsEmpty ? -1 : 0;
        _status = schema.ObservationAttributes.ToList().FindIndex(a => a.Id == "OBS_STATUS");
    }

    /// <summary>Number of observations taken.</summary>
    public long Count { get; private set; }

    /// <summary>True when a dimension is a breakdown that can be reduced to its total.</summary>
    public bool IsBreakdown(int dimension) => _breakdowns[dimension] is not null;

    /// <summary>Takes the observations of a batch.</summary>
    public void Add(ObservationBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        string?[] key = [];
        string text = "";
        int run = -1;
        for (int row = 0; row < batch.Count; row++)
        {
            if (batch.SeriesOf[row] != run)
            {
                run = batch.SeriesOf[row];
                key = [.. batch.Dimensions.Select(d => d[run])];
                text = batch.KeyOf(run);
            }

            if (_measure < 0 || batch.Periods[row].IsNone)
            {
                continue;
            }

            decimal? value = batch.Measures[_measure][row].Number;
            string? status = _status < 0 ? null : batch.ObservationAttributes[_status][row];
            ImmutableArray<string> statuses = status is null or "A" ? [] : [.. status.Split(';').Where(s => s != "A")];
            Period(batch.Periods[row])[text] = new Entry(key, new Total(value, 1, value is null ? 1 : 0, statuses));
            Count++;
        }
    }

    /// <summary>The totals, in the order of their keys.</summary>
    public ImmutableArray<TotalRow> Build()
    {
        Dictionary<string, (string?[] Key, Dictionary<TimePeriod, Total> Values)> rows = [];
        foreach ((TimePeriod period, Dictionary<string, Entry> entries) in _periods)
        {
            foreach (IGrouping<string, Entry> group in entries.Values.GroupBy(e => Text(Place(e.Key))))
            {
                if (!rows.TryGetValue(group.Key, out var row))
                {
                    rows.Add(group.Key, row = (Place(group.First().Key), []));
                }

                row.Values[period] = Sum([.. group]);
            }
        }

        return [.. rows.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => new TotalRow([.. r.Value.Key], r.Value.Values))];
    }

    // The most comprehensive figures first: those with the most totals, of equal ones the breakdown that counts most. What overlaps
    // with something taken already is left out, so that nothing counts twice whatever breakdowns were sent beside each other.
    private Total Sum(Entry[] entries)
    {
        List<Entry> taken = [];
        foreach (IGrouping<string, Entry> pattern in entries
            .GroupBy(e => string.Concat(e.Key.Select((code, i) => _breakdowns[i] is not null && code == TotalCode ? '1' : '0')))
            .OrderByDescending(g => g.Key.Count(c => c == '1')).ThenByDescending(g => g.Sum(e => e.Total.Value ?? 0)))
        {
            foreach (Entry entry in pattern.OrderBy(e => Depth(e.Key)).ThenBy(e => Text(e.Key), StringComparer.Ordinal))
            {
                if (!taken.Exists(t => Overlap(t.Key, entry.Key)))
                {
                    taken.Add(entry);
                }
            }

            // The grand total overlaps with everything.
            if (!pattern.Key.Where((c, i) => c == '0' && _breakdowns[i] is not null).Any())
            {
                break;
            }
        }

        return taken.Skip(1).Aggregate(taken[0].Total, (sum, e) => sum.Plus(e.Total));
    }

    private bool Overlap(string?[] one, string?[] other)
    {
        for (int d = 0; d < _breakdowns.Length; d++)
        {
            if (_breakdowns[d] is { } breakdown && !breakdown.Overlap(one[d] ?? "", other[d] ?? ""))
            {
                return false;
            }
        }

        return true;
    }

    private int Depth(string?[] key) => _breakdowns.Select((b, i) => b?.Depth(key[i] ?? "") ?? 0).Sum();

    private string?[] Place(string?[] key) => [.. key.Select((code, i) => _breakdowns[i] is null ? code : null)];

    private Dictionary<string, Entry> Period(TimePeriod period)
    {
        if (!_periods.TryGetValue(period, out Dictionary<string, Entry>? entries))
        {
            _periods.Add(period, entries = new Dictionary<string, Entry>(StringComparer.Ordinal));
        }

        return entries;
    }

    private static string Text(string?[] key) => string.Join('.', key);

    private readonly record struct Entry(string?[] Key, Total Total);
}
