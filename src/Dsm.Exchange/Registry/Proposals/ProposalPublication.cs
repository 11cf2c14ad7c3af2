using Dsm.Exchange.Registry.Editing;
using Dsm.Exchange.Registry.Subscriptions;
using Dsm.Exchange.Storage;
using Dsm.Sdmx.Model;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Registry.Proposals;

/// <summary>
/// Sees in the log of structures that an accepted proposal was published: by the transaction that finished its draft, or by the first
/// one that added a finished version with what was proposed in it; and that this was taken back.
/// </summary>
internal static class ProposalPublication
{
    /// <summary>Marks the proposals that a transaction published; part of the follower's own transaction.</summary>
    public static async Task FollowAsync(HubDbContext db, StructureChangeSet changes, CancellationToken ct)
    {
        await TakeBackAsync(db, changes, ct).ConfigureAwait(false);
        StructureChangeEntry[] finished = [.. changes.Entries.Where(e => e.Kind != PlannedKind.Delete && SdmxVersion.TryParse(e.Reference.Version, out SdmxVersion v) && !DraftVersions.IsDraft(v))];
        if (finished.Length == 0)
        {
            return;
        }

        string[] ids = [.. finished.Select(f => f.Reference.Id).Distinct()];
        foreach (Proposal proposal in await db.Proposals.Where(p => p.Status == ProposalStatus.Accepted && ids.Contains(p.ArtefactId)).ToListAsync(ct).ConfigureAwait(false))
        {
            if (finished.LastOrDefault(f => IsOf(f.Reference, proposal)) is not { } version)
            {
                continue;
            }

            bool endsDraft = changes.Entries.Any(e => e.Kind == PlannedKind.Delete && e.Reference.Urn == proposal.DraftUrn);
            if (endsDraft ? !await LacksItemAsync(db, version, proposal, changes.Number, ct).ConfigureAwait(false) : await CarriesAsync(db, version, proposal, changes.Number, ct).ConfigureAwait(false))
            {
                (proposal.Status, proposal.PublishedUrn, proposal.PublishedTransaction, proposal.PublishedAt) = (ProposalStatus.Published, version.Reference.Urn, changes.Number, changes.At);
                db.ProposalEntries.Add(new ProposalEntry { ProposalId = proposal.Id, At = changes.At, By = "", Text = "", Step = ProposalStatus.Published });
            }
        }
    }

    // A publication that was taken back: the proposal is accepted as before, and its draft is there again.
    private static async Task TakeBackAsync(HubDbContext db, StructureChangeSet changes, CancellationToken ct)
    {
        string[] gone = [.. changes.Entries.Where(e => e.Kind == PlannedKind.Delete).Select(e => e.Reference.Urn)];
        if (gone.Length == 0 || await db.StructureTransactions.Where(t => t.Id == changes.Number).Select(t => t.RollsBack).FirstOrDefaultAsync(ct).ConfigureAwait(false) is not { } publication)
        {
            return;
        }

        foreach (Proposal proposal in await db.Proposals.Where(p => p.Status == ProposalStatus.Published && p.PublishedTransaction == publication && gone.Contains(p.PublishedUrn!)).ToListAsync(ct).ConfigureAwait(false))
        {
            (proposal.Status, proposal.PublishedUrn, proposal.PublishedTransaction, proposal.PublishedAt) = (ProposalStatus.Accepted, null, null, null);
            db.ProposalEntries.Add(new ProposalEntry { ProposalId = proposal.Id, At = changes.At, By = "", Text = "", Step = ProposalStatus.Accepted });
        }
    }

    private static bool IsOf(StructureReference version, Proposal proposal)
        => version.Type.Class == proposal.Class && version.AgencyId == proposal.AgencyId && version.Id == proposal.ArtefactId;

    // An editor may have taken a proposed code out of the draft again before publishing it.
    private static async Task<bool> LacksItemAsync(HubDbContext db, StructureChangeEntry version, Proposal proposal, long transaction, CancellationToken ct)
        => proposal.Kind == ProposalKind.Code && !await CarriesAsync(db, version, proposal, transaction, ct).ConfigureAwait(false);

    private static async Task<bool> CarriesAsync(HubDbContext db, StructureChangeEntry version, Proposal proposal, long transaction, CancellationToken ct)
    {
        if (proposal.Kind == ProposalKind.Indicator)
        {
            return true;
        }

        string urn = version.Reference.Urn;
        string content = await db.Database.SqlQuery<string>($"SELECT content AS \"Value\" FROM structure WHERE urn = {urn} AND opened_by = {transaction}").FirstAsync(ct).ConfigureAwait(false);
        Maintainable artefact = StructureContent.Read(content);
        Item? item = proposal.ItemId is { } id && artefact is ItemScheme scheme && ItemEdits.Knows(scheme) ? ItemEdits.Of(scheme).FirstOrDefault(i => i.Id == id) : null;
        if (proposal.Kind == ProposalKind.Code)
        {
            return item is not null;
        }

        (LocalisedText name, LocalisedText text) = proposal.ItemId is null ? (artefact.Name, artefact.Description) : (item?.Name ?? default, item?.Description ?? default);
        return proposal.Name.All(n => name[n.Key] == n.Value) && proposal.Description.All(d => text[d.Key] == d.Value);
    }
}
