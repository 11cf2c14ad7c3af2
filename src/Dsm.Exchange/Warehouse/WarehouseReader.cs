using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Data;
using System.Runtime.CompilerServices;
using Dsm.Exchange.Access;
using Dsm.Exchange.Storage;
using Dsm.Sdmx.Data;
using Npgsql;

namespace Dsm.Exchange.Warehouse;

/// <summary>
/// Reads the warehouse: streamed, in key order, each answer from one snapshot of the database, and never more than the reader may see.
/// Nothing restricted shows in counts or availability either.
/// </summary>
public sealed partial class WarehouseReader(HubDatabase database, TimeProvider clock)
{
    private const int FirstPage = 50;
    private const int Page = 1000;
    private const int FirstCapacity = 64;
    private readonly FlowStates _states = new(database, clock);
    private readonly ConcurrentDictionary<string, int> _flowIds = new(StringComparer.Ordinal);
    private static readonly DateTime BeforeAll = new(1, 1, 2, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>
    /// Streams the observations a query asks for, by key and time, or in the order asked for when series stay together in it. A batch with another <see cref="ObservationBatch.Space"/> than the one before starts
    /// another data set; its header says the action and the validity. A batch is valid until the next one is asked for.
    /// </summary>
    /// <remarks>
    /// Data sets: one for a plain query. With <c>updatedAfter</c> one of what was added or changed (Replace) and one of what was deleted
    /// (Delete). With <c>includeHistory</c> the same pair for every publication, with its instant as <see cref="DataSetHeader.ValidFrom"/>.
    /// No batch is empty; no batch at all means that there is nothing.
    /// </remarks>
    public async IAsyncEnumerable<ObservationBatch> ReadAsync(WarehouseQuery query, ReaderAccess access, [EnumeratorCancellation] CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(access);
        if (query.Data.IsEmpty)
        {
            yield break;
        }

        StoredLayout layout = StoredLayout.Of(query.Data.Schema);
        await using NpgsqlConnection connection = await database.DataSource.OpenConnectionAsync(ct).ConfigureAwait(false);
        if (await FlowIdAsync(connection, query.FlowUrn, ct).ConfigureAwait(false) is not { } flowId)
        {
            yield break;
        }

        bool isOneStatement = query is { AsOf: null, UpdatedAfter: null, IncludeHistory: false } && SeriesSql.IsOfOneKey(query, layout);
        await using NpgsqlTransaction? snapshot = isOneStatement ? null
            : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct).ConfigureAwait(false);
        IAsyncEnumerable<ObservationBatch> batches = query switch
        {
            { IncludeHistory: true } => HistoryAsync(connection, flowId, query, access, layout, ct),
            { UpdatedAfter: null, AsOf: null } => CurrentAsync(connection, flowId, query, access, layout, ct),
            { UpdatedAfter: { } after } => ChangesAsync(connection, flowId, query, access, layout, after.UtcDateTime, query.AsOf?.UtcDateTime, null, ct),
            _ => StateAsync(connection, flowId, query, access, layout, ct),
        };
        await foreach (ObservationBatch batch in batches.ConfigureAwait(false))
        {
            yield return batch;
        }
    }

    /// <summary>
    /// How many observations <see cref="ReadAsync"/> would give; of a query for what is current from the counts kept with the chunks,
    /// without reading observations where these suffice.
    /// </summary>
    public async Task<long> CountAsync(WarehouseQuery query, ReaderAccess access, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(access);
        if (SeriesSums.CanAnswer(query))
        {
            return query.Data.IsEmpty ? 0 : await new SeriesSums(database, clock, query, access).CountAsync(ct).ConfigureAwait(false);
        }

        long count = 0;
        await foreach (ObservationBatch batch in ReadAsync(query, access, ct).ConfigureAwait(false))
        {
            count += batch.Count;
        }

        return count;
    }

    /// <summary>Which codes, times and how much there is of what a query asks for, as the reader may see.</summary>
    public async Task<Availability> AvailabilityAsync(WarehouseQuery query, ReaderAccess access, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(access);
        AvailabilityCounter counter = new(query.Data, isWidened: false, mayRepeat: query.UpdatedAfter is not null || query.IncludeHistory);
        await CountAsync(query, access, counter, ct).ConfigureAwait(false);
        return counter.Result;
    }

    /// <summary>
    /// Which codes and times stay valid choices beside what a query has chosen: each dimension as if nothing were chosen there, all
    /// other choices kept (REST, availability, <c>mode=available</c>). Series and observations are those of the query itself.
    /// </summary>
    public async Task<Availability> ChoicesAsync(WarehouseQuery query, ReaderAccess access, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(access);
        Availability exact = await AvailabilityAsync(query, access, ct).ConfigureAwait(false);
        AvailabilityCounter widened = new(query.Data, isWidened: true);
        await CountAsync(query with { Data = query.Data.WithoutKeys() }, access, widened, ct).ConfigureAwait(false);
        Availability times = await AvailabilityAsync(query with { Data = query.Data.WithoutTimes() }, access, ct).ConfigureAwait(false);
        return exact with { Codes = widened.Result.Codes, First = times.First, Last = times.Last };
    }

    private async Task CountAsync(WarehouseQuery query, ReaderAccess access, AvailabilityCounter counter, CancellationToken ct)
    {
        if (query.Data.IsEmpty)
        {
            return;
        }

        if (SeriesSums.CanAnswer(query))
        {
            await new SeriesSums(database, clock, query, access).AddToAsync(counter, ct).ConfigureAwait(false);
            return;
        }

        await foreach (ObservationBatch batch in ReadAsync(query, access, ct).ConfigureAwait(false))
        {
            counter.Add(batch);
        }
    }

    /// <summary>Whether anything is new in a flow. Costs nothing while that is known in memory (<see cref="FlowWatch"/>).</summary>
    public ValueTask<FlowState> FlowStateAsync(string flowUrn, CancellationToken ct) => _states.GetAsync(flowUrn, ct);

    /// <summary>The state of a flow when it is known without a look at the database; else null.</summary>
    public FlowState? KnownFlowState(string flowUrn) => _states.Known(flowUrn);

    /// <summary>What there is of every agreement and state, as the reader may see.</summary>
    public async Task<ImmutableArray<Coverage>> CoverageAsync(ReaderAccess access, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(access);
        await using NpgsqlCommand command = database.DataSource.CreateCommand(
            """
            WITH visible AS (
                SELECT s.agreement_id, s.id, v.state, c.submission_id,
                       CASE WHEN v.sees_all THEN c.observations ELSE c.observations - c.restricted END AS observations,
                       CASE WHEN v.sees_all THEN c.last_end ELSE c.free_last_end END AS last_end,
                       CASE WHEN v.sees_all THEN c.last_period ELSE c.free_last_period END AS last_period
                  FROM series_chunk c
                  JOIN series s ON s.id = c.series_id
                  JOIN agreement g ON g.id = s.agreement_id
                  JOIN series_attributes a ON a.series_id = s.id AND a.closed_by IS NULL
                 CROSS JOIN LATERAL (SELECT coalesce(s.ref_area, g.state) AS state, $1 OR coalesce(coalesce(s.ref_area, g.state) = ANY($2), false) AS sees_all) v
                 WHERE c.closed_by IS NULL
                   AND (v.sees_all OR (NOT a.is_restricted AND (a.embargo_until IS NULL OR a.embargo_until <= $3) AND g.released_at <= $3 AND c.observations > c.restricted)))
            SELECT f.urn, g.urn, v.state, count(DISTINCT v.id), sum(v.observations)::bigint,
                   (array_agg(v.last_period ORDER BY v.last_end DESC, v.last_period DESC))[1], max(v.last_end), max(p.published_at)
              FROM visible v
              JOIN agreement g ON g.id = v.agreement_id
              JOIN flow f ON f.id = g.flow_id
              JOIN publication p ON p.submission_id = v.submission_id
             GROUP BY f.urn, g.urn, v.state
             ORDER BY f.urn, v.state, g.urn
            """);
        command.Parameters.Add(new() { Value = access.SeesAllRestricted });
        command.Parameters.Add(new() { Value = access.States.ToArray() });
        command.Parameters.Add(new() { Value = clock.GetUtcNow().UtcDateTime });
        ImmutableArray<Coverage>.Builder rows = ImmutableArray.CreateBuilder<Coverage>();
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        while (await row.ReadAsync(ct).ConfigureAwait(false))
        {
            rows.Add(new Coverage
            {
                FlowUrn = row.GetString(0),
                AgreementUrn = row.GetString(1),
                State = row.IsDBNull(2) ? null : row.GetString(2),
                Series = row.GetInt64(3),
                Observations = row.GetInt64(4),
                LastPeriod = row.GetString(5),
                LastEnd = row.GetFieldValue<DateOnly>(6),
                ChangedAt = new DateTimeOffset(row.GetDateTime(7)),
            });
        }

        return rows.ToImmutable();
    }

    /// <summary>Sets from when the data of an agreement are released; before, only readers of restricted data of the state see them. Null withdraws the release.</summary>
    /// <returns>False when nothing has come under the agreement yet.</returns>
    public async Task<bool> ReleaseAsync(string agreementUrn, DateTimeOffset? from, CancellationToken ct)
    {
        await using NpgsqlCommand command = database.DataSource.CreateCommand(
            """
            WITH released AS (UPDATE agreement SET released_at = coalesce($2, 'infinity'::timestamptz) WHERE urn = $1 RETURNING flow_id)
            UPDATE flow SET version = version + 1 WHERE id IN (SELECT flow_id FROM released) RETURNING pg_notify('dsm_flow', '')
            """);
        command.Parameters.Add(new() { Value = agreementUrn });
        command.Parameters.Add(new() { Value = (object?)from?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        bool changed = await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false) > 0;
        database.Flows.Changed();
        return changed;
    }

    private async IAsyncEnumerable<ObservationBatch> CurrentAsync(
        NpgsqlConnection connection, int flowId, WarehouseQuery query, ReaderAccess access, StoredLayout layout, [EnumeratorCancellation] CancellationToken ct)
    {
        CurrentSeries current = new(connection, flowId, query, layout);
        BatchBuilder builder = new(query, access, layout, Space(query, DataSetAction.Information, null), FirstCapacity, current.IsOne);
        DateTime now = clock.GetUtcNow().UtcDateTime;
        for (int? most = query.Data.Order is null ? FirstPage : null; ; most = null)
        {
            await foreach (ReadSeries series in current.NextAsync(most, ct).ConfigureAwait(false))
            {
                if (builder.IsFull(series.Now.Rows?.Count ?? 0))
                {
                    yield return builder.Batch;
                    builder.Clear();
                }

                builder.AddAll(series, now);
            }

            // What the first page has goes out at once.
            if (builder.Batch.Count > 0)
            {
                yield return builder.Batch;
                builder.Clear();
            }

            if (most is null || current.IsOne || current.Selected < FirstPage)
            {
                yield break;
            }
        }
    }

    private async IAsyncEnumerable<ObservationBatch> StateAsync(
        NpgsqlConnection connection, int flowId, WarehouseQuery query, ReaderAccess access, StoredLayout layout, [EnumeratorCancellation] CancellationToken ct)
    {
        BatchBuilder builder = new(query, access, layout, Space(query, DataSetAction.Information, query.AsOf?.UtcDateTime));
        SeriesSelector selector = new(connection, flowId, query, layout), today = Today(selector, connection, flowId, query);
        DateTime now = clock.GetUtcNow().UtcDateTime;
        for (int size = FirstPage; ; size = Page)
        {
            List<ReadSeries> page = await selector.NextAsync(size, null, ct).ConfigureAwait(false);
            await selector.LoadAsync(page, query.AsOf?.UtcDateTime, s => s.Now, ct).ConfigureAwait(false);
            await LoadTodayAsync(today, page, query.AsOf is not null, access, ct).ConfigureAwait(false);
            foreach (ReadSeries series in page)
            {
                if (builder.IsFull(series.Now.Rows?.Count ?? 0))
                {
                    yield return builder.Batch;
                    builder.Clear();
                }

                builder.AddAll(series, now);
            }

            // What the first page has goes out at once.
            if ((size == FirstPage || page.Count < size) && builder.Batch.Count > 0)
            {
                yield return builder.Batch;
                builder.Clear();
            }

            if (page.Count < size)
            {
                yield break;
            }
        }
    }

    private async IAsyncEnumerable<ObservationBatch> HistoryAsync(
        NpgsqlConnection connection, int flowId, WarehouseQuery query, ReaderAccess access, StoredLayout layout, [EnumeratorCancellation] CancellationToken ct)
    {
        DateTime before = BeforeAll;
        DateTime until = query.AsOf?.UtcDateTime ?? DateTime.SpecifyKind(DateTime.MaxValue.Date, DateTimeKind.Utc);
        foreach (DateTime moment in await new SeriesSelector(connection, flowId, query, layout).PublicationsAsync(until, ct).ConfigureAwait(false))
        {
            if (moment > query.UpdatedAfter?.UtcDateTime || query.UpdatedAfter is null)
            {
                await foreach (ObservationBatch batch in ChangesAsync(connection, flowId, query, access, layout, before, moment, moment, ct).ConfigureAwait(false))
                {
                    yield return batch;
                }
            }

            before = moment;
        }
    }

    private async IAsyncEnumerable<ObservationBatch> ChangesAsync(
        NpgsqlConnection connection, int flowId, WarehouseQuery query, ReaderAccess access, StoredLayout layout,
        DateTime after, DateTime? until, DateTime? validFrom, [EnumeratorCancellation] CancellationToken ct)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        long[] touched = await new SeriesSelector(connection, flowId, query, layout).TouchedAsync(after, until, now, ct).ConfigureAwait(false);

        // A former version shows only what may be shown today: a reader of history is a reader of now.
        DateTime seenThen = validFrom is null ? after : now;
        foreach (bool removed in touched.Length == 0 ? [] : new[] { false, true })
        {
            BatchBuilder builder = new(query, access, layout, Space(query, removed ? DataSetAction.Delete : DataSetAction.Replace, validFrom));
            SeriesSelector selector = new(connection, flowId, query, layout), today = Today(selector, connection, flowId, query);
            List<ReadSeries> page;
            do
            {
                page = await selector.NextAsync(Page, touched, ct).ConfigureAwait(false);
                await selector.LoadAsync(page, until, s => s.Now, ct).ConfigureAwait(false);
                await selector.LoadAsync(page, after, s => s.Before, ct).ConfigureAwait(false);
                await LoadTodayAsync(today, page, until is not null, access, ct).ConfigureAwait(false);
                foreach (ReadSeries series in page)
                {
                    if (builder.IsFull(Math.Max(series.Now.Rows?.Count ?? 0, series.Before.Rows?.Count ?? 0)))
                    {
                        yield return builder.Batch;
                        builder.Clear();
                    }

                    if (removed)
                    {
                        builder.AddRemoved(series, now, seenThen);
                    }
                    else
                    {
                        builder.AddChanged(series, now, seenThen);
                    }
                }
            }
            while (page.Count == Page);

            if (builder.Batch.Count > 0)
            {
                yield return builder.Batch;
            }
        }
    }

    // Who sees everything need not be kept from what became restricted since.
    private static Task LoadTodayAsync(SeriesSelector today, List<ReadSeries> page, bool isFormer, ReaderAccess access, CancellationToken ct)
        => isFormer && !access.SeesAllRestricted ? today.LoadAsync(page, null, s => s.BeginToday(), ct) : Task.CompletedTask;

    // What is restricted today may hang on a component that a former structure has not.
    private static SeriesSelector Today(SeriesSelector selector, NpgsqlConnection connection, int flowId, WarehouseQuery query)
        => query.Today is { } schema ? new SeriesSelector(connection, flowId, query, StoredLayout.Of(schema)) : selector;

    private static DataSetSpace Space(WarehouseQuery query, DataSetAction action, DateTime? validFrom) => new(
        new DataSetHeader
        {
            Structure = query.Data.Schema.Reference,
            Action = action,
            ValidFrom = validFrom is { } instant ? instant.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture) : null,
        },
        query.Data.Schema);

    // The number of a flow is given once and for all.
    private async ValueTask<int?> FlowIdAsync(NpgsqlConnection connection, string urn, CancellationToken ct)
    {
        if (_flowIds.TryGetValue(urn, out int known))
        {
            return known;
        }

        await using NpgsqlCommand command = new("SELECT id FROM flow WHERE urn = $1", connection) { Parameters = { new() { Value = urn } } };
        int? id = await command.ExecuteScalarAsync(ct).ConfigureAwait(false) as int?;
        if (id is { } found)
        {
            _flowIds[urn] = found;
        }

        return id;
    }
}
