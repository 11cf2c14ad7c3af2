using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry;

/// <summary>
/// Takes the items of a partial scheme into the whole one (SDMX REST, maintenance: <c>isPartial="true"</c> merges). Items of the same id
/// are replaced where they stand, others are added at the end; the scheme's own texts are those of the partial one when it has any.
/// </summary>
internal static class ItemMerge
{
    /// <summary>The artefact with the items of the partial one; what has no items is replaced.</summary>
    public static Maintainable Merge(Maintainable whole, Maintainable part) => (whole, part) switch
    {
        (Codelist w, Codelist p) => Head(w, p) with { Codes = Items(w.Codes, p.Codes), Extensions = p.Extensions.IsEmpty ? w.Extensions : p.Extensions },
        (ValueList w, ValueList p) => Head(w, p) with { Values = Items(w.Values, p.Values) },
        (ConceptScheme w, ConceptScheme p) => Head(w, p) with { Concepts = Items(w.Concepts, p.Concepts) },
        (OrganisationScheme w, OrganisationScheme p) => Head(w, p) with { Organisations = Items(w.Organisations, p.Organisations) },
        (CategoryScheme w, CategoryScheme p) => Head(w, p) with { Categories = Categories(w.Categories, p.Categories) },
        (ReportingTaxonomy w, ReportingTaxonomy p) => Head(w, p) with { Categories = Categories(w.Categories, p.Categories) },
        (TransformationScheme w, TransformationScheme p) => Head(w, p) with { Transformations = Items(w.Transformations, p.Transformations) },
        (RulesetScheme w, RulesetScheme p) => Head(w, p) with { Rulesets = Items(w.Rulesets, p.Rulesets) },
        (UserDefinedOperatorScheme w, UserDefinedOperatorScheme p) => Head(w, p) with { Operators = Items(w.Operators, p.Operators) },
        (CustomTypeScheme w, CustomTypeScheme p) => Head(w, p) with { CustomTypes = Items(w.CustomTypes, p.CustomTypes) },
        (NamePersonalisationScheme w, NamePersonalisationScheme p) => Head(w, p) with { Personalisations = Items(w.Personalisations, p.Personalisations) },
        (VtlMappingScheme w, VtlMappingScheme p) => Head(w, p) with { Mappings = Items(w.Mappings, p.Mappings) },
        _ => part,
    };

    private static T Head<T>(T whole, T part)
        where T : ItemScheme
        => whole with
        {
            Name = part.Name.IsEmpty ? whole.Name : part.Name,
            Description = part.Description.IsEmpty ? whole.Description : part.Description,
            Annotations = part.Annotations.IsEmpty ? whole.Annotations : part.Annotations,
            Links = part.Links.IsEmpty ? whole.Links : part.Links,
            ValidFrom = part.ValidFrom ?? whole.ValidFrom,
            ValidTo = part.ValidTo ?? whole.ValidTo,
            Uri = part.Uri ?? whole.Uri,
        };

    private static ImmutableArray<T> Items<T>(ImmutableArray<T> whole, ImmutableArray<T> part)
        where T : Item => Merge(whole, part, (_, item) => item);

    private static ImmutableArray<Category> Categories(ImmutableArray<Category> whole, ImmutableArray<Category> part)
        => Merge(whole, part, (w, p) => p with { Children = Categories(w.Children, p.Children) });

    private static ImmutableArray<ReportingCategory> Categories(ImmutableArray<ReportingCategory> whole, ImmutableArray<ReportingCategory> part)
        => Merge(whole, part, (w, p) => p with { Children = Categories(w.Children, p.Children) });

    private static ImmutableArray<T> Merge<T>(ImmutableArray<T> whole, ImmutableArray<T> part, Func<T, T, T> both)
        where T : Item
    {
        ImmutableArray<T>.Builder merged = whole.ToBuilder();
        Dictionary<string, int> places = [];
        for (int i = 0; i < whole.Length; i++)
        {
            places.TryAdd(whole[i].Id, i);
        }

        foreach (T item in part)
        {
            if (places.TryGetValue(item.Id, out int place))
            {
                merged[place] = both(merged[place], item);
            }
            else
            {
                places.Add(item.Id, merged.Count);
                merged.Add(item);
            }
        }

        return merged.ToImmutable();
    }
}
