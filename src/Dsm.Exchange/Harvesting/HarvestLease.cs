using Npgsql;

namespace Dsm.Exchange.Harvesting;

/// <summary>
/// The right to harvest one source: a PostgreSQL session advisory lock on a connection of its own. It ends with the process that holds
/// it, however that ends, and cannot be held twice in one database.
/// </summary>
public sealed class HarvestLease : IAsyncDisposable
{
    private HarvestLease(string sourceId, NpgsqlConnection connection)
    {
        SourceId = sourceId;
        Connection = connection;
    }

    /// <summary>The source.</summary>
    public string SourceId { get; }

    /// <summary>The connection that holds the lock; signs of life go over it, so that a lost lease is noticed. One command at a time.</summary>
    internal NpgsqlConnection Connection { get; }

    /// <summary>Takes the lease; null when somebody else holds it.</summary>
    public static async Task<HarvestLease?> TryTakeAsync(string connectionString, string sourceId, CancellationToken ct)
    {
        NpgsqlConnectionStringBuilder unpooled = new(connectionString)
        {
            Pooling = false,
            ApplicationName = "DSM Hub harvest " + sourceId,
            CommandTimeout = 15,
        };
        NpgsqlConnection connection = new(unpooled.ConnectionString);
        try
        {
            await connection.OpenAsync(ct).ConfigureAwait(false);

            // The server asks after a node that fell silent, so that its leases are free within half a minute.
            await using NpgsqlCommand take = new(
                "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; "
                + "SELECT pg_try_advisory_lock(hashtextextended('harvest:' || @source, 0))",
                connection);
            take.Parameters.AddWithValue("source", sourceId);
            if (await take.ExecuteScalarAsync(ct).ConfigureAwait(false) is true)
            {
                return new HarvestLease(sourceId, connection);
            }
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        await connection.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    /// <summary>Gives the lease back. Said in words, because the server notices a closed connection only a moment later.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await using NpgsqlCommand giveBack = new("SELECT pg_advisory_unlock_all()", Connection);
            await giveBack.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The connection is lost, and the lease with it.
        }

        await Connection.DisposeAsync().ConfigureAwait(false);
    }
}
