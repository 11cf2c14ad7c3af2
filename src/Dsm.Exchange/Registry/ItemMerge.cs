using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry;

/// <summary>
/// Takes the items of a partial scheme into the whole one (SDMX REST, "Partially update Item Schemes"). An item of the same id is replaced
/// where it stands, a category with all below it; a new one comes after the item it follows in the part, before the one it precedes, or at
/// the end. The scheme's own texts are replaced language by language, what else the part says of the scheme replaces what was said.
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
        (CategoryScheme w, CategoryScheme p) => Head(w, p) with { Categories = Items(w.Categories, p.Categories) },
        (ReportingTaxonomy w, ReportingTaxonomy p) => Head(w, p) with { Categories = Items(w.Categories, p.Categories) },
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
            Name = Texts(whole.Name, part.Name),
            Description = Texts(whole.Description, part.Description),
            Annotations = part.Annotations.IsEmpty ? whole.Annotations : part.Annotations,
            Links = part.Links.IsEmpty ? whole.Links : part.Links,
            ValidFrom = part.ValidFrom ?? whole.ValidFrom,
            ValidTo = part.ValidTo ?? whole.ValidTo,
            Uri = part.Uri ?? whole.Uri,
        };

    private static LocalisedText Texts(LocalisedText whole, LocalisedText part)
        => new([.. whole.Texts.Select(t => part.Texts.Any(p => p.Key == t.Key) ? part.Texts.First(p => p.Key == t.Key) : t),
            .. part.Texts.Where(p => whole.Texts.All(t => t.Key != p.Key))]);

    private static ImmutableArray<T> Items<T>(ImmutableArray<T> whole, ImmutableArray<T> part)
        where T : Item
    {
        HashSet<string> there = [.. whole.Select(i => i.Id)];
        Dictionary<string, T> replaced = [];
        List<T> none = [], loose = [];
        Dictionary<string, List<T>> behind = [];
        string? place = null;
        foreach (T item in part)
        {
            if (there.Contains(item.Id))
            {
                // New ones at the head of the part come before the first that is there already.
                place = item.Id;
                replaced[item.Id] = item;
            }
            else if (place is null)
            {
                loose.Add(item);
            }
            else
            {
                CollectionsMarshal.GetValueRefOrAddDefault(behind, place, out _) ??= [];
                behind[place].Add(item);
            }
        }

        string? next = part.Select(i => i.Id).FirstOrDefault(there.Contains);
        ImmutableArray<T>.Builder merged = ImmutableArray.CreateBuilder<T>(whole.Length + part.Length);
        foreach (T item in whole)
        {
            if (item.Id == next)
            {
                merged.AddRange(loose);
            }

            merged.Add(replaced.GetValueOrDefault(item.Id, item));
            merged.AddRange(behind.GetValueOrDefault(item.Id, none));
        }

        merged.AddRange(next is null ? loose : none);
        return merged.ToImmutable();
    }
}
