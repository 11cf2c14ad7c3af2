using Dsm.Exchange.Storage;
using Dsm.Sdmx.Issues;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Harvesting;

/// <summary>Writes the run ledger and what a run leaves at its source.</summary>
public sealed class HarvestLedger(HubDatabase database, TimeProvider clock)
{
    /// <summary>Name of this node in the ledger.</summary>
    public static string Node { get; } = $"{Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>Opens an entry. The caller holds the lease of the source, so whatever is still open there belongs to a dead node.</summary>
    public async Task<HarvestRun> BeginAsync(string sourceId, string trigger, string? user, CancellationToken ct)
    {
        await CloseAbandonedAsync(sourceId, ct).ConfigureAwait(false);
        await using HubDbContext db = database.CreateContext();
        DateTimeOffset now = clock.GetUtcNow();
        HarvestRun run = new()
        {
            SourceId = sourceId,
            Trigger = trigger,
            StartedBy = user,
            StartedAt = now,
            HeartbeatAt = now,
            Node = Node,
            Status = RunStatus.Running,
        };
        db.Runs.Add(run);
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        return run;
    }

    /// <summary>Closes an entry and, after a good end, remembers at the source what it sent.</summary>
    public async Task FinishAsync(HarvestRun run, HarvestOutcome outcome, SourceMemory? memory)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(outcome);
        run.Status = outcome.Status;
        run.Counts = outcome.Counts;
        run.FailureCode = outcome.FailureCode;
        run.FailureArguments = outcome.FailureArguments;
        run.ActionBy = outcome.ActionBy;
        run.FinishedAt = clock.GetUtcNow();
        run.HeartbeatAt = run.FinishedAt.Value;
        if (outcome.IsGood)
        {
            run.Stage = "done";
        }

        await using HubDbContext db = database.CreateContext();
        db.Runs.Update(run);
        // Written by whoever asks for the stop, at any moment.
        db.Entry(run).Property(r => r.StopRequestedBy).IsModified = false;
        if (outcome.IsGood && memory is not null && await db.Sources.FindAsync([run.SourceId]).ConfigureAwait(false) is { } source)
        {
            memory.WriteTo(source, run.StartedAt);
        }

        await db.SaveChangesAsync().ConfigureAwait(false);
    }

    /// <summary>Closes the open entries of a source as abandoned. The caller holds its lease.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> CloseAbandonedAsync(string sourceId, CancellationToken ct)
    {
        await using HubDbContext db = database.CreateContext();
        List<HarvestRun> dead = await db.Runs.Where(r => r.SourceId == sourceId && r.Status == RunStatus.Running).ToListAsync(ct).ConfigureAwait(false);
        foreach (HarvestRun run in dead)
        {
            HarvestOutcome outcome = await AbandonedAsync(db, run, ct).ConfigureAwait(false);
            run.Status = outcome.Status;
            run.Counts = outcome.Counts;
            run.FailureCode = outcome.FailureCode;
            run.FailureArguments = outcome.FailureArguments;
            run.ActionBy = outcome.ActionBy;
            run.FinishedAt = clock.GetUtcNow();
            await db.Submissions
                .Where(s => s.RunId == run.Id && (s.Status == Submissions.SubmissionStatus.Received || s.Status == Submissions.SubmissionStatus.Processing))
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.Status, Submissions.SubmissionStatus.Failed).SetProperty(x => x.FinishedAt, run.FinishedAt), ct)
                .ConfigureAwait(false);
        }

        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        return dead.Count;
    }

    /// <summary>What became of a run that was cut off: its merge may have been complete, then it ended well.</summary>
    public static async Task<HarvestOutcome> AfterCutAsync(HubDbContext db, long runId, Issue reason, CancellationToken ct)
    {
        Submissions.Submission? submission = await db.Submissions.AsNoTracking()
            .Where(s => s.RunId == runId && (s.Status == Submissions.SubmissionStatus.Merged || s.Status == Submissions.SubmissionStatus.Unchanged))
            .FirstOrDefaultAsync(ct).ConfigureAwait(false);
        return submission is null ? HarvestOutcome.Failed(reason) : HarvestOutcome.Of(submission.Counts);
    }

    private static Task<HarvestOutcome> AbandonedAsync(HubDbContext db, HarvestRun run, CancellationToken ct)
        => AfterCutAsync(db, run.Id, new Issue(ExchangeIssues.RunAbandoned, Location.None, run.Node), ct);
}
