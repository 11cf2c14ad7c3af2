using Dsm.Sdmx.Issues;
using Npgsql;

namespace Dsm.Exchange.Warehouse;

/// <summary>
/// Walks through staging in key order, page by page: while one page is compared on another thread, the one before is written and the
/// next one fetched.
/// </summary>
internal sealed class StagedMerge(NpgsqlConnection connection, LoadIdentity identity, StoredLayout layout, SeriesMerge merge, Staging staging, IssueList issues)
{
    private const int SeriesPerPage = 1000;
    private const int ObservationsPerPage = 50_000;
    private readonly Stack<MergePage> _free = [];
    private StagedSeries? _pending;
    private bool _ended;
    private bool _isFlowEmpty;
    private int _rowsPerFetch;

    /// <summary>Merges everything staged; returns the number of series that got a new version.</summary>
    public async Task<long> RunAsync(CancellationToken ct)
    {
        _rowsPerFetch = (int)Math.Clamp(ObservationsPerPage * Math.Max(staging.Runs, 1) / Math.Max(staging.Observations, 1), 20, 2 * SeriesPerPage);
        await using (NpgsqlCommand begin = new("DECLARE staged_rows NO SCROLL CURSOR FOR SELECT data_set, kind, key, codes, packed FROM staged ORDER BY key, seq", connection))
        {
            await begin.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        }

        await using (NpgsqlCommand any = new("SELECT NOT EXISTS (SELECT 1 FROM series WHERE flow_id = $1)", connection) { Parameters = { new() { Value = identity.FlowId } } })
        {
            _isFlowEmpty = (bool)(await any.ExecuteScalarAsync(ct).ConfigureAwait(false))!;
        }

        long versions = 0;
        MergePage? before = null, page = await LoadAsync(ct).ConfigureAwait(false);
        while (page is not null)
        {
            MergePage current = page;
            Task compare = Task.Run(() => current.Compare(merge), ct);
            try
            {
                await WriteAsync(before, ct).ConfigureAwait(false);
                page = await LoadAsync(ct).ConfigureAwait(false);
            }
            finally
            {
                await compare.ConfigureAwait(false);
            }

            if (current.IsOpen)
            {
                await LoadContentAsync(current, ct).ConfigureAwait(false);
                current.CompareContent(merge);
            }

            versions += current.Versions;
            current.Issues.ForEach(issues.Add);
            before = current;
        }

        await WriteAsync(before, ct).ConfigureAwait(false);
        return versions;
    }

    /// <summary>Closes the series of the agreement that staging does not have; returns how many.</summary>
    public async Task<long> WithdrawMissingAsync(CancellationToken ct)
    {
        await using NpgsqlCommand command = new(
            """
            WITH gone AS (
                UPDATE series_chunk c SET closed_by = $1
                  FROM series s
                 WHERE s.agreement_id = $2 AND c.series_id = s.id AND c.closed_by IS NULL
                   AND NOT EXISTS (SELECT 1 FROM staged t WHERE t.key = s.key)
                RETURNING c.series_id, c.observations)
            SELECT count(DISTINCT series_id), coalesce(sum(observations), 0)::bigint FROM gone
            """, connection)
        { Parameters = { new() { Value = identity.SubmissionId }, new() { Value = identity.AgreementId } }, CommandTimeout = 0 };
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        await row.ReadAsync(ct).ConfigureAwait(false);
        merge.Counts.Withdrawn += row.GetInt64(1);
        return row.GetInt64(0);
    }

    private async Task WriteAsync(MergePage? page, CancellationToken ct)
    {
        if (page is not null)
        {
            await page.WriteAsync(connection, ct).ConfigureAwait(false);
            page.Clear();
            _free.Push(page);
        }
    }

    private async Task<MergePage?> LoadAsync(CancellationToken ct)
    {
        MergePage page = _free.TryPop(out MergePage? free) ? free : new MergePage(identity, layout);
        while (!_ended && page.Series.Count == 0)
        {
            await FetchAsync(page.Series, ct).ConfigureAwait(false);
        }

        if (page.Series.Count == 0)
        {
            return null;
        }

        if (!_isFlowEmpty)
        {
            await LoadCurrentAsync(page, ct).ConfigureAwait(false);
        }

        await ReserveIdsAsync(page, ct).ConfigureAwait(false);
        return page;
    }

    // The last series of a fetch may go on in the next one, so it waits.
    private async Task FetchAsync(List<StagedSeries> series, CancellationToken ct)
    {
        await using NpgsqlCommand fetch = new($"FETCH {_rowsPerFetch} FROM staged_rows", connection) { CommandTimeout = 0 };
        await using NpgsqlDataReader row = await fetch.ExecuteReaderAsync(ct).ConfigureAwait(false);
        int rows = 0;
        while (await row.ReadAsync(ct).ConfigureAwait(false))
        {
            rows++;
            string key = row.GetString(2);
            if (_pending is null || _pending.Key != key)
            {
                if (_pending is not null)
                {
                    series.Add(_pending);
                }

                _pending = new StagedSeries(key, row.GetFieldValue<string[]>(3));
            }

            _pending.Runs.Add(new StagedRun(row.GetInt32(0), (RunKind)row.GetInt16(1), row.GetFieldValue<byte[]>(4)));
        }

        if (rows < _rowsPerFetch)
        {
            _ended = true;
            if (_pending is not null)
            {
                series.Add(_pending);
            }
        }
    }

    private async Task LoadCurrentAsync(MergePage page, CancellationToken ct)
    {
        Dictionary<long, StagedSeries> known = [];
        await using (NpgsqlCommand find = new(
            """
            SELECT k.n, s.id, s.agreement_id, a.attributes::text
              FROM unnest($2::text[]) WITH ORDINALITY AS k (key, n)
              JOIN series s ON s.flow_id = $1 AND s.key = k.key
              LEFT JOIN series_attributes a ON a.series_id = s.id AND a.closed_by IS NULL
            """, connection)
        { Parameters = { new() { Value = identity.FlowId }, new() { Value = page.Series.Select(s => s.Key).ToArray() } } })
        {
            await using NpgsqlDataReader row = await find.ExecuteReaderAsync(ct).ConfigureAwait(false);
            while (await row.ReadAsync(ct).ConfigureAwait(false))
            {
                StagedSeries series = page.Series[(int)row.GetInt64(0) - 1];
                series.SeriesId = row.GetInt64(1);
                series.AgreementId = row.GetInt32(2);
                series.CurrentAttributes = row.IsDBNull(3) ? null : AttributeJson.ReadSeries(layout, row.GetFieldValue<byte[]>(3));
                known.Add(series.SeriesId, series);
            }
        }

        if (known.Count == 0)
        {
            return;
        }

        await using NpgsqlCommand chunks = new(
            "SELECT series_id, chunk, content_hash, observations FROM series_chunk WHERE series_id = ANY($1) AND closed_by IS NULL ORDER BY series_id, chunk", connection)
        { Parameters = { new() { Value = known.Keys.ToArray() } } };
        await using NpgsqlDataReader chunk = await chunks.ExecuteReaderAsync(ct).ConfigureAwait(false);
        while (await chunk.ReadAsync(ct).ConfigureAwait(false))
        {
            known[chunk.GetInt64(0)].CurrentChunks.Add(new CurrentChunk(chunk.GetInt32(1), chunk.GetFieldValue<byte[]>(2), chunk.GetInt32(3)));
        }
    }

    private async Task ReserveIdsAsync(MergePage page, CancellationToken ct)
    {
        int count = page.Series.Count(s => s.SeriesId == 0);
        if (count == 0)
        {
            return;
        }

        await using NpgsqlCommand reserve = new("SELECT nextval('series_id_seq') FROM generate_series(1, $1)", connection) { Parameters = { new() { Value = count } } };
        await using NpgsqlDataReader row = await reserve.ExecuteReaderAsync(ct).ConfigureAwait(false);
        while (await row.ReadAsync(ct).ConfigureAwait(false))
        {
            page.Ids.Enqueue(row.GetInt64(0));
        }
    }

    private async Task LoadContentAsync(MergePage page, CancellationToken ct)
    {
        Dictionary<long, StagedSeries> open = page.Open.ToDictionary(s => s.SeriesId);
        await using NpgsqlCommand content = new(
            $"SELECT c.series_id, {StoredChunk.ContentColumns} FROM series_chunk c WHERE c.series_id = ANY($1) AND c.closed_by IS NULL ORDER BY c.series_id, c.chunk", connection)
        { Parameters = { new() { Value = open.Keys.ToArray() } }, CommandTimeout = 0 };
        await using NpgsqlDataReader row = await content.ExecuteReaderAsync(ct).ConfigureAwait(false);
        while (await row.ReadAsync(ct).ConfigureAwait(false))
        {
            StagedSeries series = open[row.GetInt64(0)];
            series.CurrentContent ??= new SeriesColumns(layout.CellIds.Length);
            StoredChunk.Read(row, 1, layout, series.CurrentContent);
        }
    }
}
