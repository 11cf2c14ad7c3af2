using System.Collections.Immutable;
using System.Globalization;
using Dsm.Exchange.Storage;
using Dsm.Sdmx.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dsm.Exchange.Registry;

/// <summary>
/// The region's structures: every version in the database, the current ones in memory as an immutable <see cref="Current"/>.
/// What another node changes is noticed within seconds. Thread-safe.
/// </summary>
public sealed class StructureRegistry(HubDatabase database, TimeProvider clock, ILogger<StructureRegistry> log) : IDisposable
{
    private const long LoadLock = 0x44_53_4D_20_73_74_72;
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(3);
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private RegistrySnapshot _current = new(StructureSet.Empty, "");
    private long _checkedAt;

    /// <summary>The artefacts now. Reading it starts a look at the database in the background when the last one is some seconds ago.</summary>
    public RegistrySnapshot Current
    {
        get
        {
            long now = clock.GetTimestamp(), last = Interlocked.Read(ref _checkedAt);
            if (last != 0 && clock.GetElapsedTime(last, now) > CheckEvery && Interlocked.CompareExchange(ref _checkedAt, now, last) == last)
            {
                _ = Task.Run(RefreshInBackgroundAsync);
            }

            return Volatile.Read(ref _current);
        }
    }

    /// <summary>
    /// Takes a folder of structure files into the registry: adds a version of each artefact that is new or differs, closes those that
    /// came from the folder and are gone from it. Any number of nodes may do so at once. Returns how many artefacts changed.
    /// </summary>
    /// <exception cref="StructuresException">A file cannot be used; nothing changed.</exception>
    public async Task<int> LoadAsync(string folder, CancellationToken ct)
    {
        ImmutableArray<StructureFile> files = StructureFiles.Read(folder);
        int changed = 0;
        await using (HubDbContext context = database.CreateContext())
        await using (IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(ct).ConfigureAwait(false))
        {
            await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LoadLock})", ct).ConfigureAwait(false);
            changed = await UpdateAsync(context, files, ct).ConfigureAwait(false);
            await transaction.CommitAsync(ct).ConfigureAwait(false);
        }

        log.LogInformation("Structures: {Artefacts} in {Folder}, {Changed} changed.", files.Length, folder, changed);
        await RefreshAsync(ct).ConfigureAwait(false);
        return changed;
    }

    /// <summary>Takes over what another node changed. Costs one small query when nothing did.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        await _refreshing.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            Interlocked.Exchange(ref _checkedAt, clock.GetTimestamp());
            string version = await VersionAsync(ct).ConfigureAwait(false);
            if (version == _current.Version)
            {
                return;
            }

            await using HubDbContext context = database.CreateContext();
            List<string> contents = await context.Structures.AsNoTracking().Where(s => s.CurrentTo == null).OrderBy(s => s.Urn).Select(s => s.Content).ToListAsync(ct).ConfigureAwait(false);
            StructureSet structures = new(contents.SelectMany(c => StructureFiles.Parse(c).Artefacts));
            Volatile.Write(ref _current, new RegistrySnapshot(structures, version));
            log.LogInformation("Registry: {Artefacts} artefacts, version {Version}.", structures.All.Length, version);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _refreshing.Dispose();

    private async Task RefreshInBackgroundAsync()
    {
        try
        {
            await RefreshAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or ObjectDisposedException or InvalidOperationException)
        {
            // The next look comes in some seconds; until then the artefacts are those known.
            log.LogWarning("The registry could not be looked at: {Detail}", e.Message);
        }
    }

    private async Task<string> VersionAsync(CancellationToken ct)
    {
        await using NpgsqlCommand command = database.DataSource.CreateCommand("SELECT coalesce(max(id), 0), count(current_to) FROM structure");
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        await row.ReadAsync(ct).ConfigureAwait(false);
        return string.Create(CultureInfo.InvariantCulture, $"{row.GetInt64(0)}.{row.GetInt64(1)}");
    }

    private async Task<int> UpdateAsync(HubDbContext context, ImmutableArray<StructureFile> files, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        now = new DateTimeOffset(now.Ticks - (now.Ticks % 10), TimeSpan.Zero); // the database keeps microseconds
        List<StructureRecord> current = await context.Structures.Where(s => s.CurrentTo == null)
            .Select(s => new StructureRecord { Id = s.Id, Urn = s.Urn, Class = s.Class, Content = "", ContentHash = s.ContentHash, Origin = s.Origin, CurrentFrom = s.CurrentFrom })
            .AsNoTracking().ToListAsync(ct).ConfigureAwait(false);
        Dictionary<string, StructureRecord> byUrn = current.ToDictionary(s => s.Urn);
        HashSet<string> there = [.. files.Select(f => f.Artefact.Urn)];
        StructureFile[] changed = [.. files.Where(f => !byUrn.TryGetValue(f.Artefact.Urn, out StructureRecord? old) || old.ContentHash != f.Hash)];

        // What people submitted has another origin than a path and stays.
        long[] closed = [.. current.Where(s => s.Origin.EndsWith(".xml", StringComparison.Ordinal) && !there.Contains(s.Urn)).Select(s => s.Id),
            .. changed.Where(f => byUrn.ContainsKey(f.Artefact.Urn)).Select(f => byUrn[f.Artefact.Urn].Id)];
        await context.Structures.Where(s => closed.Contains(s.Id)).ExecuteUpdateAsync(s => s.SetProperty(r => r.CurrentTo, now), ct).ConfigureAwait(false);
        context.Structures.AddRange(changed.Select(f => new StructureRecord
        {
            Urn = f.Artefact.Urn,
            Class = f.Artefact.Type.Class,
            Content = f.Content,
            ContentHash = f.Hash,
            Origin = f.Origin,
            CurrentFrom = now,
        }));
        await context.SaveChangesAsync(ct).ConfigureAwait(false);
        return changed.Length + closed.Length - changed.Count(f => byUrn.ContainsKey(f.Artefact.Urn));
    }
}
