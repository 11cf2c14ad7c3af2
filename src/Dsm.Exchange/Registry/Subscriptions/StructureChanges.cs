using System.Collections.Immutable;
using Dsm.Exchange.Storage;
using Dsm.Sdmx.Model;
using Npgsql;
using NpgsqlTypes;

namespace Dsm.Exchange.Registry.Subscriptions;

/// <summary>Reads from the log of structures what applied transactions changed, unfiltered. Thread-safe.</summary>
public sealed class StructureChanges(HubDatabase database, StructureRegistry registry)
{
    private const int Page = 50;

    private const string Sql =
        """
        WITH t AS (SELECT id, at FROM structure_transaction WHERE status = 'Applied' AND id > @above AND id < @below ORDER BY {0} LIMIT @count)
        SELECT t.id, t.at, c.urn, c.opened
        FROM t LEFT JOIN LATERAL (
            SELECT s.id, s.urn, true AS opened FROM structure s WHERE s.opened_by = t.id
            UNION ALL SELECT s.id, s.urn, false FROM structure s WHERE s.closed_by = t.id) c ON true
        ORDER BY {1}, c.id
        """;

    private static readonly string Ascending = string.Format(System.Globalization.CultureInfo.InvariantCulture, Sql, "id", "t.id");
    private static readonly string Descending = string.Format(System.Globalization.CultureInfo.InvariantCulture, Sql, "id DESC", "t.id DESC");

    /// <summary>Transactions with numbers above one, in order.</summary>
    internal static Task<ImmutableArray<StructureChangeSet>> AfterAsync(NpgsqlConnection connection, long number, int count, CancellationToken ct)
        => ReadAsync(connection, Ascending, number, long.MaxValue, count, ct);

    /// <summary>One transaction; null when none of the number was applied.</summary>
    public async Task<StructureChangeSet?> FindAsync(long number, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await database.DataSource.OpenConnectionAsync(ct).ConfigureAwait(false);
        return (await ReadAsync(connection, Ascending, number - 1, number + 1, 1, ct).ConfigureAwait(false)).FirstOrDefault();
    }

    /// <summary>The last changes that pass a filter, newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="count">Most of them.</param>
    /// <param name="before">Only transactions with lower numbers; null for all.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ImmutableArray<StructureChangeSet>> RecentAsync(ChangeFilter filter, int count, long? before, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(filter);
        AgencySpaces spaces = registry.Current.Spaces;
        await using NpgsqlConnection connection = await database.DataSource.OpenConnectionAsync(ct).ConfigureAwait(false);
        List<StructureChangeSet> found = [];
        for (long below = before ?? long.MaxValue; found.Count < count;)
        {
            ImmutableArray<StructureChangeSet> page = await ReadAsync(connection, Descending, 0, below, Page, ct).ConfigureAwait(false);
            found.AddRange(page.Select(c => filter.Of(c, spaces)).OfType<StructureChangeSet>());
            if (page.Length < Page)
            {
                break;
            }

            below = page[^1].Number;
        }

        return [.. found.Take(count)];
    }

    private static async Task<ImmutableArray<StructureChangeSet>> ReadAsync(NpgsqlConnection connection, string sql, long above, long below, int count, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(sql, connection);
        command.Parameters.AddWithValue("above", NpgsqlDbType.Bigint, above);
        command.Parameters.AddWithValue("below", NpgsqlDbType.Bigint, below);
        command.Parameters.AddWithValue("count", NpgsqlDbType.Integer, count);
        List<(long Number, DateTimeOffset At, List<(string Urn, bool IsOpened)> Rows)> sets = [];
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        while (await row.ReadAsync(ct).ConfigureAwait(false))
        {
            if (sets.Count == 0 || sets[^1].Number != row.GetInt64(0))
            {
                sets.Add((row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), []));
            }

            if (!row.IsDBNull(2))
            {
                sets[^1].Rows.Add((row.GetString(2), row.GetBoolean(3)));
            }
        }

        return [.. sets.Select(s => new StructureChangeSet(s.Number, s.At, [.. s.Rows.GroupBy(r => r.Urn).Select(Entry)]))];
    }

    // A record closed and one opened is one artefact changed.
    private static StructureChangeEntry Entry(IGrouping<string, (string Urn, bool IsOpened)> records) => new(
        StructureReference.ParseUrn(records.Key),
        records.All(r => r.IsOpened) ? PlannedKind.Add : records.All(r => !r.IsOpened) ? PlannedKind.Delete : PlannedKind.Change);
}
