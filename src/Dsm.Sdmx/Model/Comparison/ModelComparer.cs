using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;

namespace Dsm.Sdmx.Model;

/// <summary>Compares two values of the model, property by property, whatever properties there are.</summary>
internal sealed class ModelComparer
{
    private readonly ImmutableArray<StructureChange>.Builder _changes = ImmutableArray.CreateBuilder<StructureChange>();
    private bool _isEvolving, _isExcluded;

    private static readonly ConcurrentDictionary<Type, (PropertyInfo Property, VersionRule Rule)[]> Plans = [];

    /// <summary>The differences between two values of one type, in the order of the properties.</summary>
    public static ImmutableArray<StructureChange> Compare(object before, object after)
    {
        ModelComparer comparer = new() { _isEvolving = after is DataStructure { IsEvolving: true } };
        comparer.Parts("", before, after);
        return comparer._changes.ToImmutable();
    }

    private static (PropertyInfo, VersionRule)[] Plan(Type type)
        => [.. ModelValueText.Properties(type).Select(p => (p, VersionRules.Find(p) ?? VersionRule.Breaking)).Where(p => p.Item2 != VersionRule.Identity)];

    private void Parts(string path, object before, object after)
    {
        bool outer = _isExcluded;
        _isExcluded |= before is CubeRegion { IsIncluded: false } or MetadataTargetRegion { IsIncluded: false };
        foreach ((PropertyInfo property, VersionRule rule) in Plans.GetOrAdd(before.GetType(), static type => Plan(type)))
        {
            // Most values are the same; paths are made only for the others.
            object? left = property.GetValue(before), right = property.GetValue(after);
            if (!Equals(left, right))
            {
                Value(path.Length == 0 ? property.Name : $"{path}.{property.Name}", rule, left, right, before);
            }
        }

        _isExcluded = outer;
    }

    private void Value(string path, VersionRule rule, object? before, object? after, object owner)
    {
        if (before is null || after is null)
        {
            // Only SDMX 2.1 says whether an artefact is final; a format that does not say it denies nothing.
            bool isUnsaid = owner is Maintainable && path == nameof(Maintainable.IsFinal);
            if (!isUnsaid && (before ?? after) is not null)
            {
                Add(path, ImpactOfOne(rule, before, after), before, after);
            }

            return;
        }

        switch (before)
        {
            case LocalisedText text:
                Texts(path, rule, text, (LocalisedText)after);
                break;
            case var leaf when ModelValueText.IsLeaf(leaf):
                if (!leaf.Equals(after))
                {
                    Add(path, ImpactOfOne(rule, before, after), before, after);
                }

                break;
            case IDictionary<string, string>:
                if (ModelValueText.Of(before) != ModelValueText.Of(after))
                {
                    Add(path, ImpactOfOne(rule, before, after), before, after);
                }

                break;
            case IEnumerable list:
                Members(path, rule, list, (IEnumerable)after, owner);
                break;
            default:
                Inside(path, rule, before, after);
                break;
        }
    }

    /// <summary>A part both have: its own properties have rules of their own, but below a text or a breaking part all weigh the same.</summary>
    private void Inside(string path, VersionRule rule, object before, object after)
    {
        if (rule is not (VersionRule.Text or VersionRule.Breaking or VersionRule.Selection))
        {
            Parts(path, before, after);
        }
        else if (ModelValueText.Of(before) != ModelValueText.Of(after))
        {
            Add(path, rule == VersionRule.Text ? ChangeImpact.Patch : ChangeImpact.Major, before, after);
        }
    }

    private void Texts(string path, VersionRule rule, LocalisedText before, LocalisedText after)
    {
        ChangeImpact impact = rule == VersionRule.Text ? ChangeImpact.Patch : ChangeImpact.Major;
        foreach (string language in before.Texts.Concat(after.Texts).Select(t => t.Key).Distinct())
        {
            string? left = Text(before, language), right = Text(after, language);
            if (left != right)
            {
                Add($"{path}@{language}", impact, left, right);
            }
        }
    }

    private static string? Text(LocalisedText text, string language)
    {
        string[] all = [.. text.Texts.Where(t => t.Key == language).Select(t => t.Value)];
        return all.Length == 0 ? null : string.Join(" / ", all);
    }

    private void Members(string path, VersionRule rule, IEnumerable before, IEnumerable after, object owner)
    {
        List<(string Key, object Value)> left = Keyed(before), right = Keyed(after);
        Dictionary<string, object> index = right.ToDictionary(m => m.Key, m => m.Value);
        HashSet<string> stay = [];
        bool excluded = _isExcluded ^ (owner is MemberSelection { IsIncluded: false });
        foreach ((string key, object value) in left)
        {
            if (!index.TryGetValue(key, out object? other))
            {
                Add($"{path}[{key}]", ImpactOfMember(rule, ChangeKind.Removed, value, excluded), value, null);
                continue;
            }

            stay.Add(key);
            if (value.Equals(other))
            {
                continue;
            }

            string at = $"{path}[{key}]";
            if (ModelValueText.IsLeaf(value))
            {
                Value(at, rule, value, other, owner);
            }
            else
            {
                Inside(at, rule, value, other);
            }
        }

        foreach ((string key, object value) in right.Where(m => !stay.Contains(m.Key)))
        {
            Add($"{path}[{key}]", ImpactOfMember(rule, ChangeKind.Added, value, excluded), null, value);
        }

        string[] orderBefore = [.. left.Select(m => m.Key).Where(stay.Contains)], orderAfter = [.. right.Select(m => m.Key).Where(stay.Contains)];
        if (!orderBefore.AsSpan().SequenceEqual(orderAfter))
        {
            Add(path + " (order)", ImpactOfOrder(rule), string.Join(", ", orderBefore), string.Join(", ", orderAfter));
        }
    }

    /// <summary>Members with what they are recognised by; a second one of the same name gets a number.</summary>
    private static List<(string Key, object Value)> Keyed(IEnumerable list)
    {
        List<(string, object)> members = [];
        Dictionary<string, int> seen = [];
        foreach (object member in list)
        {
            string key = ModelValueText.KeyOf(member);
            int number = seen[key] = seen.GetValueOrDefault(key) + 1;
            members.Add((number == 1 ? key : string.Create(CultureInfo.InvariantCulture, $"{key} #{number}"), member));
        }

        return members;
    }

    private ChangeImpact ImpactOfMember(VersionRule rule, ChangeKind kind, object member, bool excluded) => rule switch
    {
        VersionRule.Text => ChangeImpact.Patch,
        VersionRule.Selection => kind == ChangeKind.Added ^ excluded ? ChangeImpact.Minor : ChangeImpact.Major,
        _ when kind == ChangeKind.Removed => ChangeImpact.Major,
        VersionRule.Members or VersionRule.References => ChangeImpact.Minor,
        VersionRule.Dimensions => _isEvolving ? ChangeImpact.Minor : ChangeImpact.Major,
        VersionRule.OptionalMembers => member is DataAttribute { IsMandatory: true } or Measure { IsMandatory: true } or MetadataAttribute { MinOccurs: > 0 } ? ChangeImpact.Major : ChangeImpact.Minor,
        _ => ChangeImpact.Major,
    };

    private static ChangeImpact ImpactOfOrder(VersionRule rule)
        => rule is VersionRule.FixedMembers or VersionRule.Dimensions or VersionRule.Breaking ? ChangeImpact.Major : ChangeImpact.Patch;

    private static ChangeImpact ImpactOfOne(VersionRule rule, object? before, object? after) => rule switch
    {
        VersionRule.Text => ChangeImpact.Patch,
        VersionRule.Reference or VersionRule.References => ImpactOfReference(before as StructureReference, after as StructureReference),
        VersionRule.Addition => before is null or false ? ChangeImpact.Minor : ChangeImpact.Major,
        VersionRule.Demand => after is false ? ChangeImpact.Minor : ChangeImpact.Major,
        VersionRule.UpperLimit => after is null || (before is not null && Compared(after, before) > 0) ? ChangeImpact.Minor : ChangeImpact.Major,
        VersionRule.LowerLimit => after is null || (before is not null && Compared(after, before) < 0) ? ChangeImpact.Minor : ChangeImpact.Major,
        _ => ChangeImpact.Major,
    };

    private static int Compared(object left, object right) => Comparer.DefaultInvariant.Compare(left, right);

    /// <summary>A reference to another version of the same thing weighs what the versions say; wildcards by their numbers.</summary>
    private static ChangeImpact ImpactOfReference(StructureReference? before, StructureReference? after)
    {
        if (before is null || after is null || before with { Version = "" } != after with { Version = "" }
            || !SdmxVersion.TryParse(Plain(before.Version), out SdmxVersion from) || !SdmxVersion.TryParse(Plain(after.Version), out SdmxVersion to))
        {
            return ChangeImpact.Major;
        }

        return !from.IsSemantic || !to.IsSemantic || from.Major != to.Major ? ChangeImpact.Major
            : from.Minor != to.Minor ? ChangeImpact.Minor : ChangeImpact.Patch;
    }

    private static string Plain(string version) => version.Replace("+", "", StringComparison.Ordinal);

    private void Add(string path, ChangeImpact impact, object? before, object? after)
        => _changes.Add(new StructureChange(
            path,
            before is null ? ChangeKind.Added : after is null ? ChangeKind.Removed : ChangeKind.Changed,
            impact,
            before is null ? null : ModelValueText.Show(before),
            after is null ? null : ModelValueText.Show(after)));
}
