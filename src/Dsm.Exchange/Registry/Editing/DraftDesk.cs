using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Editing;

/// <summary>
/// Where officials edit: opens drafts, saves them, throws them away and publishes them. Each step is a transaction of the registry and
/// goes through <see cref="StructureMaintenance"/>, which checks rights and rules.
/// </summary>
public sealed class DraftDesk(StructureRegistry registry, StructureMaintenance maintenance)
{
    /// <summary>What the log says of changes made here.</summary>
    public const string Origin = "page";

    /// <summary>
    /// True when an artefact can be edited as it is: a draft, and the schemes of organisations, which SDMX keeps at version 1.0 for ever.
    /// </summary>
    public static bool IsOpen(Maintainable artefact)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        return DraftVersions.IsDraft(artefact.Version) || (artefact is OrganisationScheme && !artefact.Version.IsStable);
    }

    /// <summary>The draft of an artefact that is there; null when there is none.</summary>
    public Maintainable? Find(StructureReference artefact)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        return registry.Current.Structures.Versions(artefact.Type, artefact.AgencyId, artefact.Id).LastOrDefault(v => DraftVersions.IsDraft(v.Version));
    }

    /// <summary>
    /// Makes the draft of the next version of an artefact, a copy of the version given; the one that is there already is left as it is.
    /// </summary>
    /// <returns>The draft, and what became of the attempt; the receipt is null when the draft was there.</returns>
    public async Task<(Maintainable Draft, StructureReceipt? Receipt)> OpenAsync(Maintainable basis, Maintainer by, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(basis);
        if (Find(basis.Reference) is { } there)
        {
            return (there, null);
        }

        Maintainable draft = basis with
        {
            Version = DraftVersions.Next(registry.Current.Structures.Versions(basis.Type, basis.AgencyId, basis.Id), basis.Version),
            IsFinal = null,
            ValidTo = null,
        };
        return (draft, await ApplyAsync([StructureTask.Append(draft)], by, null, null, ct).ConfigureAwait(false));
    }

    /// <summary>Saves a draft, new or changed.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="by">Who.</param>
    /// <param name="basedOn">State of the registry that was looked at; null when it does not matter what others changed since.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ArgumentException">It is finished: such versions are not changed here.</exception>
    public Task<StructureReceipt> SaveAsync(Maintainable draft, Maintainer by, long? basedOn, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return IsOpen(draft)
            ? ApplyAsync([StructureTask.Replace(draft)], by, null, basedOn, ct)
            : throw new ArgumentException($"{draft.Urn} is finished.", nameof(draft));
    }

    /// <summary>Throws a draft away.</summary>
    public Task<StructureReceipt> DiscardAsync(Maintainable draft, Maintainer by, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return ApplyAsync([StructureTask.Delete(draft.Reference)], by, null, null, ct);
    }

    /// <summary>What publishing would do; nothing changes.</summary>
    public Task<StructurePlan> PlanAsync(Publication publication, Maintainer by, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(publication);
        return maintenance.PlanAsync(new StructureSubmission { Tasks = publication.Tasks, By = by, Origin = Origin }, ct);
    }

    /// <summary>Publishes a draft with all that is moved along, in one transaction.</summary>
    /// <param name="publication">What is published.</param>
    /// <param name="by">Who.</param>
    /// <param name="comment">Why, for the log.</param>
    /// <param name="basedOn">State of the registry that was looked at.</param>
    /// <param name="ct">Cancels.</param>
    public Task<StructureReceipt> PublishAsync(Publication publication, Maintainer by, string? comment, long? basedOn, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(publication);
        return ApplyAsync(publication.Tasks, by, comment, basedOn, ct);
    }

    private Task<StructureReceipt> ApplyAsync(System.Collections.Immutable.ImmutableArray<StructureTask> tasks, Maintainer by, string? comment, long? basedOn, CancellationToken ct)
        => maintenance.ApplyAsync(new StructureSubmission { Tasks = tasks, By = by, Origin = Origin, Comment = comment, BasedOn = basedOn }, ct);
}
