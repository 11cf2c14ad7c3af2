using System.Collections.Immutable;
using Dsm.Exchange.Access;
using Dsm.Exchange.Storage;
using Dsm.Sdmx.Model;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Registry;

/// <summary>What a transaction did to an artefact.</summary>
/// <param name="Reference">The artefact.</param>
/// <param name="Kind">What happened.</param>
public sealed record LoggedChange(StructureReference Reference, PlannedKind Kind);

/// <summary>A version of an artefact in the course of time.</summary>
/// <param name="Transaction">The transaction that brought it; null when it is older than the log.</param>
/// <param name="From">From when it was current.</param>
/// <param name="To">Until when; null while it is.</param>
/// <param name="Artefact">The artefact.</param>
public sealed record PastArtefact(StructureTransaction? Transaction, DateTimeOffset From, DateTimeOffset? To, Maintainable Artefact);

/// <summary>Reads the log of structures. Artefacts of restricted spaces are named to those only who may see them. Thread-safe.</summary>
public sealed class StructureLog(HubDatabase database, StructureRegistry registry)
{
    /// <summary>The last transactions, newest first, without their messages. Of restricted spaces one sees that something happened, not what.</summary>
    /// <param name="count">How many.</param>
    /// <param name="before">Only those with smaller numbers; null for all.</param>
    /// <param name="access">Who asks.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ImmutableArray<StructureTransaction>> RecentAsync(int count, long? before, ReaderAccess access, CancellationToken ct)
    {
        await using HubDbContext context = database.CreateContext();
        List<StructureTransaction> found = [];
        for (int read = count; read == count && found.Count < count;)
        {
            List<StructureTransaction> entries = await WithoutMessages(context.StructureTransactions).Where(t => before == null || t.Id < before)
                .OrderByDescending(t => t.Id).Take(count).ToListAsync(ct).ConfigureAwait(false);
            read = entries.Count;
            before = read == 0 ? before : entries[^1].Id;
            found.AddRange(await SeenAsync(context, entries, access, ct).ConfigureAwait(false));
        }

        return [.. found.Take(count)];
    }

    /// <summary>A transaction without its message; null when there is none of the number.</summary>
    public async Task<StructureTransaction?> FindAsync(long id, ReaderAccess access, CancellationToken ct)
    {
        await using HubDbContext context = database.CreateContext();
        return await WithoutMessages(context.StructureTransactions).FirstOrDefaultAsync(t => t.Id == id, ct).ConfigureAwait(false) is { } entry
            ? (await SeenAsync(context, [entry], access, ct).ConfigureAwait(false)).FirstOrDefault() : null;
    }

    /// <summary>What a transaction changed.</summary>
    public async Task<ImmutableArray<LoggedChange>> ChangesAsync(long id, ReaderAccess access, CancellationToken ct)
    {
        await using HubDbContext context = database.CreateContext();
        var records = await context.Structures.AsNoTracking().Where(s => s.OpenedBy == id || s.ClosedBy == id).OrderBy(s => s.Id)
            .Select(s => new { s.Urn, IsOpened = s.OpenedBy == id }).ToListAsync(ct).ConfigureAwait(false);
        return [.. Changes(records.Select(r => (r.Urn, r.IsOpened))).Where(c => IsSeen(c, access))];
    }

    /// <summary>Transactions that were taken back and still are, each with the one that did it.</summary>
    public async Task<IReadOnlyDictionary<long, long>> TakenBackAsync(CancellationToken ct)
    {
        await using HubDbContext context = database.CreateContext();
        var backs = await context.StructureTransactions.AsNoTracking().Where(t => t.RollsBack != null && t.Status == TransactionStatus.Applied)
            .OrderByDescending(t => t.Id).Select(t => new { t.Id, Of = t.RollsBack!.Value }).ToListAsync(ct).ConfigureAwait(false);

        // Newest first: what took back and was taken back itself no longer counts.
        Dictionary<long, long> taken = [];
        foreach (var back in backs.Where(b => !taken.ContainsKey(b.Id)))
        {
            taken.TryAdd(back.Of, back.Id);
        }

        return taken;
    }

    /// <summary>
    /// What some transactions changed, whatever versions; nothing of those that changed very much, which are not told in a line.
    /// </summary>
    /// <param name="entries">The transactions.</param>
    /// <param name="most">Most changes of one transaction.</param>
    /// <param name="access">Who asks.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ILookup<long, (string AgencyId, string Id)>> NamedAsync(IEnumerable<StructureTransaction> entries, int most, ReaderAccess access, CancellationToken ct)
    {
        long[] few = [.. entries.Where(e => e.Status == TransactionStatus.Applied && e.Added + e.Changed + e.Deleted <= most).Select(e => e.Id)];
        await using HubDbContext context = database.CreateContext();
        var records = await context.Structures.AsNoTracking().Where(s => few.Contains(s.OpenedBy) || (s.ClosedBy != null && few.Contains(s.ClosedBy.Value)))
            .OrderBy(s => s.Id).Select(s => new { s.Urn, s.OpenedBy, s.ClosedBy }).ToListAsync(ct).ConfigureAwait(false);
        return records.SelectMany(r => new[] { (r.Urn, Number: r.OpenedBy), (r.Urn, Number: r.ClosedBy ?? 0) }).Where(r => few.Contains(r.Number)).Distinct()
            .Select(r => (r.Number, Reference: StructureReference.ParseUrn(r.Urn))).Where(r => registry.Current.Spaces.IsSeen(r.Reference.AgencyId, access))
            .Select(r => (r.Number, r.Reference.AgencyId, r.Reference.Id)).Distinct().ToLookup(r => r.Number, r => (r.AgencyId, r.Id));
    }

    /// <summary>The message of a transaction as received, for those who may see all that it is about; null when there is none.</summary>
    public async Task<(byte[] Message, string? MediaType)?> MessageAsync(long id, ReaderAccess access, CancellationToken ct)
    {
        await using HubDbContext context = database.CreateContext();
        StructureTransaction? entry = await context.StructureTransactions.AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, ct).ConfigureAwait(false);
        if (entry?.Message is not { } message)
        {
            return null;
        }

        // Of a refused message nobody knows what else it names.
        bool isSeen = access.SeesAllRestricted || (entry.Status == TransactionStatus.Applied
            && (await ChangesAsync(id, access, ct).ConfigureAwait(false)).Length == entry.Added + entry.Changed + entry.Deleted);
        return isSeen ? (message, entry.MediaType) : null;
    }

    /// <summary>All versions in time of one artefact, newest first.</summary>
    public async Task<ImmutableArray<PastArtefact>> HistoryAsync(StructureReference artefact, ReaderAccess access, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        if (!registry.Current.Spaces.IsSeen(artefact.AgencyId, access))
        {
            return [];
        }

        string urn = artefact.Maintainable.Urn;
        await using HubDbContext context = database.CreateContext();
        List<StructureRecord> records = await context.Structures.AsNoTracking().Where(s => s.Urn == urn).OrderByDescending(s => s.Id).ToListAsync(ct).ConfigureAwait(false);
        long[] numbers = [.. records.Select(r => r.OpenedBy)];
        List<StructureTransaction> all = await WithoutMessages(context.StructureTransactions).Where(t => numbers.Contains(t.Id)).ToListAsync(ct).ConfigureAwait(false);
        Dictionary<long, StructureTransaction> entries = (await SeenAsync(context, all, access, ct).ConfigureAwait(false)).ToDictionary(t => t.Id);
        return [.. records.Select(r => new PastArtefact(entries.GetValueOrDefault(r.OpenedBy), r.CurrentFrom, r.CurrentTo, StructureContent.Read(r.Content)))];
    }

    private static IQueryable<StructureTransaction> WithoutMessages(IQueryable<StructureTransaction> entries) => entries.AsNoTracking().Select(t => new StructureTransaction
    {
        Id = t.Id,
        At = t.At,
        Who = t.Who,
        Origin = t.Origin,
        Comment = t.Comment,
        Status = t.Status,
        Added = t.Added,
        Changed = t.Changed,
        Deleted = t.Deleted,
        RollsBack = t.RollsBack,
        MessageHash = t.MessageHash,
        MediaType = t.MediaType,
        Findings = t.Findings,
    });

    // Of a transaction that touched what is hidden from the reader he is told of the rest: its counts are of what he sees, and its words,
    // which may name the other, are left out. One that touched nothing else was never there.
    private async Task<ImmutableArray<StructureTransaction>> SeenAsync(HubDbContext context, IReadOnlyList<StructureTransaction> entries, ReaderAccess access, CancellationToken ct)
    {
        AgencySpaces spaces = registry.Current.Spaces;
        string[] hidden = [.. spaces.All.Where(s => !spaces.IsSeen(s.AgencyId, access)).Select(s => s.AgencyId)];
        if (hidden.Length == 0)
        {
            return [.. entries];
        }

        long[] numbers = [.. entries.Select(e => e.Id)];
        var records = await context.Structures.AsNoTracking().Where(s => numbers.Contains(s.OpenedBy) || numbers.Contains(s.ClosedBy ?? 0))
            .Select(s => new { s.Urn, s.OpenedBy, s.ClosedBy }).ToListAsync(ct).ConfigureAwait(false);
        ILookup<long, (string Urn, bool IsOpened)> touched = records
            .SelectMany(r => new[] { (Number: r.OpenedBy, r.Urn, IsOpened: true), (Number: r.ClosedBy ?? 0, r.Urn, IsOpened: false) })
            .ToLookup(r => r.Number, r => (r.Urn, r.IsOpened));
        return [.. entries.Select(e => Seen(e, [.. Changes(touched[e.Id])], hidden, access)).OfType<StructureTransaction>()];
    }

    private StructureTransaction? Seen(StructureTransaction entry, LoggedChange[] changes, string[] hidden, ReaderAccess access)
    {
        bool Names(string? text) => text is not null && hidden.Any(h => text.Contains(h, StringComparison.Ordinal));
        LoggedChange[] seen = [.. changes.Where(c => IsSeen(c, access))];
        ImmutableArray<TransactionFinding> findings = [.. entry.Findings.Where(f => f.Artefact is not null && !Names(f.Artefact) && !f.Arguments.Any(Names))];
        bool hides = seen.Length < changes.Length || findings.Length < entry.Findings.Length;
        if (hides && seen.Length == 0 && findings.IsEmpty && !entry.Findings.Any(f => f.Artefact is null))
        {
            return null;
        }

        if (hides || Names(entry.Origin) || Names(entry.Comment))
        {
            (entry.Origin, entry.Comment, entry.MessageHash, entry.Findings) = (entry.Origin.Split(' ')[0], null, null, findings);
            entry.Added = seen.Count(c => c.Kind == PlannedKind.Add);
            entry.Changed = seen.Count(c => c.Kind == PlannedKind.Change);
            entry.Deleted = seen.Count(c => c.Kind == PlannedKind.Delete);
        }

        return entry;
    }

    private bool IsSeen(LoggedChange change, ReaderAccess access) => registry.Current.Spaces.IsSeen(change.Reference.AgencyId, access);

    // A record closed and one opened is one artefact changed.
    private static IEnumerable<LoggedChange> Changes(IEnumerable<(string Urn, bool IsOpened)> records) => records.GroupBy(r => r.Urn).Select(g => new LoggedChange(
        StructureReference.ParseUrn(g.Key), g.All(r => r.IsOpened) ? PlannedKind.Add : g.All(r => !r.IsOpened) ? PlannedKind.Delete : PlannedKind.Change));
}
