using Npgsql;

namespace Dsm.Exchange.Storage;

/// <summary>
/// Who may do what in a private cluster: the hub works as a plain role that owns its database, never as superuser,
/// so that no mistake in a statement reaches the machine behind the server.
/// </summary>
internal static class PrivateClusterAccess
{
    /// <summary>The hub's role and its database.</summary>
    public const string HubName = "hub";

    /// <summary>The superuser's connection string; unpooled, for set-up only.</summary>
    public static string AdminConnectionString(int port, string password) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = PrivateClusterServer.Superuser,
            Password = password,
            Database = "postgres",
            Pooling = false,
            Timeout = 10,
        }.ConnectionString;

    /// <summary>The hub's connection string.</summary>
    public static string HubConnectionString(int port, string password) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = HubName,
            Password = password,
            Database = HubName,
            ApplicationName = "DSM Hub",
        }.ConnectionString;

    /// <summary>Creates the role and the database where they are missing and sets the role's password.</summary>
    public static async Task EnsureAsync(string adminConnectionString, string hubPassword, CancellationToken ct)
    {
        await using NpgsqlConnection connection = new(adminConnectionString);
        await connection.OpenAsync(ct).ConfigureAwait(false);
        if (!await ExistsAsync(connection, "SELECT 1 FROM pg_roles WHERE rolname = $1", ct).ConfigureAwait(false))
        {
            await ExecuteAsync(connection, $"CREATE ROLE {HubName} LOGIN CREATEDB", ct).ConfigureAwait(false);
            await ExecuteAsync(connection, $"GRANT pg_monitor TO {HubName}", ct).ConfigureAwait(false);
        }

        // ALTER ROLE takes no parameters; the password is of our own making, hexadecimal digits only.
        await ExecuteAsync(connection, $"ALTER ROLE {HubName} PASSWORD '{hubPassword}'", ct).ConfigureAwait(false);
        if (!await ExistsAsync(connection, "SELECT 1 FROM pg_database WHERE datname = $1", ct).ConfigureAwait(false))
        {
            await ExecuteAsync(connection, $"CREATE DATABASE {HubName} OWNER {HubName}", ct).ConfigureAwait(false);
        }
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, string query, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(query, connection) { Parameters = { new() { Value = HubName } } };
        return await command.ExecuteScalarAsync(ct).ConfigureAwait(false) is not null;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(statement, connection);
        await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }
}
