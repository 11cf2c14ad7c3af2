using System.Diagnostics;
using System.Globalization;
using Dsm.Exchange.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Dsm.Tests;

/// <summary>
/// Real PostgreSQL databases for tests. One throw-away server (no fsync) is started per test process when the first
/// database is asked for, and is gone after the process, however that ended. <c>DSM_TEST_DATABASE</c>, a connection
/// string whose role may create databases, takes a server that runs already instead.
/// </summary>
/// <example>
/// <code>
/// public sealed class WarehouseTests : IAsyncLifetime
/// {
///     private string connectionString = "";
///     public async Task InitializeAsync() => connectionString = await TestDatabase.CreateDatabaseAsync();
///     public Task DisposeAsync() => Task.CompletedTask;
/// }
/// </code>
/// </example>
public static class TestDatabase
{
    private static readonly Lazy<Task<string>> Server = new(StartAsync);
    private static int count;

    /// <summary>Creates an empty database and returns its connection string.</summary>
    /// <param name="template">
    /// A connection string this class returned earlier: the new database is a copy of that one, which must be idle.
    /// Migrating once and copying is much faster than migrating for each test class.
    /// </param>
    public static async Task<string> CreateDatabaseAsync(string? template = null)
    {
        NpgsqlConnectionStringBuilder server = new(await Server.Value) { Pooling = false };
        string name = string.Create(
            CultureInfo.InvariantCulture,
            $"dsm_test_{Environment.ProcessId}_{Interlocked.Increment(ref count)}");
        string from = string.Empty;
        if (template is not null)
        {
            await using NpgsqlConnection pool = new(template);
            NpgsqlConnection.ClearPool(pool);
            from = " TEMPLATE " + new NpgsqlConnectionStringBuilder(template).Database;
        }

        await using NpgsqlConnection connection = new(server.ConnectionString);
        await connection.OpenAsync();
        await using NpgsqlCommand command = new($"CREATE DATABASE {name}{from}", connection);
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            Database = name,
            Pooling = true,
            MaxPoolSize = 20,
            ConnectionIdleLifetime = 10,
            ApplicationName = "DSM Hub tests",
        }.ConnectionString;
    }

    private static async Task<string> StartAsync()
    {
        string? given = Environment.GetEnvironmentVariable("DSM_TEST_DATABASE");
        if (!string.IsNullOrWhiteSpace(given))
        {
            return given;
        }

        string folder = Directory.CreateTempSubdirectory("dsm-test-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            // The account that runs the server has to pass through.
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        PrivateClusterOptions options = new() { Durable = false, Supervised = false, MaxConnections = 300 };
        PrivateCluster cluster = await PrivateCluster.StartAsync(folder, options, NullLogger.Instance, CancellationToken.None);
        RemoveAfterThisProcess(cluster.Directory, folder);
        return cluster.ConnectionString;
    }

    // Test runners end the process without ceremony, so nothing inside it can be trusted to clean up.
    private static void RemoveAfterThisProcess(string cluster, string folder)
    {
        const string Script =
            """
            while kill -0 "$1" 2>/dev/null; do sleep 0.3; done
            pid=$(head -n 1 "$2/postmaster.pid" 2>/dev/null)
            if [ -n "$pid" ]; then
              kill -QUIT "$pid" 2>/dev/null
              i=0; while kill -0 "$pid" 2>/dev/null && [ $i -lt 50 ]; do sleep 0.1; i=$((i + 1)); done
            fi
            rm -rf "$2" "$3"
            """;
        using Process? watcher = Process.Start(new ProcessStartInfo(
            "setsid",
            [
                "sh", "-c", "exec </dev/null >/dev/null 2>&1; " + Script, "sh",
                Environment.ProcessId.ToString(CultureInfo.InvariantCulture), cluster, folder,
            ])
        {
            WorkingDirectory = "/",
            UseShellExecute = false,
        });
    }
}
