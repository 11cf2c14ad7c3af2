using Dsm.Exchange.Harvesting;
using Dsm.Exchange.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Overview;

/// <summary>A source and its last run.</summary>
/// <param name="Source">The source.</param>
/// <param name="Run">Its last run; null before the first.</param>
public sealed record SourceRun(Source Source, HarvestRun? Run)
{
    internal static async Task<IReadOnlyList<SourceRun>> ListAsync(HubDatabase database, CancellationToken ct)
    {
        await using HubDbContext db = database.CreateContext();
        List<Source> sources = await db.Sources.AsNoTracking().ToListAsync(ct).ConfigureAwait(false);
        List<HarvestRun> last = await db.Sources
            .SelectMany(s => db.Runs.Where(r => r.SourceId == s.Id).OrderByDescending(r => r.Id).Take(1))
            .AsNoTracking().ToListAsync(ct).ConfigureAwait(false);
        Dictionary<string, HarvestRun> bySource = last.ToDictionary(r => r.SourceId);
        return [.. sources.Select(s => new SourceRun(s, bySource.GetValueOrDefault(s.Id)))];
    }

    /// <summary>How much attention a state of a run needs: the higher, the more.</summary>
    internal static int Attention(RunStatus? status) => status switch
    {
        RunStatus.Failed => 5,
        RunStatus.Stopped => 4,
        RunStatus.Running => 3,
        RunStatus.CleanWithRefusals => 2,
        null => 0,
        _ => 1,
    };
}
