using Dsm.Exchange.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Submissions;

/// <summary>Looks submissions up. Who may see them is asked of <see cref="Access.HubRights"/> by the caller.</summary>
public sealed class SubmissionRegister(HubDatabase database)
{
    /// <summary>Submissions of some agreements, newest first.</summary>
    /// <param name="agreementUrns">URNs of the agreements.</param>
    /// <param name="before">Only submissions with a lower number; null for the newest.</param>
    /// <param name="count">Most wanted.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task<IReadOnlyList<Submission>> ListAsync(IReadOnlyCollection<string> agreementUrns, long? before, int count, CancellationToken ct)
    {
        await using HubDbContext db = database.CreateContext();
        IQueryable<Submission> wanted = db.Submissions.AsNoTracking().Where(s => agreementUrns.Contains(s.AgreementUrn));
        return await (before is { } id ? wanted.Where(s => s.Id < id) : wanted).OrderByDescending(s => s.Id).Take(count).ToListAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Submissions without a good end that are the last of their agreement: what a person has to look at.</summary>
    public async Task<IReadOnlyList<Submission>> OpenAsync(CancellationToken ct)
    {
        await using HubDbContext db = database.CreateContext();
        return await db.Submissions.AsNoTracking()
            .Where(s => s.Status == SubmissionStatus.Rejected || s.Status == SubmissionStatus.Failed || s.Status == SubmissionStatus.Held)
            .Where(s => !db.Submissions.Any(later => later.AgreementUrn == s.AgreementUrn && later.Id > s.Id))
            .OrderByDescending(s => s.Id).ToListAsync(ct).ConfigureAwait(false);
    }

    /// <summary>A submission with its findings; null when there is none.</summary>
    public async Task<SubmissionReceipt?> FindAsync(long id, CancellationToken ct)
    {
        await using HubDbContext db = database.CreateContext();
        Submission? submission = await db.Submissions.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, ct).ConfigureAwait(false);
        if (submission is null)
        {
            return null;
        }

        List<Finding> findings = await db.Findings.AsNoTracking().Where(f => f.SubmissionId == id).OrderBy(f => f.Ordinal).ToListAsync(ct).ConfigureAwait(false);
        return new SubmissionReceipt(submission, [.. findings]);
    }
}
