namespace Dsm.Exchange.Registry;

/// <summary>Tells of changes of structures, by this node or another one, as soon as they are committed. Thread-safe.</summary>
public sealed class StructureWatch
{
    /// <summary>Channel of the notifications, sent within the transaction that changes structures.</summary>
    internal const string Channel = "dsm_structure";

    /// <summary>Structures may have changed: told after every change and whenever listening begins, since something may have been missed.</summary>
    public event Action? Changed;

    /// <summary>The statement that tells all nodes of a change when the transaction is committed.</summary>
    internal static string Notify => $"SELECT pg_notify('{Channel}', '')";

    internal void Tell() => Changed?.Invoke();
}
