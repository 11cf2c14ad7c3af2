using Dsm.Exchange.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Dsm.Exchange.Submissions;

/// <summary>
/// The first station of every message: its bytes and their hash are kept before anything is read. What happens later can be repeated
/// from here.
/// </summary>
public sealed class SubmissionIntake(HubDatabase database, TimeProvider clock)
{
    /// <summary>Keeps the bytes and makes a submission of them, in one transaction.</summary>
    /// <exception cref="IOException">The stream broke off; nothing is kept.</exception>
    public async Task<Submission> ReceiveAsync(Stream content, SubmissionDraft draft, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(draft);
        DateTimeOffset receivedAt = clock.GetUtcNow();
        await using HubDbContext context = database.CreateContext();
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        NpgsqlConnection connection = (NpgsqlConnection)context.Database.GetDbConnection();
        StoredContent stored = await SubmissionContents.KeepAsync(connection, content, ct).ConfigureAwait(false);
        Submission submission = new()
        {
            Origin = draft.Origin,
            AgreementUrn = draft.AgreementUrn,
            MapUrn = draft.MapUrn,
            SourceStructureUrn = draft.SourceStructureUrn,
            IsSnapshot = draft.IsSnapshot,
            DeclaredMediaType = draft.DeclaredMediaType,
            SourceName = draft.SourceName,
            UserName = draft.UserName,
            RunId = draft.RunId,
            ReceivedAt = receivedAt,
            ContentHash = stored.Hash,
            ContentLength = stored.Length,
        };
        context.Submissions.Add(submission);
        await context.SaveChangesAsync(ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        return submission;
    }
}
