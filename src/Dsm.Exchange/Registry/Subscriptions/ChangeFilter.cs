using System.Collections.Immutable;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry.Editing;
using Dsm.Exchange.Registry.Proposals;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Subscriptions;

/// <summary>
/// Which changes are wanted. Artefacts of restricted spaces never pass, whoever asks: feeds, letters and messages leave the hub, where
/// nobody can take back what was told.
/// </summary>
public sealed record ChangeFilter
{
    /// <summary>The agency, with its sub-agencies; null for all.</summary>
    public string? AgencyId { get; init; }

    /// <summary>Class in the information model; null for all.</summary>
    public string? Class { get; init; }

    /// <summary>Id of the artefact; null for all.</summary>
    public string? ArtefactId { get; init; }

    /// <summary>True for drafts as well as finished versions.</summary>
    public bool WithDrafts { get; init; }

    /// <summary>True for letters about proposals, too: the subscriber's own, and those for what he maintains.</summary>
    public bool WithProposals { get; init; }

    /// <summary>True for a proposal that is wanted, by what it is about.</summary>
    public bool Fits(Proposal proposal, AgencySpaces spaces)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        ArgumentNullException.ThrowIfNull(spaces);
        return WithProposals
            && (AgencyId is null || AgencySpaces.IsWithin(proposal.AgencyId, AgencyId))
            && (Class is null || proposal.Class == Class)
            && (ArtefactId is null || proposal.ArtefactId == ArtefactId)
            && spaces.IsSeen(proposal.AgencyId, ReaderAccess.Public);
    }

    /// <summary>True for an artefact whose changes are wanted.</summary>
    public bool Fits(StructureReference artefact, AgencySpaces spaces)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        ArgumentNullException.ThrowIfNull(spaces);
        return (AgencyId is null || AgencySpaces.IsWithin(artefact.AgencyId, AgencyId))
            && (Class is null || artefact.Type.Class == Class)
            && (ArtefactId is null || artefact.Id == ArtefactId)
            && (WithDrafts || !SdmxVersion.TryParse(artefact.Version, out SdmxVersion version) || !DraftVersions.IsDraft(version))
            && spaces.IsSeen(artefact.AgencyId, ReaderAccess.Public);
    }

    /// <summary>A set of changes without those that are not wanted; null when none is left.</summary>
    public StructureChangeSet? Of(StructureChangeSet changes, AgencySpaces spaces)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ImmutableArray<StructureChangeEntry> wanted = [.. changes.Entries.Where(e => Fits(e.Reference, spaces))];
        return wanted.IsEmpty ? null : changes with { Entries = wanted };
    }
}
