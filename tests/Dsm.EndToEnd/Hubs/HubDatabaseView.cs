using System.Globalization;
using Npgsql;

namespace Dsm.EndToEnd.Hubs;

/// <summary>A run as the ledger has it.</summary>
public sealed record RunRow(
    long Id, string Source, string Status, string? FailureCode, string? ActionBy, long? Submission, long Read, long Added, long Changed, long Removed, long Same, long Refused)
{
    /// <summary>Whether all that was read is accounted for.</summary>
    public bool IsBalanced => Read == Added + Changed + Removed + Same + Refused;
}

/// <summary>The hub's database, looked at from outside by SQL.</summary>
public sealed class HubDatabaseView(string connectionString) : IAsyncDisposable
{
    private const string Columns =
        """
        SELECT id, source_id, status, failure_code, action_by, submission_id, count_read, count_added, count_changed, count_removed, count_same, count_refused
          FROM harvest_run
        """;

    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(connectionString);

    /// <summary>Versions of series there are, current and past.</summary>
    public Task<long> VersionsAsync() => NumberAsync("SELECT count(*) FROM series_chunk");

    /// <summary>A checksum over everything that is current: keys, periods, values, attributes.</summary>
    public Task<string> ChecksumAsync() => TextAsync(
        """
        SELECT md5(string_agg(o.line, E'\n' ORDER BY o.line COLLATE "C"))
          FROM (SELECT concat_ws('|', flow, agreement, key, period, number, text, attributes) AS line FROM observation) o
        """);

    /// <summary>The first number of a query.</summary>
    public async Task<long> NumberAsync(string sql, params object[] values)
        => Convert.ToInt64(await ScalarAsync(sql, values), CultureInfo.InvariantCulture);

    /// <summary>The first text of a query.</summary>
    public async Task<string> TextAsync(string sql, params object[] values)
        => Convert.ToString(await ScalarAsync(sql, values), CultureInfo.InvariantCulture) ?? "";

    /// <summary>Changes something that no page offers.</summary>
    public async Task ExecuteAsync(string sql, params object[] values)
    {
        await using NpgsqlCommand command = Command(sql, values);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of all rows.</summary>
    public async Task<string[]> ListAsync(string sql, params object[] values)
    {
        await using NpgsqlCommand command = Command(sql, values);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture) ?? "");
        }

        return [.. rows];
    }

    /// <summary>Runs that fit a condition, oldest first.</summary>
    public async Task<RunRow[]> RunsAsync(string where, params object[] values)
    {
        await using NpgsqlCommand command = Command($"{Columns} WHERE {where} ORDER BY id", values);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        List<RunRow> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add(new RunRow(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), Nullable(reader, 3), Nullable(reader, 4), reader.IsDBNull(5) ? null : reader.GetInt64(5),
                reader.GetInt64(6), reader.GetInt64(7), reader.GetInt64(8), reader.GetInt64(9), reader.GetInt64(10), reader.GetInt64(11)));
        }

        return [.. rows];
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static string? Nullable(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private async Task<object?> ScalarAsync(string sql, object[] values)
    {
        await using NpgsqlCommand command = Command(sql, values);
        object? value = await command.ExecuteScalarAsync();
        return value is DBNull ? null : value;
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        NpgsqlCommand command = source.CreateCommand(sql);
        foreach (object value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
