using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dsm.Exchange.Storage;

/// <summary>
/// Where the hub keeps its data: a PostgreSQL server somebody else runs, or a private cluster the hub runs itself.
/// Disposing stops the private cluster and leaves a foreign server alone.
/// </summary>
public sealed class HubStorage : IAsyncDisposable
{
    private readonly PrivateCluster? cluster;

    private HubStorage(string connectionString, PrivateCluster? cluster)
    {
        ConnectionString = connectionString;
        this.cluster = cluster;
    }

    /// <summary>An Npgsql connection string to the hub's database.</summary>
    public string ConnectionString { get; }

    /// <summary>True when the hub itself started (or took over) the server.</summary>
    public bool IsPrivate => cluster is not null;

    /// <summary>
    /// Decides the storage, in this order: the explicit connection string (<c>ConnectionStrings__Hub</c>), a private
    /// cluster under <paramref name="dataDirectory"/> from the installed PostgreSQL binaries, a clear refusal.
    /// </summary>
    /// <param name="explicitConnectionString">The configured connection string; empty counts as absent.</param>
    /// <param name="dataDirectory">The hub's data folder; created when absent.</param>
    /// <param name="log">Told which storage is used and, for a private cluster, what happens to it.</param>
    /// <param name="ct">Stops waiting for the server.</param>
    /// <exception cref="StorageUnavailableException">
    /// The connection string cannot be read, or there is neither a connection string nor a usable PostgreSQL.
    /// </exception>
    public static async Task<HubStorage> ResolveAsync(
        string? explicitConnectionString,
        string dataDirectory,
        ILogger log,
        CancellationToken ct)
    {
        if (!string.IsNullOrWhiteSpace(explicitConnectionString))
        {
            NpgsqlConnectionStringBuilder builder = Parse(explicitConnectionString);
            log.LogInformation("Storage: PostgreSQL at {Host}, database {Database}.", builder.Host, builder.Database);
            return new HubStorage(builder.ConnectionString, cluster: null);
        }

        PrivateCluster cluster = await PrivateCluster.StartAsync(dataDirectory, log, ct).ConfigureAwait(false);
        return new HubStorage(cluster.ConnectionString, cluster);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException e)
        {
            // The text itself is not repeated: it holds a password.
            throw new StorageUnavailableException(
                "ConnectionStrings__Hub is not a PostgreSQL connection string. "
                + "Expected: Host=...;Port=5432;Database=...;Username=...;Password=...",
                e);
        }
    }
}
