using System.Collections.Immutable;
using Dsm.Exchange.Registry.Proposals;
using Dsm.Exchange.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Dsm.Exchange.Registry.Subscriptions;

/// <summary>
/// Follows the log of structures: queues each applied transaction once for every subscription that wants it, and sees which proposals it
/// published. What was done and how far that reached are one database transaction, so that nothing is done twice or left out, wherever
/// the hub dies; any number of nodes may follow at once.
/// </summary>
public sealed class ChangeFollower(HubDatabase database, StructureRegistry registry, TimeProvider clock)
{
    private const int Batch = 20;

    /// <summary>Follows to the end of the log; returns how many transactions were new.</summary>
    public async Task<int> FollowAsync(CancellationToken ct)
    {
        int all = 0;
        for (int batch = Batch; batch == Batch; all += batch)
        {
            batch = await FollowBatchAsync(ct).ConfigureAwait(false);
        }

        return all;
    }

    private async Task<int> FollowBatchAsync(CancellationToken ct)
    {
        await using HubDbContext db = database.CreateContext();
        await using IDbContextTransaction turn = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        ChangeFollowerPosition position = await db.ChangeFollower.FromSql($"SELECT * FROM change_follower WHERE id = 1 FOR UPDATE").SingleAsync(ct).ConfigureAwait(false);
        ImmutableArray<StructureChangeSet> found = await StructureChanges.AfterAsync(
            (NpgsqlConnection)db.Database.GetDbConnection(), position.LastNumber, Batch, ct).ConfigureAwait(false);
        if (found.IsEmpty)
        {
            return 0;
        }

        // What this node knows of spaces may be older than the transactions.
        await registry.RefreshAsync(ct).ConfigureAwait(false);
        AgencySpaces spaces = registry.Current.Spaces;
        List<ChangeSubscription> subscriptions = await db.ChangeSubscriptions.AsNoTracking()
            .Where(s => s.Status == SubscriptionStatus.Active || s.Status == SubscriptionStatus.Suspended).ToListAsync(ct).ConfigureAwait(false);
        DateTimeOffset now = clock.GetUtcNow();
        foreach (StructureChangeSet changes in found)
        {
            db.ChangeDeliveries.AddRange(subscriptions.Where(s => s.Since < changes.Number && s.Filter.Of(changes, spaces) is not null).Select(s => new ChangeDelivery
            {
                SubscriptionId = s.Id, TransactionNumber = changes.Number, Status = DeliveryStatus.Queued, DueAt = now, CreatedAt = now,
            }));
            await ProposalPublication.FollowAsync(db, changes, ct).ConfigureAwait(false);
        }

        position.LastNumber = found[^1].Number;
        ProposalEntry[] entered = [.. db.ChangeTracker.Entries<ProposalEntry>().Where(e => e.State == EntityState.Added).Select(e => e.Entity)];
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        foreach (ProposalEntry entry in entered)
        {
            Proposal proposal = await db.Proposals.SingleAsync(p => p.Id == entry.ProposalId, ct).ConfigureAwait(false);
            await ProposalAudience.QueueAsync(db, new ProposalNews(proposal, entry), spaces, now, ct).ConfigureAwait(false);
        }

        await turn.CommitAsync(ct).ConfigureAwait(false);
        return found.Length;
    }
}
