using Dsm.Exchange.Storage;
using Dsm.Exchange.Submissions;
using Dsm.Sdmx.Issues;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Dsm.Exchange.Harvesting;

/// <summary>Processes a received submission to its receipt: <c>SubmissionPipeline</c> in service.</summary>
public delegate Task<SubmissionReceipt> ProcessSubmission(Submission submission, PipelineOptions options, CancellationToken ct);

/// <summary>
/// Harvests a source: takes its lease, asks, keeps the bytes, hands them to the pipeline, and writes into the ledger how it ended.
/// Safe to run again at any time and from any node.
/// </summary>
public sealed class Harvester(
    HubDatabase database,
    HarvestLedger ledger,
    SourceFetch fetch,
    SourceStructures structures,
    ProcessSubmission process,
    HarvestOptions options,
    TimeProvider clock,
    ILogger<Harvester> log)
{
    /// <summary>Harvests a source once.</summary>
    /// <param name="sourceId">The source.</param>
    /// <param name="trigger">What starts it: schedule, manual, startup, retry.</param>
    /// <param name="user">Who starts it; null when not a person.</param>
    /// <param name="ct">The end of this node; the run is left as abandoned and is to be taken up again.</param>
    /// <returns>The entry in the ledger; null when the source is unknown, disabled, or harvested by somebody else at the moment.</returns>
    /// <exception cref="OperationCanceledException">This node ends.</exception>
    public async Task<HarvestRun?> RunAsync(string sourceId, string trigger, string? user, CancellationToken ct)
    {
        Source? source = await FindAsync(sourceId, ct).ConfigureAwait(false);
        if (source is null || (!source.IsEnabled && user is null))
        {
            return null;
        }

        await using HarvestLease? lease = await HarvestLease.TryTakeAsync(database.ConnectionString, sourceId, ct).ConfigureAwait(false);
        if (lease is null)
        {
            log.LogInformation("Harvest of {Source}: another run is at work.", sourceId);
            return null;
        }

        HarvestRun run = await ledger.BeginAsync(sourceId, trigger, user, ct).ConfigureAwait(false);
        (HarvestOutcome outcome, SourceMemory? memory) = await WatchedAsync(source, run, lease, ct).ConfigureAwait(false);
        await ledger.FinishAsync(run, outcome, memory).ConfigureAwait(false);
        Report(run);
        ct.ThrowIfCancellationRequested();
        return run;
    }

    private async Task<(HarvestOutcome Outcome, SourceMemory? Memory)> WatchedAsync(Source source, HarvestRun run, HarvestLease lease, CancellationToken ct)
    {
        await using HarvestWatch watch = new(lease, run, TimeSpan.FromSeconds(source.RunLimitSeconds), options, clock, ct);
        try
        {
            return await HarvestAsync(source, run, watch.Token).ConfigureAwait(false);
        }
        catch (SourceException e)
        {
            return (HarvestOutcome.Failed(e.Issue), null);
        }
        catch (Exception) when (watch.Token.IsCancellationRequested)
        {
            return (await AfterCutAsync(run, CutBy(watch, source, run)).ConfigureAwait(false), null);
        }
        catch (Exception e)
        {
            log.LogError(e, "Harvest of {Source}, run {Run}: a fault.", source.Id, run.Id);
            return (await AfterCutAsync(run, new Issue(ExchangeIssues.HubFault, Location.None, $"{e.GetType().Name}: {e.Message}")).ConfigureAwait(false), null);
        }
    }

    private async Task<(HarvestOutcome Outcome, SourceMemory? Memory)> HarvestAsync(Source source, HarvestRun run, CancellationToken ct)
    {
        await structures.SettleAsync(ct).ConfigureAwait(false);
        bool canSkip = await CanSkipAsync(source, ct).ConfigureAwait(false);
        FetchedContent content = await fetch.FetchAsync(source, run, canSkip, ct).ConfigureAwait(false);
        if (content.Submission is not { } submission)
        {
            return (HarvestOutcome.NothingNew, content.Memory);
        }

        run.SubmissionId = submission.Id;
        if (canSkip && submission.ContentHash == source.LastContentHash)
        {
            await CloseUnchangedAsync(submission, ct).ConfigureAwait(false);
            return (HarvestOutcome.NothingNew, content.Memory);
        }

        run.Stage = "read";
        PipelineOptions how = new()
        {
            MaxWithdrawnShare = source.MaxWithdrawnShare,
            Progress = new StageProgress(run),
        };
        SubmissionReceipt receipt = await process(submission, how, ct).ConfigureAwait(false);
        return (HarvestOutcome.Of(receipt), content.Memory);
    }

    // "Nothing new" is only true when the warehouse holds all of what this source sent last, read by the structures and maps of today:
    // those that its agreement leads to, not any others.
    // What was refused is not held: as long as it is, every run says so.
    private async Task<bool> CanSkipAsync(Source source, CancellationToken ct)
    {
        if (source.LastGoodRunAt is not { } lastGood)
        {
            return false;
        }

        bool structuresChanged = await structures.ChangedSinceAsync(source, lastGood, ct).ConfigureAwait(false);
        await using HubDbContext db = database.CreateContext();
        bool changedByOthers = await db.Submissions
            .AnyAsync(
                s => s.AgreementUrn == source.AgreementUrn && s.Status == SubmissionStatus.Merged && s.MergedAt > lastGood
                    && !db.Runs.Any(r => r.Id == s.RunId && r.SourceId == source.Id),
                ct).ConfigureAwait(false);
        RunStatus lastEnd = await db.Runs
            .Where(r => r.SourceId == source.Id && (r.Status == RunStatus.Clean || r.Status == RunStatus.CleanWithRefusals || r.Status == RunStatus.Unchanged))
            .OrderByDescending(r => r.Id).Select(r => r.Status).FirstOrDefaultAsync(ct).ConfigureAwait(false);
        return !structuresChanged && !changedByOthers && lastEnd != RunStatus.CleanWithRefusals;
    }

    private async Task CloseUnchangedAsync(Submission submission, CancellationToken ct)
    {
        await using HubDbContext db = database.CreateContext();
        db.Submissions.Attach(submission);
        submission.Status = SubmissionStatus.Unchanged;
        submission.FinishedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
    }

    private async Task<HarvestOutcome> AfterCutAsync(HarvestRun run, Issue reason)
    {
        await using HubDbContext db = database.CreateContext();
        return await HarvestLedger.AfterCutAsync(db, run.Id, reason, CancellationToken.None).ConfigureAwait(false);
    }

    private static Issue CutBy(HarvestWatch watch, Source source, HarvestRun run) => watch switch
    {
        { StoppedBy: { } user } => new Issue(ExchangeIssues.RunStopped, Location.None, user),
        { IsOverLimit: true } => new Issue(ExchangeIssues.RunLimit, Location.None, source.RunLimitSeconds),
        { Loss: { } loss } => new Issue(ExchangeIssues.HubFault, Location.None, $"{loss.GetType().Name}: {loss.Message}"),
        _ => new Issue(ExchangeIssues.RunAbandoned, Location.None, run.Node),
    };

    private async Task<Source?> FindAsync(string sourceId, CancellationToken ct)
    {
        await using HubDbContext db = database.CreateContext();
        return await db.Sources.AsNoTracking().FirstOrDefaultAsync(s => s.Id == sourceId, ct).ConfigureAwait(false);
    }

    private void Report(HarvestRun run)
    {
        LogLevel level = run.Status == RunStatus.Failed ? LogLevel.Warning : LogLevel.Information;
        log.Log(
            level, "Harvest of {Source}, run {Run}: {Status} {Failure} read {Read} = +{Added} ~{Changed} -{Removed} ={Same} !{Refused}",
            run.SourceId, run.Id, run.Status, run.FailureCode ?? "", run.Counts.Read, run.Counts.Added, run.Counts.Changed,
            run.Counts.Removed, run.Counts.Same, run.Counts.Refused);
    }

    // Progress<T> would go over a synchronisation context; the field is read by the watch a moment later anyway.
    private sealed class StageProgress(HarvestRun run) : IProgress<PipelineProgress>
    {
        public void Report(PipelineProgress value) => run.Stage = value.Stage;
    }
}
