using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;

namespace Dsm.Sdmx.Model;

/// <summary>
/// Cuts the texts of an artefact, with all that is in it, to some languages (REST, "Selection of the appropriate language"; SDMX 3.1
/// isPartialLanguage). A text that has none of them keeps one, so that nothing is left without a name.
/// </summary>
public static class LanguageCut
{
    private static readonly ConcurrentDictionary<Type, Plan> Plans = [];

    /// <summary>The artefact with texts in the languages only, and <see cref="Maintainable.IsPartialLanguage"/> true when any was left out.</summary>
    /// <param name="artefact">The artefact.</param>
    /// <param name="languages">Languages in order of preference, lower case; <c>en</c> stands for <c>en-GB</c>, too. Empty for all.</param>
    public static Maintainable Of(Maintainable artefact, ImmutableArray<string> languages)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        Maintainable cut = languages.IsDefaultOrEmpty ? artefact : (Maintainable)Cut(artefact, languages);
        return ReferenceEquals(cut, artefact) ? artefact : cut with { IsPartialLanguage = true };
    }

    private static LocalisedText Cut(LocalisedText text, ImmutableArray<string> languages)
    {
        ImmutableArray<KeyValuePair<string, string>> kept = [.. text.Texts.Where(t => languages.Any(l => Fits(t.Key, l)))];
        return kept.Length == text.Texts.Length ? text
            : kept.Length > 0 ? new LocalisedText(kept)
            : new LocalisedText(text.Texts.Where(t => t.Key == "en").DefaultIfEmpty(text.Texts[0]).Take(1));
    }

    private static bool Fits(string language, string asked)
        => language.StartsWith(asked, StringComparison.OrdinalIgnoreCase) && (language.Length == asked.Length || language[asked.Length] == '-');

    // Gives back the same object when nothing in it changes.
    private static object Cut(object value, ImmutableArray<string> languages)
    {
        Plan plan = Plans.GetOrAdd(value.GetType(), static type => new Plan(type));
        object? copy = null;
        foreach ((PropertyInfo property, PartKind kind) in plan.Parts)
        {
            object? before = property.GetValue(value);
            object? after = kind switch
            {
                _ when before is null => null,
                PartKind.Text => Same((LocalisedText)before, languages) ? before : Cut((LocalisedText)before, languages),
                PartKind.List => List(before, languages),
                _ => Cut(before, languages),
            };
            if (!ReferenceEquals(before, after))
            {
                copy ??= plan.Clone!.Invoke(value, null)!;
                property.SetValue(copy, after);
            }
        }

        return copy ?? value;
    }

    private static bool Same(LocalisedText text, ImmutableArray<string> languages) => text.Texts.Length < 2 || Cut(text, languages).Texts.Length == text.Texts.Length;

    private static object List(object list, ImmutableArray<string> languages)
    {
        // A default array enumerates like none only through its own property.
        if (list is not IList { Count: > 0 } items || IsDefault(list))
        {
            return list;
        }

        Array? changed = null;
        for (int i = 0; i < items.Count; i++)
        {
            object? before = items[i], after = before is null ? null : Cut(before, languages);
            if (!ReferenceEquals(before, after))
            {
                if (changed is null)
                {
                    changed = Array.CreateInstance(list.GetType().GenericTypeArguments[0], items.Count);
                    items.CopyTo(changed, 0);
                }

                changed.SetValue(after, i);
            }
        }

        return changed is null ? list : Plan.ToImmutable(changed);
    }

    private static bool IsDefault(object list) => (bool)list.GetType().GetProperty(nameof(ImmutableArray<object>.IsDefault))!.GetValue(list)!;

    private enum PartKind
    {
        Text,
        List,
        Part,
    }

    /// <summary>The properties of a type that have texts, or parts that may have some.</summary>
    private sealed class Plan
    {
        private static readonly MethodInfo Freeze = typeof(ImmutableArray).GetMethods()
            .Single(m => m.Name == nameof(ImmutableArray.Create) && m.GetParameters() is [{ ParameterType.IsArray: true }]);

        public Plan(Type type)
        {
            Clone = type.GetMethod("<Clone>$");
            Parts = Clone is null ? [] : [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p is { CanRead: true, CanWrite: true } && p.GetIndexParameters().Length == 0)
                .Select(p => (p, KindOf(p.PropertyType))).Where(p => p.Item2 is not null).Select(p => (p.p, p.Item2!.Value))];
        }

        public MethodInfo? Clone { get; }

        public ImmutableArray<(PropertyInfo Property, PartKind Kind)> Parts { get; }

        public static object ToImmutable(Array items) => Freeze.MakeGenericMethod(items.GetType().GetElementType()!).Invoke(null, [items])!;

        private static PartKind? KindOf(Type type)
            => type == typeof(LocalisedText) ? PartKind.Text
                : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) ? IsPart(type.GenericTypeArguments[0]) ? PartKind.List : null
                : IsPart(type) ? PartKind.Part : null;

        // References have no texts, and there are many of them.
        private static bool IsPart(Type type) => type is { IsClass: true } && type.Namespace == typeof(Maintainable).Namespace && type != typeof(StructureReference) && type != typeof(StructureType);
    }
}
