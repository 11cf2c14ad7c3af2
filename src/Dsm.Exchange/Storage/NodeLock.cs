using Npgsql;

namespace Dsm.Exchange.Storage;

/// <summary>What only one node of a database may do at a time: a PostgreSQL session advisory lock that ends with the node.</summary>
public sealed class NodeLock : IAsyncDisposable
{
    /// <summary>Creation of the job engine's tables: "DSM jobs" in ASCII.</summary>
    public const long JobTables = 0x44_53_4D_20_6A_6F_62_73;

    /// <summary>Playing the demonstration: "DSM demo" in ASCII.</summary>
    public const long Demonstration = 0x44_53_4D_20_64_65_6D_6F;

    /// <summary>Making the first accounts: "DSM user" in ASCII.</summary>
    public const long FirstAccounts = 0x44_53_4D_20_75_73_65_72;

    /// <summary>Sending to subscribers: "DSM tell" in ASCII.</summary>
    public const long ChangeDeliveries = 0x44_53_4D_20_74_65_6C_6C;

    private readonly NpgsqlConnection connection;

    private NodeLock(NpgsqlConnection connection) => this.connection = connection;

    /// <summary>Takes a lock; waits for the node that holds it.</summary>
    public static async Task<NodeLock> TakeAsync(string connectionString, long id, CancellationToken ct)
        => (await AskAsync(connectionString, "SELECT pg_advisory_lock($1)", id, ct).ConfigureAwait(false))!;

    /// <summary>Takes a lock; null when another node holds it.</summary>
    public static Task<NodeLock?> TryTakeAsync(string connectionString, long id, CancellationToken ct)
        => AskAsync(connectionString, "SELECT pg_try_advisory_lock($1)", id, ct);

    /// <summary>Gives the lock back. Said in words, because the server notices a closed connection only a moment later.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await using NpgsqlCommand giveBack = new("SELECT pg_advisory_unlock_all()", connection);
            await giveBack.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The connection is lost, and the lock with it.
        }

        await connection.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<NodeLock?> AskAsync(string connectionString, string question, long id, CancellationToken ct)
    {
        // Unpooled: the lock ends with the connection, whatever happens to this process.
        NpgsqlConnectionStringBuilder unpooled = new(connectionString) { Pooling = false, KeepAlive = 10 };
        NpgsqlConnection connection = new(unpooled.ConnectionString);
        bool taken = false;
        try
        {
            await connection.OpenAsync(ct).ConfigureAwait(false);
            await using NpgsqlCommand command = new(question, connection) { Parameters = { new() { Value = id } }, CommandTimeout = 0 };
            taken = await command.ExecuteScalarAsync(ct).ConfigureAwait(false) is not false;
            return taken ? new NodeLock(connection) : null;
        }
        finally
        {
            if (!taken)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
