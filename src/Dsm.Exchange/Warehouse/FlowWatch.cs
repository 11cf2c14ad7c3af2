using Dsm.Exchange.Storage;

namespace Dsm.Exchange.Warehouse;

/// <summary>
/// Tells when what is known of flows may be kept in memory: as long as this node merges nothing and no other node says that it did.
/// Nodes tell each other by PostgreSQL's notifications (<see cref="ChangeListener"/>), which are sent with the commit. While nobody
/// listens nothing is kept. Thread-safe.
/// </summary>
public sealed class FlowWatch
{
    /// <summary>Channel of the notifications, sent within the transaction that changes a flow.</summary>
    internal const string Channel = "dsm_flow";

    private long _generation;
    private volatile bool _isListening;

    /// <summary>Another number after every change of any flow.</summary>
    public long Generation => Interlocked.Read(ref _generation);

    /// <summary>True while changes by other nodes are heard of.</summary>
    public bool IsListening { get => _isListening; internal set => _isListening = value; }

    /// <summary>Something changed: what was known before is no longer so.</summary>
    public void Changed() => Interlocked.Increment(ref _generation);

    /// <summary>The statement that tells other nodes of a change when the transaction is committed.</summary>
    internal static string Notify => $"SELECT pg_notify('{Channel}', '')";
}
