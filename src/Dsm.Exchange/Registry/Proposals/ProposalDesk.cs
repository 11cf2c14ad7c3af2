using System.Collections.Immutable;
using Dsm.Exchange.Registry.Subscriptions;
using Dsm.Exchange.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Dsm.Exchange.Registry.Proposals;

/// <summary>What became of a step.</summary>
public enum ProposalOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>There is no such proposal, or none that this user sees.</summary>
    Unknown,

    /// <summary>This user may not do it.</summary>
    Forbidden,

    /// <summary>The proposal is no longer at a point where it could be done.</summary>
    TooLate,

    /// <summary>It needs words, or fewer of them.</summary>
    Text,

    /// <summary>The structures do not allow it.</summary>
    Impossible,
}

/// <summary>What became of a decision.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Fault">Why the proposal cannot be drafted; null otherwise.</param>
/// <param name="Plan">Why the registry refused the draft; null when it was not asked.</param>
public sealed record ProposalDecision(ProposalOutcome Outcome, ProposalFault? Fault = null, StructurePlan? Plan = null);

/// <summary>
/// Where proposals are made, discussed and decided. What accepting does to the structures goes through <see cref="StructureMaintenance"/>
/// as every change does; that an accepted proposal was published is seen by <see cref="ProposalPublication"/> in the log of structures.
/// </summary>
public sealed class ProposalDesk(HubDatabase database, StructureRegistry registry, StructureMaintenance maintenance, RegionOptions region, TimeProvider clock)
{
    /// <summary>What the log of structures says of drafts made here, followed by the number of the proposal.</summary>
    public const string Origin = "proposal ";

    /// <summary>The proposals that somebody sees, newest first.</summary>
    /// <param name="reader">Who reads.</param>
    /// <param name="status">Only those of a state; null for all.</param>
    /// <param name="take">Most of them.</param>
    /// <param name="before">Only those with a lower number; null for all.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<Proposal>> ListAsync(Participant reader, ProposalStatus? status, int take, long? before, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(reader);
        await using HubDbContext db = database.CreateContext();
        IAsyncEnumerable<Proposal> all = db.Proposals.AsNoTracking()
            .Where(p => (before == null || p.Id < before) && (status == null || p.Status == status) && (reader.MayPropose || p.Status == ProposalStatus.Accepted || p.Status == ProposalStatus.Published))
            .OrderByDescending(p => p.Id).AsAsyncEnumerable();
        return await all.Where(p => reader.Sees(p, registry.Current.Spaces)).Take(take).ToListAsync(ct).ConfigureAwait(false);
    }

    /// <summary>The proposals that wait for somebody's decision, newest first.</summary>
    public async Task<IReadOnlyList<Proposal>> AwaitingAsync(Maintainer maintainer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(maintainer);
        if (maintainer.MaintainsNothing)
        {
            return [];
        }

        await using HubDbContext db = database.CreateContext();
        IReadOnlyList<Proposal> pending = await db.Proposals.AsNoTracking().Where(p => p.Status == ProposalStatus.Open || p.Status == ProposalStatus.Discussed)
            .OrderByDescending(p => p.Id).ToListAsync(ct).ConfigureAwait(false);
        return [.. pending.Where(p => maintainer.MayMaintain(p.AgencyId) && registry.Current.Spaces.IsSeen(p.AgencyId, maintainer.Reading))];
    }

    /// <summary>One proposal with its record; null when there is none that this user sees. The record is for the people of offices alone.</summary>
    public async Task<(Proposal Proposal, ImmutableArray<ProposalEntry> Record)?> FindAsync(long id, Participant reader, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(reader);
        await using HubDbContext db = database.CreateContext();
        Proposal? found = await db.Proposals.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, ct).ConfigureAwait(false);
        return found is null || !reader.Sees(found, registry.Current.Spaces) ? null
            : (found, reader.MayPropose ? [.. await db.ProposalEntries.AsNoTracking().Where(e => e.ProposalId == id).OrderBy(e => e.Id).ToListAsync(ct).ConfigureAwait(false)] : []);
    }

    /// <summary>Makes a proposal; when it has faults nothing is written.</summary>
    /// <returns>The faults, each with its field; null in place of a field that does not exist.</returns>
    public async Task<ImmutableArray<(string Field, ProposalFault Fault)>> SubmitAsync(Proposal proposal, Participant by, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        ArgumentNullException.ThrowIfNull(by);
        if (!by.MayPropose)
        {
            return [("of", ProposalFault.NoSuchAgency)];
        }

        ImmutableArray<(string, ProposalFault)> faults = ProposalCheck.Faults(
            registry.For(by.Reading).Structures, proposal, ProposalCheck.AgenciesFor(by, region, registry.Current.Spaces));
        if (!faults.IsEmpty)
        {
            return faults;
        }

        (proposal.Status, proposal.ProposedBy, proposal.State, proposal.ProposedAt) = (ProposalStatus.Open, by.Name, by.State, clock.GetUtcNow());
        await using HubDbContext db = database.CreateContext();
        await using IDbContextTransaction turn = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        db.Proposals.Add(proposal);
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        await ProposalAudience.QueueAsync(db, new ProposalNews(proposal, null), registry.Current.Spaces, clock.GetUtcNow(), ct).ConfigureAwait(false);
        await turn.CommitAsync(ct).ConfigureAwait(false);
        return [];
    }

    /// <summary>Says something about a proposal; the first word of somebody else than its author makes it one that is discussed.</summary>
    public Task<ProposalOutcome> DiscussAsync(long id, Participant by, string text, CancellationToken ct) => StepAsync(id, by, (db, proposal) =>
    {
        if (!by.MayPropose)
        {
            return ProposalOutcome.Forbidden;
        }

        if (string.IsNullOrWhiteSpace(text) || text.Length > ProposalCheck.MaxText)
        {
            return ProposalOutcome.Text;
        }

        bool begins = proposal.Status == ProposalStatus.Open && by.Name != proposal.ProposedBy;
        proposal.Status = begins ? ProposalStatus.Discussed : proposal.Status;
        Enter(db, proposal, by, text, begins ? ProposalStatus.Discussed : null);
        return ProposalOutcome.Done;
    }, ct);

    /// <summary>Takes a proposal back; only its author may, and only while it is not decided.</summary>
    public Task<ProposalOutcome> WithdrawAsync(long id, Participant by, string text, CancellationToken ct) => StepAsync(id, by, (db, proposal) =>
    {
        if (by.Name != proposal.ProposedBy || by.Name.Length == 0)
        {
            return ProposalOutcome.Forbidden;
        }

        if (!proposal.IsPending || text.Length > ProposalCheck.MaxText)
        {
            return proposal.IsPending ? ProposalOutcome.Text : ProposalOutcome.TooLate;
        }

        proposal.Status = ProposalStatus.Withdrawn;
        Enter(db, proposal, by, text, ProposalStatus.Withdrawn);
        return ProposalOutcome.Done;
    }, ct);

    /// <summary>Says no, with the reason.</summary>
    public Task<ProposalOutcome> RejectAsync(long id, Participant by, Maintainer maintainer, string reason, CancellationToken ct) => StepAsync(id, by, (db, proposal) =>
    {
        ProposalOutcome outcome = MayDecide(proposal, maintainer, reason);
        if (outcome == ProposalOutcome.Done)
        {
            Decide(db, proposal, by, ProposalStatus.Rejected, reason);
        }

        return outcome;
    }, ct);

    /// <summary>
    /// Says yes: the proposal is put into the draft of the next version, which is opened when there is none. Repeating after a failure does
    /// no harm, for what stands in the draft already is left as it is.
    /// </summary>
    public async Task<ProposalDecision> AcceptAsync(long id, Participant by, Maintainer maintainer, string reason, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        await using HubDbContext db = database.CreateContext();
        await using IDbContextTransaction turn = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        if (await LockAsync(db, id, ct).ConfigureAwait(false) is not { } proposal || !by.Sees(proposal, registry.Current.Spaces))
        {
            return new ProposalDecision(ProposalOutcome.Unknown);
        }

        if (MayDecide(proposal, maintainer, reason) is var outcome && outcome != ProposalOutcome.Done)
        {
            return new ProposalDecision(outcome);
        }

        await registry.RefreshAsync(ct).ConfigureAwait(false);
        RegistrySnapshot now = registry.Current;
        ProposalDraft draft = ProposalDraft.Of(now.Structures, proposal);
        if (draft.Draft is null)
        {
            return new ProposalDecision(ProposalOutcome.Impossible, draft.Fault);
        }

        StructureReceipt? receipt = draft.Tasks.IsEmpty ? null : await maintenance.ApplyAsync(new StructureSubmission
        {
            Tasks = draft.Tasks,
            By = maintainer,
            Origin = Origin + proposal.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Comment = reason,
            BasedOn = now.Transaction,
        }, ct).ConfigureAwait(false);
        if (receipt is { IsApplied: false })
        {
            return new ProposalDecision(ProposalOutcome.Impossible, null, receipt.Plan);
        }

        (proposal.DraftUrn, proposal.DraftTransaction) = (draft.Draft.Urn, receipt?.Transaction);
        Decide(db, proposal, by, ProposalStatus.Accepted, reason);

        // The structures are changed by now: what was decided is written whether or not the asker still waits.
        await SaveAsync(db, proposal, CancellationToken.None).ConfigureAwait(false);
        await turn.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        return new ProposalDecision(ProposalOutcome.Done);
    }

    private static ProposalOutcome MayDecide(Proposal proposal, Maintainer maintainer, string reason)
        => !maintainer.MayMaintain(proposal.AgencyId) ? ProposalOutcome.Forbidden
            : !proposal.IsPending ? ProposalOutcome.TooLate
            : string.IsNullOrWhiteSpace(reason) || reason.Length > ProposalCheck.MaxText ? ProposalOutcome.Text
            : ProposalOutcome.Done;

    private void Decide(HubDbContext db, Proposal proposal, Participant by, ProposalStatus status, string reason)
    {
        (proposal.Status, proposal.DecidedBy, proposal.DecidedAt, proposal.Decision) = (status, by.Name, clock.GetUtcNow(), reason);
        Enter(db, proposal, by, reason, status);
    }

    private void Enter(HubDbContext db, Proposal proposal, Participant by, string text, ProposalStatus? step)
        => db.ProposalEntries.Add(new ProposalEntry { ProposalId = proposal.Id, At = clock.GetUtcNow(), By = by.Name, State = by.State, Text = text, Step = step });

    private async Task<ProposalOutcome> StepAsync(long id, Participant by, Func<HubDbContext, Proposal, ProposalOutcome> step, CancellationToken ct)
    {
        await using HubDbContext db = database.CreateContext();
        await using IDbContextTransaction turn = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        if (await LockAsync(db, id, ct).ConfigureAwait(false) is not { } proposal || !by.Sees(proposal, registry.Current.Spaces))
        {
            return ProposalOutcome.Unknown;
        }

        ProposalOutcome outcome = step(db, proposal);
        if (outcome == ProposalOutcome.Done)
        {
            await SaveAsync(db, proposal, ct).ConfigureAwait(false);
            await turn.CommitAsync(ct).ConfigureAwait(false);
        }

        return outcome;
    }

    // What was entered, and the letters about it.
    private async Task SaveAsync(HubDbContext db, Proposal proposal, CancellationToken ct)
    {
        ProposalEntry[] entered = [.. db.ChangeTracker.Entries<ProposalEntry>().Where(e => e.State == EntityState.Added).Select(e => e.Entity)];
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        foreach (ProposalEntry entry in entered)
        {
            await ProposalAudience.QueueAsync(db, new ProposalNews(proposal, entry), registry.Current.Spaces, clock.GetUtcNow(), ct).ConfigureAwait(false);
        }
    }

    // One step of a proposal at a time, on whatever node.
    private static Task<Proposal?> LockAsync(HubDbContext db, long id, CancellationToken ct)
        => db.Proposals.FromSql($"SELECT * FROM proposal WHERE id = {id} FOR UPDATE").FirstOrDefaultAsync(ct);
}
