using Hangfire;

namespace Dsm.Exchange.Registry.Subscriptions;

/// <summary>
/// The work of subscriptions as jobs. Repeating is not left to the job engine: when something is due again stands in the database, so
/// that nothing is lost with a job.
/// </summary>
[AutomaticRetry(Attempts = 0)]
public sealed class ChangesJob(ChangeFollower follower, ChangeDeliverer deliverer, IBackgroundJobClient jobs, IRecurringJobManager recurring)
{
    private const string Id = "structure-changes";

    /// <summary>Has the log followed every few seconds. Safe to repeat on every node.</summary>
    public void Schedule() => recurring.AddOrUpdate<ChangesJob>(Id, job => job.FollowAsync(CancellationToken.None), "*/10 * * * * *", new RecurringJobOptions { TimeZone = TimeZoneInfo.Utc });

    /// <summary>Follows the log of structures and hands out what is due.</summary>
    [JobDisplayName("Follow changes of structures")]
    public async Task FollowAsync(CancellationToken ct)
    {
        await follower.FollowAsync(ct).ConfigureAwait(false);
        foreach ((long id, int attempt) in await deliverer.ClaimAsync(ct).ConfigureAwait(false))
        {
            jobs.Enqueue<ChangesJob>(job => job.DeliverAsync(id, attempt, CancellationToken.None));
        }
    }

    /// <summary>Sends one thing.</summary>
    [JobDisplayName("Tell a subscriber ({0}, attempt {1})")]
    public Task DeliverAsync(long id, int attempt, CancellationToken ct) => deliverer.DeliverAsync(id, attempt, ct);
}
