using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Overview;

/// <summary>
/// Reduces series to totals. A dimension whose codelist has a total (<c>_T</c>) is a breakdown: where the provider sent the total it is
/// taken, else the uppermost codes that were sent are added up, so that nothing counts twice. Every other dimension (state, frequency,
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
            IEnumerable<Entry> reduced = entries.Values;
            for (int d = 0; d < _breakdowns.Length; d++)
            {
                reduced = _breakdowns[d] is { } breakdown ? Reduce(reduced, d, breakdown) : reduced;
            }

            foreach (Entry entry in reduced)
            {
                string text = Text(entry.Key);
                if (!rows.TryGetValue(text, out var row))
                {
                    rows.Add(text, row = (entry.Key, []));
                }

                row.Values[period] = entry.Total;
            }
        }

        return [.. rows.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => new TotalRow([.. r.Value.Key], r.Value.Values))];
    }

    private static List<Entry> Reduce(IEnumerable<Entry> entries, int dimension, Breakdown breakdown)
    {
        List<Entry> reduced = [];
        foreach (IGrouping<string, Entry> group in entries.GroupBy(e => Text(e.Key, dimension)))
        {
            HashSet<string> present = [.. group.Select(e => e.Key[dimension] ?? "")];
            Total? total = null;
            foreach (Entry entry in group.Where(e => !breakdown.IsBelowAny(e.Key[dimension] ?? "", present)))
            {
                total = total?.Plus(entry.Total) ?? entry.Total;
            }

            string?[] key = [.. group.First().Key];
            key[dimension] = null;
            reduced.Add(new Entry(key, total!.Value));
        }

        return reduced;
    }

    private Dictionary<string, Entry> Period(TimePeriod period)
    {
        if (!_periods.TryGetValue(period, out Dictionary<string, Entry>? entries))
        {
            _periods.Add(period, entries = new Dictionary<string, Entry>(StringComparer.Ordinal));
        }

        return entries;
    }

    private static string Text(string?[] key, int without = -1) => string.Join('.', key.Select((code, i) => i == without ? "" : code));

    private readonly record struct Entry(string?[] Key, Total Total);

    /// <summary>The tree of a dimension's codes; what has no parent is below the total.</summary>
    private sealed class Breakdown(Codelist codelist)
    {
        private readonly Dictionary<string, string?> _parents = codelist.Codes.ToDictionary(c => c.Id, c => c.ParentId);

        public static Breakdown? Of(SchemaComponent dimension)
            => dimension.Codelist is { } list && list.Find(TotalCode) is not null ? new Breakdown(list) : null;

        public bool IsBelowAny(string code, HashSet<string> present)
        {
            if (code == TotalCode)
            {
                return false;
            }

            if (present.Contains(TotalCode))
            {
                return true;
            }

            // A circle of parents ends after as many steps as there are codes.
            string? parent = _parents.GetValueOrDefault(code);
            for (int steps = 0; parent is not null && steps < _parents.Count; steps++)
            {
                if (present.Contains(parent))
                {
                    return true;
                }

                parent = _parents.GetValueOrDefault(parent);
            }

            return false;
        }
    }
}
