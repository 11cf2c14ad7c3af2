using Dsm.Exchange.Registry;
using Dsm.Exchange.Warehouse;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dsm.Exchange.Storage;

/// <summary>
/// The hub's database: one pool of connections for EF Core (the hub's own records) and for Npgsql (observations).
/// One instance for the life of the process; thread-safe.
/// </summary>
public sealed class HubDatabase : IAsyncDisposable
{
    // "DSM hub" in ASCII: one number for every node, so that only one of them migrates.
    private const long MigrationLock = 0x44_53_4D_20_68_75_62;
    private readonly DbContextOptions<HubDbContext> options;

    /// <summary>Opens nothing yet; connections are made when they are needed.</summary>
    /// <param name="connectionString">Npgsql connection string.</param>
    public HubDatabase(string connectionString)
    {
        ConnectionString = connectionString;
        DataSource = new NpgsqlDataSourceBuilder(connectionString).Build();
        DbContextOptionsBuilder<HubDbContext> builder = new();
        Configure(builder, DataSource);
        options = builder.Options;
    }

    /// <summary>The connection string it was made with.</summary>
    public string ConnectionString { get; }

    /// <summary>The pool of connections.</summary>
    public NpgsqlDataSource DataSource { get; }

    /// <summary>When what is known of flows of data may be kept in memory.</summary>
    public FlowWatch Flows { get; } = new();

    /// <summary>Tells of changes of structures.</summary>
    public StructureWatch Structures { get; } = new();

    /// <summary>Hears of changes by other nodes, as <see cref="Flows"/> and <see cref="Structures"/> tell, until it is told to stop: one connection.</summary>
    /// <param name="log">Told when the connection is lost; it is made again.</param>
    /// <param name="ct">Ends it.</param>
    public Task ListenAsync(ILogger log, CancellationToken ct) => new ChangeListener(this, log).ListenAsync(ct);

    /// <summary>A context for one unit of work; the caller disposes it.</summary>
    public HubDbContext CreateContext() => new(options);

    /// <summary>Sets a context up as the hub uses it; also for <c>AddDbContext</c>.</summary>
    public static void Configure(DbContextOptionsBuilder builder, NpgsqlDataSource dataSource)
        => builder.UseNpgsql(dataSource, n => n.MigrationsHistoryTable("migration")).UseSnakeCaseNamingConvention();

    /// <summary>
    /// Creates the database when it is absent and brings its tables up to date. Any number of nodes may call it at the same time:
    /// one works, the others wait.
    /// </summary>
    /// <exception cref="NpgsqlException">The server cannot be reached, or the role may not create what is missing.</exception>
    public async Task MigrateAsync(ILogger log, CancellationToken ct)
    {
        await CreateIfAbsentAsync(log, ct).ConfigureAwait(false);

        // Unpooled: the lock ends with the connection, whatever happens to this process.
        await using NpgsqlConnection guard = new(Unpooled(null));
        await guard.OpenAsync(ct).ConfigureAwait(false);
        await LockAsync(guard, ct).ConfigureAwait(false);
        await using HubDbContext context = CreateContext();
        string[] pending = [.. await context.Database.GetPendingMigrationsAsync(ct).ConfigureAwait(false)];
        if (pending.Length > 0)
        {
            log.LogInformation("Bringing the database up to date: {Migrations}.", string.Join(", ", pending));
            await context.Database.MigrateAsync(ct).ConfigureAwait(false);
        }
    }

    /// <summary>True when the database answers within a time; for health checks.</summary>
    public async Task<bool> AnswersAsync(TimeSpan patience, CancellationToken ct)
    {
        using CancellationTokenSource waiting = CancellationTokenSource.CreateLinkedTokenSource(ct);
        waiting.CancelAfter(patience);
        try
        {
            await using NpgsqlCommand question = DataSource.CreateCommand("SELECT 1");
            await question.ExecuteNonQueryAsync(waiting.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or TimeoutException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => DataSource.DisposeAsync();

    private async Task CreateIfAbsentAsync(ILogger log, CancellationToken ct)
    {
        string name = new NpgsqlConnectionStringBuilder(ConnectionString).Database ?? "postgres";
        try
        {
            await using NpgsqlConnection direct = new(Unpooled(null));
            await direct.OpenAsync(ct).ConfigureAwait(false);
            return;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            log.LogInformation("Creating database {Database}.", name);
        }

        await using NpgsqlConnection server = new(Unpooled("postgres"));
        await server.OpenAsync(ct).ConfigureAwait(false);
        await LockAsync(server, ct).ConfigureAwait(false);
        await using NpgsqlCommand exists = new("SELECT 1 FROM pg_database WHERE datname = $1", server) { Parameters = { new() { Value = name } } };
        if (await exists.ExecuteScalarAsync(ct).ConfigureAwait(false) is null)
        {
            await using NpgsqlCommand create = new($"CREATE DATABASE \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\" ENCODING 'UTF8' TEMPLATE template0", server);
            await create.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        }
    }

    private static async Task LockAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using NpgsqlCommand command = new("SELECT pg_advisory_lock($1)", connection) { Parameters = { new() { Value = MigrationLock } }, CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    private string Unpooled(string? database)
    {
        NpgsqlConnectionStringBuilder builder = new(ConnectionString) { Pooling = false };
        if (database is not null)
        {
            builder.Database = database;
        }

        return builder.ConnectionString;
    }
}
