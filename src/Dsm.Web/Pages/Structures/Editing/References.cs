using Dsm.Sdmx.Model;
using Dsm.Web.Localisation;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>Artefacts and items to choose from in forms.</summary>
public static class References
{
    /// <summary>All versions of artefacts of some types: by agency and id, the latest version first.</summary>
    public static IReadOnlyList<Maintainable> Of(StructureSet structures, params StructureType[] types)
    {
        ArgumentNullException.ThrowIfNull(structures);
        return [.. structures.All.Where(a => types.Contains(a.Type)).OrderBy(a => a.Type.Class, StringComparer.Ordinal).ThenBy(a => a.AgencyId, StringComparer.Ordinal)
            .ThenBy(a => a.Id, StringComparer.Ordinal).ThenByDescending(a => a.Version)];
    }

    /// <summary>Codelists and value lists.</summary>
    public static IReadOnlyList<Maintainable> Lists(StructureSet structures) => Of(structures, StructureType.Codelist, StructureType.ValueList);

    /// <summary>The items of all schemes of a type, as URN and text: those of the latest version of each scheme.</summary>
    public static IReadOnlyList<(string Urn, string Text)> Items(StructureSet structures, StructureType type, PageTexts texts)
        => [.. Of(structures, type).OfType<ItemScheme>().DistinctBy(s => (s.AgencyId, s.Id)).SelectMany(s => Paths(s)
            .Select(i => ((s.Reference with { ItemId = i.Path }).Urn, $"{i.Path} – {texts.Of(i.Item.Name)} ({s.AgencyId}:{s.Id})")))];

    // Categories are named by the path of their ids.
    private static IEnumerable<(string Path, Item Item)> Paths(ItemScheme scheme) => scheme is CategoryScheme categories ? Below(categories.Categories, "") : scheme.AllItems.Select(i => (i.Id, i));

    private static IEnumerable<(string Path, Item Item)> Below(IEnumerable<Category> categories, string above)
        => categories.SelectMany(c => Below(c.Children, $"{above}{c.Id}.").Prepend((above + c.Id, c)));

    /// <summary>How an artefact reads in a list of choices: what tells it apart stands in front.</summary>
    public static string Text(Maintainable artefact, PageTexts texts)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        ArgumentNullException.ThrowIfNull(texts);
        return $"{artefact.AgencyId}:{artefact.Id} {artefact.Version} – {texts.Of(artefact.Name)}".TrimEnd(' ', '–');
    }

    /// <summary>A reference sent by a form; null when it is none.</summary>
    public static StructureReference? Parse(string? urn) => StructureReference.TryParseUrn(urn, out StructureReference? reference) ? reference : null;
}

/// <summary>A list of artefacts to choose one from.</summary>
/// <param name="Name">Id and name of the field.</param>
/// <param name="Label">What is chosen.</param>
/// <param name="Chosen">URN of the one chosen; null for none.</param>
/// <param name="Choices">URN and text of each.</param>
/// <param name="None">Text for choosing nothing; null when something must be chosen.</param>
public sealed record Choice(string Name, string Label, string? Chosen, IReadOnlyList<(string Urn, string Text)> Choices, string? None)
{
    /// <summary>A list of artefacts.</summary>
    public static Choice Of(string name, string label, StructureReference? chosen, IEnumerable<Maintainable> artefacts, PageTexts texts, string? none = null)
        => new(name, label, chosen?.Urn, WithChosen(chosen, [.. artefacts.Select(a => (a.Urn, References.Text(a, texts)))]), none);

    // A reference with a wildcard, or to what is not here, must not be lost by saving the form.
    private static IReadOnlyList<(string Urn, string Text)> WithChosen(StructureReference? chosen, List<(string Urn, string Text)> choices)
        => chosen is null || choices.Any(c => c.Urn == chosen.Urn) ? choices : [(chosen.Urn, chosen.ToString()), .. choices];
}
