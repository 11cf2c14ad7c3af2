using System.Collections;
using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Rest;

/// <summary>
/// Cuts item schemes to the items that are used: codelists to the codes that the constraints of the structures around them allow or that
/// hierarchies and maps name, all other schemes to what is referred to (REST, <c>detail=referencepartial</c>).
/// </summary>
internal sealed partial class PartialSchemes
{
    private readonly Dictionary<string, HashSet<string>> _used = [];
    private readonly HashSet<string> _uncut = [];

    /// <summary>Finds out what the artefacts of an answer use.</summary>
    private PartialSchemes(StructureSet structures, StructureNeighbours neighbours, IEnumerable<Maintainable> answer)
    {
        Maintainable[] artefacts = [.. answer];
        foreach (Maintainable context in Contexts(artefacts))
        {
            if (DataSchema.Resolve(structures, context.Reference, new IssueList()) is { } schema)
            {
                Use(schema);
            }
        }

        foreach (Maintainable artefact in artefacts)
        {
            if (neighbours.AgencyOf(artefact) is { } agency)
            {
                Used(agency.Scheme).Add(agency.Id);
            }

            foreach (StructureReference reference in artefact.References.Distinct())
            {
                if (structures.FindFrom(artefact, reference) is ItemScheme scheme)
                {
                    Use(artefact, reference, scheme);
                }
            }
        }
    }

    /// <summary>
    /// Cuts the artefacts that come along with those asked for. What the artefacts asked for use decides about what is below them; about
    /// the rest, and about agencies, the whole answer does. Lists that only concepts left out refer to do not come at all.
    /// </summary>
    public static IEnumerable<Maintainable> CutAll(StructureSet structures, StructureNeighbours neighbours, IReadOnlyList<Maintainable> asked, IReadOnlyList<Maintainable> others)
    {
        HashSet<string> below = [.. asked.SelectMany(neighbours.Below).Select(a => a.Urn)];
        PartialSchemes own = new(structures, neighbours, asked.Concat(others.Where(a => below.Contains(a.Urn))));
        PartialSchemes all = new(structures, neighbours, asked.Concat(others));
        Maintainable[] cut = [.. others.Select(a => (below.Contains(a.Urn) && a.Type != StructureType.AgencyScheme ? own : all)
            .Cut(a is Codelist list ? CodelistExtensions.Resolve(structures, list) : a))];
        Maintainable[] answer = [.. asked, .. cut];
        return cut.Where(a => a is not (Codelist or ValueList) || !IsForgotten(structures, a, others, answer));
    }

    /// <summary>An artefact of the answer, cut when it is an item scheme of which only a part is used.</summary>
    private Maintainable Cut(Maintainable artefact)
        => artefact is ItemScheme && !_uncut.Contains(artefact.Urn) && _used.TryGetValue(artefact.Urn, out HashSet<string>? items)
            ? Cut(artefact, items, isQuery: false) ?? artefact
            : artefact;

    private static bool IsForgotten(StructureSet structures, Maintainable list, IReadOnlyList<Maintainable> before, Maintainable[] after)
    {
        Maintainable whole = structures.Find(list.Reference) ?? list;
        return before.Any(a => Uses(a) && a is ConceptScheme) && !after.Any(Uses);

        bool Uses(Maintainable artefact) => artefact.References.Any(r => structures.Means(r, whole, artefact));
    }

    // The narrowest contexts there are: an answer about a dataflow is cut by the dataflow, not by its data structure alone.
    private static Maintainable[] Contexts(Maintainable[] artefacts)
    {
        Maintainable[] agreements = [.. artefacts.OfType<ProvisionAgreement>()];
        Maintainable[] flows = [.. artefacts.OfType<Dataflow>()];
        return flows.Length > 0 ? flows : agreements.Length > 0 ? agreements : [.. artefacts.OfType<DataStructure>()];
    }

    private void Use(DataSchema schema)
    {
        foreach (SchemaComponent component in schema.Components.Where(c => c.Codelist is not null))
        {
            BitArray allowed = schema.Allowed(component);
            HashSet<string> used = Used(component.Codelist!);
            for (int i = 0; i < component.Codes!.Count; i++)
            {
                if (allowed[i])
                {
                    used.Add(component.Codes.Codes[i]);
                }
            }
        }
    }

    private void Use(Maintainable artefact, StructureReference reference, ItemScheme scheme)
    {
        if (reference.ItemId is { } item)
        {
            Used(scheme).Add(item);
        }
        else if (ItemsNamedBy(artefact, reference) is { } items)
        {
            Used(scheme).UnionWith(items);
        }
        else if (artefact is not (DataStructure or ConceptScheme))
        {
            // Something other than a data structure, or than the concepts behind it, uses the whole list.
            _uncut.Add(scheme.Urn);
        }
    }

    /// <summary>Items that an artefact names of a scheme that it refers to as a whole; null when it names none, or patterns.</summary>
    private static IEnumerable<string>? ItemsNamedBy(Maintainable artefact, StructureReference scheme) => artefact switch
    {
        Hierarchy hierarchy => Flatten(hierarchy.Codes).Where(c => c.Code.Maintainable == scheme).Select(c => c.Code.ItemId).OfType<string>(),
        ItemSchemeMap map when map.Items.All(i => !i.Source.IsRegEx) => map.Items.SelectMany(i => Sides(map.Source == scheme, map.Target == scheme, i)),
        RepresentationMap map when map.Mappings.All(m => m.Sources.All(s => s is { IsRegEx: false, StartIndex: null, EndIndex: null })) =>
            map.Mappings.SelectMany(m => m.Sources.Select(s => s.Value).Where((_, i) => map.Sources[i].List == scheme)
                .Concat(m.Targets.Where((_, i) => i < map.Targets.Length && map.Targets[i].List == scheme))),
        _ => null,
    };

    private static IEnumerable<string> Sides(bool isSource, bool isTarget, ItemMap map)
    {
        if (isSource)
        {
            yield return map.Source.Value;
        }

        if (isTarget && map.Target is { } target)
        {
            yield return target;
        }
    }

    private static IEnumerable<HierarchicalCode> Flatten(IEnumerable<HierarchicalCode> codes) => codes.SelectMany(c => Flatten(c.Children).Prepend(c));

    private HashSet<string> Used(Maintainable scheme)
    {
        if (!_used.TryGetValue(scheme.Urn, out HashSet<string>? used))
        {
            _used.Add(scheme.Urn, used = []);
        }

        return used;
    }
}
