using Dsm.Exchange.Harvesting;
using Dsm.Exchange.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Demo;

/// <summary>Registers the sources of the demonstration. What a person changed at a known source stays; only its address follows the systems.</summary>
public sealed class DemoSources(HubDatabase database, HarvestSchedule schedule)
{
    /// <summary>Registers what is missing, corrects addresses, and starts the harvest of those that never had a good run.</summary>
    public async Task RegisterAsync(IReadOnlyList<DemoSource> sources, Uri systems, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(sources);
        await using HubDbContext db = database.CreateContext();
        Dictionary<string, Source> known = await db.Sources.ToDictionaryAsync(s => s.Id, ct).ConfigureAwait(false);
        foreach (Source source in sources.Select(s => s.At(systems)))
        {
            if (!known.TryGetValue(source.Id, out Source? old))
            {
                db.Sources.Add(source);
            }
            else if (new Uri(old.Url).IsLoopback)
            {
                old.Url = source.Url;
                // Started anew, the national systems do not remember what was changed in them.
                old.LastWholeRunAt = null;
            }
        }

        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        await schedule.SyncAsync(ct).ConfigureAwait(false);

        // What a node that was killed had put into the queue is still there.
        bool isQueueEmpty = schedule.IsQueueEmpty();
        foreach (DemoSource source in sources.Where(s => !known.TryGetValue(s.Id, out Source? old) || (old.LastGoodRunAt is null && isQueueEmpty)))
        {
            await schedule.RunNowAsync(source.Id, null, "startup", ct).ConfigureAwait(false);
        }
    }
}
