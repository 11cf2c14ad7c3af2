using System.Collections.Immutable;
using System.Text.Json;
using Dsm.Exchange.Storage;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Issues;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Dsm.Exchange.Submissions;

/// <summary>
/// Writes down how far a submission came. State, counts and findings change together, and for a merge in the transaction that
/// publishes the data: a submission says "merged" if and only if its content is there.
/// </summary>
internal sealed class SubmissionLedger
{
    private readonly HubDatabase _database;
    private readonly TimeProvider _clock;

    private SubmissionLedger(HubDatabase database, TimeProvider clock, Submission submission)
        => (_database, _clock, Submission) = (database, clock, submission);

    public Submission Submission { get; }

    public StageIssues Issues { get; } = new();

    public bool IsMerged => Submission.Status is SubmissionStatus.Merged or SubmissionStatus.Unchanged;

    public static async Task<SubmissionLedger> OpenAsync(HubDatabase database, long submissionId, TimeProvider clock, CancellationToken ct)
    {
        await using HubDbContext context = database.CreateContext();
        Submission submission = await context.Submissions.AsNoTracking().FirstOrDefaultAsync(s => s.Id == submissionId, ct).ConfigureAwait(false)
            ?? throw new KeyNotFoundException($"There is no submission {submissionId}.");
        return new SubmissionLedger(database, clock, submission);
    }

    public async Task BeginAsync(CancellationToken ct)
    {
        Submission.Status = SubmissionStatus.Processing;
        Submission.Counts = new MergeCounts();
        Submission.FinishedAt = null;
        await using HubDbContext context = _database.CreateContext();
        await context.Findings.Where(f => f.SubmissionId == Submission.Id).ExecuteDeleteAsync(ct).ConfigureAwait(false);
        await context.Submissions.Where(s => s.Id == Submission.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.Status, SubmissionStatus.Processing), ct).ConfigureAwait(false);
    }

    /// <summary>Findings forbid the use of the message. Of what was read nothing was taken.</summary>
    public Task RejectAsync((long Read, long Refused) counts, CancellationToken ct)
    {
        Submission.Status = SubmissionStatus.Rejected;
        Submission.Counts = new MergeCounts { Read = counts.Read, Refused = counts.Read };
        Issues.Merge.Add(ExchangeIssues.MessageRejected, Location.None, Issues.Forbidding);
        return WriteAsync(ct);
    }

    /// <summary>A merge ended without publishing.</summary>
    public Task EndAsync(MergeResult result, PipelineOptions options, CancellationToken ct)
    {
        MergeCounts counts = result.Counts;
        Submission.Counts = counts;
        switch (result.Outcome)
        {
            case MergeOutcome.Unchanged:
                Submission.Status = SubmissionStatus.Unchanged;
                break;
            case MergeOutcome.Checked:
                Submission.Status = SubmissionStatus.Checked;
                Submission.SeriesVersions = result.SeriesVersions;
                break;
            case MergeOutcome.TooMuchWithdrawn:
                Submission.Status = SubmissionStatus.Held;
                Issues.Merge.Add(ExchangeIssues.TooMuchWithdrawn, Location.None, counts.Withdrawn, result.CurrentObservations, options.MaxWithdrawnShare?.ToString("P0", System.Globalization.CultureInfo.InvariantCulture));
                break;
            default:
                Submission.Status = SubmissionStatus.Failed;
                Issues.Merge.Add(ExchangeIssues.RunUnbalanced, Location.None, counts.Read, counts.Added + counts.Changed + counts.Removed + counts.Same + counts.Refused);
                break;
        }

        return WriteAsync(ct);
    }

    /// <summary>The data are being published: called within that transaction.</summary>
    public Task RecordAsync(NpgsqlConnection connection, MergeResult result, CancellationToken ct)
    {
        Submission.Status = SubmissionStatus.Merged;
        Submission.Counts = result.Counts;
        Submission.SeriesVersions = result.SeriesVersions;
        Submission.MergedAt = result.PublishedAt;
        return WriteAsync(connection, ct);
    }

    /// <summary>
    /// A fault ended the work; the caller throws on. What cannot be written stays "processing" and is taken up again. A fault that comes
    /// after the commit, such as a connection lost before its answer, changes nothing: the submission stays merged.
    /// </summary>
    public async Task FailAsync(Exception fault)
    {
        Submission.Status = SubmissionStatus.Failed;
        Submission.MergedAt = null;
        if (fault is not OperationCanceledException)
        {
            Issues.Merge.Add(ExchangeIssues.HubFault, Location.None, $"{fault.GetType().Name}: {fault.Message}");
        }

        try
        {
            await WriteAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The first fault is the one to tell.
        }
    }

    public async Task<SubmissionReceipt> ReceiptAsync(CancellationToken ct)
    {
        await using HubDbContext context = _database.CreateContext();
        Submission submission = await context.Submissions.AsNoTracking().FirstAsync(s => s.Id == Submission.Id, ct).ConfigureAwait(false);
        List<Finding> findings = await context.Findings.AsNoTracking().Where(f => f.SubmissionId == Submission.Id).OrderBy(f => f.Ordinal).ToListAsync(ct).ConfigureAwait(false);
        return new SubmissionReceipt(submission, [.. findings]);
    }

    private async Task WriteAsync(CancellationToken ct)
    {
        await using NpgsqlConnection connection = await _database.DataSource.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
        if (await IsPublishedAsync(connection, ct).ConfigureAwait(false))
        {
            return;
        }

        await WriteAsync(connection, ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
    }

    // Waits for a commit that is still under way.
    private async Task<bool> IsPublishedAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using NpgsqlCommand command = new("SELECT status FROM submission WHERE id = $1 FOR UPDATE", connection) { Parameters = { new() { Value = Submission.Id } } };
        return await command.ExecuteScalarAsync(ct).ConfigureAwait(false) is nameof(SubmissionStatus.Merged);
    }

    private async Task WriteAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        Submission.FinishedAt = _clock.GetUtcNow();
        MergeCounts counts = Submission.Counts;
        await using NpgsqlCommand update = new(
            """
            UPDATE submission SET status = $2, finished_at = $3, merged_at = $4, detected_format = $5, series_versions = $6, count_read = $7,
                   count_added = $8, count_changed = $9, count_removed = $10, count_same = $11, count_refused = $12, count_withdrawn = $13
             WHERE id = $1
            """, connection)
        {
            Parameters =
            {
                new() { Value = Submission.Id },
                new() { Value = Submission.Status.ToString() },
                new() { Value = Submission.FinishedAt },
                new() { Value = (object?)Submission.MergedAt ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                new() { Value = (object?)Submission.DetectedFormat ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = Submission.SeriesVersions },
                new() { Value = counts.Read },
                new() { Value = counts.Added },
                new() { Value = counts.Changed },
                new() { Value = counts.Removed },
                new() { Value = counts.Same },
                new() { Value = counts.Refused },
                new() { Value = counts.Withdrawn },
            },
        };
        await update.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        await WriteFindingsAsync(connection, Issues.ToFindings(Submission.Id), ct).ConfigureAwait(false);
    }

    private static async Task WriteFindingsAsync(NpgsqlConnection connection, ImmutableArray<Finding> findings, CancellationToken ct)
    {
        if (findings.IsEmpty)
        {
            return;
        }

        await using NpgsqlBinaryImporter importer = await connection.BeginBinaryImportAsync(
            "COPY finding (submission_id, ordinal, stage, code, severity, component, arguments, total, observations, samples) FROM STDIN (FORMAT binary)", ct).ConfigureAwait(false);
        foreach (Finding finding in findings)
        {
            await importer.StartRowAsync(ct).ConfigureAwait(false);
            await importer.WriteAsync(finding.SubmissionId, ct).ConfigureAwait(false);
            await importer.WriteAsync(finding.Ordinal, ct).ConfigureAwait(false);
            await importer.WriteAsync(finding.Stage, ct).ConfigureAwait(false);
            await importer.WriteAsync(finding.Code, ct).ConfigureAwait(false);
            await importer.WriteAsync(finding.Severity.ToString(), ct).ConfigureAwait(false);
            await importer.WriteAsync(finding.Component, ct).ConfigureAwait(false);
            await importer.WriteAsync(JsonSerializer.Serialize(finding.Arguments), NpgsqlDbType.Jsonb, ct).ConfigureAwait(false);
            await importer.WriteAsync(finding.Total, ct).ConfigureAwait(false);
            await importer.WriteAsync(finding.Observations, ct).ConfigureAwait(false);
            await importer.WriteAsync(JsonSerializer.Serialize(finding.Samples), NpgsqlDbType.Jsonb, ct).ConfigureAwait(false);
        }

        await importer.CompleteAsync(ct).ConfigureAwait(false);
    }
}
