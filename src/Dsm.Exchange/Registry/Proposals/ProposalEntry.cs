namespace Dsm.Exchange.Registry.Proposals;

/// <summary>One entry of a proposal's record: something said, or a step, or both. Entries are never changed.</summary>
public sealed class ProposalEntry
{
    /// <summary>Number; entries are shown in its order.</summary>
    public long Id { get; set; }

    /// <summary>The proposal.</summary>
    public long ProposalId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>User.</summary>
    public required string By { get; set; }

    /// <summary>Code of the user's state; null for an office of the region, and for the hub.</summary>
    public string? State { get; set; }

    /// <summary>What was said; empty for a step without words.</summary>
    public required string Text { get; set; }

    /// <summary>The status reached by this step; null when somebody only spoke.</summary>
    public ProposalStatus? Step { get; set; }
}
