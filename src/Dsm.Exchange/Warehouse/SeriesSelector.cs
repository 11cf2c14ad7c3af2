using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Npgsql;

namespace Dsm.Exchange.Warehouse;

/// <summary>
/// Selects series in key order, some hundred at a time, and loads what they were at a moment. All within one snapshot of the database.
/// </summary>
internal sealed class SeriesSelector(NpgsqlConnection connection, int flowId, WarehouseQuery query, StoredLayout layout)
{
    // The clock of the database may be ahead of ours: "until now" means all that is visible.
    private static readonly DateTime Forever = DateTime.SpecifyKind(new DateTime(9999, 1, 1), DateTimeKind.Utc);
    private string? _lastKey;

    /// <summary>The next series after those selected before; fewer than asked for at the end.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="among">Numbers of the series to choose from; null for all of the flow.</param>
    /// <param name="ct">Ends the query.</param>
    public async Task<List<ReadSeries>> NextAsync(int count, long[]? among, CancellationToken ct)
    {
        await using NpgsqlCommand command = new() { Connection = connection, CommandTimeout = 0 };
        StringBuilder sql = new("SELECT s.id, s.codes, coalesce(s.ref_area, g.state), g.released_at, s.key FROM series s JOIN agreement g ON g.id = s.agreement_id WHERE ");
        SeriesSql.Conditions(command, sql, flowId, query, layout);
        if (_lastKey is { } last)
        {
            sql.Append(" AND s.key > ").Append(SeriesSql.Parameter(command, last));
        }

        if (among is not null)
        {
            sql.Append(" AND s.id = ANY(").Append(SeriesSql.Parameter(command, among)).Append(')');
        }

        sql.Append(CultureInfo.InvariantCulture, $" ORDER BY s.key LIMIT {count}");
        command.CommandText = sql.ToString();
        List<ReadSeries> series = [];
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        while (await row.ReadAsync(ct).ConfigureAwait(false))
        {
            series.Add(new ReadSeries(row.GetInt64(0), row.GetFieldValue<string[]>(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetDateTime(3)));
            _lastKey = row.GetString(4);
        }

        return series;
    }

    /// <summary>Numbers of the series that changed between two moments, by publication, release or the end of an embargo.</summary>
    public async Task<long[]> TouchedAsync(DateTime after, DateTime? until, DateTime now, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(
            """
            WITH p AS MATERIALIZED (SELECT submission_id AS id FROM publication WHERE flow_id = $1 AND published_at > $2 AND published_at <= $4)
            SELECT array_agg(DISTINCT t.id) FROM (
                SELECT series_id AS id FROM series_chunk WHERE submission_id IN (SELECT id FROM p)
                UNION ALL SELECT series_id FROM series_chunk WHERE closed_by IN (SELECT id FROM p)
                UNION ALL SELECT series_id FROM series_attributes WHERE submission_id IN (SELECT id FROM p)
                UNION ALL SELECT a.series_id FROM series_attributes a JOIN series s ON s.id = a.series_id AND s.flow_id = $1
                           WHERE a.embargo_until > $2 AND a.embargo_until <= $3
                UNION ALL SELECT s.id FROM agreement g JOIN series s ON s.agreement_id = g.id
                           WHERE g.flow_id = $1 AND g.released_at > $2 AND g.released_at <= $3) t
            """, connection)
        { Parameters = { new() { Value = flowId }, new() { Value = after }, new() { Value = until ?? now }, new() { Value = until ?? Forever } }, CommandTimeout = 0 };
        return await command.ExecuteScalarAsync(ct).ConfigureAwait(false) as long[] ?? [];
    }

    /// <summary>Moments of the publications of the flow up to one, ascending.</summary>
    public async Task<List<DateTime>> PublicationsAsync(DateTime until, CancellationToken ct)
    {
        await using NpgsqlCommand command = new("SELECT published_at FROM publication WHERE flow_id = $1 AND published_at <= $2 ORDER BY 1", connection)
        { Parameters = { new() { Value = flowId }, new() { Value = until } } };
        List<DateTime> moments = [];
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        while (await row.ReadAsync(ct).ConfigureAwait(false))
        {
            moments.Add(row.GetDateTime(0));
        }

        return moments;
    }

    /// <summary>Loads attributes and observations as they were at a moment; null for now.</summary>
    public async Task LoadAsync(List<ReadSeries> series, DateTime? moment, Func<ReadSeries, SeriesState> into, CancellationToken ct)
    {
        FrozenDictionary<long, SeriesState> states = series.ToFrozenDictionary(s => s.Id, into);
        long[] ids = [.. series.Select(s => s.Id)];
        await using (NpgsqlCommand attributes = At("SELECT c.series_id, c.is_restricted, c.embargo_until, c.attributes::text FROM series_attributes c", "", ids, moment))
        await using (NpgsqlDataReader row = await attributes.ExecuteReaderAsync(ct).ConfigureAwait(false))
        {
            while (await row.ReadAsync(ct).ConfigureAwait(false))
            {
                SeriesState state = states[row.GetInt64(0)];
                state.IsRestricted = row.GetBoolean(1);
                state.EmbargoUntil = row.IsDBNull(2) ? null : row.GetDateTime(2);
                state.Attributes = AttributeJson.ReadSeries(layout, row.GetFieldValue<byte[]>(3));
            }
        }

        await using NpgsqlCommand chunks = At($"SELECT c.series_id, {StoredChunk.ContentColumns} FROM series_chunk c", SeriesSql.Bounds(query), ids, moment);
        await using NpgsqlDataReader chunk = await chunks.ExecuteReaderAsync(ct).ConfigureAwait(false);
        while (await chunk.ReadAsync(ct).ConfigureAwait(false))
        {
            SeriesState state = states[chunk.GetInt64(0)];
            StoredChunk.Read(chunk, 1, layout, state.Rows ??= new SeriesColumns(layout.CellIds.Length));
        }
    }

    private NpgsqlCommand At(string select, string condition, long[] ids, DateTime? moment)
    {
        string order = select.Contains("series_chunk", StringComparison.Ordinal) ? " ORDER BY c.series_id, c.chunk" : "";
        NpgsqlCommand command = new() { Connection = connection, CommandTimeout = 0, Parameters = { new() { Value = ids } } };
        if (moment is null)
        {
            command.CommandText = $"{select} WHERE c.series_id = ANY($1) AND c.closed_by IS NULL{condition}{order}";
        }
        else
        {
            command.Parameters.Add(new() { Value = moment });
            command.CommandText =
                $"""
                {select}
                  JOIN publication b ON b.submission_id = c.submission_id AND b.published_at <= $2
                  LEFT JOIN publication x ON x.submission_id = c.closed_by
                 WHERE c.series_id = ANY($1) AND (x.published_at IS NULL OR x.published_at > $2){condition}{order}
                """;
        }

        return command;
    }
}
