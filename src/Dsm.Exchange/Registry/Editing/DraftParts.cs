using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Editing;

/// <summary>
/// The parts of an artefact that people order and take away: items by id, components by id, places of a hierarchy by the path of their
/// ids, rows of maps by their number, regions of constraints too; <c>keys/0</c> is the first set of keys of a constraint, <c>keys/0/1</c> its
/// second key.
/// </summary>
public static class DraftParts
{
    /// <summary>What the key of a level of a hierarchy begins with; its id follows. No path of a place does.</summary>
    public const string Level = "/level/";

    /// <summary>What the key of an extension of a codelist begins with; its number follows.</summary>
    public const string Extension = "/extension/";

    /// <summary>The artefact without a part; as it is when there is no such part.</summary>
    public static Maintainable Remove(Maintainable artefact, string key) => artefact switch
    {
        Codelist list when key.StartsWith(Extension, StringComparison.Ordinal) => Number(key[Extension.Length..], list.Extensions.Length) is { } at ? list with { Extensions = list.Extensions.RemoveAt(at) } : list,
        ItemScheme scheme => ItemEdits.Remove(scheme, key),
        DataStructure structure => structure with
        {
            Dimensions = Without(structure.Dimensions, d => d.Id == key),
            Attributes = [.. Without(structure.Attributes, a => a.Id == key).Select(a => a with { Dimensions = Without(a.Dimensions, d => d == key) })],
            Measures = Without(structure.Measures, m => m.Id == key),
            Groups = [.. Without(structure.Groups, g => g.Id == key).Select(g => g with { Dimensions = Without(g.Dimensions, d => d == key) })],
        },
        Hierarchy hierarchy when key.StartsWith(Level, StringComparison.Ordinal) => LevelEdits.Remove(hierarchy, key[Level.Length..]),
        Hierarchy hierarchy => hierarchy with { Codes = Below(hierarchy.Codes, key.Split('/'), (codes, id) => Without(codes, c => c.Id == id)) },
        RepresentationMap map when Number(key, map.Mappings.Length) is { } row => map with { Mappings = map.Mappings.RemoveAt(row) },
        StructureMap map => map with
        {
            ComponentMaps = Without(map.ComponentMaps, m => m.Targets.Contains(key)),
            FixedValues = Without(map.FixedValues, f => f.ComponentId == key),
            TimeMaps = Without(map.TimeMaps, t => t.Target == key),
        },
        DataConstraint constraint when key.StartsWith("keys/", StringComparison.Ordinal) => constraint with { KeySets = WithoutKeys(constraint.KeySets, key.Split('/')) },
        DataConstraint constraint when Number(key, constraint.Regions.Length) is { } region => constraint with { Regions = constraint.Regions.RemoveAt(region) },
        _ => artefact,
    };

    /// <summary>The artefact with a part one place up or down among its siblings; as it is when that cannot be.</summary>
    public static Maintainable Move(Maintainable artefact, string key, bool up) => artefact switch
    {
        Codelist list when key.StartsWith(Extension, StringComparison.Ordinal) => Number(key[Extension.Length..], list.Extensions.Length) is { } at ? list with { Extensions = MovedAt(list.Extensions, at, up) } : list,
        ItemScheme scheme => ItemEdits.Move(scheme, key, up),
        DataStructure structure => structure with
        {
            Dimensions = TimeLast(Moved(structure.Dimensions, d => d.Id == key, up)),
            Attributes = Moved(structure.Attributes, a => a.Id == key, up),
            Measures = Moved(structure.Measures, m => m.Id == key, up),
            Groups = Moved(structure.Groups, g => g.Id == key, up),
        },
        Hierarchy hierarchy when key.StartsWith(Level, StringComparison.Ordinal) => hierarchy with { Levels = Moved(hierarchy.Levels, l => l.Id == key[Level.Length..], up) },
        Hierarchy hierarchy => hierarchy with { Codes = Below(hierarchy.Codes, key.Split('/'), (codes, id) => Moved(codes, c => c.Id == id, up)) },
        _ => artefact,
    };

    /// <summary>The places of a hierarchy in the order of the tree, with the paths of their ids.</summary>
    public static IEnumerable<(string Path, int Depth, HierarchicalCode Place)> Places(Hierarchy hierarchy)
    {
        ArgumentNullException.ThrowIfNull(hierarchy);
        return Flat(hierarchy.Codes, "", 0);
    }

    /// <summary>A hierarchy with a place added below a path, or put where one of the same id stands; an empty path is the top.</summary>
    public static Hierarchy Put(Hierarchy hierarchy, string parentPath, HierarchicalCode place)
    {
        ArgumentNullException.ThrowIfNull(hierarchy);
        ArgumentNullException.ThrowIfNull(parentPath);
        ArgumentNullException.ThrowIfNull(place);
        string path = parentPath.Length == 0 ? place.Id : $"{parentPath}/{place.Id}";
        return hierarchy with
        {
            Codes = Below(hierarchy.Codes, path.Split('/'), (codes, id) => codes.Any(c => c.Id == id)
                ? [.. codes.Select(c => c.Id == id ? place with { Children = c.Children } : c)]
                : [.. codes, place]),
        };
    }

    /// <summary>Dimensions with the time dimension at the end, where SDMX wants it.</summary>
    public static ImmutableArray<Dimension> TimeLast(ImmutableArray<Dimension> dimensions) => [.. dimensions.OrderBy(d => d.IsTime)];

    private static IEnumerable<(string Path, int Depth, HierarchicalCode Place)> Flat(ImmutableArray<HierarchicalCode> codes, string above, int depth)
        => codes.SelectMany(c => Flat(c.Children, $"{above}{c.Id}/", depth + 1).Prepend((above + c.Id, depth, c)));

    private static ImmutableArray<HierarchicalCode> Below(
        ImmutableArray<HierarchicalCode> codes, ReadOnlySpan<string> path, Func<ImmutableArray<HierarchicalCode>, string, ImmutableArray<HierarchicalCode>> change)
    {
        if (path.Length == 1)
        {
            return change(codes, path[0]);
        }

        for (int i = 0; i < codes.Length; i++)
        {
            if (codes[i].Id == path[0])
            {
                return codes.SetItem(i, codes[i] with { Children = Below(codes[i].Children, path[1..], change) });
            }
        }

        return codes;
    }

    // A set that loses its last key goes with it: messages carry no set without keys.
    private static ImmutableArray<DataKeySet> WithoutKeys(ImmutableArray<DataKeySet> sets, string[] path)
        => Number(path[1], sets.Length) is not { } at ? sets
            : path.Length == 2 ? sets.RemoveAt(at)
            : Number(path[2], sets[at].Keys.Length) is not { } key ? sets
            : sets[at].Keys.Length == 1 ? sets.RemoveAt(at)
            : sets.SetItem(at, sets[at] with { Keys = sets[at].Keys.RemoveAt(key) });

    private static ImmutableArray<T> Without<T>(ImmutableArray<T> parts, Func<T, bool> isGone) => [.. parts.Where(p => !isGone(p))];

    private static ImmutableArray<T> Moved<T>(ImmutableArray<T> parts, Func<T, bool> isIt, bool up) => MovedAt(parts, parts.ToList().FindIndex(p => isIt(p)), up);

    private static ImmutableArray<T> MovedAt<T>(ImmutableArray<T> parts, int at, bool up)
    {
        int to = at + (up ? -1 : 1);
        return at < 0 || to < 0 || to >= parts.Length ? parts : parts.SetItem(at, parts[to]).SetItem(to, parts[at]);
    }

    private static int? Number(string key, int length)
        => int.TryParse(key, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number) && number < length ? number : null;
}
