using Dsm.Exchange.Registry;
using Dsm.Exchange.Warehouse;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dsm.Exchange.Storage;

/// <summary>
/// Hears of what other nodes on the same database change, data and structures, by PostgreSQL's notifications, over one connection.
/// </summary>
internal sealed class ChangeListener(HubDatabase database, ILogger log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Listens until it is told to stop; connects again when the connection is lost.</summary>
    public async Task ListenAsync(CancellationToken ct)
    {
        // Keepalive: a connection that died without a word is found within seconds.
        NpgsqlConnectionStringBuilder own = new(database.ConnectionString) { Pooling = false, KeepAlive = 5, ApplicationName = "DSM Hub, changes" };
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await ListenOnceAsync(own.ConnectionString, ct).ConfigureAwait(false);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or InvalidOperationException or ObjectDisposedException && !ct.IsCancellationRequested)
            {
                log.LogWarning("Changes by other nodes are not heard of for the moment: {Detail}", e.Message);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            finally
            {
                database.Flows.IsListening = false;
                database.Flows.Changed();
            }

            await Task.Delay(Patience, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenOnceAsync(string connectionString, CancellationToken ct)
    {
        await using NpgsqlConnection connection = new(connectionString);
        await connection.OpenAsync(ct).ConfigureAwait(false);
        connection.Notification += (_, news) => Hear(news.Channel);
        await using (NpgsqlCommand listen = new($"LISTEN {FlowWatch.Channel}; LISTEN {StructureWatch.Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        }

        // From here on nothing is missed; what came before may have been.
        database.Flows.Changed();
        database.Flows.IsListening = true;
        database.Structures.Tell();
        while (true)
        {
            await connection.WaitAsync(ct).ConfigureAwait(false);
        }
    }

    private void Hear(string channel)
    {
        if (channel == StructureWatch.Channel)
        {
            database.Structures.Tell();
        }
        else
        {
            database.Flows.Changed();
        }
    }
}
