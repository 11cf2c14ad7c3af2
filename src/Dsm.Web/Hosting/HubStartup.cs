using Dsm.Exchange.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace Dsm.Web.Hosting;

/// <summary>
/// Brings a node from an empty process to a working hub, step by step, while Kestrel already answers health checks. Every step is safe
/// to repeat and safe beside other nodes on the same database.
/// </summary>
public sealed class HubStartup(
    HubDatabase database,
    HubReadiness readiness,
    JobServer jobs,
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

    /// <summary>Ends the jobs; the web server has ended before, the private database ends after.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await jobs.StopAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
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
        readiness.StructuresLoaded = true;
        jobs.Start();
        await announcement.WriteAsync("", ct);
    }
}
