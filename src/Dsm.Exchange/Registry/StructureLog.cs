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
        List<StructureTransaction> entries = await WithoutMessages(context.StructureTransactions).Where(t => before == null || t.Id < before)
            .OrderByDescending(t => t.Id).Take(count).ToListAsync(ct).ConfigureAwait(false);
        return [.. entries.Select(e => Seen(e, access))];
    }

    /// <summary>A transaction without its message; null when there is none of the number.</summary>
    public async Task<StructureTransaction?> FindAsync(long id, ReaderAccess access, CancellationToken ct)
    {
        await using HubDbContext context = database.CreateContext();
        return await WithoutMessages(context.StructureTransactions).FirstOrDefaultAsync(t => t.Id == id, ct).ConfigureAwait(false) is { } entry ? Seen(entry, access) : null;
    }

    /// <summary>What a transaction changed.</summary>
    public async Task<ImmutableArray<LoggedChange>> ChangesAsync(long id, ReaderAccess access, CancellationToken ct)
    {
        await using HubDbContext context = database.CreateContext();
        var records = await context.Structures.AsNoTracking().Where(s => s.OpenedBy == id || s.ClosedBy == id).OrderBy(s => s.Id)
            .Select(s => new { s.Urn, IsOpened = s.OpenedBy == id }).ToListAsync(ct).ConfigureAwait(false);
        return [.. records.GroupBy(r => r.Urn)
            .Select(g => new LoggedChange(StructureReference.ParseUrn(g.Key), g.All(r => r.IsOpened) ? PlannedKind.Add : g.All(r => !r.IsOpened) ? PlannedKind.Delete : PlannedKind.Change))
            .Where(c => registry.Current.Spaces.IsSeen(c.Reference.AgencyId, access))];
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
        Dictionary<long, StructureTransaction> entries = await WithoutMessages(context.StructureTransactions).Where(t => numbers.Contains(t.Id)).ToDictionaryAsync(t => t.Id, ct).ConfigureAwait(false);
        return [.. records.Select(r => new PastArtefact(entries.GetValueOrDefault(r.OpenedBy) is { } e ? Seen(e, access) : null, r.CurrentFrom, r.CurrentTo, StructureContent.Read(r.Content)))];
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

    // What was said to one may name what another must not know of.
    private StructureTransaction Seen(StructureTransaction entry, ReaderAccess access)
    {
        AgencySpaces spaces = registry.Current.Spaces;
        string[] hidden = access.SeesAllRestricted ? [] : [.. spaces.All.Where(s => !spaces.IsSeen(s.AgencyId, access)).Select(s => s.AgencyId)];
        bool Names(string? text) => text is not null && hidden.Any(h => text.Contains(h, StringComparison.Ordinal));
        if (hidden.Length > 0)
        {
            entry.Findings = [.. entry.Findings.Where(f => f.Artefact is not null && !Names(f.Artefact) && !f.Arguments.Any(Names))];
            entry.Origin = Names(entry.Origin) ? entry.Origin.Split(' ')[0] : entry.Origin;
            entry.Comment = Names(entry.Comment) ? null : entry.Comment;
        }

        return entry;
    }
}
