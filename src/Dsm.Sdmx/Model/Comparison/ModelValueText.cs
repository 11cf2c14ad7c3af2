using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Dsm.Sdmx.Model;

/// <summary>Values of the model as text: to tell them apart, to name members of lists, and to show them.</summary>
internal static class ModelValueText
{
    private const int Shown = 200;

    /// <summary>The whole content, so that equal texts mean equal content.</summary>
    public static string Of(object? value)
    {
        StringBuilder text = new();
        Append(text, value);
        return text.ToString();
    }

    /// <summary>The content for people, shortened.</summary>
    public static string Show(object? value)
    {
        string text = value switch
        {
            Item item => item.Name.IsEmpty ? item.Id : $"{item.Id}: {item.Name.Best()}",
            Component component => component.Id,
            HierarchicalCode place => place.Id,
            RepresentationMapping row => $"{Of(row.Sources)} → {Of(row.Targets)}{Span(row.ValidFrom, row.ValidTo)}",
            ComponentMap map => $"{Of(map.Sources)} → {Of(map.Targets)}{(map.RepresentationMap is null ? "" : $" ({map.RepresentationMap})")}",
            FixedValueMap map => $"{map.ComponentId} = {Of(map.Values)}",
            TimePatternMap map => $"{map.Source} → {map.Target} ({map.SourcePattern ?? map.BasePeriod})",
            DataKey key => $"{KeyOf(key)}{Span(key.ValidFrom, key.ValidTo)}",
            DataKeySet set => string.Join("; ", set.Keys.Take(Shown).Select(Show)),
            MemberSelection { Values.IsEmpty: false } selection => $"{(selection.IsIncluded ? "" : "≠ ")}{string.Join(", ", selection.Values.Select(v => v.Value))}",
            Annotation annotation => string.Join(": ", new[] { annotation.Type ?? annotation.Id, annotation.Title ?? annotation.Text.Best() }.Where(t => !string.IsNullOrEmpty(t))),
            Representation { Enumeration: { } list } => list.ToString(),
            _ => Of(value),
        };
        return text.Length <= Shown ? text : string.Concat(text.AsSpan(0, Shown - 1), "…");
    }

    /// <summary>What a member of a list is recognised by.</summary>
    public static string KeyOf(object member) => member switch
    {
        string text => text,
        StructureReference reference => $"{reference.AgencyId}:{reference.Id}{(reference.ItemId is null ? "" : "." + reference.ItemId)}",
        Annotation annotation => annotation.Id ?? annotation.Type ?? annotation.Title ?? "",
        Link link => $"{link.Rel} {link.Url}",
        MemberSelection selection => selection.ComponentId,
        MemberValue value => value.Value,
        SentinelValue value => value.Value,
        CubeRegion region => region.IsIncluded ? "included" : "excluded",
        MetadataTargetRegion region => region.IsIncluded ? "included" : "excluded",
        DataKeySet set => set.IsIncluded ? "included" : "excluded",
        DataKey key => string.Join(", ", key.Selections.Select(Part)),
        FixedValueMap fixedValue => fixedValue.ComponentId,
        MetadataAttributeUsage usage => usage.AttributeId,
        ComponentMap map => string.Join(' ', map.Targets),
        TimePatternMap map => map.Target,
        ItemMap map => Of(map.Source),
        RepresentationMapping mapping => Of(mapping.Sources) + (mapping.ValidFrom is null ? "" : " " + mapping.ValidFrom),
        CodelistExtension extension => $"{KeyOf(extension.Codelist)} {extension.Prefix}".TrimEnd(),
        ProcessArtefact artefact => artefact.LocalId ?? Of(artefact),
        KeyValuePair<string, string> pair => pair.Key,
        _ => IdOf(member) ?? Of(member),
    };

    /// <summary>Properties that make up the content: those that can be set.</summary>
    public static PropertyInfo[] Properties(Type type) => PropertiesOf.GetOrAdd(type, static t =>
        [.. t.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite && p.GetIndexParameters().Length == 0)]);

    /// <summary>True for a value that has no parts to compare.</summary>
    public static bool IsLeaf(object value)
        => value is string or Enum or bool or IFormattable or SdmxVersion or StructureType or StructureReference || value.GetType().IsPrimitive;

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<Type, PropertyInfo[]> PropertiesOf = [];

    // What a key says of a component: SEX=M+F. A selection that says more is written in full, so that keys stay told apart.
    private static string Part(MemberSelection selection)
        => selection is { IsIncluded: true, ValidFrom: null, ValidTo: null, StartPeriod: null, EndPeriod: null, DataKeys.IsEmpty: true, Objects.IsEmpty: true, DataSets.IsEmpty: true }
            && selection.Values.All(v => v == new MemberValue(v.Value))
            ? $"{selection.ComponentId}={string.Join('+', selection.Values.Select(v => v.Value))}"
            : Of(selection);

    private static string Part(MappedValue mapped)
        => mapped is { StartIndex: null, EndIndex: null } ? "" : string.Create(CultureInfo.InvariantCulture, $" [{mapped.StartIndex}..{mapped.EndIndex}]");

    private static string Span(string? from, string? to) => from is null && to is null ? "" : $" ({from} – {to})";

    private static string? IdOf(object member) => Properties(member.GetType()).FirstOrDefault(p => p.Name == "Id")?.GetValue(member) as string;

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                return;
            case StructureReference reference:
                text.Append(reference);
                return;
            case LocalisedText localised:
                text.AppendJoin("; ", localised.Texts.Select(t => $"{t.Key}: {t.Value}"));
                return;
            case var leaf when IsLeaf(leaf):
                text.Append(Convert.ToString(leaf, CultureInfo.InvariantCulture));
                return;
            // As tables of maps write it: a regular expression between slashes, a part of the value with its place.
            case MappedValue { IsRegEx: true } mapped:
                text.Append('/').Append(mapped.Value).Append('/').Append(Part(mapped));
                return;
            case MappedValue mapped:
                text.Append(mapped.Value.StartsWith('/') ? $"'{mapped.Value}'" : mapped.Value).Append(Part(mapped));
                return;
            case KeyValuePair<string, string> pair:
                text.Append(pair.Key).Append('=').Append(pair.Value);
                return;
            case IDictionary<string, string> pairs:
                text.Append('{').AppendJoin(", ", pairs.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}")).Append('}');
                return;
            case IEnumerable list:
                string between = "";
                foreach (object? member in list)
                {
                    text.Append(between);
                    Append(text, member);
                    between = ", ";
                }

                return;
        }

        string separator = "";
        text.Append('{');
        foreach (PropertyInfo property in Properties(value.GetType()))
        {
            string part = Of(property.GetValue(value));
            if (part.Length > 0)
            {
                text.Append(separator).Append(property.Name).Append('=').Append(part);
                separator = ", ";
            }
        }

        text.Append('}');
    }
}
