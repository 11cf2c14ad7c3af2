using System.Collections.Immutable;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Storage;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Rest;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Dsm.Exchange.Queries;

/// <summary>Where people keep their queries. Everything is of one owner; what is another's is not there.</summary>
public sealed class SavedQueryDesk(HubDatabase database, StructureRegistry registry, TimeProvider clock)
{
    /// <summary>Keeps a query; when anything is wrong with it nothing is written and all that is wrong is told.</summary>
    /// <param name="ownerId">Id of the account.</param>
    /// <param name="name">Its name.</param>
    /// <param name="address">Its address from <c>/sdmx</c> on.</param>
    /// <param name="reader">What the owner may see: of other things no query is kept, and none is told to be there.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Neither number nor faults when the account is gone.</returns>
    public async Task<SavedQueryReceipt> KeepAsync(string ownerId, string name, string address, ReaderAccess reader, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(ownerId);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(address);
        List<(string, SavedQueryFault)> faults = [];
        IssueList issues = new();
        name = name.Trim();
        if (OfName(name) is { } badName)
        {
            faults.Add(("name", badName));
        }

        (QueryAddress? found, SavedQueryFault? badAddress) = await OfAddressAsync(address.Trim(), reader, issues, ct).ConfigureAwait(false);
        if (badAddress is { } bad)
        {
            faults.Add(("address", bad));
        }

        await using HubDbContext db = database.CreateContext();
        await using IDbContextTransaction turn = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        await LockAsync(db, ownerId, ct).ConfigureAwait(false);
        if (!await db.Users.AnyAsync(u => u.Id == ownerId, ct).ConfigureAwait(false))
        {
            return new SavedQueryReceipt(null, [], []);
        }

        if (await IsTakenAsync(db, ownerId, name, null, ct).ConfigureAwait(false))
        {
            faults.Add(("name", SavedQueryFault.NameTaken));
        }

        if (await db.SavedQueries.CountAsync(q => q.OwnerId == ownerId, ct).ConfigureAwait(false) >= SavedQuery.MostOfOne)
        {
            faults.Add(("name", SavedQueryFault.TooMany));
        }

        if (faults.Count > 0)
        {
            return new SavedQueryReceipt(null, [.. faults], [.. issues.Kept]);
        }

        SavedQuery query = new() { OwnerId = ownerId, Name = name, Line = found!.Line, Path = found.Path, Parameters = found.Parameters, CreatedAt = clock.GetUtcNow() };
        db.SavedQueries.Add(query);
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        await turn.CommitAsync(ct).ConfigureAwait(false);
        return new SavedQueryReceipt(query.Id, [], []);
    }

    /// <summary>Gives a query another name.</summary>
    public async Task<SavedQueryReceipt> RenameAsync(long id, string ownerId, string name, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(ownerId);
        ArgumentNullException.ThrowIfNull(name);
        name = name.Trim();
        await using HubDbContext db = database.CreateContext();
        await using IDbContextTransaction turn = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        await LockAsync(db, ownerId, ct).ConfigureAwait(false);
        SavedQueryFault? fault = OfName(name) ?? (await IsTakenAsync(db, ownerId, name, id, ct).ConfigureAwait(false) ? SavedQueryFault.NameTaken : null);
        if (fault is { } bad)
        {
            return new SavedQueryReceipt(null, [("name", bad)], []);
        }

        int renamed = await db.SavedQueries.Where(q => q.Id == id && q.OwnerId == ownerId).ExecuteUpdateAsync(u => u.SetProperty(q => q.Name, name), ct).ConfigureAwait(false);
        await turn.CommitAsync(ct).ConfigureAwait(false);
        return new SavedQueryReceipt(renamed > 0 ? id : null, [], []);
    }

    /// <summary>Forgets a query; false when the owner has none of this number.</summary>
    public async Task<bool> DeleteAsync(long id, string ownerId, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(ownerId);
        await using HubDbContext db = database.CreateContext();
        return await db.SavedQueries.Where(q => q.Id == id && q.OwnerId == ownerId).ExecuteDeleteAsync(ct).ConfigureAwait(false) > 0;
    }

    /// <summary>The queries of a person, the last first.</summary>
    public async Task<ImmutableArray<SavedQuery>> ListAsync(string ownerId, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(ownerId);
        await using HubDbContext db = database.CreateContext();
        return [.. await db.SavedQueries.AsNoTracking().Where(q => q.OwnerId == ownerId).OrderByDescending(q => q.Id).ToListAsync(ct).ConfigureAwait(false)];
    }

    /// <summary>A query of a person; null when he has none of this number.</summary>
    public async Task<SavedQuery?> FindAsync(long id, string ownerId, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(ownerId);
        await using HubDbContext db = database.CreateContext();
        return await db.SavedQueries.AsNoTracking().FirstOrDefaultAsync(q => q.Id == id && q.OwnerId == ownerId, ct).ConfigureAwait(false);
    }

    /// <summary>What a query means now to its owner; null when the parser does not understand it any more.</summary>
    public async Task<QueryMeaning?> MeaningAsync(SavedQuery query, ReaderAccess reader, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new QueryAddress(query.Line, query.Path, query.Parameters).Parse(new IssueList()) is CubeQuery cube
            ? QueryMeaning.Of(cube, await StructuresAsync(cube, reader, ct).ConfigureAwait(false)) : null;
    }

    private Task<RegistrySnapshot> StructuresAsync(CubeQuery query, ReaderAccess reader, CancellationToken ct)
        => query.AsOf is { } then ? registry.AsOfAsync(then, reader, ct) : Task.FromResult(registry.For(reader));

    private static SavedQueryFault? OfName(string name)
        => name.Length == 0 ? SavedQueryFault.NoName
            : name.Length > SavedQuery.MaxName ? SavedQueryFault.LongName
            : name.Any(char.IsControl) ? SavedQueryFault.NameCharacters
            : null;

    private async Task<(QueryAddress? Address, SavedQueryFault? Fault)> OfAddressAsync(string text, ReaderAccess reader, IssueList issues, CancellationToken ct)
    {
        if (text.Length == 0)
        {
            return (null, SavedQueryFault.NoAddress);
        }

        if (text.Length > QueryAddress.MaxLength)
        {
            return (null, SavedQueryFault.LongAddress);
        }

        if (QueryAddress.Of(text) is not { } address)
        {
            return (null, SavedQueryFault.NotRest);
        }

        // What was encoded is longer than what was typed.
        if (address.ToString().Length > QueryAddress.MaxLength)
        {
            return (null, SavedQueryFault.LongAddress);
        }

        if (address.Parse(issues) is not { } query)
        {
            return (null, SavedQueryFault.Malformed);
        }

        if (query is not CubeQuery cube)
        {
            return (null, SavedQueryFault.NotData);
        }

        QueryMeaning meaning = QueryMeaning.Of(cube, await StructuresAsync(cube, reader, ct).ConfigureAwait(false));
        foreach (Issue issue in meaning.Issues)
        {
            issues.Add(issue);
        }

        return meaning.IsAnswered ? (address, null) : (null, meaning.Issues.IsEmpty ? SavedQueryFault.UnknownArtefact : SavedQueryFault.DoesNotFit);
    }

    // The limit and the names hold even when somebody keeps two queries at the same time.
    private static Task LockAsync(HubDbContext db, string ownerId, CancellationToken ct)
        => db.Database.ExecuteSqlAsync($"SELECT 1 FROM \"AspNetUsers\" WHERE id = {ownerId} FOR UPDATE", ct);

    private static Task<bool> IsTakenAsync(HubDbContext db, string ownerId, string name, long? but, CancellationToken ct)
        => name.Contains('\0', StringComparison.Ordinal) ? Task.FromResult(false) : db.SavedQueries.AnyAsync(q => q.OwnerId == ownerId && q.Name == name && q.Id != but, ct);
}
