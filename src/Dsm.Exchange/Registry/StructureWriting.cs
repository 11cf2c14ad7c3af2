using Dsm.Exchange.Storage;
using Dsm.Sdmx.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Dsm.Exchange.Registry;

/// <summary>One transaction of the database that may change structures. While it is open no other is, on any node.</summary>
internal sealed class StructureWriting : IAsyncDisposable
{
    // "DSM str" in ASCII: one number for every node.
    private const long Exclusive = 0x44_53_4D_20_73_74_72;
    private readonly IDbContextTransaction _transaction;
    private readonly SemaphoreSlim _turn;

    private StructureWriting(HubDbContext context, IDbContextTransaction transaction, SemaphoreSlim turn) => (Context, _transaction, _turn) = (context, transaction, turn);

    /// <summary>The context it is written by.</summary>
    public HubDbContext Context { get; }

    /// <summary>Its connection.</summary>
    public NpgsqlConnection Connection => (NpgsqlConnection)Context.Database.GetDbConnection();

    /// <summary>Begins; waits for the one that is open.</summary>
    /// <param name="database">The database.</param>
    /// <param name="turn">Of this node one waits at the database, so that the waiting do not use up its connections.</param>
    /// <param name="ct">Stops waiting.</param>
    public static async Task<StructureWriting> BeginAsync(HubDatabase database, SemaphoreSlim turn, CancellationToken ct)
    {
        await turn.WaitAsync(ct).ConfigureAwait(false);
        HubDbContext context = database.CreateContext();
        try
        {
            IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
            await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Exclusive})", ct).ConfigureAwait(false);
            return new StructureWriting(context, transaction, turn);
        }
        catch
        {
            await context.DisposeAsync().ConfigureAwait(false);
            turn.Release();
            throw;
        }
    }

    /// <summary>
    /// Waits until every transaction that has its time already is committed: who reads the structures then sees all that was stamped
    /// before he asked.
    /// </summary>
    public static async Task SettledAsync(HubDatabase database, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await database.DataSource.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using NpgsqlCommand command = new("SELECT pg_advisory_xact_lock_shared($1)", connection) { Parameters = { new() { Value = Exclusive } }, CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    /// <summary>
    /// Writes an entry of the log and gives it its number and its time, both above those of all entries before: the lock is held until
    /// the commit, so that they ascend in the order of commits.
    /// </summary>
    public async Task<StructureTransaction> LogAsync(StructureTransaction entry, CancellationToken ct)
    {
        DateTimeOffset? last = await Context.StructureTransactions.MaxAsync(t => (DateTimeOffset?)t.At, ct).ConfigureAwait(false);
        DateTimeOffset now = new(entry.At.UtcTicks - (entry.At.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero); // the database keeps microseconds
        entry.At = last >= now ? last.Value.AddMicroseconds(1) : now;
        Context.StructureTransactions.Add(entry);
        await Context.SaveChangesAsync(ct).ConfigureAwait(false);
        return entry;
    }

    /// <summary>Ends the current versions of artefacts.</summary>
    public async Task CloseAsync(IEnumerable<string> urns, StructureTransaction entry, CancellationToken ct)
    {
        string[] closed = [.. urns];
        await Context.Structures.Where(s => s.CurrentTo == null && closed.Contains(s.Urn))
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.CurrentTo, entry.At).SetProperty(r => r.ClosedBy, entry.Id), ct).ConfigureAwait(false);
    }

    /// <summary>Adds versions of artefacts.</summary>
    public async Task OpenAsync(IEnumerable<Maintainable> artefacts, StructureTransaction entry, Func<StructureReference, string> originOf, CancellationToken ct)
    {
        foreach (Maintainable artefact in artefacts)
        {
            string content = StructureContent.Write(artefact);
            Context.Structures.Add(new StructureRecord
            {
                Urn = artefact.Urn,
                Class = artefact.Type.Class,
                Content = content,
                ContentHash = StructureContent.Hash(content),
                Origin = originOf(artefact.Reference),
                CurrentFrom = entry.At,
                OpenedBy = entry.Id,
            });
        }

        await Context.SaveChangesAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Writes a space.</summary>
    public Task SpaceAsync(AgencySpace space, CancellationToken ct) => Context.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO agency_space (agency_id, state, is_restricted) VALUES ({space.AgencyId}, {space.State}, {space.IsRestricted})
        ON CONFLICT (agency_id) DO UPDATE SET state = excluded.state, is_restricted = excluded.is_restricted
        """, ct);

    /// <summary>Tells all nodes that listen, when it is committed.</summary>
    public Task NotifyAsync(CancellationToken ct) => Context.Database.ExecuteSqlRawAsync(StructureWatch.Notify, ct);

    /// <summary>Makes it so, for all nodes at once.</summary>
    public Task CommitAsync() => _transaction.CommitAsync(CancellationToken.None);

    /// <summary>Ends it; what was not committed has not happened.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _transaction.DisposeAsync().ConfigureAwait(false);
            await Context.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Adds issues about artefacts that were changed after a transaction.</summary>
    public static async Task CheckSinceAsync(NpgsqlConnection connection, StructureTarget target, long basedOn, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(
            """
            SELECT s.urn, t.id, t.who FROM structure s JOIN structure_transaction t ON t.id = greatest(s.opened_by, s.closed_by)
             WHERE s.urn = ANY ($1) AND greatest(s.opened_by, s.closed_by) > $2 ORDER BY t.id DESC
            """, connection)
        { Parameters = { new() { Value = target.Touched.Select(t => t.Urn).ToArray() }, new() { Value = basedOn } } };
        HashSet<string> said = [];
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        while (await row.ReadAsync(ct).ConfigureAwait(false))
        {
            if (said.Add(row.GetString(0)))
            {
                target.Say(StructureReference.ParseUrn(row.GetString(0)), ExchangeIssues.ChangedSince, row.GetString(0), row.GetInt64(1), row.GetString(2));
            }
        }
    }
}
