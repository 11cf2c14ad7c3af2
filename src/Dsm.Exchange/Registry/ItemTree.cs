using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry;

/// <summary>Looks into item schemes as references and rules do: categories stand below one another, other items in one list.</summary>
internal static class ItemTree
{
    /// <summary>True when a scheme has the item of a path (<c>A</c>; of categories and sub-agencies <c>A.B</c>).</summary>
    public static bool Has(ItemScheme scheme, string path) => scheme switch
    {
        CategoryScheme s => Has(s.Categories, path, c => c.Children),
        ReportingTaxonomy s => Has(s.Categories, path, c => c.Children),
        _ => scheme.AllItems.Any(i => i.Id == path || (path.EndsWith(i.Id, StringComparison.Ordinal) && path.EndsWith("." + i.Id, StringComparison.Ordinal))),
    };

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

    private static bool Has<T>(IReadOnlyList<T> items, string path, Func<T, IReadOnlyList<T>> children)
        where T : Item
    {
        foreach (T item in items)
        {
            if (item.Id == path
                || (path.StartsWith(item.Id, StringComparison.Ordinal) && path.Length > item.Id.Length && path[item.Id.Length] == '.' && Has(children(item), path[(item.Id.Length + 1)..], children)))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Twice<T>(IReadOnlyList<T> items, Func<T, IReadOnlyList<T>> children)
        where T : Item
        => items.GroupBy(i => i.Id, StringComparer.Ordinal).Where(g => g.Skip(1).Any()).Select(g => g.Key).Concat(items.SelectMany(i => Twice(children(i), children)));
}
