using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dsm.Exchange.Warehouse;

/// <summary>
/// Tells when what is known of flows may be kept in memory: as long as this node merges nothing and no other node says that it did.
/// Nodes tell each other by PostgreSQL's notifications, which are sent with the commit. While nobody listens nothing is kept.
/// Thread-safe.
/// </summary>
public sealed class FlowWatch
{
    /// <summary>Channel of the notifications, sent within the transaction that changes a flow.</summary>
    internal const string Channel = "dsm_flow";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private long _generation;
    private volatile bool _isListening;

    /// <summary>Another number after every change of any flow.</summary>
    public long Generation => Interlocked.Read(ref _generation);

    /// <summary>True while changes by other nodes are heard of.</summary>
    public bool IsListening => _isListening;

    /// <summary>Something changed: what was known before is no longer so.</summary>
    public void Changed() => Interlocked.Increment(ref _generation);

    /// <summary>Listens until it is told to stop; connects again when the connection is lost.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="log">Told of losses.</param>
    /// <param name="ct">Ends it.</param>
    public async Task ListenAsync(string connectionString, ILogger log, CancellationToken ct)
    {
        // Keepalive: a connection that died without a word is found within seconds.
        NpgsqlConnectionStringBuilder own = new(connectionString) { Pooling = false, KeepAlive = 5, ApplicationName = "DSM Hub, changes" };
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
                _isListening = false;
                Changed();
            }

            await Task.Delay(Patience, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The statement that tells other nodes of a change when the transaction is committed.</summary>
    internal static string Notify => $"SELECT pg_notify('{Channel}', '')";

    private async Task ListenOnceAsync(string connectionString, CancellationToken ct)
    {
        await using NpgsqlConnection connection = new(connectionString);
        await connection.OpenAsync(ct).ConfigureAwait(false);
        connection.Notification += (_, _) => Changed();
        await using (NpgsqlCommand listen = new($"LISTEN {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        }

        // From here on nothing is missed; what came before may have been.
        Changed();
        _isListening = true;
        while (true)
        {
            await connection.WaitAsync(ct).ConfigureAwait(false);
        }
    }
}
