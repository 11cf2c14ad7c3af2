using System.Collections.Immutable;
using System.Globalization;
using Dsm.Exchange.Storage;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Registry;

/// <summary>Finds what takes a transaction back.</summary>
internal static class StructureRollBack
{
    /// <summary>The tasks, or why there are none.</summary>
    public static async Task<(ImmutableArray<StructureTask> Tasks, ImmutableArray<Issue> Issues)> TasksAsync(
        HubDbContext context, long transaction, Maintainer by, AgencySpaces spaces, CancellationToken ct)
    {
        List<StructureRecord> records = await context.Structures.AsNoTracking()
            .Where(s => s.OpenedBy == transaction || s.ClosedBy == transaction).OrderBy(s => s.Id).ToListAsync(ct).ConfigureAwait(false);
        if (records.Count == 0)
        {
            return ([], [new Issue(ExchangeIssues.NothingToRollBack, Location.None, transaction.ToString(CultureInfo.InvariantCulture))]);
        }

        // Without the right to all of it nothing is said of what became of it.
        string[] foreign = [.. records.Select(r => StructureReference.ParseUrn(r.Urn).AgencyId).Where(a => !by.MayMaintain(a)).Select(a => spaces.IsSeen(a, by.Reading) ? a : "?").Distinct()];
        if (foreign.Length > 0)
        {
            return ([], [.. foreign.Select(a => new Issue(ExchangeIssues.NotMaintainer, Location.None, by.Name, a))]);
        }

        ImmutableArray<Issue> later = await LaterAsync(context, transaction, [.. records.Select(r => r.Urn).Distinct()], ct).ConfigureAwait(false);
        return later.IsEmpty ? ([.. records.GroupBy(r => r.Urn).Select(g => Task(transaction, g))], []) : ([], later);
    }

    private static StructureTask Task(long transaction, IGrouping<string, StructureRecord> records)
        => records.FirstOrDefault(r => r.ClosedBy == transaction) is { } before
            ? StructureTask.Restore(StructureContent.Read(before.Content))
            : StructureTask.Delete(StructureReference.ParseUrn(records.Key));

    private static async Task<ImmutableArray<Issue>> LaterAsync(HubDbContext context, long transaction, string[] urns, CancellationToken ct)
    {
        var later = await context.Structures.AsNoTracking()
            .Where(s => urns.Contains(s.Urn) && (s.OpenedBy > transaction || s.ClosedBy > transaction))
            .Select(s => new { s.Urn, Last = s.ClosedBy > s.OpenedBy ? s.ClosedBy.Value : s.OpenedBy })
            .Join(context.StructureTransactions, s => s.Last, t => t.Id, (s, t) => new { s.Urn, t.Id, t.Who })
            .ToListAsync(ct).ConfigureAwait(false);
        return [.. later.GroupBy(l => l.Urn).Select(g => g.MaxBy(l => l.Id)!).OrderBy(l => l.Urn, StringComparer.Ordinal)
            .Select(l => new Issue(ExchangeIssues.LaterChange, Location.None, l.Urn, l.Id.ToString(CultureInfo.InvariantCulture), l.Who))];
    }
}
