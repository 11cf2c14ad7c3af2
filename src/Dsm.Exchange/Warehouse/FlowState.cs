namespace Dsm.Exchange.Warehouse;

/// <summary>Whether anything is new in a flow.</summary>
/// <param name="Tag">Another one after every publication, release and end of an embargo; empty for a flow without data.</param>
/// <param name="ChangedAt">
/// When it last changed; null for a flow without data. To be sent as the time of the answer: <c>updatedAfter</c> with it misses nothing
/// and repeats nothing.
/// </param>
public sealed record FlowState(string Tag, DateTimeOffset? ChangedAt);
