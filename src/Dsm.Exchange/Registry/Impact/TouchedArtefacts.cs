using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Impact;

/// <summary>
/// Finds the artefacts that depend on a changed one, directly or through others, when they feel the change, and which of their parts
/// no longer fit.
/// </summary>
internal sealed class TouchedArtefacts(PlannedStructures planned, RegionOptions region)
{
    /// <summary>The artefacts that depend on the one of a step, those that feel it at once first.</summary>
    public ImmutableArray<TouchedArtefact> Of(PlannedStep step)
    {
        if (step.Before is not { } changed)
        {
            return Constrained(step.After!, []);
        }

        // First along the references that mean the change at once, then along all: what is reached both ways feels it at once.
        Dictionary<string, TouchedArtefact> found = [];
        Walk(changed, ImpactTiming.AtOnce, found);
        Walk(changed, ImpactTiming.WhenReferencesMove, found);
        foreach (TouchedArtefact artefact in Constrained(step.After ?? changed, [.. found.Values.Select(f => f.Artefact.Urn)]))
        {
            found.TryAdd(artefact.Artefact.Urn, artefact);
        }

        found.Remove(changed.Urn);
        TouchedParts parts = new(planned, step, found.Values.Select(f => f.Artefact).OfType<Codelist>());
        return
        [
            .. found.Values.Select(f => f with { Parts = parts.Of(f.Artefact) })
                .OrderBy(f => f.Timing).ThenByDescending(f => f.Parts.Length)
                .ThenBy(f => f.Artefact.Type.Class, StringComparer.Ordinal).ThenBy(f => f.Artefact.AgencyId, StringComparer.Ordinal)
                .ThenBy(f => f.Artefact.Id, StringComparer.Ordinal).ThenBy(f => f.Artefact.Version),
        ];
    }

    /// <summary>Code of the reporting state an artefact belongs to; null for the region's own.</summary>
    public string? StateOf(Maintainable artefact)
    {
        if (artefact is ProvisionAgreement && planned.StateOf(artefact.Urn, region.StateDimension) is { } reporting)
        {
            return reporting;
        }

        return planned.NowSnapshot.Spaces.Of(artefact.AgencyId)?.State;
    }

    private void Walk(Maintainable changed, ImpactTiming timing, Dictionary<string, TouchedArtefact> found)
    {
        Queue<Maintainable> open = new([changed]);
        HashSet<string> seen = [changed.Urn];
        while (open.TryDequeue(out Maintainable? artefact))
        {
            foreach (Maintainable user in planned.Now.ReferrersOf(artefact))
            {
                StructureReference[] through = [.. user.References.Where(r => planned.Now.Means(r, artefact, user))];
                StructureReference? atOnce = ReferenceEquals(artefact, changed) ? through.FirstOrDefault(r => !ReferenceEquals(planned.AtOnce.FindFrom(user, r), changed)) : through[0];
                if ((timing == ImpactTiming.AtOnce && atOnce is null) || !seen.Add(user.Urn))
                {
                    continue;
                }

                found.TryAdd(user.Urn, new TouchedArtefact { Artefact = user, State = StateOf(user), Timing = timing, Through = (atOnce ?? through[0]).Maintainable });
                open.Enqueue(user);
            }
        }
    }

    /// <summary>What a constraint is attached to depends on it, although the reference goes the other way; it holds at once.</summary>
    private ImmutableArray<TouchedArtefact> Constrained(Maintainable artefact, HashSet<string> known)
    {
        if (artefact is not DataConstraint { Role: ConstraintRole.Allowed } constraint)
        {
            return [];
        }

        ImmutableArray<TouchedArtefact>.Builder touched = ImmutableArray.CreateBuilder<TouchedArtefact>();
        Queue<Maintainable> open = new(constraint.Attachments.Select(planned.Now.Find).OfType<Maintainable>());
        while (open.TryDequeue(out Maintainable? attached))
        {
            if (!known.Add(attached.Urn))
            {
                continue;
            }

            touched.Add(new TouchedArtefact { Artefact = attached, State = StateOf(attached), Timing = ImpactTiming.AtOnce, Through = constraint.Reference });
            foreach (Maintainable user in planned.Now.ReferrersOf(attached).Where(u => u is Dataflow or ProvisionAgreement))
            {
                open.Enqueue(user);
            }
        }

        return touched.ToImmutable();
    }
}
