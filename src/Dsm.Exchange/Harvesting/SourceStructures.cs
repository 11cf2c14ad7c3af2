using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Storage;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Harvesting;

/// <summary>
/// The structures that decide what becomes of a source's message: those its agreement, its own structure and its map lead to (flows,
/// data structures, concepts, codelists, representation maps) and the constraints on them. Drafts are among them only where something
/// refers to them.
/// </summary>
public sealed class SourceStructures(HubDatabase database, StructureRegistry registry, RegionOptions region)
{
    /// <summary>
    /// Makes what this run goes by the state of its beginning or a later one: a publication under way has its time already and is not
    /// seen yet; the next run would take it for one that this run has gone by.
    /// </summary>
    public async Task SettleAsync(CancellationToken ct)
    {
        await StructureWriting.SettledAsync(database, ct).ConfigureAwait(false);
        await registry.RefreshAsync(ct).ConfigureAwait(false);
    }

    /// <summary>True when any of them is another one than at a moment, or is there no more. When the agreement is unknown, any change counts.</summary>
    public async Task<bool> ChangedSinceAsync(Source source, DateTimeOffset moment, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(source);
        HashSet<string> touched = await TouchedSinceAsync(moment, ct).ConfigureAwait(false);
        if (touched.Count == 0)
        {
            return false;
        }

        await registry.RefreshAsync(ct).ConfigureAwait(false);
        StructureSet now = registry.Current.Structures;
        HashSet<string> reached = ReachedBy(source, now);
        if (reached.Count == 0 || reached.Overlaps(touched))
        {
            return true;
        }

        // What was reached then and is not now: deleted, or no longer meant.
        StructureSet then = (await registry.AsOfAsync(moment, ReaderAccess.Everything, ct).ConfigureAwait(false)).Structures;
        return !reached.SetEquals(ReachedBy(source, then)) || StateOf(source, now) != StateOf(source, then);
    }

    private async Task<HashSet<string>> TouchedSinceAsync(DateTimeOffset moment, CancellationToken ct)
    {
        await using HubDbContext db = database.CreateContext();
        return [.. await db.Structures.Where(s => s.CurrentFrom > moment || s.CurrentTo > moment).Select(s => s.Urn).Distinct().ToListAsync(ct).ConfigureAwait(false)];
    }

    /// <summary>URNs of what is reached; none when the agreement is not there.</summary>
    private static HashSet<string> ReachedBy(Source source, StructureSet structures)
    {
        HashSet<string> reached = [];
        if (Find(source.AgreementUrn, structures) is not ProvisionAgreement agreement)
        {
            return reached;
        }

        Queue<Maintainable> open = new(new[] { agreement, Find(source.SourceStructureUrn, structures), Find(source.MapUrn, structures) }.OfType<Maintainable>());
        while (open.TryDequeue(out Maintainable? artefact))
        {
            if (reached.Add(artefact.Urn))
            {
                foreach (Maintainable next in artefact.References.Distinct().Select(r => structures.FindFrom(artefact, r)).Concat(ConstraintsOn(artefact, structures)).OfType<Maintainable>().Where(Decides))
                {
                    open.Enqueue(next);
                }
            }
        }

        return reached;
    }

    // Of a scheme of providers only the state of the own provider matters, and that is looked at by itself.
    private static bool Decides(Maintainable artefact) => artefact is not OrganisationScheme;

    // The same constraints that DataSchema takes: of each the latest version that is no draft.
    private static IEnumerable<Maintainable> ConstraintsOn(Maintainable artefact, StructureSet structures)
        => artefact is not (ProvisionAgreement or Dataflow or DataStructure) ? [] : structures.Of<DataConstraint>()
            .Where(c => c.Role == ConstraintRole.Allowed && c.Version.Extension is null && c.Attachments.Any(r => r.ItemId is null
                ? structures.Means(r, artefact, c)
                : r.Urn == (artefact as ProvisionAgreement)?.DataProvider?.Urn))
            .GroupBy(c => (c.AgencyId, c.Id)).Select(g => g.MaxBy(c => c.Version)!);

    private static Maintainable? Find(string? urn, StructureSet structures)
        => StructureReference.TryParseUrn(urn ?? "", out StructureReference? reference) ? structures.Find(reference) : null;

    private string? StateOf(Source source, StructureSet structures)
        => Find(source.AgreementUrn, structures) is ProvisionAgreement agreement && DataSchema.Resolve(structures, agreement.Reference, new IssueList()) is { } schema
            ? AgreementState.Of(structures, agreement, schema, region.StateDimension)
            : null;
}
