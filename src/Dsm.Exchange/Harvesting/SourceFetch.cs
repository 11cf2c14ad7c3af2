using System.Net.Http.Headers;
using Dsm.Exchange.Submissions;
using Microsoft.Extensions.Logging;

namespace Dsm.Exchange.Harvesting;

/// <summary>What a source answered, the bytes of new content kept.</summary>
/// <param name="Submission">The submission made of it; null when the source has nothing new.</param>
/// <param name="Memory">What to remember when the run ends well.</param>
public sealed record FetchedContent(Submission? Submission, SourceMemory Memory);

/// <summary>Gets the content of a source: asks, repeats what may pass by itself, and keeps the bytes verbatim.</summary>
public sealed class SourceFetch(
    SourceClient client, SourceSecrets secrets, SubmissionIntake intake, HarvestOptions options, TimeProvider clock, ILogger<SourceFetch> log)
{
    /// <summary>Fetches the content.</summary>
    /// <param name="source">The source.</param>
    /// <param name="run">The run; attempts, status and bytes are counted in it.</param>
    /// <param name="canSkip">True when "nothing new" may be asked for.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="SourceException">The source gave no usable answer.</exception>
    public async Task<FetchedContent> FetchAsync(Source source, HarvestRun run, bool canSkip, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(run);
        AuthenticationHeaderValue? authorization = secrets.AuthorizationOf(source);
        SourceRequest request = SourceRequest.For(source, authorization, canSkip, clock.GetUtcNow(), options);
        while (true)
        {
            run.Attempts++;
            run.Stage = "request";
            try
            {
                return await FetchOnceAsync(source, run, request, ct).ConfigureAwait(false);
            }
            catch (SourceException e) when (request.IsDelta && CannotTellChanges(e) && run.Attempts < options.MaxAttempts)
            {
                NoteStatus(run, e);
                log.LogInformation("Harvest of {Source}: it does not tell what changed ({Status}); asked for everything.", source.Id, e.Issue.Arguments[0]);
                request = SourceRequest.For(source, authorization, canSkip: false, clock.GetUtcNow(), options);
            }
            catch (SourceException e) when (PauseAfter(e, run.Attempts) is { } pause)
            {
                NoteStatus(run, e);
                log.LogInformation("Harvest of {Source}, attempt {Attempt}: {Issue}; again in {Pause}.", source.Id, run.Attempts, e.Issue.Code, pause);
                await Task.Delay(pause, clock, ct).ConfigureAwait(false);
            }
            catch (SourceException e)
            {
                NoteStatus(run, e);
                throw;
            }
        }
    }

    private async Task<FetchedContent> FetchOnceAsync(Source source, HarvestRun run, SourceRequest request, CancellationToken ct)
    {
        run.HttpStatus = null;
        run.BytesReceived = 0;
        await using SourceAnswer answer = await client.AskAsync(request, count => run.BytesReceived += count, ct).ConfigureAwait(false);
        run.HttpStatus = (int)answer.Status;
        SourceMemory memory = new(answer.AskedAt, !request.IsDelta);
        if (answer.Content is null)
        {
            return new FetchedContent(null, memory);
        }

        run.Stage = "receive";
        SubmissionDraft draft = new()
        {
            Origin = SubmissionOrigin.Harvest,
            AgreementUrn = source.AgreementUrn,
            MapUrn = source.MapUrn,
            SourceStructureUrn = source.SourceStructureUrn,
            IsSnapshot = source.IsSnapshot && !request.IsDelta,
            DeclaredMediaType = answer.MediaType,
            SourceName = SourceClient.Shown(request.Url),
            RunId = run.Id,
        };
        Submission submission = await intake.ReceiveAsync(answer.Content, draft, ct).ConfigureAwait(false);

        // An ETag of changes says nothing about the whole.
        return new FetchedContent(submission, request.IsDelta
            ? memory with { ContentHash = submission.ContentHash }
            : memory with { ContentHash = submission.ContentHash, ETag = answer.ETag, LastModified = answer.LastModified });
    }

    // An address that is gone must not read as "nothing changed" for ever: the request for everything shows it.
    private static bool CannotTellChanges(SourceException e)
        => e.Issue.Code == ExchangeIssues.SourceHttpError && e.Issue.Arguments[0] is "400" or "404" or "501";

    private static void NoteStatus(HarvestRun run, SourceException e)
    {
        if (e.Issue.Code == ExchangeIssues.SourceHttpError && int.TryParse(e.Issue.Arguments[0], out int status))
        {
            run.HttpStatus = status;
        }
    }

    private TimeSpan? PauseAfter(SourceException e, int attempts)
    {
        if (!e.IsTransient || attempts >= options.MaxAttempts || e.RetryAfter > options.LongestRetryAfter)
        {
            return null;
        }

        // With a little chance, so that sources behind one server are not asked all at once again.
        TimeSpan own = options.BackOff * Math.Pow(2, attempts - 1) * (1 + (Random.Shared.NextDouble() / 4));
        return e.RetryAfter > own ? e.RetryAfter : own;
    }
}
