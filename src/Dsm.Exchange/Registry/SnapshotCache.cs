namespace Dsm.Exchange.Registry;

/// <summary>The past states of the registry asked for last; a few, whoever asks for how many. Equal concurrent questions read once. Thread-safe.</summary>
internal sealed class SnapshotCache
{
    /// <summary>How many states are kept: each has all artefacts.</summary>
    public const int Most = 6;

    private readonly Lock _lock = new();
    private readonly LinkedList<(long Transaction, Task<RegistrySnapshot> Snapshot)> _kept = [];

    /// <summary>Number of states kept.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _kept.Count;
            }
        }
    }

    /// <summary>The state after a transaction, read when it is not kept.</summary>
    public Task<RegistrySnapshot> GetAsync(long transaction, Func<Task<RegistrySnapshot>> read)
    {
        lock (_lock)
        {
            for (LinkedListNode<(long Transaction, Task<RegistrySnapshot> Snapshot)>? node = _kept.First; node is not null; node = node.Next)
            {
                if (node.Value.Transaction == transaction && !node.Value.Snapshot.IsFaulted && !node.Value.Snapshot.IsCanceled)
                {
                    _kept.Remove(node);
                    _kept.AddFirst(node);
                    return node.Value.Snapshot;
                }
            }

            Task<RegistrySnapshot> snapshot = Task.Run(read);
            _kept.AddFirst((transaction, snapshot));
            while (_kept.Count > Most)
            {
                _kept.RemoveLast();
            }

            return snapshot;
        }
    }
}
