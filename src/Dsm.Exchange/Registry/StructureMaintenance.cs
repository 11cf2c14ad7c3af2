using System.Collections.Immutable;
using System.Security.Cryptography;
using Dsm.Exchange.Storage;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dsm.Exchange.Registry;

/// <summary>
/// The one door through which structures change. A submission is planned by all rules and applied whole or not at all, one submission
/// of all nodes at a time; what was asked and what became of it is logged, refusals too. Thread-safe.
/// </summary>
public sealed class StructureMaintenance(HubDatabase database, StructureRegistry registry, RegionOptions region, TimeProvider clock, ILogger<StructureMaintenance> log)
{
    /// <summary>Says what a submission would do, and whether it may; nothing changes.</summary>
    public async Task<StructurePlan> PlanAsync(StructureSubmission submission, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(submission);
        await registry.RefreshAsync(ct).ConfigureAwait(false);
        await using NpgsqlConnection connection = await database.DataSource.OpenConnectionAsync(ct).ConfigureAwait(false);
        return await PlanAsync(connection, submission, false, ct).ConfigureAwait(false);
    }

    /// <summary>Applies a submission when no rule forbids it; else nothing changes.</summary>
    public async Task<StructureReceipt> ApplyAsync(StructureSubmission submission, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(submission);
        await using StructureWriting writing = await StructureWriting.BeginAsync(database, registry.Turn, ct).ConfigureAwait(false);

        // Nobody else changes anything until this transaction ends: what is read now is what will be changed.
        await registry.RefreshAsync(ct).ConfigureAwait(false);
        return await ApplyAsync(writing, submission, null, ct).ConfigureAwait(false);
    }

    /// <summary>Writes into the log that a message was refused before it could be planned, because it cannot be read.</summary>
    /// <returns>Number of the entry.</returns>
    public async Task<long> LogUnreadableAsync(StructureSubmission submission, ImmutableArray<Issue> issues, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(submission);
        await using StructureWriting writing = await StructureWriting.BeginAsync(database, registry.Turn, ct).ConfigureAwait(false);
        StructurePlan plan = new() { Changes = [], Issues = issues, BasedOn = registry.Snapshot.Transaction };
        return (await RefuseAsync(writing, submission, plan, null, ct).ConfigureAwait(false)).Transaction!.Value;
    }

    /// <summary>
    /// Takes a transaction back in a new one: what it added goes, what it changed or deleted comes back. Refused when an artefact has
    /// been changed since, or when the rules for deletions and references forbid it.
    /// </summary>
    /// <param name="transaction">Number of the transaction.</param>
    /// <param name="by">Who takes it back; must maintain all agencies concerned.</param>
    /// <param name="comment">Why.</param>
    /// <param name="ct">Cancels; nothing has changed then.</param>
    public async Task<StructureReceipt> RollBackAsync(long transaction, Maintainer by, string? comment, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        await using StructureWriting writing = await StructureWriting.BeginAsync(database, registry.Turn, ct).ConfigureAwait(false);
        await registry.RefreshAsync(ct).ConfigureAwait(false);
        (ImmutableArray<StructureTask> tasks, ImmutableArray<Issue> issues) = await StructureRollBack.TasksAsync(writing.Context, transaction, by, registry.Snapshot.Spaces, ct).ConfigureAwait(false);
        StructureSubmission submission = RollBack(tasks, by, comment);
        return issues.IsEmpty
            ? await ApplyAsync(writing, submission, transaction, ct).ConfigureAwait(false)
            : await RefuseAsync(writing, submission, new StructurePlan { Changes = [], Issues = issues, BasedOn = registry.Snapshot.Transaction }, transaction, ct).ConfigureAwait(false);
    }

    /// <summary>Says what <see cref="RollBackAsync"/> would do now, and what forbids it; nothing changes and nothing is logged.</summary>
    /// <param name="transaction">Number of the transaction.</param>
    /// <param name="by">Who would take it back.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<StructurePlan> PlanRollBackAsync(long transaction, Maintainer by, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        await registry.RefreshAsync(ct).ConfigureAwait(false);
        await using HubDbContext context = database.CreateContext();
        (ImmutableArray<StructureTask> tasks, ImmutableArray<Issue> issues) = await StructureRollBack.TasksAsync(context, transaction, by, registry.Snapshot.Spaces, ct).ConfigureAwait(false);
        if (!issues.IsEmpty)
        {
            return new StructurePlan { Changes = [], Issues = issues, BasedOn = registry.Snapshot.Transaction };
        }

        await using NpgsqlConnection connection = await database.DataSource.OpenConnectionAsync(ct).ConfigureAwait(false);
        return await PlanAsync(connection, RollBack(tasks, by, null), true, ct).ConfigureAwait(false);
    }

    /// <summary>
    /// Makes a space of an agency, or changes whose it is or who sees it. Refused when artefacts outside the space refer into one that
    /// would be restricted.
    /// </summary>
    public async Task<StructureReceipt> SetSpaceAsync(AgencySpace space, Maintainer by, string? comment, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(by);
        await using StructureWriting writing = await StructureWriting.BeginAsync(database, registry.Turn, ct).ConfigureAwait(false);
        await registry.RefreshAsync(ct).ConfigureAwait(false);
        RegistrySnapshot now = registry.Snapshot;
        StructureSubmission submission = new() { Tasks = [], By = by, Origin = $"space-{(space.IsRestricted ? "restricted" : "public")} {space.AgencyId}", Comment = comment };
        ImmutableArray<Issue> issues = SpaceCheck.Issues(now, space, by);
        StructurePlan plan = new() { Changes = [], Issues = issues, BasedOn = now.Transaction };
        if (!plan.CanBeApplied)
        {
            return await RefuseAsync(writing, submission, plan, null, ct).ConfigureAwait(false);
        }

        StructureTransaction entry = await writing.LogAsync(Entry(submission, plan, TransactionStatus.Applied, null), ct).ConfigureAwait(false);
        await writing.SpaceAsync(space, ct).ConfigureAwait(false);
        await CommitAsync(writing).ConfigureAwait(false);
        return new StructureReceipt(plan, entry.Id, true);
    }

    /// <summary>Applies the folder of structures; see <see cref="StructureFolder"/>.</summary>
    internal async Task<int> LoadAsync(string folder, CancellationToken ct)
    {
        ImmutableArray<StructureFile> files = StructureFiles.Read(folder);
        await using StructureWriting writing = await StructureWriting.BeginAsync(database, registry.Turn, ct).ConfigureAwait(false);
        await registry.RefreshAsync(ct).ConfigureAwait(false);
        StructureFolder changes = await StructureFolder.ChangesAsync(writing.Context, files, ct).ConfigureAwait(false);
        StructureSubmission submission = new() { Tasks = changes.Tasks, By = Maintainer.Hub, Origin = StructureFolder.Origin };
        StructurePlan plan = await PlanAsync(writing.Connection, submission, false, ct).ConfigureAwait(false);

        // What is gone from the folder but still in use stays; only what the files say can be wrong.
        HashSet<string> kept = [.. plan.Changes.Where(c => c.Kind == PlannedKind.Delete && c.Issues.Any(i => i.Severity >= Severity.Error)).Select(c => c.Reference.Urn)];
        if (kept.Count > 0)
        {
            log.LogWarning("Structures: gone from {Folder}, but in use and kept: {Artefacts}.", folder, string.Join(", ", kept));
            submission = submission with { Tasks = [.. submission.Tasks.Where(t => !kept.Contains(t.Reference.Urn))] };
            plan = await PlanAsync(writing.Connection, submission, false, ct).ConfigureAwait(false);
        }

        if (!plan.CanBeApplied)
        {
            await RefuseAsync(writing, submission, plan, null, ct).ConfigureAwait(false);
            throw new StructuresException(changes.Faults(plan));
        }

        await changes.RememberAsync(writing.Context, kept, ct).ConfigureAwait(false);
        int changed = plan.Changes.Count(c => c.Kind != PlannedKind.Same);
        if (changed > 0)
        {
            await WriteAsync(writing, submission, plan, null, changes.OriginOf, ct).ConfigureAwait(false);
        }

        await CommitAsync(writing).ConfigureAwait(false);
        log.LogInformation("Structures: {Artefacts} in {Folder}, {Changed} changed.", files.Length, folder, changed);
        return changed;
    }

    private static StructureSubmission RollBack(ImmutableArray<StructureTask> tasks, Maintainer by, string? comment) => new() { Tasks = tasks, By = by, Origin = "roll-back", Comment = comment };

    private async Task<StructurePlan> PlanAsync(NpgsqlConnection connection, StructureSubmission submission, bool isRollBack, CancellationToken ct)
    {
        StructurePlanner planner = new(registry.Snapshot, region, submission) { IsRollBack = isRollBack };
        planner.Check();
        await StructureUse.CheckAsync(connection, planner.Target, agency => registry.Snapshot.Spaces.IsSeen(agency, submission.By.Reading), ct).ConfigureAwait(false);
        if (submission.BasedOn is { } basedOn)
        {
            await StructureWriting.CheckSinceAsync(connection, planner.Target, basedOn, ct).ConfigureAwait(false);
        }

        return planner.Plan();
    }

    private async Task<StructureReceipt> ApplyAsync(StructureWriting writing, StructureSubmission submission, long? rollsBack, CancellationToken ct)
    {
        StructurePlan plan = await PlanAsync(writing.Connection, submission, rollsBack is not null, ct).ConfigureAwait(false);
        if (!plan.CanBeApplied)
        {
            return await RefuseAsync(writing, submission, plan, rollsBack, ct).ConfigureAwait(false);
        }

        if (!plan.ChangesAnything)
        {
            return new StructureReceipt(plan, null, true);
        }

        StructureTransaction entry = await WriteAsync(writing, submission, plan, rollsBack, _ => submission.Origin, ct).ConfigureAwait(false);
        await CommitAsync(writing).ConfigureAwait(false);
        log.LogInformation(
            "Registry: transaction {Transaction} by {Who} ({Origin}): {Added} added, {Changed} changed, {Deleted} deleted.",
            entry.Id, entry.Who, entry.Origin, entry.Added, entry.Changed, entry.Deleted);
        return new StructureReceipt(plan, entry.Id, true);
    }

    private async Task<StructureTransaction> WriteAsync(
        StructureWriting writing, StructureSubmission submission, StructurePlan plan, long? rollsBack, Func<StructureReference, string> originOf, CancellationToken ct)
    {
        StructureTransaction entry = await writing.LogAsync(Entry(submission, plan, TransactionStatus.Applied, rollsBack), ct).ConfigureAwait(false);
        await writing.CloseAsync(plan.Changes.Where(c => c.Kind is PlannedKind.Change or PlannedKind.Delete).Select(c => c.Reference.Urn), entry, ct).ConfigureAwait(false);
        await writing.OpenAsync(plan.Changes.Where(c => c.Kind is PlannedKind.Add or PlannedKind.Change).Select(c => c.After!), entry, originOf, ct).ConfigureAwait(false);
        return entry;
    }

    private async Task<StructureReceipt> RefuseAsync(StructureWriting writing, StructureSubmission submission, StructurePlan plan, long? rollsBack, CancellationToken ct)
    {
        StructureTransaction entry = await writing.LogAsync(Entry(submission, plan, TransactionStatus.Refused, rollsBack), ct).ConfigureAwait(false);
        await writing.CommitAsync().ConfigureAwait(false);
        return new StructureReceipt(plan, entry.Id, false);
    }

    // Once committed it is so, whoever has given up waiting: this node must see it, too.
    private async Task CommitAsync(StructureWriting writing)
    {
        await writing.NotifyAsync(CancellationToken.None).ConfigureAwait(false);
        await writing.CommitAsync().ConfigureAwait(false);
        await registry.RefreshAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private StructureTransaction Entry(StructureSubmission submission, StructurePlan plan, TransactionStatus status, long? rollsBack)
    {
        bool isApplied = status == TransactionStatus.Applied;
        return new StructureTransaction
        {
            At = clock.GetUtcNow(),
            Who = submission.By.Name,
            Origin = submission.Origin,
            Comment = submission.Comment,
            Status = status,
            Added = isApplied ? plan.Changes.Count(c => c.Kind == PlannedKind.Add) : 0,
            Changed = isApplied ? plan.Changes.Count(c => c.Kind == PlannedKind.Change) : 0,
            Deleted = isApplied ? plan.Changes.Count(c => c.Kind == PlannedKind.Delete) : 0,
            RollsBack = rollsBack,
            Message = submission.Message,
            MessageHash = submission.Message is { } message ? Convert.ToHexStringLower(SHA256.HashData(message)) : null,
            MediaType = submission.MediaType,
            Findings = [.. plan.Changes.SelectMany(c => c.Issues.Select(i => Finding(i, c.Reference.Urn)))
                .Concat(plan.Issues.Where(i => !plan.Changes.Any(c => c.Issues.Contains(i))).Select(i => Finding(i, null))).Take(StructureTransaction.MostFindings)],
        };
    }

    // What was sent may hold any character; the database keeps all but NUL.
    private static TransactionFinding Finding(Issue issue, string? artefact)
        => new(issue.Code.Id, artefact, [.. issue.Arguments.Select(a => a.Replace('\0', '\uFFFD'))]);
}
