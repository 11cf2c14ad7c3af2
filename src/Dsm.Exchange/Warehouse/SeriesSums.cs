using System.Data;
using System.Globalization;
using System.Text;
using Dsm.Exchange.Access;
using Dsm.Exchange.Storage;
using Dsm.Sdmx.Data;
using Npgsql;

namespace Dsm.Exchange.Warehouse;

/// <summary>
/// Counts what is current without reading observations: by the sums that stand beside each chunk. Chunks of which a reader sees a part
/// only, or which lie across the bounds of a query, are read; all within one snapshot, by the rules of every other read.
/// </summary>
internal sealed class SeriesSums(HubDatabase database, TimeProvider clock, WarehouseQuery query, ReaderAccess access)
{
    // Chunks below hold observations without time, chunks from the second on instants and ranges, whose sums are in whole days.
    private const int FirstTimed = 1 << 16;
    private const int FirstTexts = 8 << 16;
    private readonly StoredLayout _layout = StoredLayout.Of(query.Data.Schema);

    /// <summary>True for queries that sums can answer: of what is current, without filters on observations.</summary>
    public static bool CanAnswer(WarehouseQuery query)
        => query is { AsOf: null, UpdatedAfter: null, IncludeHistory: false } && query.Data.ObservationFilters.IsEmpty;

    /// <summary>How many observations there are.</summary>
    public async Task<long> CountAsync(CancellationToken ct)
    {
        long count = 0, most = (query.FirstN ?? 0L) + (query.LastN ?? 0L);
        bool isCut = query.FirstN is not null || query.LastN is not null;
        await ReadAsync((_, observations, _, _) => count += isCut ? Math.Min(observations, most) : observations, batch => count += batch.Count, ct).ConfigureAwait(false);
        return count;
    }

    /// <summary>Adds everything to a counter.</summary>
    public Task AddToAsync(AvailabilityCounter counter, CancellationToken ct) => ReadAsync(counter.Add, counter.Add, ct);

    private async Task ReadAsync(Action<string[], long, DateTime?, DateTime?> summed, Action<ObservationBatch> read, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await database.DataSource.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using NpgsqlTransaction snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct).ConfigureAwait(false);
        await using NpgsqlCommand which = new("SELECT id FROM flow WHERE urn = $1", connection) { Parameters = { new() { Value = query.FlowUrn } } };
        if (await which.ExecuteScalarAsync(ct).ConfigureAwait(false) is int flowId)
        {
            await SumAsync(connection, flowId, summed, ct).ConfigureAwait(false);
            await ReadRestAsync(connection, flowId, read, ct).ConfigureAwait(false);
        }
    }

    private async Task SumAsync(NpgsqlConnection connection, int flowId, Action<string[], long, DateTime?, DateTime?> add, CancellationToken ct)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        BatchBuilder judge = new(query, access, _layout, new DataSetSpace(new DataSetHeader { Structure = query.Data.Schema.Reference }, query.Data.Schema), 1);
        bool isFiltered = !query.Data.IsComplete;
        await using NpgsqlCommand command = Command(connection, flowId, isFiltered);
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        ChunkScratch scratch = new();
        while (await row.ReadAsync(ct).ConfigureAwait(false))
        {
            ReadSeries series = new(row.GetInt64(0), row.GetFieldValue<string[]>(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetDateTime(3));
            if (!row.IsDBNull(4))
            {
                series.Now.IsRestricted = row.GetBoolean(4);
                series.Now.EmbargoUntil = row.IsDBNull(5) ? null : row.GetDateTime(5);
                series.Now.Attributes = isFiltered ? scratch.Attributes(row, 9, _layout) : [];
            }

            if (series.VisibilityOf(series.Now, access, now) != Visibility.None && (!isFiltered || judge.Fits(series)))
            {
                add(series.Codes, row.GetInt64(6), row.IsDBNull(7) ? null : row.GetDateTime(7), row.IsDBNull(8) ? null : row.GetDateTime(8));
            }
        }
    }

    private async Task ReadRestAsync(NpgsqlConnection connection, int flowId, Action<ObservationBatch> add, CancellationToken ct)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        BatchBuilder builder = new(query, access, _layout, new DataSetSpace(new DataSetHeader { Structure = query.Data.Schema.Reference }, query.Data.Schema));
        CurrentSeries rest = new(connection, flowId, query, _layout) { Among = Inexact() };
        await foreach (ReadSeries series in rest.NextAsync(null, ct).ConfigureAwait(false))
        {
            if (builder.IsFull(series.Now.Rows?.Count ?? 0))
            {
                add(builder.Batch);
                builder.Clear();
            }

            builder.AddAll(series, now);
        }

        add(builder.Batch);
    }

    private NpgsqlCommand Command(NpgsqlConnection connection, int flowId, bool withAttributes)
    {
        NpgsqlCommand command = new() { Connection = connection, CommandTimeout = 0 };
        StringBuilder sql = new(
            $"""
            SELECT s.id, s.codes, coalesce(s.ref_area, g.state), g.released_at, a.is_restricted, a.embargo_until, sum(c.observations)::bigint,
                   min(c.first_start) FILTER (WHERE c.chunk >= {FirstTimed})::timestamp, max(c.last_end) FILTER (WHERE c.chunk >= {FirstTimed})::timestamp
            """);
        sql.Append(withAttributes ? ", a.attributes::text" : "").Append(CultureInfo.InvariantCulture, $"""
             FROM series s
              JOIN agreement g ON g.id = s.agreement_id
              JOIN series_chunk c ON c.series_id = s.id AND c.closed_by IS NULL{SeriesSql.Bounds(query)}
              LEFT JOIN series_attributes a ON a.series_id = s.id AND a.closed_by IS NULL
             WHERE 
            """);
        SeriesSql.Conditions(command, sql, flowId, query, _layout);
        sql.Append(" GROUP BY s.id, g.id, a.series_id, a.submission_id HAVING NOT bool_or(").Append(Inexact()).Append(')');
        command.CommandText = sql.ToString();
        return command;
    }

    /// <summary>Condition on a chunk (<c>c</c>) whose sums do not say what of it is seen and lies within the bounds.</summary>
    private string Inexact()
    {
        StringBuilder sql = new();
        sql.Append(CultureInfo.InvariantCulture, $"c.chunk >= {FirstTexts} OR c.last_end >= date '9999-12-31'");
        sql.Append(access.SeesAllRestricted ? "" : " OR c.restricted > 0");
        if (query.Data.From is not null || query.Data.To is not null)
        {
            sql.Append(CultureInfo.InvariantCulture, $" OR c.chunk < {FirstTimed}");
            sql.Append(query.Data.From is { } from ? string.Create(CultureInfo.InvariantCulture, $" OR c.first_start < timestamp '{from:yyyy-MM-dd HH:mm:ss.ffffff}'") : "");
            sql.Append(query.Data.To is { } to ? string.Create(CultureInfo.InvariantCulture, $" OR c.last_end > timestamp '{to:yyyy-MM-dd HH:mm:ss.ffffff}'") : "");
        }

        return sql.ToString();
    }
}
