using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Editing;

/// <summary>Changes of the levels of a hierarchy; the codes that name a level follow it.</summary>
public static class LevelEdits
{
    /// <summary>Id of the level a code names: SDMX 2.1 has the ids of the levels above it before it. Empty when it names none.</summary>
    public static string Of(HierarchicalCode place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return place.Level is { } level ? level[(level.LastIndexOf('.') + 1)..] : "";
    }

    /// <summary>Number of codes at a level; of an empty id, of those at none.</summary>
    public static int CountAt(Hierarchy hierarchy, string id) => DraftParts.Places(hierarchy).Count(p => Of(p.Place) == id);

    /// <summary>The hierarchy with a level put in the place of a former one, or below all others when <paramref name="former"/> is null.</summary>
    public static Hierarchy Put(Hierarchy hierarchy, string? former, HierarchyLevel level)
    {
        ArgumentNullException.ThrowIfNull(hierarchy);
        ArgumentNullException.ThrowIfNull(level);
        int at = former is null ? -1 : hierarchy.Levels.ToList().FindIndex(l => l.Id == former);
        return at < 0 ? hierarchy with { Levels = hierarchy.Levels.Add(level) }
            : hierarchy with
            {
                Levels = hierarchy.Levels.SetItem(at, level),
                Codes = former == level.Id ? hierarchy.Codes : With(hierarchy.Codes, 0, (place, _) => place.Level is null ? null : string.Join('.', place.Level.Split('.').Select(l => l == former ? level.Id : l))),
            };
    }

    /// <summary>The hierarchy without a level; its codes stay and name none.</summary>
    public static Hierarchy Remove(Hierarchy hierarchy, string id)
    {
        ArgumentNullException.ThrowIfNull(hierarchy);
        return hierarchy with
        {
            Levels = [.. hierarchy.Levels.Where(l => l.Id != id)],
            Codes = With(hierarchy.Codes, 0, (place, _) => Of(place) == id ? null : Without(place.Level, id)),
        };
    }

    /// <summary>The hierarchy whose codes have the levels of their depths, the top ones the first level; deeper ones than there are levels have none.</summary>
    public static Hierarchy ByDepth(Hierarchy hierarchy)
    {
        ArgumentNullException.ThrowIfNull(hierarchy);
        return hierarchy with { Codes = With(hierarchy.Codes, 0, (_, depth) => depth < hierarchy.Levels.Length ? hierarchy.Levels[depth].Id : null) };
    }

    private static string? Without(string? level, string id) => level is null ? null : string.Join('.', level.Split('.').Where(l => l != id));

    private static ImmutableArray<HierarchicalCode> With(ImmutableArray<HierarchicalCode> places, int depth, Func<HierarchicalCode, int, string?> level)
        => [.. places.Select(p => p with { Level = level(p, depth), Children = With(p.Children, depth + 1, level) })];
}
