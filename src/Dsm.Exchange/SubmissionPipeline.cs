using System.Diagnostics;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Storage;
using Dsm.Exchange.Submissions;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Microsoft.Extensions.Logging;

namespace Dsm.Exchange;

/// <summary>
/// The way of one message, whatever door it came through: a straight line. <see cref="SubmissionIntake"/> has kept the bytes before.
/// <code>
/// receive → read → validate → map → validate → check → stage → merge → receipt
/// </code>
/// Reading to checking is <see cref="MessageReading"/>, on one thread; staging and merging are <see cref="WarehouseLoad"/>, on another.
/// Nothing public changes before the merge, which is one transaction. Safe to repeat: what is merged already is only reported.
/// </summary>
/// <remarks>
/// What findings mean. Against the structure the message follows, an error (M…, D…) rejects the message as a whole: the sender made
/// it, the sender repairs it, and the report is complete. What our map cannot carry over (P…), what comes out of it against the regional
/// structure, and what a domain rule forbids refuses single observations: the rest is good, and a wrong outcome of our own map must
/// not be published. A series of another provider is refused the same way.
/// </remarks>
public sealed class SubmissionPipeline(
    HubDatabase database,
    StructureRegistry registry,
    SubmissionContents contents,
    RegionOptions region,
    TimeProvider clock,
    ILogger<SubmissionPipeline> log)
{
    /// <summary>Processes a received submission to its receipt.</summary>
    /// <exception cref="OperationCanceledException">Called off; nothing changed, it can be repeated.</exception>
    /// <exception cref="KeyNotFoundException">There is no such submission.</exception>
    public async Task<SubmissionReceipt> RunAsync(long submissionId, PipelineOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        await using SubmissionClaim claim = await SubmissionClaim.TakeAsync(database, submissionId, ct).ConfigureAwait(false);
        SubmissionLedger ledger = await SubmissionLedger.OpenAsync(database, submissionId, clock, ct).ConfigureAwait(false);
        if (ledger.IsMerged)
        {
            return await ledger.ReceiptAsync(ct).ConfigureAwait(false);
        }

        try
        {
            await ledger.BeginAsync(ct).ConfigureAwait(false);
            long start = Stopwatch.GetTimestamp();
            await ProcessAsync(ledger, options, ct).ConfigureAwait(false);
            Report(ledger.Submission, Stopwatch.GetElapsedTime(start));
            options.Progress?.Report(new PipelineProgress("done", ledger.Submission.Counts.Read));
            return await ledger.ReceiptAsync(ct).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await ledger.FailAsync(e).ConfigureAwait(false);
            throw;
        }
    }

    private async Task ProcessAsync(SubmissionLedger ledger, PipelineOptions options, CancellationToken ct)
    {
        Submission submission = ledger.Submission;
        StageIssues issues = ledger.Issues;
        SubmissionContract? contract = SubmissionContract.Of(submission, registry.Current, region, issues.Read);
        if (contract is null)
        {
            await ledger.RejectAsync(default, ct).ConfigureAwait(false);
            return;
        }

        await using WarehouseLoad load = await WarehouseLoad.OpenAsync(database, contract.Target, ct).ConfigureAwait(false);
        using MessageReading reading = new(contract, issues, options.Progress);
        submission.DetectedFormat = await FormatAsync(submission, ct).ConfigureAwait(false);
        await reading.RunAsync(await contents.OpenAsync(submission.ContentHash, ct).ConfigureAwait(false), load, ct).ConfigureAwait(false);
        if (reading.IsRejected)
        {
            await ledger.RejectAsync(reading.Counts, ct).ConfigureAwait(false);
            return;
        }

        options.Progress?.Report(new PipelineProgress("merge", reading.Counts.Read));
        MergeOptions how = new()
        {
            Read = reading.Counts.Read,
            Refused = reading.Counts.Refused,
            CheckOnly = options.CheckOnly,
            MaxWithdrawnShare = options.MaxWithdrawnShare,
        };
        MergeResult result = await load.MergeAsync(how, issues.Merge, ledger.RecordAsync, ct).ConfigureAwait(false);
        if (result.Outcome != MergeOutcome.Published)
        {
            await ledger.EndAsync(result, options, ct).ConfigureAwait(false);
        }
    }

    private async Task<string?> FormatAsync(Submission submission, CancellationToken ct)
    {
        await using Stream content = await contents.OpenAsync(submission.ContentHash, ct).ConfigureAwait(false);
        (SdmxFormat? format, Stream rest) = await FormatSniffer.OpenAsync(content, new IssueList(), ct).ConfigureAwait(false);
        await rest.DisposeAsync().ConfigureAwait(false);
        return format?.Name;
    }

    private void Report(Submission submission, TimeSpan took)
    {
        MergeCounts counts = submission.Counts;
        log.LogInformation(
            "Submission {Submission}: {Status} after {Milliseconds:F0} ms; read {Read} = +{Added} ~{Changed} -{Removed} ={Same} !{Refused}; {Versions} series versions.",
            submission.Id, submission.Status, took.TotalMilliseconds, counts.Read, counts.Added, counts.Changed, counts.Removed, counts.Same, counts.Refused, submission.SeriesVersions);
    }
}
