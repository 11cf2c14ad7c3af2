using System.Collections.Immutable;
using Dsm.Exchange.Storage;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Dsm.Exchange.Registrations;

/// <summary>
/// Registrations of data sources (REST 2.1, "Data registration queries"; registry specification, "Registration"). What a caller may
/// register is up to the caller of this class. Thread-safe.
/// </summary>
public sealed class RegistrationDesk(HubDatabase database, TimeProvider clock)
{
    /// <summary>The registrations that a query asks for, by id.</summary>
    /// <param name="query">The query.</param>
    /// <param name="structures">The structures that the reader may see; registrations of agreements that he may not see are hidden from him.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<ImmutableArray<Registration>> FindAsync(RegistrationQuery query, StructureSet structures, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(structures);
        await using HubDbContext context = database.CreateContext();
        IQueryable<RegistrationRecord> records = context.Registrations.AsNoTracking().Where(r => r.DeletedAt == null);
        if (query.Kind == RegistrationQueryKind.Id)
        {
            records = records.Where(r => r.Id == query.RegistrationId);
        }

        if (query.UpdatedAfter is { } after)
        {
            DateTimeOffset from = after.ToUniversalTime();
            records = records.Where(r => r.UpdatedAt > from);
        }

        if (query.UpdatedBefore is { } before)
        {
            DateTimeOffset to = before.ToUniversalTime();
            records = records.Where(r => r.UpdatedAt < to);
        }

        Func<ProvisionAgreement, bool> isAsked = Agreements(query, structures);
        return [.. (await records.OrderBy(r => r.Id).ToListAsync(ct).ConfigureAwait(false)).Select(r => r.ToRegistration()).OfType<Registration>()
            .Where(r => structures.Find<ProvisionAgreement>(r.ProvisionAgreement) is { } agreement && isAsked(agreement))];
    }

    /// <summary>A registration by its id; null when there is none.</summary>
    public async Task<Registration?> FindAsync(string id, CancellationToken ct)
    {
        await using HubDbContext context = database.CreateContext();
        return (await context.Registrations.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id && r.DeletedAt == null, ct).ConfigureAwait(false))?.ToRegistration();
    }

    /// <summary>
    /// Carries out requests, all or none: <c>Append</c> adds and gives an id, <c>Replace</c> and <c>Delete</c> change what has the id.
    /// </summary>
    /// <param name="requests">Requests that were found good.</param>
    /// <param name="origin">Who asks.</param>
    /// <param name="ct">Ends it; nothing has changed then.</param>
    /// <returns>The registrations as they are now, or were before they were deleted; null for one that is not there.</returns>
    public async Task<ImmutableArray<Registration?>> SubmitAsync(IReadOnlyList<RegistrationRequest> requests, string origin, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(requests);
        await using HubDbContext context = database.CreateContext();
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        DateTimeOffset now = clock.GetUtcNow();
        ImmutableArray<Registration?>.Builder done = ImmutableArray.CreateBuilder<Registration?>(requests.Count);
        foreach (RegistrationRequest request in requests)
        {
            RegistrationRecord? record = request.Action == "Append" ? Add(context, request.Registration)
                : await context.Registrations.SingleOrDefaultAsync(r => r.Id == request.Registration.Id && r.DeletedAt == null, ct).ConfigureAwait(false);
            if (request.Action == "Delete")
            {
                record?.DeletedAt = now;
            }
            else
            {
                record?.Take(request.Registration, origin, now);
            }

            done.Add(record?.ToRegistration());
            await context.SaveChangesAsync(ct).ConfigureAwait(false);
        }

        if (!done.Contains(null))
        {
            await transaction.CommitAsync(ct).ConfigureAwait(false);
        }

        return done.ToImmutable();
    }

    private static RegistrationRecord Add(HubDbContext context, Registration registration)
    {
        RegistrationRecord record = new() { Id = $"R{Guid.NewGuid():N}", AgreementUrn = registration.ProvisionAgreement?.Urn ?? "", Origin = "" };
        context.Registrations.Add(record);
        return record;
    }

    private static Func<ProvisionAgreement, bool> Agreements(RegistrationQuery query, StructureSet structures)
    {
        if (query.Kind == RegistrationQueryKind.Id)
        {
            return _ => true;
        }

        if (query.Kind == RegistrationQueryKind.Provider)
        {
            return a => (query.Agencies.IsEmpty || query.Agencies.Contains(a.DataProvider?.AgencyId ?? "")) && (query.Ids.IsEmpty || query.Ids.Contains(a.DataProvider?.ItemId ?? ""));
        }

        HashSet<string> asked = [.. query.Select(structures.All.Where(a => query.Context is null ? IsContext(a.Type) : a.Type == query.Context)).Select(a => a.Urn)];
        return a =>
        {
            Dataflow? flow = structures.Find<Dataflow>(a.Dataflow);
            return asked.Contains(a.Urn) || (flow is not null && asked.Contains(flow.Urn))
                || (structures.Find<Metadataflow>(a.Dataflow) is { } reports && asked.Contains(reports.Urn))
                || (structures.Find<DataStructure>(flow?.Structure) is { } structure && asked.Contains(structure.Urn));
        };
    }

    private static bool IsContext(StructureType type)
        => type == StructureType.DataStructure || type == StructureType.Dataflow || type == StructureType.ProvisionAgreement;
}
