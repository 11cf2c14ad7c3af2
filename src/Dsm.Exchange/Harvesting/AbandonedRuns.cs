using Dsm.Exchange.Storage;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Dsm.Exchange.Harvesting;

/// <summary>
/// Finds runs whose node died: open in the ledger while nobody holds the lease, which a run takes first and gives back last. Closes
/// them and has the source harvested again. Runs at the start of every node and each minute on one of them.
/// </summary>
[AutomaticRetry(Attempts = 0)]
public sealed class AbandonedRuns(HubDatabase database, HarvestLedger ledger, IBackgroundJobClient jobs, ILogger<AbandonedRuns> log)
{
    /// <summary>Closes what was abandoned.</summary>
    /// <returns>Number of sources that are harvested again.</returns>
    [JobDisplayName("Take up abandoned runs")]
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        int taken = 0;
        foreach (string sourceId in await OpenAsync(ct).ConfigureAwait(false))
        {
            await using HarvestLease? lease = await HarvestLease.TryTakeAsync(database.ConnectionString, sourceId, ct).ConfigureAwait(false);
            if (lease is null || await ledger.CloseAbandonedAsync(sourceId, ct).ConfigureAwait(false) == 0)
            {
                continue;
            }

            log.LogWarning("Harvest of {Source}: a run was abandoned by its node and is taken up again.", sourceId);
            jobs.Enqueue<HarvestJob>(job => job.RunAsync(sourceId, "retry", null, CancellationToken.None));
            taken++;
        }

        return taken;
    }

    private async Task<List<string>> OpenAsync(CancellationToken ct)
    {
        await using HubDbContext db = database.CreateContext();
        return await db.Runs
            .Where(r => r.Status == RunStatus.Running)
            .Select(r => r.SourceId).Distinct().OrderBy(s => s).ToListAsync(ct).ConfigureAwait(false);
    }
}
