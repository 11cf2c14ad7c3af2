using Dsm.Exchange.Storage;
using Hangfire;
using Hangfire.PostgreSql;
using Npgsql;

namespace Dsm.Web.Hosting;

/// <summary>This node's share of the job engine: creates its tables once, runs the workers, stops them in an orderly way.</summary>
public sealed class JobServer(
    HubDatabase database, JobStorage storage, JobActivator activator, HubOptions options, HubReadiness readiness, ILoggerFactory loggers) : IDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);
    private readonly IDisposable log = JobLog.Join(loggers);
    private BackgroundJobServer? server;

    /// <summary>Creates or updates the tables of the job engine; one node works, the others wait.</summary>
    public async Task PrepareAsync(CancellationToken ct)
    {
        await using NodeLock turn = await NodeLock.TakeAsync(database.ConnectionString, NodeLock.JobTables, ct);
        await using NpgsqlConnection work = await database.DataSource.OpenConnectionAsync(ct);
        PostgreSqlObjectsInstaller.Install(work, JobServices.StorageOptions.SchemaName);
    }

    /// <summary>Begins to take jobs.</summary>
    public void Start()
    {
        BackgroundJobServerOptions settings = new()
        {
            Activator = activator,
            WorkerCount = options.JobWorkers,
            SchedulePollingInterval = TimeSpan.FromSeconds(2),
            HeartbeatInterval = TimeSpan.FromSeconds(10),
            ServerTimeout = TimeSpan.FromMinutes(1),
            ServerCheckInterval = TimeSpan.FromSeconds(30),
            CancellationCheckInterval = TimeSpan.FromSeconds(2),
            ShutdownTimeout = StopPatience,
        };
        server = new BackgroundJobServer(settings, storage);
        readiness.JobsRunning = true;
    }

    /// <summary>Takes no more jobs and waits until those at work have noticed.</summary>
    public async Task StopAsync(CancellationToken ct)
    {
        readiness.JobsRunning = false;
        if (server is { } running)
        {
            running.SendStop();
            await running.WaitForShutdownAsync(ct);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        server?.Dispose();
        log.Dispose();
    }
}
