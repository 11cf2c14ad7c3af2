using Dsm.Exchange.Storage;

namespace Dsm.Web.Rest;

/// <summary>Hears, as long as the hub runs, of changes of data and structures that other hubs on the same database make: one connection.</summary>
internal sealed class ChangeHearing(HubDatabase database, ILogger<ChangeHearing> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => database.ListenAsync(log, stoppingToken);
}
