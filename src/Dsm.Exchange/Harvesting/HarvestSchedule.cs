using Dsm.Exchange.Storage;
using Hangfire;
using Hangfire.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Harvesting;

/// <summary>A source with how it fares.</summary>
/// <param name="Source">The source.</param>
/// <param name="LastRuns">Its last runs, newest first.</param>
/// <param name="NextRunAt">When it is harvested next by itself; null for never.</param>
public sealed record SourceState(Source Source, IReadOnlyList<HarvestRun> LastRuns, DateTimeOffset? NextRunAt)
{
    /// <summary>The last run; null before the first.</summary>
    public HarvestRun? LastRun => LastRuns.Count > 0 ? LastRuns[0] : null;

    /// <summary>True while a run is at work.</summary>
    public bool IsRunning => LastRun?.Status == RunStatus.Running;
}

/// <summary>What became of the wish to harvest now.</summary>
public enum RunNowResult
{
    /// <summary>It starts within moments.</summary>
    Started,

    /// <summary>A run is at work already.</summary>
    AlreadyRunning,

    /// <summary>There is no such source.</summary>
    UnknownSource,
}

/// <summary>
/// The sources and their schedule, for pages and start-up. Who may do what is asked of <see cref="Access.HubRights"/> by the caller.
/// </summary>
public sealed class HarvestSchedule(
    HubDatabase database, JobStorage storage, IRecurringJobManager recurring, IBackgroundJobClient jobs, SourceSecrets secrets)
{
    private const string Prefix = "harvest:";
    private const string Sweep = "abandoned-runs";

    /// <summary>All sources in the order of their ids, each with its last runs.</summary>
    public async Task<IReadOnlyList<SourceState>> ListAsync(int runs, CancellationToken ct)
    {
        await using HubDbContext db = database.CreateContext();
        List<Source> sources = await db.Sources.AsNoTracking().OrderBy(s => s.Id).ToListAsync(ct).ConfigureAwait(false);
        List<HarvestRun> last = await db.Sources
            .SelectMany(s => db.Runs.Where(r => r.SourceId == s.Id).OrderByDescending(r => r.Id).Take(runs))
            .AsNoTracking().ToListAsync(ct).ConfigureAwait(false);
        ILookup<string, HarvestRun> bySource = last.OrderByDescending(r => r.Id).ToLookup(r => r.SourceId);
        Dictionary<string, DateTimeOffset?> next = NextRuns();
        return [.. sources.Select(s => new SourceState(s, [.. bySource[s.Id]], next.GetValueOrDefault(s.Id)))];
    }

    /// <summary>One source with its last runs; null when there is none.</summary>
    public async Task<SourceState?> FindAsync(string sourceId, int runs, CancellationToken ct)
    {
        await using HubDbContext db = database.CreateContext();
        Source? source = await db.Sources.AsNoTracking().FirstOrDefaultAsync(s => s.Id == sourceId, ct).ConfigureAwait(false);
        if (source is null)
        {
            return null;
        }

        List<HarvestRun> last = await db.Runs.AsNoTracking()
            .Where(r => r.SourceId == sourceId).OrderByDescending(r => r.Id).Take(runs).ToListAsync(ct).ConfigureAwait(false);
        return new SourceState(source, last, NextRuns().GetValueOrDefault(sourceId));
    }

    /// <summary>Registers a source, or changes one, with its schedule. What it remembers of earlier answers is kept as long as the address is.</summary>
    /// <param name="source">The source; its <see cref="Source.CredentialSecret"/> is ignored.</param>
    /// <param name="secret">Password or token; null keeps the one there is, empty removes it.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task RegisterAsync(Source source, string? secret, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(source);
        await using HubDbContext db = database.CreateContext();
        Source? known = await db.Sources.AsNoTracking().FirstOrDefaultAsync(s => s.Id == source.Id, ct).ConfigureAwait(false);
        source.CredentialSecret = secret switch
        {
            null => known?.CredentialSecret,
            "" => null,
            _ => secrets.Protect(secret),
        };
        if (known is not null && IsSameOrigin(known, source))
        {
            (source.LastETag, source.LastModified, source.LastContentHash, source.LastGoodRunAt) =
                (known.LastETag, known.LastModified, known.LastContentHash, known.LastGoodRunAt);
            (source.LastAskedAt, source.LastWholeRunAt) = (known.LastAskedAt, known.LastWholeRunAt);
        }

        db.Entry(source).State = known is null ? EntityState.Added : EntityState.Modified;
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        Schedule(source);
    }

    /// <summary>Has a source harvested now.</summary>
    public async Task<RunNowResult> RunNowAsync(string sourceId, string? user, string trigger = "manual", CancellationToken ct = default)
    {
        await using HubDbContext db = database.CreateContext();
        if (!await db.Sources.AnyAsync(s => s.Id == sourceId, ct).ConfigureAwait(false))
        {
            return RunNowResult.UnknownSource;
        }

        if (await db.Runs.AnyAsync(r => r.SourceId == sourceId && r.Status == RunStatus.Running, ct).ConfigureAwait(false))
        {
            return RunNowResult.AlreadyRunning;
        }

        jobs.Enqueue<HarvestJob>(job => job.RunAsync(sourceId, trigger, user, CancellationToken.None));
        return RunNowResult.Started;
    }

    /// <summary>True when no harvest waits for a worker.</summary>
    public bool IsQueueEmpty() => storage.GetMonitoringApi().EnqueuedCount("default") == 0;

    /// <summary>Asks the run of a source to stop; it does within about a second, on whatever node it is.</summary>
    /// <returns>False when no run is at work.</returns>
    public async Task<bool> StopAsync(string sourceId, string user, CancellationToken ct)
    {
        await using HubDbContext db = database.CreateContext();
        return await db.Runs
            .Where(r => r.SourceId == sourceId && r.Status == RunStatus.Running && r.StopRequestedBy == null)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.StopRequestedBy, user), ct).ConfigureAwait(false) > 0;
    }

    /// <summary>Makes the recurring jobs those of the sources; what no source has is removed. Safe to repeat on every node.</summary>
    public async Task SyncAsync(CancellationToken ct)
    {
        await using HubDbContext db = database.CreateContext();
        List<Source> sources = await db.Sources.AsNoTracking().ToListAsync(ct).ConfigureAwait(false);
        HashSet<string> wanted = [.. sources.Select(s => Prefix + s.Id)];
        foreach (RecurringJobDto job in Recurring().Where(j => j.Id.StartsWith(Prefix, StringComparison.Ordinal) && !wanted.Contains(j.Id)))
        {
            recurring.RemoveIfExists(job.Id);
        }

        sources.ForEach(Schedule);
        recurring.AddOrUpdate<AbandonedRuns>(Sweep, job => job.SweepAsync(CancellationToken.None), Cron.Minutely);
    }

    private static bool IsSameOrigin(Source one, Source other) =>
        one.Url == other.Url && one.AgreementUrn == other.AgreementUrn && one.MapUrn == other.MapUrn && one.SourceStructureUrn == other.SourceStructureUrn;

    private void Schedule(Source source)
    {
        if (source is { IsEnabled: true, Schedule: { Length: > 0 } cron })
        {
            string id = source.Id;
            recurring.AddOrUpdate<HarvestJob>(
                Prefix + id, job => job.RunAsync(id, "schedule", null, CancellationToken.None), cron, new RecurringJobOptions { TimeZone = TimeZoneInfo.Utc });
        }
        else
        {
            recurring.RemoveIfExists(Prefix + source.Id);
        }
    }

    private Dictionary<string, DateTimeOffset?> NextRuns() => Recurring()
        .Where(j => j.Id.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(j => j.Id[Prefix.Length..], j => j.NextExecution is { } next ? new DateTimeOffset(DateTime.SpecifyKind(next, DateTimeKind.Utc)) : (DateTimeOffset?)null);

    private List<RecurringJobDto> Recurring()
    {
        using IStorageConnection connection = storage.GetConnection();
        return connection.GetRecurringJobs();
    }
}
