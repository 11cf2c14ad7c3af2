using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Editing;

/// <summary>
/// Edits of item schemes as values. Items are a flat list in order with the id of their parent; categories, which the model nests, are
/// flattened and nested again. An edit gives a new scheme; the given one stays as it is.
/// </summary>
public static class ItemEdits
{
    /// <summary>True when the items of a scheme can be edited here.</summary>
    public static bool Knows(Maintainable artefact) => artefact is Codelist or ConceptScheme or CategoryScheme or ValueList or OrganisationScheme;

    /// <summary>The items in order, each with the id of its parent.</summary>
    public static ImmutableArray<Item> Of(ItemScheme scheme)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        return scheme is CategoryScheme categories ? [.. Flat(categories.Categories, null)] : [.. scheme.AllItems];
    }

    /// <summary>The scheme with other items.</summary>
    /// <exception cref="NotSupportedException">The type of scheme is not edited here.</exception>
    public static ItemScheme With(ItemScheme scheme, IReadOnlyCollection<Item> items)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(items);
        return scheme switch
        {
            Codelist list => list with { Codes = [.. items.Cast<Code>()] },
            ConceptScheme list => list with { Concepts = [.. items.Cast<Concept>()] },
            OrganisationScheme list => list with { Organisations = [.. items.Cast<Organisation>()] },
            CategoryScheme list => list with { Categories = Nested([.. items.Cast<Category>()], null) },
            ValueList list => list with { Values = [.. items.Cast<ValueItem>()] },
            _ => throw new NotSupportedException($"Items of {scheme.Type} are not edited here."),
        };
    }

    /// <summary>A new item of the kind that a scheme holds.</summary>
    /// <exception cref="NotSupportedException">The type of scheme is not edited here.</exception>
    public static Item New(ItemScheme scheme, string id) => scheme switch
    {
        Codelist => new Code { Id = id },
        ConceptScheme => new Concept { Id = id },
        CategoryScheme => new Category { Id = id },
        OrganisationScheme => new Organisation { Id = id },
        ValueList => new ValueItem { Id = id },
        _ => throw new NotSupportedException($"Items of {scheme.Type} are not edited here."),
    };

    /// <summary>Adds an item, or puts it in the place of the one with the former id; children of a renamed item stay below it.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="formerId">Id it had; null for a new one.</param>
    /// <param name="item">The item.</param>
    /// <param name="after">Id of the item it is to follow; null to stay where it is or, when new, to be the last; empty to be the first.</param>
    public static ItemScheme Put(ItemScheme scheme, string? formerId, Item item, string? after)
    {
        ArgumentNullException.ThrowIfNull(item);
        List<Item> items = [.. Of(scheme)];
        int at = formerId is null ? -1 : items.FindIndex(i => i.Id == formerId);
        if (at >= 0)
        {
            items[at] = item;
            for (int i = 0; i < items.Count && formerId != item.Id; i++)
            {
                items[i] = items[i].ParentId == formerId ? items[i] with { ParentId = item.Id } : items[i];
            }
        }
        else
        {
            items.Add(item);
            at = items.Count - 1;
        }

        if (after is not null && after != item.Id)
        {
            items.RemoveAt(at);
            int place = after.Length == 0 ? 0 : items.FindIndex(i => i.Id == after) + 1;
            items.Insert(after.Length > 0 && place == 0 ? items.Count : place, item);
        }

        return With(scheme, items);
    }

    /// <summary>Leaves an item out; its children go to its parent.</summary>
    public static ItemScheme Remove(ItemScheme scheme, string id)
    {
        string? parent = Of(scheme).FirstOrDefault(i => i.Id == id)?.ParentId;
        return With(scheme, [.. Of(scheme).Where(i => i.Id != id).Select(i => i.ParentId == id ? i with { ParentId = parent } : i)]);
    }

    /// <summary>Moves an item among those with the same parent, one place up or down.</summary>
    public static ItemScheme Move(ItemScheme scheme, string id, bool up)
    {
        List<Item> items = [.. Of(scheme)];
        int at = items.FindIndex(i => i.Id == id);
        if (at < 0)
        {
            return scheme;
        }

        int[] siblings = [.. Enumerable.Range(0, items.Count).Where(i => items[i].ParentId == items[at].ParentId)];
        int place = Array.IndexOf(siblings, at) + (up ? -1 : 1);
        if (place < 0 || place >= siblings.Length)
        {
            return scheme;
        }

        (items[at], items[siblings[place]]) = (items[siblings[place]], items[at]);
        return With(scheme, items);
    }

    /// <summary>True when an item would be above itself.</summary>
    public static bool IsCircle(ItemScheme scheme, string id, string? parentId)
    {
        Dictionary<string, string?> parents = [];
        foreach (Item item in Of(scheme))
        {
            parents.TryAdd(item.Id, item.ParentId);
        }

        parents[id] = parentId;
        HashSet<string> seen = [];
        for (string? at = id; at is not null; at = parents.GetValueOrDefault(at))
        {
            if (!seen.Add(at))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<Item> Flat(IEnumerable<Category> categories, string? parent)
        => categories.SelectMany(c => Flat(c.Children, c.Id).Prepend(c with { Children = [], ParentId = parent }));

    // A parent that is not there, or below itself, must not make its children vanish: they come to the top.
    private static ImmutableArray<Category> Nested(IReadOnlyList<Category> items, string? parent)
    {
        HashSet<string> ids = [.. items.Select(i => i.Id)];
        HashSet<Category> placed = new(ReferenceEqualityComparer.Instance);
        ImmutableArray<Category> Below(string? above) =>
            [.. items.Where(i => (i.ParentId is { } p && ids.Contains(p) ? p : null) == above && placed.Add(i)).Select(i => i with { ParentId = null, Children = Below(i.Id) })];
        ImmutableArray<Category> top = Below(parent);
        return [.. top, .. items.Where(i => !placed.Contains(i)).Select(i => i with { ParentId = null })];
    }
}
