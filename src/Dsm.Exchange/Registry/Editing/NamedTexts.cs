using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Editing;

/// <summary>A text of an artefact that people read.</summary>
/// <param name="Key">Where it stands: <c>name</c>, <c>description</c>, <c>name/ARM</c>, <c>description/ARM</c>.</param>
/// <param name="ItemId">Id of the item it belongs to; null for the artefact itself.</param>
/// <param name="Text">The text.</param>
public sealed record NamedText(string Key, string? ItemId, LocalisedText Text)
{
    /// <summary>True for a name, false for a description.</summary>
    public bool IsName => Key.StartsWith("name", StringComparison.Ordinal);
}

/// <summary>The names and descriptions of an artefact and its items, to be translated. What has no text in any language is not among them.</summary>
public static class NamedTexts
{
    /// <summary>All of them, those of the artefact first, then the items' in order.</summary>
    public static ImmutableArray<NamedText> Of(Maintainable artefact)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        IEnumerable<NamedText> own = [new("name", null, artefact.Name), new("description", null, artefact.Description)];
        IEnumerable<NamedText> items = artefact is ItemScheme scheme && ItemEdits.Knows(scheme)
            ? ItemEdits.Of(scheme).DistinctBy(i => i.Id).SelectMany(i => new NamedText[] { new("name/" + i.Id, i.Id, i.Name), new("description/" + i.Id, i.Id, i.Description) })
            : [];
        return [.. own.Concat(items).Where(t => !t.Text.IsEmpty)];
    }

    /// <summary>The artefact with texts of a language set, by key; an empty text changes nothing.</summary>
    public static Maintainable With(Maintainable artefact, string language, IReadOnlyDictionary<string, string> texts)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        ArgumentNullException.ThrowIfNull(texts);
        LocalisedText Set(LocalisedText text, string key) => texts.GetValueOrDefault(key) is { Length: > 0 } value ? ItemSheet.WithText(text, language, value) : text;
        Maintainable changed = artefact with { Name = Set(artefact.Name, "name"), Description = Set(artefact.Description, "description") };
        return changed is ItemScheme scheme && ItemEdits.Knows(scheme)
            ? ItemEdits.With(scheme, [.. ItemEdits.Of(scheme).Select(i => i with { Name = Set(i.Name, "name/" + i.Id), Description = Set(i.Description, "description/" + i.Id) })])
            : changed;
    }
}
