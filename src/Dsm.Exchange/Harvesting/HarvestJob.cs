using Hangfire;

namespace Dsm.Exchange.Harvesting;

/// <summary>The harvest of one source as a job. Hangfire repeats nothing by itself: a harvest has retries and a ledger of its own.</summary>
[AutomaticRetry(Attempts = 0)]
public sealed class HarvestJob(Harvester harvester)
{
    /// <summary>Harvests a source once; the token is that of the job server.</summary>
    [JobDisplayName("Harvest {0} ({1})")]
    public Task RunAsync(string sourceId, string trigger, string? user, CancellationToken ct) => harvester.RunAsync(sourceId, trigger, user, ct);
}
