using Dsm.Exchange.Storage;

namespace Dsm.Web.Rest;

/// <summary>Listens, as long as the hub runs, for changes of data that other hubs on the same database make: one connection.</summary>
internal sealed class FlowListener(HubDatabase database, ILogger<FlowListener> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => database.Flows.ListenAsync(database.ConnectionString, log, stoppingToken);
}
