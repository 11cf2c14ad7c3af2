using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Rest;

/// <summary>
/// Which other artefacts come along with one (REST, parameter <c>references</c>). Besides what artefacts refer to, the scheme that has
/// the maintenance agency of an artefact is among its children. Metadata sets have queries of their own and never come along.
/// </summary>
/// <param name="structures">All structures.</param>
/// <param name="isRaw">True when codelist extensions stay as they are; otherwise they are resolved and the lists behind them do not come.</param>
internal sealed class StructureNeighbours(StructureSet structures, bool isRaw)
{
    /// <summary>
    /// What comes along with an artefact that is asked for, in no order, some of it more than once. An artefact cut to some of its items
    /// has the neighbours of these items.
    /// </summary>
    public IEnumerable<Maintainable> Of(StructureQuery query, Maintainable asked)
    {
        StructureReferences wanted = query.References;
        List<Maintainable> parents = [.. ParentsOf(asked)], children = [.. ChildrenOf(asked)];
        IEnumerable<Maintainable> others = [];
        if ((wanted & (StructureReferences.Parents | StructureReferences.ParentsAndSiblings | StructureReferences.All)) != 0)
        {
            others = others.Concat(parents);
        }

        if ((wanted & (StructureReferences.ParentsAndSiblings | StructureReferences.All)) != 0)
        {
            others = others.Concat(parents.SelectMany(ChildrenOf));
        }

        if ((wanted & StructureReferences.Ancestors) != 0)
        {
            others = others.Concat(Closure(asked, parents, ParentsOf));
        }

        if ((wanted & StructureReferences.Children) != 0)
        {
            others = others.Concat(children);
        }

        if ((wanted & (StructureReferences.Descendants | StructureReferences.All)) != 0)
        {
            others = others.Concat(Closure(asked, children, ChildrenOf));
        }

        // Named types are found at any distance, above or below (REST 1.5: "concrete types").
        return query.ReferenceTypes.IsEmpty
            ? others
            : others.Concat(Closure(asked, children, ChildrenOf).Concat(Closure(asked, parents, ParentsOf)).Where(a => query.ReferenceTypes.Contains(a.Type)));
    }

    /// <summary>An artefact and everything below it.</summary>
    public IEnumerable<Maintainable> Below(Maintainable artefact) => Closure(artefact, ChildrenOf(artefact), ChildrenOf);

    /// <summary>The scheme in which the maintenance agency of an artefact stands, with the id it has there; null when it is not here.</summary>
    public (OrganisationScheme Scheme, string Id)? AgencyOf(Maintainable artefact)
    {
        int dot = artefact.AgencyId.LastIndexOf('.');
        string owner = dot < 0 ? "SDMX" : artefact.AgencyId[..dot], id = artefact.AgencyId[(dot + 1)..];
        return structures.Find(new StructureReference(StructureType.AgencyScheme, owner, "AGENCIES", "*")) is OrganisationScheme scheme
            && scheme.Organisations.Any(o => o.Id == id) ? (scheme, id) : null;
    }

    private IEnumerable<Maintainable> ChildrenOf(Maintainable artefact)
    {
        IEnumerable<Maintainable?> found = artefact is Codelist && !isRaw ? [] : artefact.References.Select(structures.Find);
        return found.Append(AgencyOf(artefact)?.Scheme).OfType<Maintainable>()
            .Where(a => a.Type != StructureType.MetadataSet && a.Urn != artefact.Urn).DistinctBy(a => a.Urn);
    }

    private IEnumerable<Maintainable> ParentsOf(Maintainable artefact)
    {
        Maintainable whole = structures.Find(artefact.Reference) ?? artefact;
        IEnumerable<Maintainable> referrers = structures.ReferrersOf(whole);
        if (artefact is ItemScheme scheme && !ReferenceEquals(whole, artefact) && scheme.IsPartial)
        {
            HashSet<string> items = [.. PartialSchemes.PathsOf(scheme)];
            referrers = referrers.Where(r => r.References.Any(f => (f.ItemId is null || items.Contains(f.ItemId)) && structures.Means(f, whole)));
        }

        if (artefact.Type == StructureType.AgencyScheme)
        {
            HashSet<string> agencies = [.. ((OrganisationScheme)artefact).Organisations.Select(o => artefact.AgencyId == "SDMX" ? o.Id : $"{artefact.AgencyId}.{o.Id}")];
            referrers = referrers.Concat(structures.All.Where(a => agencies.Contains(a.AgencyId) && a.Urn != artefact.Urn)).DistinctBy(a => a.Urn);
        }

        return referrers.Where(r => r.Type != StructureType.MetadataSet);
    }

    private static IEnumerable<Maintainable> Closure(Maintainable start, IEnumerable<Maintainable> first, Func<Maintainable, IEnumerable<Maintainable>> next)
    {
        HashSet<string> seen = [start.Urn];
        Queue<Maintainable> open = new(first.Where(a => seen.Add(a.Urn)));
        while (open.TryDequeue(out Maintainable? artefact))
        {
            yield return artefact;
            foreach (Maintainable found in next(artefact).Where(a => seen.Add(a.Urn)))
            {
                open.Enqueue(found);
            }
        }
    }
}
