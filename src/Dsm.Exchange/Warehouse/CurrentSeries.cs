using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Npgsql;

namespace Dsm.Exchange.Warehouse;

/// <summary>
/// Reads the series of a flow as they are now, in key order or that asked for, by as few statements as can be: one for a single series, two otherwise,
/// of which the first brings what the first byte of an answer needs. The caller holds a snapshot when there are two.
/// </summary>
internal sealed class CurrentSeries(NpgsqlConnection connection, int flowId, WarehouseQuery query, StoredLayout layout)
{
    private const string Columns = $"s.id, s.codes, s.key, {StateColumns}";

    private const string StateColumns =
        "coalesce(s.ref_area, g.state), g.released_at, a.is_restricted, a.embargo_until, a.attributes::text, c.chunk, " + StoredChunk.ContentColumns;

    // A series of one key: its key and codes are known already. One text whatever the bounds: each text that is prepared stays with its connection.
    private const string OneSeries =
        $"""
        SELECT s.id, NULL, NULL, {StateColumns}
          FROM series s
          JOIN agreement g ON g.id = s.agreement_id
          LEFT JOIN series_attributes a ON a.series_id = s.id AND a.closed_by IS NULL
          LEFT JOIN series_chunk c ON c.series_id = s.id AND c.closed_by IS NULL AND c.last_end >= $3 AND c.first_start <= $4
         WHERE s.flow_id = $1 AND s.key = $2
         ORDER BY c.chunk
        """;

    private readonly ChunkScratch _scratch = new();
    private string? _lastKey;

    /// <summary>Series that the last statement selected, those without observations too.</summary>
    public int Selected { get; private set; }

    /// <summary>Condition on chunks (<c>c</c>): only series of which one fulfils it; null for all series. Text of this program, never of a caller.</summary>
    public string? Among { get; init; }

    /// <summary>One key is asked for: one statement is a snapshot of its own.</summary>
    public bool IsOne { get; } = SeriesSql.IsOfOneKey(query, layout);

    /// <summary>
    /// The next series after those read before. The rows of a series are in <see cref="SeriesState.Rows"/> until the next series is
    /// asked for.
    /// </summary>
    /// <param name="count">How many at most; null for all that are left.</param>
    /// <param name="ct">Ends the query.</param>
    public async IAsyncEnumerable<ReadSeries> NextAsync(int? count, [EnumeratorCancellation] CancellationToken ct)
    {
        await using NpgsqlCommand command = Command(count);
        if (ReferenceEquals(command.CommandText, OneSeries))
        {
            // The same statement again and again: planned once a connection.
            await command.PrepareAsync(ct).ConfigureAwait(false);
        }

        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        Selected = 0;
        ReadSeries? series = null;
        SeriesColumns rows = new(layout.CellIds.Length);
        while (await row.ReadAsync(ct).ConfigureAwait(false))
        {
            long id = row.GetInt64(0);
            if (series is null || series.Id != id)
            {
                if (series is not null)
                {
                    yield return series;
                    rows.Clear();
                }

                series = Series(row, id, rows);
                Selected++;
            }

            if (!row.IsDBNull(8))
            {
                _scratch.Read(row, 9, layout, rows);
            }
        }

        if (series is not null)
        {
            yield return series;
        }
    }

    private ReadSeries Series(NpgsqlDataReader row, long id, SeriesColumns rows)
    {
        string[] codes = row.IsDBNull(1) ? [.. query.Data.Codes.Select(c => c!.Items[0])] : row.GetFieldValue<string[]>(1);
        _lastKey = row.IsDBNull(2) ? null : row.GetString(2);
        ReadSeries series = new(id, codes, row.IsDBNull(3) ? null : row.GetString(3), row.GetDateTime(4));
        series.Now.Rows = row.IsDBNull(8) ? null : rows;
        if (!row.IsDBNull(5))
        {
            series.Now.IsRestricted = row.GetBoolean(5);
            series.Now.EmbargoUntil = row.IsDBNull(6) ? null : row.GetDateTime(6);
            series.Now.Attributes = _scratch.Attributes(row, 7, layout);
        }

        return series;
    }

    // Chunks come beside each series, not sorted together with all others: nothing waits for the last series.
    private NpgsqlCommand Command(int? count)
    {
        NpgsqlCommand command = new() { Connection = connection };
        if (IsOne && query.AgreementUrns.Count == 0 && Among is null)
        {
            // Found by an index: it keeps the usual limit of time, which costs less than setting another on the socket and back.
            command.CommandText = OneSeries;
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = flowId });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = SeriesSql.WholeKey(query, layout)! });
            command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = query.Data.From is { } from ? DateOnly.FromDateTime(from) : DateOnly.MinValue });
            command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = query.Data.To is { } to ? DateOnly.FromDateTime(to) : DateOnly.MaxValue });
            return command;
        }

        command.CommandTimeout = 0;
        StringBuilder sql = new($"SELECT {Columns} FROM (SELECT s.id, s.codes, s.ref_area, s.key, s.agreement_id FROM series s");
        if (query.AgreementUrns.Count > 0)
        {
            sql.Append(" JOIN agreement g ON g.id = s.agreement_id");
        }

        sql.Append(" WHERE ");
        SeriesSql.Conditions(command, sql, flowId, query, layout);
        if (_lastKey is { } last)
        {
            sql.Append(" AND s.key > ").Append(SeriesSql.Parameter(command, last));
        }

        if (Among is { } condition)
        {
            sql.Append(CultureInfo.InvariantCulture, $" AND EXISTS (SELECT FROM series_chunk c WHERE c.series_id = s.id AND c.closed_by IS NULL{SeriesSql.Bounds(query)} AND ({condition}))");
        }

        string order = SeriesSql.Order(query);
        sql.Append(" ORDER BY ").Append(order);
        if (count is { } most)
        {
            sql.Append(CultureInfo.InvariantCulture, $" LIMIT {most}");
        }

        sql.Append(CultureInfo.InvariantCulture, $"""
            ) s
              JOIN agreement g ON g.id = s.agreement_id
              LEFT JOIN series_attributes a ON a.series_id = s.id AND a.closed_by IS NULL
             LEFT JOIN LATERAL (SELECT * FROM series_chunk c WHERE c.series_id = s.id AND c.closed_by IS NULL{SeriesSql.Bounds(query)} ORDER BY c.chunk) c ON true
             ORDER BY {order}
            """);
        command.CommandText = sql.ToString();
        return command;
    }
}
