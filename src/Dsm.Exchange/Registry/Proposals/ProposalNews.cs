namespace Dsm.Exchange.Registry.Proposals;

/// <summary>What is new about a proposal.</summary>
/// <param name="Proposal">The proposal.</param>
/// <param name="Entry">What was said or decided; null when the proposal itself is new.</param>
public sealed record ProposalNews(Proposal Proposal, ProposalEntry? Entry)
{
    /// <summary>Who made it so; empty for the hub.</summary>
    public string By => Entry is null ? Proposal.ProposedBy : Entry.By;

    /// <summary>Code of his state; null for an office of the region, and for the hub.</summary>
    public string? State => Entry is null ? Proposal.State : Entry.State;
}
