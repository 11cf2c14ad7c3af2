using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Rest;

/// <content>Cuts one scheme to some items and their ancestors.</content>
internal sealed partial class PartialSchemes
{
    /// <summary>
    /// An item scheme, or hierarchy, cut to some items and their ancestors; null when it has none of them. Items below those wanted do not come.
    /// </summary>
    /// <param name="artefact">The scheme.</param>
    /// <param name="items">Ids, of nested items by their path.</param>
    /// <param name="isQuery">True when the items were asked for, which makes the scheme partial in any case; otherwise only when something is left out.</param>
    public static Maintainable? Cut(Maintainable artefact, IReadOnlyCollection<string> items, bool isQuery) => artefact switch
    {
        Codelist a => Flat(a, a.Codes, items, isQuery, (s, kept) => s with { Codes = kept }),
        ValueList a => Flat(a, a.Values, items, isQuery, (s, kept) => s with { Values = kept }),
        ConceptScheme a => Flat(a, a.Concepts, items, isQuery, (s, kept) => s with { Concepts = kept }),
        OrganisationScheme a => Flat(a, a.Organisations, items, isQuery, (s, kept) => s with { Organisations = kept }),
        TransformationScheme a => Flat(a, a.Transformations, items, isQuery, (s, kept) => s with { Transformations = kept }),
        RulesetScheme a => Flat(a, a.Rulesets, items, isQuery, (s, kept) => s with { Rulesets = kept }),
        UserDefinedOperatorScheme a => Flat(a, a.Operators, items, isQuery, (s, kept) => s with { Operators = kept }),
        CustomTypeScheme a => Flat(a, a.CustomTypes, items, isQuery, (s, kept) => s with { CustomTypes = kept }),
        NamePersonalisationScheme a => Flat(a, a.Personalisations, items, isQuery, (s, kept) => s with { Personalisations = kept }),
        VtlMappingScheme a => Flat(a, a.Mappings, items, isQuery, (s, kept) => s with { Mappings = kept }),
        CategoryScheme a => Nested(a.Categories, "", items, c => c.Id, c => c.Children, (c, below) => c with { Children = below }) is { IsEmpty: false } kept
            ? a with { Categories = kept, IsPartial = isQuery || a.IsPartial || Count(kept, c => c.Children) < a.AllItems.Count() } : null,
        ReportingTaxonomy a => Nested(a.Categories, "", items, c => c.Id, c => c.Children, (c, below) => c with { Children = below }) is { IsEmpty: false } kept
            ? a with { Categories = kept, IsPartial = isQuery || a.IsPartial || Count(kept, c => c.Children) < a.AllItems.Count() } : null,

        // In REST 1.5 the items of a hierarchical codelist are its hierarchies.
        Hierarchy a when items.Contains(a.Id) || items.Contains(a.Container?.HierarchyId ?? a.Id) => a,
        Hierarchy a => Nested(a.Codes, "", items, c => c.Id, c => c.Children, (c, below) => c with { Children = below }) is { IsEmpty: false } kept ? a with { Codes = kept } : null,
        _ => null,
    };

    private static TScheme? Flat<TScheme, TItem>(
        TScheme scheme, ImmutableArray<TItem> all, IReadOnlyCollection<string> items, bool isQuery, Func<TScheme, ImmutableArray<TItem>, TScheme> with)
        where TScheme : ItemScheme
        where TItem : Item
    {
        ImmutableArray<TItem> kept = Filter(all, items);
        return kept.IsEmpty ? null : (TScheme)(with(scheme, kept) with { IsPartial = isQuery || scheme.IsPartial || kept.Length < all.Length });
    }

    /// <summary>Ids of all items of a scheme as references name them: of nested ones their paths.</summary>
    public static IEnumerable<string> PathsOf(ItemScheme scheme) => scheme switch
    {
        CategoryScheme a => Paths(a.Categories, "", c => c.Children),
        ReportingTaxonomy a => Paths(a.Categories, "", c => c.Children),
        _ => scheme.AllItems.Select(i => i.Id),
    };

    private static IEnumerable<string> Paths<T>(ImmutableArray<T> items, string above, Func<T, ImmutableArray<T>> children)
        where T : Item
        => items.SelectMany(i => Paths(children(i), $"{above}{i.Id}.", children).Prepend(above + i.Id));

    private static int Count<T>(ImmutableArray<T> items, Func<T, ImmutableArray<T>> children) => items.Sum(i => 1 + Count(children(i), children));

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

    private static ImmutableArray<T> Nested<T>(
        ImmutableArray<T> items, string above, IReadOnlyCollection<string> wanted, Func<T, string> id, Func<T, ImmutableArray<T>> children, Func<T, ImmutableArray<T>, T> with)
        where T : class
        => [.. items.Select(item =>
        {
            string path = above + id(item);
            ImmutableArray<T> kept = Nested(children(item), path + ".", wanted, id, children, with);
            return wanted.Contains(path) || !kept.IsEmpty ? with(item, kept) : null;
        }).OfType<T>()];
}
