using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Editing;

/// <summary>What publishing a draft means, before it is done: its differences, the number they need, and what is moved along.</summary>
public sealed record Publication
{
    /// <summary>The draft.</summary>
    public required Maintainable Draft { get; init; }

    /// <summary>The version it is compared with; null for an artefact that is new.</summary>
    public Maintainable? Base { get; init; }

    /// <summary>The differences; none for an artefact that is new.</summary>
    public required ImmutableArray<StructureChange> Changes { get; init; }

    /// <summary>The smallest number that the differences require.</summary>
    public required SdmxVersion Required { get; init; }

    /// <summary>The draft under the number it is to get.</summary>
    public required Maintainable Published { get; init; }

    /// <summary>True when the number is finished, large enough and free.</summary>
    public required bool HasRightVersion { get; init; }

    /// <summary>All that refers to former versions, dependencies first.</summary>
    public required ImmutableArray<CascadeStep> Candidates { get; init; }

    /// <summary>Those that get a next version along with the draft.</summary>
    public required ImmutableArray<CascadeStep> Steps { get; init; }

    /// <summary>Artefacts that use the new version by themselves, because their references have a wildcard.</summary>
    public required ImmutableArray<Maintainable> Followers { get; init; }

    /// <summary>The weightiest of the differences.</summary>
    public ChangeImpact Impact => Changes.IsEmpty ? ChangeImpact.None : Changes.Max(c => c.Impact);

    /// <summary>True when an artefact is moved along.</summary>
    public bool Moves(Maintainable artefact) => Steps.Any(s => s.Before.Urn == artefact.Urn);

    /// <summary>What the registry is asked for: the version, what is moved along, and the end of the draft.</summary>
    public ImmutableArray<StructureTask> Tasks =>
        [StructureTask.Append(Published), .. Steps.Select(s => s.IsDraft ? StructureTask.Replace(s.After) : StructureTask.Append(s.After)), StructureTask.Delete(Draft.Reference)];

    /// <summary>Prepares the publication of a draft.</summary>
    /// <param name="structures">All artefacts.</param>
    /// <param name="draft">The draft.</param>
    /// <param name="wanted">The number it is to get; null for the smallest that will do.</param>
    /// <param name="isMoved">Says for each artefact that refers to a former version whether it is moved along; null for those of the same agency that are no maps.</param>
    public static Publication Of(StructureSet structures, Maintainable draft, SdmxVersion? wanted = null, Func<Maintainable, bool>? isMoved = null)
    {
        ArgumentNullException.ThrowIfNull(structures);
        ArgumentNullException.ThrowIfNull(draft);
        ImmutableArray<Maintainable> versions = structures.Versions(draft.Type, draft.AgencyId, draft.Id);
        Maintainable? from = DraftVersions.Base(versions);
        SdmxVersion required = DraftVersions.Required(versions, from, draft);
        Maintainable published = draft with { Version = wanted ?? required };
        Cascade cascade = new(structures, published, draft.Reference);
        return new Publication
        {
            Draft = draft,
            Base = from,
            Changes = from is null ? [] : StructureComparison.Compare(from, draft).Changes,
            Required = required,
            Published = published,
            HasRightVersion = DraftVersions.MayBePublishedAs(versions, required, published.Version),
            Candidates = cascade.Steps(_ => true),
            Steps = cascade.Steps(isMoved ?? (a => IsUsual(draft, a))),
            Followers = cascade.Followers,
        };
    }

    /// <summary>
    /// True for what is usually moved along: of the same agency, and no map, because sources name their map by its exact version and a new
    /// one would not be used by itself. What refers to the draft itself must always come along, for the draft goes.
    /// </summary>
    public static bool IsUsual(Maintainable draft, Maintainable artefact)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(artefact);
        return (artefact.AgencyId == draft.AgencyId && artefact is not (StructureMap or RepresentationMap)) || MustMove(draft, artefact);
    }

    /// <summary>True for what refers to the draft itself.</summary>
    public static bool MustMove(Maintainable draft, Maintainable artefact)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        return artefact.References.Any(r => r.Maintainable.Urn == draft.Urn);
    }
}
