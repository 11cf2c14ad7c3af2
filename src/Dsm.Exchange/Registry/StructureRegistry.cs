using System.Data;
using Dsm.Exchange.Access;
using Dsm.Exchange.Storage;
using Dsm.Sdmx.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Dsm.Exchange.Registry;

/// <summary>
/// The region's structures: every version in the database, the current ones in memory as an immutable <see cref="Current"/>.
/// They change by <see cref="StructureMaintenance"/>. What another node changes is noticed at once where the
/// hub listens (<see cref="HubDatabase.ListenAsync"/>), and within seconds anyway. Thread-safe.
/// </summary>
public sealed class StructureRegistry : IDisposable
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(3);
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private readonly HubDatabase _database;
    private readonly TimeProvider _clock;
    private readonly ILogger<StructureRegistry> _log;
    private readonly RegionOptions _region;
    private readonly SnapshotCache _past = new();
    private StoredArtefacts _artefacts = StoredArtefacts.None;
    private RegistrySnapshot _current = RegistrySnapshot.Empty;
    private long _checkedAt;
    private int _isToldOf;

    /// <summary>An empty registry; <see cref="RefreshAsync"/> fills it.</summary>
    public StructureRegistry(HubDatabase database, TimeProvider clock, ILogger<StructureRegistry> log, RegionOptions? region = null)
    {
        ArgumentNullException.ThrowIfNull(database);
        (_database, _clock, _log, _region) = (database, clock, log, region ?? new RegionOptions());
        database.Structures.Changed += RefreshSoon;
    }

    /// <summary>
    /// The artefacts now, for the hub's own work; what people and programs are answered is <see cref="For"/>. Reading it starts a look at
    /// the database in the background when the last one is some seconds ago.
    /// </summary>
    public RegistrySnapshot Current
    {
        get
        {
            long now = _clock.GetTimestamp(), last = Interlocked.Read(ref _checkedAt);
            if (last != 0 && _clock.GetElapsedTime(last, now) > CheckEvery && Interlocked.CompareExchange(ref _checkedAt, now, last) == last)
            {
                _ = Task.Run(RefreshInBackgroundAsync);
            }

            return Snapshot;
        }
    }

    /// <summary>The artefacts as last looked at.</summary>
    internal RegistrySnapshot Snapshot => Volatile.Read(ref _current);

    /// <summary>Held by the one of this node that may change structures.</summary>
    internal SemaphoreSlim Turn { get; } = new(1, 1);

    /// <summary>The artefacts now, as far as a reader may see them.</summary>
    public RegistrySnapshot For(ReaderAccess access)
    {
        ArgumentNullException.ThrowIfNull(access);
        RegistrySnapshot current = Current;
        return current.For(current.Spaces, access);
    }

    /// <summary>The artefacts at a moment, as far as a reader may see them by what is restricted now. Empty before the first transaction.</summary>
    public async Task<RegistrySnapshot> AsOfAsync(DateTimeOffset moment, ReaderAccess access, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(access);
        AgencySpaces spaces = Current.Spaces;
        (long transaction, DateTimeOffset at) = await LastAsync(moment, ct).ConfigureAwait(false);
        RegistrySnapshot then = transaction == Snapshot.Transaction
            ? Snapshot
            : await _past.GetAsync(transaction, () => PastAsync(transaction, at, spaces)).WaitAsync(ct).ConfigureAwait(false);
        return then.For(spaces, access);
    }

    /// <summary>
    /// Takes a folder of structure files into the registry, as a submission of the hub: adds what is new, changes what has another file
    /// than last time, removes those that came from the folder and are gone from it. What officials changed since stays as long as its
    /// file does. Any number of nodes may do so at once. Returns how many artefacts changed.
    /// </summary>
    /// <exception cref="StructuresException">A file cannot be used; nothing changed.</exception>
    public Task<int> LoadAsync(string folder, CancellationToken ct)
        => new StructureMaintenance(_database, this, _region, _clock, NullLogger<StructureMaintenance>.Instance).LoadAsync(folder, ct);

    /// <summary>Takes over what another node changed. Costs one small query when nothing did.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        await _refreshing.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            Interlocked.Exchange(ref _checkedAt, _clock.GetTimestamp());
            (long transaction, DateTimeOffset at) = await LastAsync(null, ct).ConfigureAwait(false);
            if (transaction == Snapshot.Transaction)
            {
                return;
            }

            await using HubDbContext context = _database.CreateContext();
            StoredArtefacts artefacts = await StoredArtefacts.ReadAsync(context, transaction, _artefacts, ct).ConfigureAwait(false);
            AgencySpaces spaces = AgencySpaces.Of(_region, await context.AgencySpaces.AsNoTracking().ToListAsync(ct).ConfigureAwait(false));
            AgencyChanges changes = await AgencyChanges.ReadAsync(_database.DataSource, transaction, ct).ConfigureAwait(false);
            _artefacts = artefacts;
            Volatile.Write(ref _current, new RegistrySnapshot(artefacts.Set, spaces, transaction, at, changes));
            _log.LogInformation("Registry: {Artefacts} artefacts, transaction {Transaction}.", artefacts.Set.All.Length, transaction);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _database.Structures.Changed -= RefreshSoon;
        _refreshing.Dispose();
        Turn.Dispose();
    }

    private async Task<RegistrySnapshot> PastAsync(long transaction, DateTimeOffset at, AgencySpaces spaces)
    {
        await using HubDbContext context = _database.CreateContext();
        StoredArtefacts artefacts = await StoredArtefacts.ReadAsync(context, transaction, Volatile.Read(ref _artefacts), CancellationToken.None).ConfigureAwait(false);
        return new RegistrySnapshot(artefacts.Set, spaces, transaction, at, await AgencyChanges.ReadAsync(_database.DataSource, transaction, CancellationToken.None).ConfigureAwait(false));
    }

    // Told of many changes at once, one look is enough; before the first look there is nothing to be renewed.
    private void RefreshSoon()
    {
        if (Interlocked.Read(ref _checkedAt) != 0 && Interlocked.Exchange(ref _isToldOf, 1) == 0)
        {
            _ = Task.Run(() =>
            {
                Interlocked.Exchange(ref _isToldOf, 0);
                return RefreshInBackgroundAsync();
            });
        }
    }

    private async Task RefreshInBackgroundAsync()
    {
        try
        {
            await RefreshAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or ObjectDisposedException or InvalidOperationException)
        {
            // The next look comes in some seconds; until then the artefacts are those known.
            _log.LogWarning("The registry could not be looked at: {Detail}", e.Message);
        }
    }

    // The last transaction that changed anything until a moment.
    private async Task<(long Transaction, DateTimeOffset At)> LastAsync(DateTimeOffset? moment, CancellationToken ct)
    {
        await using NpgsqlCommand command = _database.DataSource.CreateCommand(
            "SELECT id, at FROM structure_transaction WHERE status = 'Applied' AND ($1 IS NULL OR at <= $1) ORDER BY id DESC LIMIT 1");
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)moment?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        return await row.ReadAsync(ct).ConfigureAwait(false) ? (row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1)) : (0, DateTimeOffset.MinValue);
    }
}
