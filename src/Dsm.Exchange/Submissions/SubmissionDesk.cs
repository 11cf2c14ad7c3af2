using Dsm.Exchange.Storage;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Submissions;

/// <summary>A national structure in which data of an agreement may be sent.</summary>
/// <param name="StructureUrn">URN of the national dataflow.</param>
/// <param name="MapUrn">URN of the map to the regional structure.</param>
public sealed record NationalStructure(string StructureUrn, string MapUrn);

/// <summary>
/// Takes files that people bring: keeps them and has them processed in the background, so that nobody waits for a page and a stop of
/// the hub loses nothing. Who may do so is asked of <see cref="Access.HubRights"/> by the caller.
/// </summary>
public sealed class SubmissionDesk(HubDatabase database, SubmissionIntake intake, IBackgroundJobClient jobs)
{
    /// <summary>National structures that are registered for an agreement with a source.</summary>
    public async Task<IReadOnlyList<NationalStructure>> NationalStructuresAsync(string agreementUrn, CancellationToken ct)
    {
        await using HubDbContext db = database.CreateContext();
        var known = await db.Sources.AsNoTracking()
            .Where(s => s.AgreementUrn == agreementUrn && s.MapUrn != null && s.SourceStructureUrn != null)
            .Select(s => new { s.SourceStructureUrn, s.MapUrn }).Distinct().ToListAsync(ct).ConfigureAwait(false);
        return [.. known.Select(k => new NationalStructure(k.SourceStructureUrn!, k.MapUrn!)).OrderBy(k => k.MapUrn, StringComparer.Ordinal)];
    }

    /// <summary>Keeps a file and has it processed.</summary>
    /// <exception cref="IOException">The stream broke off; nothing is kept.</exception>
    public async Task<Submission> TakeAsync(Stream content, SubmissionDraft draft, bool checkOnly, CancellationToken ct)
    {
        Submission submission = await intake.ReceiveAsync(content, draft, ct).ConfigureAwait(false);
        Process(submission.Id, checkOnly, false);
        return submission;
    }

    /// <summary>Has a kept submission processed, once more if need be; what is merged already stays as it is.</summary>
    /// <param name="submissionId">The submission.</param>
    /// <param name="checkOnly">True to change nothing.</param>
    /// <param name="withdrawalConfirmed">True when a person confirmed that the file may withdraw as much as it does.</param>
    public void Process(long submissionId, bool checkOnly, bool withdrawalConfirmed)
        => jobs.Enqueue<SubmissionJob>(job => job.RunAsync(submissionId, checkOnly, withdrawalConfirmed, CancellationToken.None));
}
