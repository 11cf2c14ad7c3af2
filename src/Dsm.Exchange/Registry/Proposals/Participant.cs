using Dsm.Exchange.Access;

namespace Dsm.Exchange.Registry.Proposals;

/// <summary>Who reads or speaks. Made by <see cref="HubRights.Participant"/> of a user.</summary>
/// <param name="Name">User name; empty for callers who are not signed in.</param>
/// <param name="State">Code of the user's state; null for an office of the region.</param>
/// <param name="MayPropose">True for the people of offices and ministries: they propose, discuss, and see what is not decided yet.</param>
/// <param name="Reading">What is seen of restricted spaces.</param>
public sealed record Participant(string Name, string? State, bool MayPropose, ReaderAccess Reading)
{
    /// <summary>
    /// True when a proposal is seen. People of offices see all, the public what was accepted or published; nobody sees one about the
    /// artefacts of a space that is hidden from him.
    /// </summary>
    public bool Sees(Proposal proposal, AgencySpaces spaces)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        ArgumentNullException.ThrowIfNull(spaces);
        return (MayPropose || proposal.Status is ProposalStatus.Accepted or ProposalStatus.Published) && spaces.IsSeen(proposal.AgencyId, Reading);
    }
}
