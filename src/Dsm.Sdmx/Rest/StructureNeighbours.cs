using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Rest;

/// <summary>
/// Which other artefacts come along with one (REST, parameter <c>references</c>). Besides what artefacts refer to, REST 2.x has the scheme
/// with the maintenance agency of an artefact among its children; the table of REST 1.5 has not. Metadata sets have queries of their own
/// and never come along. In REST 1.5 the maps of a structure set, and the hierarchies of a hierarchical codelist, come together: there they
/// are one artefact.
/// </summary>
/// <param name="structures">All structures.</param>
/// <param name="isRaw">True when codelist extensions stay as they are; otherwise they are resolved and the lists behind them do not come.</param>
/// <param name="isRest15">True for the tables of REST 1.5, false for those of 2.x.</param>
internal sealed class StructureNeighbours(StructureSet structures, bool isRaw, bool isRest15)
{
    private readonly Lazy<ILookup<(string, string, string, bool), Maintainable>> contained = new(
        () => structures.All.Where(IsContained).ToLookup(ContainerOf));

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

        return query.ReferenceTypes.IsEmpty ? others : others.Concat(OfNamedTypes(query, asked, parents, children));
    }

    /// <summary>
    /// Artefacts of the types that a query names. A type that can stand beside that of the artefact means the artefacts that do; a type
    /// that cannot, such as codelists for a dataflow, is found at any distance above or below. The lists of components are also those of
    /// their concepts.
    /// </summary>
    private IEnumerable<Maintainable> OfNamedTypes(StructureQuery query, Maintainable asked, List<Maintainable> parents, List<Maintainable> children)
    {
        StructureType[] beside = [.. query.ReferenceTypes.Where(t => FirstLevel.CanStandBeside(asked.Type, t, mapsAreOne: query.Containers))];
        StructureType[] beyond = [.. query.ReferenceTypes.Except(beside)];
        IEnumerable<Maintainable> near = parents.Concat(children).Concat(ListsOfConcepts(asked)).Append(AgencyOf(asked)?.Scheme).OfType<Maintainable>().Where(a => beside.Contains(a.Type));
        return beyond.Length == 0
            ? near
            : near.Concat(Closure(asked, children, ChildrenOf).Concat(Closure(asked, parents, ParentsOf)).Where(a => beyond.Contains(a.Type)));
    }

    private IEnumerable<Maintainable> ListsOfConcepts(Maintainable asked)
    {
        IEnumerable<(StructureReference Concept, Representation? Own)> components = asked switch
        {
            DataStructure a => a.Dimensions.Select(d => (d.Concept, d.Representation)).Concat(a.Attributes.Select(d => (d.Concept, d.Representation)))
                .Concat(a.Measures.Select(d => (d.Concept, d.Representation))),
            _ => [],
        };
        return components.Where(c => c.Own is null)
            .Select(c => structures.FindConceptFrom(asked, c.Concept) is ({ } scheme, { CoreRepresentation.Enumeration: { } list }) ? structures.FindFrom(scheme, list) : null)
            .OfType<Maintainable>();
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
        IEnumerable<Maintainable?> found = artefact is Codelist && !isRaw ? [] : artefact.References.Select(r => structures.FindFrom(artefact, r));
        return found.Append(isRest15 ? null : AgencyOf(artefact)?.Scheme).OfType<Maintainable>()
            .SelectMany(a => Together(a, artefact))
            .Where(a => a.Type != StructureType.MetadataSet && a.Urn != artefact.Urn).DistinctBy(a => a.Urn);
    }

    // An artefact with those of its container; nothing when that is where the other one is, too.
    private IEnumerable<Maintainable> Together(Maintainable artefact, Maintainable other)
        => !isRest15 || !IsContained(artefact) ? [artefact]
            : IsContained(other) && ContainerOf(other) == ContainerOf(artefact) ? []
            : contained.Value[ContainerOf(artefact)];

    private static bool IsContained(Maintainable artefact)
        => artefact is Hierarchy { Container: not null } or StructureMap { Container: not null } or RepresentationMap { Container: not null } or ItemSchemeMap { Container: not null };

    private static (string Agency, string Id, string Version, bool IsHierarchy) ContainerOf(Maintainable artefact)
        => (artefact.AgencyId, StructureQuery.ContainerId(artefact), artefact.Version.ToString(), artefact is Hierarchy);

    private IEnumerable<Maintainable> ParentsOf(Maintainable artefact)
    {
        Maintainable whole = structures.Find(artefact.Reference) ?? artefact;
        IEnumerable<Maintainable> referrers = structures.ReferrersOf(whole);
        if (artefact is ItemScheme scheme && !ReferenceEquals(whole, artefact) && scheme.IsPartial)
        {
            HashSet<string> items = [.. PartialSchemes.PathsOf(scheme)];
            bool meansAll = scheme is not CategoryScheme; // who refers to a whole scheme of categories says nothing of one category
            referrers = referrers.Where(r => r.References.Any(f => (f.ItemId is null ? meansAll : items.Contains(f.ItemId)) && structures.Means(f, whole, r)));
        }

        if (!isRest15 && artefact.Type == StructureType.AgencyScheme)
        {
            HashSet<string> agencies = [.. ((OrganisationScheme)artefact).Organisations.Select(o => artefact.AgencyId == "SDMX" ? o.Id : $"{artefact.AgencyId}.{o.Id}")];
            referrers = referrers.Concat(structures.All.Where(a => agencies.Contains(a.AgencyId) && a.Urn != artefact.Urn)).DistinctBy(a => a.Urn);
        }

        return referrers.Where(r => r.Type != StructureType.MetadataSet).SelectMany(r => Together(r, artefact)).DistinctBy(r => r.Urn);
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
