using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry;

/// <summary>Looks into item schemes as references and rules do: categories stand below one another, other items in one list.</summary>
internal static class ItemTree
{
    /// <summary>The paths of all items (<c>A</c>; of categories <c>A.B</c>).</summary>
    public static IEnumerable<string> Paths(ItemScheme scheme) => scheme switch
    {
        CategoryScheme s => Paths(s.Categories, c => c.Children, ""),
        ReportingTaxonomy s => Paths(s.Categories, c => c.Children, ""),
        _ => scheme.AllItems.Select(i => i.Id),
    };

    /// <summary>
    /// The scheme without the item of a path (SDMX REST, maintenance, "DELETE"): what stood below it in a flat list stands at the top then,
    /// below a category it goes with it. Null when there is no such item.
    /// </summary>
    public static ItemScheme? Without(ItemScheme scheme, string path)
    {
        if (!Paths(scheme).Contains(path))
        {
            return null;
        }

        return scheme switch
        {
            CategoryScheme s => s with { Categories = Without(s.Categories, path, c => c.Children, (c, children) => c with { Children = children }) },
            ReportingTaxonomy s => s with { Categories = Without(s.Categories, path, c => c.Children, (c, children) => c with { Children = children }) },
            Codelist s => s with { Codes = Without(s.Codes, path) },
            ValueList s => s with { Values = Without(s.Values, path) },
            ConceptScheme s => s with { Concepts = Without(s.Concepts, path) },
            OrganisationScheme s => s with { Organisations = Without(s.Organisations, path) },
            TransformationScheme s => s with { Transformations = Without(s.Transformations, path) },
            RulesetScheme s => s with { Rulesets = Without(s.Rulesets, path) },
            UserDefinedOperatorScheme s => s with { Operators = Without(s.Operators, path) },
            CustomTypeScheme s => s with { CustomTypes = Without(s.CustomTypes, path) },
            NamePersonalisationScheme s => s with { Personalisations = Without(s.Personalisations, path) },
            VtlMappingScheme s => s with { Mappings = Without(s.Mappings, path) },
            _ => null,
        };
    }

    /// <summary>Ids that stand twice in one list.</summary>
    public static IEnumerable<string> Twice(ItemScheme scheme) => scheme switch
    {
        CategoryScheme s => Twice(s.Categories, c => c.Children),
        ReportingTaxonomy s => Twice(s.Categories, c => c.Children),
        ValueList => [], // values may repeat nothing else, but their ids are any text and stay as sent
        _ => scheme.AllItems.GroupBy(i => i.Id, StringComparer.Ordinal).Where(g => g.Skip(1).Any()).Select(g => g.Key),
    };

    /// <summary>Items whose parent is not there or stands below them.</summary>
    public static IEnumerable<Item> Lost(ItemScheme scheme)
    {
        if (scheme is CategoryScheme or ReportingTaxonomy || scheme.IsPartial)
        {
            return [];
        }

        Dictionary<string, string?> parents = [];
        foreach (Item item in scheme.AllItems)
        {
            parents[item.Id] = item.ParentId;
        }

        return scheme.AllItems.Where(i => i.ParentId is not null && !Ends(i.ParentId, parents));
    }

    // Follows the parents to the top; a ring is longer than there are items.
    private static bool Ends(string? id, Dictionary<string, string?> parents)
    {
        for (int steps = 0; id is not null; steps++)
        {
            if (steps > parents.Count || !parents.TryGetValue(id, out id))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<string> Paths<T>(IReadOnlyList<T> items, Func<T, IReadOnlyList<T>> children, string above)
        where T : Item
        => items.SelectMany(i => Paths(children(i), children, above + i.Id + ".").Prepend(above + i.Id));

    private static ImmutableArray<T> Without<T>(ImmutableArray<T> items, string path)
        where T : Item
    {
        return [.. items.Where(i => i.Id != path).Select(i => i.ParentId == path ? i with { ParentId = null } : i)];
    }

    private static ImmutableArray<T> Without<T>(ImmutableArray<T> items, string path, Func<T, ImmutableArray<T>> children, Func<T, ImmutableArray<T>, T> with)
        where T : Item
        => [.. items.Where(i => i.Id != path).Select(i => path.StartsWith(i.Id + ".", StringComparison.Ordinal) ? with(i, Without(children(i), path[(i.Id.Length + 1)..], children, with)) : i)];

    private static IEnumerable<string> Twice<T>(IReadOnlyList<T> items, Func<T, IReadOnlyList<T>> children)
        where T : Item
        => items.GroupBy(i => i.Id, StringComparer.Ordinal).Where(g => g.Skip(1).Any()).Select(g => g.Key).Concat(items.SelectMany(i => Twice(children(i), children)));
}
