using Dsm.Exchange.Access;
using Dsm.Sdmx.Data;

namespace Dsm.Exchange.Warehouse;

/// <summary>Fills batches with series: what the reader may see, what the query wants. A series is never split between batches.</summary>
internal sealed class BatchBuilder
{
    private readonly WarehouseQuery _query;
    private readonly ReaderAccess _access;
    private readonly StoredLayout _layout;
    private readonly StoredLayout _today;
    private readonly (string? Text, int Code)[] _recent;
    private readonly List<int> _rows = [];
    private readonly RowOrder? _order;
    private readonly bool _isOne;
    private ObservationBatch _batch;
    private bool _isSpent;

    /// <param name="query">The query.</param>
    /// <param name="access">What the reader may see.</param>
    /// <param name="layout">Where components are stored.</param>
    /// <param name="space">Of the data set.</param>
    /// <param name="capacity">Of the first batch: an answer of a few series needs no room for thousands of observations.</param>
    /// <param name="isOne">True when one series at most is added: then the batch is as large as that.</param>
    public BatchBuilder(WarehouseQuery query, ReaderAccess access, StoredLayout layout, DataSetSpace space, int capacity = ObservationBatch.DefaultCapacity, bool isOne = false)
    {
        _isOne = isOne;
        (_query, _access, _layout, _today) = (query, access, layout, query.Today is { } schema ? StoredLayout.Of(schema) : layout);
        _order = RowOrder.Of(query.Data.Order, layout);
        _recent = new (string?, int)[space.ObservationAttributes.Length];
        _batch = new ObservationBatch(space, isOne ? 0 : capacity);
    }

    /// <summary>The batch so far.</summary>
    public ObservationBatch Batch => _batch;

    /// <summary>True when a further series of a length may not fit any more.</summary>
    public bool IsFull(int rows) => _batch.Count > 0 && (_batch.Count + rows > _batch.Capacity || _batch.SeriesCount == _batch.SeriesCapacity);

    /// <summary>Empties the batch. The next one may be larger: whoever asked for one series asks for none after it.</summary>
    public void Clear()
    {
        _isSpent = _batch.Capacity < ObservationBatch.DefaultCapacity;
        _batch.Clear();
    }

    /// <summary>True when the key and the attributes of a series fit the query; the batch stays as it was.</summary>
    public bool Fits(ReadSeries series)
    {
        int run = AddRun(series, series.Now);
        _batch.SeriesCount--;
        return _query.Data.MatchesSeries(_batch, run);
    }

    /// <summary>Adds the observations of a series as they are.</summary>
    public void AddAll(ReadSeries series, DateTime moment)
    {
        if (series.Now.Rows is { } rows)
        {
            Visibility visibility = series.VisibilityOf(series.Now, _access, moment);
            int today = 0;
            Add(series, series.Now, rows, row => Sees(visibility, rows, row) && IsOpenToday(series, rows.Periods[row], moment, ref today), keysOnly: false);
        }
    }

    /// <summary>Adds the observations that are new or other than before.</summary>
    public void AddChanged(ReadSeries series, DateTime moment, DateTime before)
    {
        if (series.Now.Rows is not { } rows)
        {
            return;
        }

        Visibility now = series.VisibilityOf(series.Now, _access, moment), then = series.VisibilityOf(series.Before, _access, before);
        SeriesColumns? old = series.Before.Rows;

        // An attribute of the series changed: all its observations are told anew.
        bool attributesChanged = !series.Now.Attributes.AsSpan().SequenceEqual(series.Before.Attributes);
        int at = 0, today = 0;
        Add(series, series.Now, rows, row => Sees(now, rows, row) && IsOpenToday(series, rows.Periods[row], moment, ref today)
            && (Find(old, rows.Periods[row], ref at) is not { } was || attributesChanged || !Sees(then, old!, was) || !SeriesColumns.RowsEqual(old!, was, rows, row)), keysOnly: false);
    }

    /// <summary>Adds keys and periods of the observations that are gone, or that the reader may not see any more.</summary>
    public void AddRemoved(ReadSeries series, DateTime moment, DateTime before)
    {
        if (series.Before.Rows is not { } old)
        {
            return;
        }

        Visibility now = series.VisibilityOf(series.Now, _access, moment), then = series.VisibilityOf(series.Before, _access, before);
        SeriesColumns? rows = series.Now.Rows;
        int at = 0, today = 0;
        Add(series, series.Before, old, row => Sees(then, old, row) && IsOpenToday(series, old.Periods[row], moment, ref today) && (Find(rows, old.Periods[row], ref at) is not { } still || !Sees(now, rows!, still)), keysOnly: true);
    }

    private static int? Find(SeriesColumns? columns, in TimePeriod period, ref int at)
    {
        for (; columns is not null && at < columns.Count; at++)
        {
            int order = PeriodOrder.Compare(columns.Periods[at], period);
            if (order >= 0)
            {
                return order == 0 ? at : null;
            }
        }

        return null;
    }

    // What became restricted is not told by its former versions either: it was free by mistake, or is not free any more.
    private bool IsOpenToday(ReadSeries series, in TimePeriod period, DateTime moment, ref int at)
    {
        if (series.Today is not { } today)
        {
            return true;
        }

        Visibility visibility = series.VisibilityOf(today, _access, moment);
        return visibility != Visibility.None && (Find(today.Rows, period, ref at) is not { } row || Sees(_today, visibility, today.Rows!, row));
    }

    private bool Sees(Visibility visibility, SeriesColumns rows, int row) => Sees(_layout, visibility, rows, row);

    private static bool Sees(StoredLayout layout, Visibility visibility, SeriesColumns rows, int row)
        => visibility == Visibility.All
            || (visibility == Visibility.Free && (layout.Confidentiality < 0 || !StoredLayout.IsRestricted(rows.Cells[layout.Confidentiality][row])));

    private void Add(ReadSeries series, SeriesState state, SeriesColumns rows, Func<int, bool> wanted, bool keysOnly)
    {
        if (_isSpent || rows.Count > _batch.Capacity)
        {
            _batch = _isOne ? new ObservationBatch(_batch.Space, rows.Count, 1) : new ObservationBatch(_batch.Space, Math.Max(rows.Count, ObservationBatch.DefaultCapacity));
            _isSpent = false;
        }

        int run = AddRun(series, state);
        int first = _batch.Count;
        if (_query.Data.IsComplete || _query.Data.MatchesSeries(_batch, run))
        {
            AddRows(rows, wanted, keysOnly);
        }

        if (_batch.Count == first)
        {
            _batch.SeriesCount--; // nothing of it is seen: it is not there
        }
    }

    private void AddRows(SeriesColumns rows, Func<int, bool> wanted, bool keysOnly)
    {
        _rows.Clear();
        int end = _query is { FirstN: { } first, LastN: null } ? first : int.MaxValue;
        for (int row = 0; row < rows.Count && _rows.Count < end; row++)
        {
            if (wanted(row) && _query.Data.MatchesPeriod(rows.Periods[row]) && MatchesFilters(rows, row))
            {
                _rows.Add(row);
            }
        }

        if (_query.FirstN is not null || _query.LastN is not null)
        {
            int begin = Math.Min(_query.FirstN ?? 0, _rows.Count), after = Math.Max(begin, _rows.Count - (_query.LastN ?? 0));
            _rows.RemoveRange(begin, after - begin);
        }

        _order?.Sort(_rows, rows);
        foreach (int row in _rows)
        {
            AddRow(rows, row, keysOnly);
        }
    }

    private bool MatchesFilters(SeriesColumns rows, int row)
    {
        if (_query.Data.ObservationFilters.IsEmpty)
        {
            return true;
        }

        AddRow(rows, row, keysOnly: false);
        _batch.Count--;
        return _query.Data.MatchesObservation(_batch, _batch.Count);
    }

    private int AddRun(ReadSeries series, SeriesState state)
    {
        int run = _batch.AddSeries(0, 0);
        for (int d = 0; d < series.Codes.Length; d++)
        {
            _batch.Dimensions[d].Set(run, series.Codes[d]);
        }

        for (int a = 0; a < state.Attributes.Length; a++)
        {
            _batch.SeriesAttributes[a].Set(run, state.Attributes[a]);
        }

        return run;
    }

    private void AddRow(SeriesColumns rows, int row, bool keysOnly)
    {
        int to = _batch.AddObservation(0, 0);
        _batch.Periods[to] = rows.Periods[row];
        if (keysOnly)
        {
            return;
        }

        if (!_batch.Measures.IsEmpty)
        {
            _batch.Measures[0][to] = rows.Values[row];
        }

        int cell = 0;
        for (int m = 1; m < _batch.Measures.Length; m++)
        {
            _batch.Measures[m][to] = ObservationValue.Parse(rows.Cells[cell++][row]);
        }

        for (int a = 0; a < _batch.ObservationAttributes.Length; a++)
        {
            ValueColumn column = _batch.ObservationAttributes[a];
            string? text = rows.Cells[cell++][row];
            if (column.Dictionary is null || text is null)
            {
                column.Set(to, text);
                continue;
            }

            // Most cells of a chunk are one string: no look-up then.
            if (!ReferenceEquals(text, _recent[a].Text))
            {
                _recent[a] = (text, column.Dictionary.GetOrAdd(text));
            }

            column.Codes[to] = _recent[a].Code;
        }
    }
}
