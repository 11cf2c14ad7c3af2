using System.Collections;
using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Rest;

/// <summary>
/// Cuts item schemes to the items that are used: codelists to the codes that the constraints of the structures around them allow,
/// concept and organisation schemes to what is referred to (REST, <c>detail=referencepartial</c>).
/// </summary>
internal sealed class PartialSchemes
{
    private readonly Dictionary<string, HashSet<string>> _used = [];
    private readonly HashSet<string> _uncut = [];

    /// <summary>Finds out what the artefacts of an answer use.</summary>
    public PartialSchemes(StructureSet structures, IEnumerable<Maintainable> answer)
    {
        Maintainable[] artefacts = [.. answer];
        Maintainable[] contexts = Contexts(artefacts);
        foreach (Maintainable context in contexts)
        {
            if (DataSchema.Resolve(structures, context.Reference, new IssueList()) is { } schema)
            {
                Use(schema);
            }
        }

        foreach (StructureReference reference in artefacts.SelectMany(a => a.References))
        {
            if (structures.Find(reference) is not ItemScheme scheme)
            {
                continue;
            }

            if (reference.ItemId is { } item)
            {
                Used(scheme).Add(item);
            }
            else if (artefacts.Any(a => a is not (DataStructure or ConceptScheme) && a.References.Contains(reference)))
            {
                // Something other than a data structure, or than the concepts behind it, uses the whole list.
                _uncut.Add(scheme.Urn);
            }
        }
    }

    /// <summary>An item scheme cut to some items and their ancestors, marked as partial; null when it has none of them.</summary>
    public static Maintainable? Cut(Maintainable artefact, IReadOnlyCollection<string> items)
    {
        Maintainable? cut = artefact switch
        {
            Codelist a => Filter(a.Codes, items) is { IsEmpty: false } kept ? a with { Codes = kept, IsPartial = kept.Length < a.Codes.Length || a.IsPartial } : null,
            ValueList a => Filter(a.Values, items) is { IsEmpty: false } kept ? a with { Values = kept, IsPartial = true } : null,
            ConceptScheme a => Filter(a.Concepts, items) is { IsEmpty: false } kept ? a with { Concepts = kept, IsPartial = kept.Length < a.Concepts.Length || a.IsPartial } : null,
            OrganisationScheme a => Filter(a.Organisations, items) is { IsEmpty: false } kept ? a with { Organisations = kept, IsPartial = kept.Length < a.Organisations.Length || a.IsPartial } : null,
            Hierarchy a when items.Contains(a.Id) || items.Contains(a.Container?.HierarchyId ?? a.Id) => a,
            Hierarchy a => Filter(a.Codes, "", items) is { IsEmpty: false } kept ? a with { Codes = kept } : null,
            CategoryScheme a => Filter(a.Categories, "", items) is { IsEmpty: false } kept ? a with { Categories = kept, IsPartial = true } : null,
            _ => null,
        };
        return cut;
    }

    /// <summary>An artefact of the answer, cut when it is an item scheme of which only a part is used.</summary>
    public Maintainable Cut(Maintainable artefact)
        => artefact is ItemScheme and not CategoryScheme && !_uncut.Contains(artefact.Urn) && _used.TryGetValue(artefact.Urn, out HashSet<string>? items)
            ? Cut(artefact, items) ?? artefact
            : artefact;

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

    private HashSet<string> Used(Maintainable scheme)
    {
        if (!_used.TryGetValue(scheme.Urn, out HashSet<string>? used))
        {
            _used.Add(scheme.Urn, used = []);
        }

        return used;
    }

    private static ImmutableArray<T> Filter<T>(ImmutableArray<T> all, IReadOnlyCollection<string> wanted)
        where T : Item
    {
        Dictionary<string, T> byId = all.DistinctBy(i => i.Id).ToDictionary(i => i.Id);
        HashSet<string> kept = [];
        foreach (string id in wanted)
        {
            for (string? next = byId.ContainsKey(id) ? id : LastOfPath(byId, id); next is not null && byId.TryGetValue(next, out T? item) && kept.Add(next); next = item.ParentId)
            {
            }
        }

        return [.. all.Where(i => kept.Contains(i.Id))];
    }

    // A nested item may be named by its path; ids are unique in the scheme all the same.
    private static string? LastOfPath<T>(Dictionary<string, T> byId, string path)
        where T : Item
    {
        string[] steps = path.Split('.');
        for (int i = steps.Length - 1; i >= 0; i--)
        {
            if (!byId.TryGetValue(steps[i], out T? item) || (i > 0 ? item.ParentId != steps[i - 1] : item.ParentId is not null))
            {
                return null;
            }
        }

        return steps[^1];
    }

    private static ImmutableArray<HierarchicalCode> Filter(ImmutableArray<HierarchicalCode> codes, string above, IReadOnlyCollection<string> wanted)
        => [.. codes.Select(c =>
        {
            string path = above + c.Id;
            ImmutableArray<HierarchicalCode> children = Filter(c.Children, path + ".", wanted);
            return wanted.Contains(path) || !children.IsEmpty ? c with { Children = children } : null;
        }).OfType<HierarchicalCode>()];

    private static ImmutableArray<Category> Filter(ImmutableArray<Category> categories, string above, IReadOnlyCollection<string> wanted)
        => [.. categories.Select(c =>
        {
            string path = above + c.Id;
            ImmutableArray<Category> children = Filter(c.Children, path + ".", wanted);
            return wanted.Contains(path) || !children.IsEmpty ? c with { Children = children } : null;
        }).OfType<Category>()];
}
