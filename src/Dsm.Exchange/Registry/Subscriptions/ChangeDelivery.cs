namespace Dsm.Exchange.Registry.Subscriptions;

/// <summary>What became of something to be sent.</summary>
public enum DeliveryStatus
{
    /// <summary>It waits for its time.</summary>
    Queued,

    /// <summary>The other side took it.</summary>
    Delivered,

    /// <summary>The other side did not take it, however often it was tried.</summary>
    Failed,

    /// <summary>It is not to be sent any more: the subscription ended, or what it told of is no longer public.</summary>
    Dropped,
}

/// <summary>
/// Something to be sent to a subscriber: the changes of one transaction, news of a proposal, or the question whether he wants to be told at all. A
/// transaction is queued once for a subscription; what was sent may come twice when the hub dies between sending and writing that down,
/// so that receivers of messages tell them apart by the number.
/// </summary>
public sealed class ChangeDelivery
{
    /// <summary>Number.</summary>
    public long Id { get; set; }

    /// <summary>To whom.</summary>
    public long SubscriptionId { get; set; }

    /// <summary>Number of the transaction; null for the question and for proposals.</summary>
    public long? TransactionNumber { get; set; }

    /// <summary>Number of the proposal; null for the question and for transactions.</summary>
    public long? ProposalId { get; set; }

    /// <summary>Number of the entry of its record; null when the proposal itself is the news.</summary>
    public long? ProposalEntryId { get; set; }

    /// <summary>True for the question whether the subscriber wants to be told.</summary>
    public bool IsQuestion => TransactionNumber is null && ProposalId is null;

    /// <summary>What became of it.</summary>
    public DeliveryStatus Status { get; set; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>When it is to be tried next.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>Until when it is in the hands of a worker.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }

    /// <summary>HTTP status of the last answer.</summary>
    public int? HttpStatus { get; set; }

    /// <summary>What went wrong last, in English.</summary>
    public string? LastError { get; set; }

    /// <summary>When it was queued.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it was taken.</summary>
    public DateTimeOffset? DeliveredAt { get; set; }
}

/// <summary>How far the log of structures was followed. One row.</summary>
public sealed class ChangeFollowerPosition
{
    /// <summary>Always 1.</summary>
    public int Id { get; set; }

    /// <summary>Number of the last transaction that was looked at.</summary>
    public long LastNumber { get; set; }
}
