using Dsm.Exchange.Access;
using Dsm.Exchange.Demo;
using Dsm.Exchange.Harvesting;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Subscriptions;
using Dsm.Exchange.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace Dsm.Web.Hosting;

/// <summary>
/// Brings a node from an empty process to a working hub, step by step, while Kestrel already answers health checks. Every step is safe
/// to repeat and safe beside other nodes on the same database.
/// </summary>
public sealed class HubStartup(
    HubOptions options,
    HubDatabase database,
    HubReadiness readiness,
    StructureRegistry registry,
    JobServer jobs,
    HarvestSchedule schedule,
    AbandonedRuns abandoned,
    ChangesJob changes,
    Demonstration demonstration,
    IServiceScopeFactory scopes,
    HubAnnouncement announcement,
    IDataProtectionProvider protection,
    IHostApplicationLifetime lifetime,
    ILogger<HubStartup> log) : BackgroundService
{
    /// <summary>Migrates before the web server listens: nothing can be answered without tables.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await database.MigrateAsync(log, cancellationToken);
        await jobs.PrepareAsync(cancellationToken);
        readiness.Migrated = true;

        // The first key is made before anybody signs in, so that a node that joins finds it instead of making its own.
        protection.CreateProtector("start").Protect([1]);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Ends jobs and demonstration; the web server has ended before, the private database ends after.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await jobs.StopAsync(cancellationToken);
        await demonstration.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await PrepareAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped while starting.
        }
        catch (Exception e)
        {
            readiness.Failure = e;
            log.LogCritical(e, "The hub could not start.");
            lifetime.StopApplication();
        }
    }

    private async Task PrepareAsync(CancellationToken ct)
    {
        await LoadStructuresAsync(ct);
        readiness.StructuresLoaded = true;
        string accounts = options.Empty ? await FirstAdministratorAsync(ct) : await demonstration.StartAsync(ct);
        await schedule.SyncAsync(ct);
        changes.Schedule();
        await abandoned.SweepAsync(ct);
        jobs.Start();
        await announcement.WriteAsync(accounts, ct);
    }

    // A hub that has structures goes on with them when its folder cannot be used; one that has none cannot do anything.
    private async Task LoadStructuresAsync(CancellationToken ct)
    {
        await registry.RefreshAsync(ct);
        try
        {
            await registry.LoadAsync(options.StructuresPath, ct);
        }
        catch (StructuresException e) when (!registry.Current.Structures.All.IsEmpty)
        {
            log.LogError("The hub goes on with the structures it has. {Faults}", e.Message);
        }
    }

    private async Task<string> FirstAdministratorAsync(CancellationToken ct)
    {
        await using NodeLock turn = await NodeLock.TakeAsync(database.ConnectionString, NodeLock.FirstAccounts, ct);
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        string? file = await scope.ServiceProvider.GetRequiredService<FirstAdministrator>().EnsureAsync(options.Data, ct);
        return file is null ? "" : $"The first administrator's password is in {file}; change it and delete the file.";
    }
}
