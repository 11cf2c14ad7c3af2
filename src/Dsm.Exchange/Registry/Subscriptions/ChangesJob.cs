using Dsm.Exchange.Storage;
using Hangfire;

namespace Dsm.Exchange.Registry.Subscriptions;

/// <summary>
/// The work of subscriptions as a job that comes again every few seconds. Repeating is not left to the job engine: when something is due
/// again stands in the database, so that nothing is lost with a job. However slow subscribers are, one worker of all nodes waits for
/// them, so that they never stand in the way of harvests.
/// </summary>
[AutomaticRetry(Attempts = 0)]
public sealed class ChangesJob(HubDatabase database, ChangeFollower follower, ChangeDeliverer deliverer, SubscriptionDesk desk, IRecurringJobManager recurring)
{
    private const string Id = "structure-changes";
    private const string ForgetId = "structure-changes-forget";
    private const int AtOnce = 8;

    /// <summary>Has the log followed every few seconds. Safe to repeat on every node.</summary>
    public void Schedule()
    {
        RecurringJobOptions utc = new() { TimeZone = TimeZoneInfo.Utc };
        recurring.AddOrUpdate<ChangesJob>(Id, job => job.RunAsync(CancellationToken.None), "*/10 * * * * *", utc);
        recurring.AddOrUpdate<ChangesJob>(ForgetId, job => job.ForgetAsync(CancellationToken.None), Cron.Daily, utc);
    }

    /// <summary>Forgets the addresses of those who no longer want to be told.</summary>
    [JobDisplayName("Forget subscribers that are gone")]
    public Task ForgetAsync(CancellationToken ct) => desk.ForgetAsync(ct);

    /// <summary>Follows the log of structures and sends what is due.</summary>
    [JobDisplayName("Tell subscribers of changes of structures")]
    public async Task RunAsync(CancellationToken ct)
    {
        await follower.FollowAsync(ct).ConfigureAwait(false);
        if (!await deliverer.IsAnythingDueAsync(ct).ConfigureAwait(false))
        {
            return;
        }

        await using NodeLock? turn = await NodeLock.TryTakeAsync(database.ConnectionString, NodeLock.ChangeDeliveries, ct).ConfigureAwait(false);
        while (turn is not null && await deliverer.ClaimAsync(ct).ConfigureAwait(false) is { Count: > 0 } claimed)
        {
            await Parallel.ForEachAsync(claimed, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
                async (one, token) => await deliverer.DeliverAsync(one.Id, one.Attempt, token).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }
}
