using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>How a target component gets its value.</summary>
public enum RuleKind
{
    /// <summary>It gets none.</summary>
    None,

    /// <summary>From a source component as it is.</summary>
    Copy,

    /// <summary>By a representation map.</summary>
    Map,

    /// <summary>Always the same.</summary>
    Fixed,

    /// <summary>A time read by a pattern.</summary>
    Time,
}

/// <summary>A structure map seen from its target: every component with the rule that fills it.</summary>
public sealed class MapRules
{
    private readonly StructureMap _map;

    /// <summary>Finds the components of both sides.</summary>
    public MapRules(StructureMap map, StructureSet structures)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(structures);
        _map = map;
        Source = ConstraintParts.StructureOf(structures.Find(map.Source), structures);
        Target = ConstraintParts.StructureOf(structures.Find(map.Target), structures);
        Sources = [.. Ids(Source)];
        Targets = [.. Ids(Target).Concat(map.ComponentMaps.SelectMany(m => m.Targets)).Concat(map.FixedValues.Where(f => f.IsTarget).Select(f => f.ComponentId)).Concat(map.TimeMaps.Select(t => t.Target)).Distinct()];
        HashSet<string> used = [.. map.ComponentMaps.SelectMany(m => m.Sources), .. map.TimeMaps.Select(t => t.Source)];
        UnusedSources = [.. Sources.Where(s => !used.Contains(s))];
    }

    /// <summary>The source structure; null when it is not here.</summary>
    public DataStructure? Source { get; }

    /// <summary>The target structure; null when it is not here.</summary>
    public DataStructure? Target { get; }

    /// <summary>Ids of the source components.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>Ids of the target components.</summary>
    public IReadOnlyList<string> Targets { get; }

    /// <summary>Source components that no rule reads.</summary>
    public IReadOnlyList<string> UnusedSources { get; }

    /// <summary>The component map that fills a target; null when none does.</summary>
    public ComponentMap? ComponentMap(string target) => _map.ComponentMaps.FirstOrDefault(m => m.Targets.Contains(target));

    /// <summary>The fixed value of a target; null when it has none.</summary>
    public FixedValueMap? Fixed(string target) => _map.FixedValues.FirstOrDefault(f => f.IsTarget && f.ComponentId == target);

    /// <summary>The time map that fills a target; null when none does.</summary>
    public TimePatternMap? Time(string target) => _map.TimeMaps.FirstOrDefault(t => t.Target == target);

    /// <summary>How a target gets its value.</summary>
    public RuleKind KindOf(string target)
        => ComponentMap(target) is { } map ? (map.RepresentationMap is null ? RuleKind.Copy : RuleKind.Map)
            : Time(target) is not null ? RuleKind.Time : Fixed(target) is not null ? RuleKind.Fixed : RuleKind.None;

    /// <summary>Source components that a target is made of.</summary>
    public IReadOnlyList<string> SourcesOf(string target)
        => ComponentMap(target) is { } map ? map.Sources : Time(target) is { } time ? [time.Source] : [];

    private static IEnumerable<string> Ids(DataStructure? structure)
        => structure is null ? [] : structure.Dimensions.Cast<Component>().Concat(structure.Measures).Concat(structure.Attributes).Select(c => c.Id);
}
