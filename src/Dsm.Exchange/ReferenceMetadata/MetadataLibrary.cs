using System.Collections.Immutable;
using System.Globalization;
using Dsm.Exchange.Storage;
using Dsm.Sdmx.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Dsm.Exchange.ReferenceMetadata;

/// <summary>A metadata set with when it came to be as it is.</summary>
/// <param name="Set">The set.</param>
/// <param name="ChangedAt">From when it is current.</param>
public sealed record StoredMetadataSet(MetadataSet Set, DateTimeOffset ChangedAt);

/// <summary>All metadata sets at one moment.</summary>
/// <param name="Sets">The sets by URN.</param>
/// <param name="Version">Changes whenever one of them does; the same on all nodes. For ETags.</param>
public sealed record MetadataShelf(ImmutableArray<StoredMetadataSet> Sets, string Version)
{
    /// <summary>When a set changed last; null when there is none.</summary>
    public DateTimeOffset? ChangedAt => Sets.IsEmpty ? null : Sets.Max(s => s.ChangedAt);
}

/// <summary>What became of a metadata set that was submitted.</summary>
public enum MetadataChange
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It differs from the one before.</summary>
    Changed,

    /// <summary>It is gone.</summary>
    Deleted,

    /// <summary>Nothing changed.</summary>
    Same,
}

/// <summary>
/// The reports of reference metadata: every version in the database, the current ones in memory until another node changes them.
/// Thread-safe.
/// </summary>
public sealed class MetadataLibrary(HubDatabase database, TimeProvider clock)
{
    private const long WriteLock = 0x44_53_4D_20_6D_74_64;
    private MetadataShelf _current = new([], "");

    /// <summary>All sets now. Costs one small query when nothing changed.</summary>
    public async Task<MetadataShelf> CurrentAsync(CancellationToken ct)
    {
        string version = await VersionAsync(ct).ConfigureAwait(false);
        MetadataShelf known = Volatile.Read(ref _current);
        if (known.Version == version)
        {
            return known;
        }

        await using HubDbContext context = database.CreateContext();
        MetadataShelf read = await ReadAsync(context.MetadataSets.Where(s => s.CurrentTo == null), version, ct).ConfigureAwait(false);
        Volatile.Write(ref _current, read);
        return read;
    }

    /// <summary>All sets as they were at a moment.</summary>
    public async Task<MetadataShelf> AsOfAsync(DateTimeOffset at, CancellationToken ct)
    {
        at = at.ToUniversalTime();
        await using HubDbContext context = database.CreateContext();
        return await ReadAsync(
            context.MetadataSets.Where(s => s.CurrentFrom <= at && (s.CurrentTo == null || s.CurrentTo > at)),
            at.ToString("O", CultureInfo.InvariantCulture),
            ct).ConfigureAwait(false);
    }

    /// <summary>
    /// All sets now and all that were: former ones with the time in which they held (<see cref="Maintainable.ValidFrom"/>,
    /// <see cref="Maintainable.ValidTo"/>), oldest first.
    /// </summary>
    public async Task<MetadataShelf> HistoryAsync(CancellationToken ct)
    {
        string version = await VersionAsync(ct).ConfigureAwait(false);
        await using HubDbContext context = database.CreateContext();
        List<MetadataSetRecord> records = await context.MetadataSets.AsNoTracking().OrderBy(s => s.Urn).ThenBy(s => s.CurrentFrom).ToListAsync(ct).ConfigureAwait(false);
        return new MetadataShelf(
            [.. records.Select(r => Stored(r, r.CurrentTo ?? r.CurrentFrom, s => s with { Action = "Replace", ValidFrom = Instant(r.CurrentFrom), ValidTo = r.CurrentTo is { } end ? Instant(end) : null })).OfType<StoredMetadataSet>()],
            "history " + version);
    }

    /// <summary>All sets now, and as deletions those that are gone since a moment.</summary>
    public async Task<MetadataShelf> ChangesAsync(DateTimeOffset after, CancellationToken ct)
    {
        after = after.ToUniversalTime();
        MetadataShelf current = await CurrentAsync(ct).ConfigureAwait(false);
        await using HubDbContext context = database.CreateContext();
        List<MetadataSetRecord> ended = await context.MetadataSets.AsNoTracking().Where(s => s.CurrentTo > after).OrderBy(s => s.CurrentTo).ToListAsync(ct).ConfigureAwait(false);
        HashSet<string> present = [.. current.Sets.Select(s => s.Set.Urn)];
        return current with
        {
            Sets = [.. current.Sets, .. ended.Where(r => !present.Contains(r.Urn)).GroupBy(r => r.Urn).Select(g => g.Last())
                .Select(r => Stored(r, r.CurrentTo!.Value, s => s with { Action = "Delete" })).OfType<StoredMetadataSet>()],
        };
    }

    /// <summary>
    /// Takes sets in, all or none, in their order. What is to be done is said by the action of each: <c>Delete</c> ends it, <c>Append</c>
    /// and <c>Merge</c> replace the attributes that it brings, all else replaces the whole set. Judging them is up to the caller.
    /// </summary>
    /// <param name="sets">The sets.</param>
    /// <param name="origin">Who submits them.</param>
    /// <param name="ct">Ends it; nothing has changed then.</param>
    /// <returns>What became of each.</returns>
    public async Task<ImmutableArray<MetadataChange>> SubmitAsync(IReadOnlyList<MetadataSet> sets, string origin, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(sets);
        ImmutableArray<MetadataChange>.Builder changes = ImmutableArray.CreateBuilder<MetadataChange>(sets.Count);
        await using HubDbContext context = database.CreateContext();
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({WriteLock})", ct).ConfigureAwait(false);
        DateTimeOffset now = clock.GetUtcNow();
        now = new DateTimeOffset(now.Ticks - (now.Ticks % 10), TimeSpan.Zero); // the database keeps microseconds
        foreach (MetadataSet set in sets)
        {
            changes.Add(await SubmitAsync(context, set, origin, now, ct).ConfigureAwait(false));
        }

        await transaction.CommitAsync(ct).ConfigureAwait(false);
        return changes.ToImmutable();
    }

    private static async Task<MetadataChange> SubmitAsync(HubDbContext context, MetadataSet set, string origin, DateTimeOffset now, CancellationToken ct)
    {
        string urn = set.Urn;
        MetadataSetRecord? old = await context.MetadataSets.SingleOrDefaultAsync(s => s.Urn == urn && s.CurrentTo == null, ct).ConfigureAwait(false);
        string? content = set.Action == "Delete" ? null : MetadataSetContent.Write(Result(set, old) with { Action = null });
        if (old is null && content is null)
        {
            return MetadataChange.Same;
        }

        string hash = content is null ? "" : MetadataSetContent.Hash(content);
        if (old?.ContentHash == hash)
        {
            return MetadataChange.Same;
        }

        if (old?.CurrentFrom == now)
        {
            // Twice in one message: the later counts, and the former was never there.
            context.MetadataSets.Remove(old);
        }
        else if (old is not null)
        {
            old.CurrentTo = now;
        }

        await context.SaveChangesAsync(ct).ConfigureAwait(false);
        if (content is not null)
        {
            context.MetadataSets.Add(new MetadataSetRecord { Urn = urn, Content = content, ContentHash = hash, Origin = origin, CurrentFrom = now });
            await context.SaveChangesAsync(ct).ConfigureAwait(false);
        }

        return content is null ? MetadataChange.Deleted : old is null ? MetadataChange.Added : MetadataChange.Changed;
    }

    private static MetadataSet Result(MetadataSet set, MetadataSetRecord? old)
    {
        if (set.Action is not ("Append" or "Merge") || old is null || MetadataSetContent.Read(old.Content) is not { } before)
        {
            return set;
        }

        HashSet<string> brought = [.. set.Attributes.Select(a => a.Id)];
        return set with { Attributes = [.. before.Attributes.Where(a => !brought.Contains(a.Id)), .. set.Attributes] };
    }

    private async Task<string> VersionAsync(CancellationToken ct)
    {
        await using NpgsqlCommand command = database.DataSource.CreateCommand("SELECT coalesce(max(id), 0), count(current_to) FROM metadata_set");
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        await row.ReadAsync(ct).ConfigureAwait(false);
        return string.Create(CultureInfo.InvariantCulture, $"{row.GetInt64(0)}.{row.GetInt64(1)}");
    }

    private static async Task<MetadataShelf> ReadAsync(IQueryable<MetadataSetRecord> records, string version, CancellationToken ct)
    {
        List<MetadataSetRecord> read = await records.AsNoTracking().OrderBy(s => s.Urn).ToListAsync(ct).ConfigureAwait(false);
        return new MetadataShelf([.. read.Select(r => Stored(r, r.CurrentFrom, s => s)).OfType<StoredMetadataSet>()], version);
    }

    private static StoredMetadataSet? Stored(MetadataSetRecord record, DateTimeOffset changedAt, Func<MetadataSet, MetadataSet> told)
        => MetadataSetContent.Read(record.Content) is { } set ? new StoredMetadataSet(told(set), changedAt) : null;

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}
