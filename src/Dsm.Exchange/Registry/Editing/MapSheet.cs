using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Editing;

/// <summary>A row of a table of a map that cannot be taken.</summary>
/// <param name="Row">Its number, the first is 1.</param>
/// <param name="Value">The value concerned; empty when the row as a whole is.</param>
/// <param name="Fault">Why.</param>
public sealed record MapRowProblem(int Row, string Value, MapRowFault Fault);

/// <summary>Why a row of a map cannot be taken.</summary>
public enum MapRowFault
{
    /// <summary>It has too few or too many cells.</summary>
    Width,

    /// <summary>A source value is empty.</summary>
    NoSource,

    /// <summary>A source code is not in its codelist.</summary>
    UnknownSource,

    /// <summary>A target code is not in its codelist.</summary>
    UnknownTarget,

    /// <summary>The same sources stand in an earlier row.</summary>
    Twice,
}

/// <summary>
/// The rows of a representation map as a table and back: the sources, then the targets, then the span of validity. A regular expression
/// stands between slashes. What a table cannot say of a row (parts of values, annotations) stays when the row's text stays.
/// </summary>
public static class MapSheet
{
    /// <summary>The rows as a table.</summary>
    public static SheetFile Write(RepresentationMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        bool hasValidity = map.Mappings.Any(m => m.ValidFrom is not null || m.ValidTo is not null);
        return new SheetFile([.. map.Mappings.Select(m => Cells(m, hasValidity))]);
    }

    /// <summary>The map with the rows of a table, and the rows that cannot be taken.</summary>
    public static (RepresentationMap Map, ImmutableArray<MapRowProblem> Problems) Read(RepresentationMap map, SheetFile table, StructureSet structures)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(structures);
        int sources = map.Sources.Length, values = sources + map.Targets.Length;
        HashSet<string>?[] codes = [.. map.Sources.Concat(map.Targets).Select(s => CodesOf(s, structures))];
        Dictionary<string, RepresentationMapping> before = map.Mappings.DistinctBy(m => Key(Cells(m, true))).ToDictionary(m => Key(Cells(m, true)));
        List<RepresentationMapping> mappings = [];
        List<MapRowProblem> problems = [];
        HashSet<string> seen = [];
        for (int r = 0; r < table.Rows.Length; r++)
        {
            ImmutableArray<string> row = table.Rows[r];
            if (row.Length < values || row.Skip(values + 2).Any(c => c.Length > 0))
            {
                problems.Add(new MapRowProblem(r + 1, "", MapRowFault.Width));
                continue;
            }

            ImmutableArray<string> cells = [.. row.Take(values + 2), .. Enumerable.Repeat("", Math.Max(0, values + 2 - row.Length))];
            if (!seen.Add(Key([.. cells.Take(sources), .. cells.Skip(values)])))
            {
                problems.Add(new MapRowProblem(r + 1, string.Join(", ", cells.Take(sources)), MapRowFault.Twice));
                continue;
            }

            problems.AddRange(Problems(cells, r + 1, sources, codes));
            mappings.Add(before.GetValueOrDefault(Key(cells)) ?? new RepresentationMapping(
                [.. cells.Take(sources).Select(Source)], [.. cells.Skip(sources).Take(values - sources)], Day(cells[values]), Day(cells[values + 1])));
        }

        return (map with { Mappings = [.. mappings] }, [.. problems]);
    }

    /// <summary>Codes of a side that no row names; null when the side is no list.</summary>
    public static ImmutableArray<Item>? Unmapped(RepresentationMap map, StructureSet structures, bool ofTarget)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(structures);
        ImmutableArray<RepresentationSide> sides = ofTarget ? map.Targets : map.Sources;
        if (sides.Length != 1 || ExtensionEdits.Whole(structures.Find<ItemScheme>(sides[0].List), structures) is not { } list)
        {
            return null;
        }

        HashSet<string> named = [.. map.Mappings.Select(m => ofTarget ? m.Targets.FirstOrDefault() ?? "" : m.Sources[0].IsRegEx ? "" : m.Sources[0].Value)];
        return [.. list.AllItems.Where(i => !named.Contains(i.Id))];
    }

    private static IEnumerable<MapRowProblem> Problems(ImmutableArray<string> cells, int row, int sources, HashSet<string>?[] codes)
    {
        for (int i = 0; i < codes.Length; i++)
        {
            string cell = cells[i];
            bool isSource = i < sources;
            if (isSource && cell.Length == 0)
            {
                yield return new MapRowProblem(row, "", MapRowFault.NoSource);
            }
            else if (cell.Length > 0 && codes[i] is { } known && !known.Contains(cell) && !(isSource ? Source(cell).IsRegEx : cell.Contains('\\', StringComparison.Ordinal)))
            {
                yield return new MapRowProblem(row, cell, isSource ? MapRowFault.UnknownSource : MapRowFault.UnknownTarget);
            }
        }
    }

    private static HashSet<string>? CodesOf(RepresentationSide side, StructureSet structures)
        => ExtensionEdits.Whole(structures.Find<ItemScheme>(side.List), structures) is { } list ? [.. list.AllItems.Select(i => i.Id)] : null;

    private static ImmutableArray<string> Cells(RepresentationMapping mapping, bool withValidity)
        => [.. mapping.Sources.Select(s => s.IsRegEx ? $"/{s.Value}/" : s.Value), .. mapping.Targets, .. withValidity ? [mapping.ValidFrom ?? "", mapping.ValidTo ?? ""] : Array.Empty<string>()];

    private static MappedValue Source(string cell) => cell.Length > 2 && cell[0] == '/' && cell[^1] == '/' ? new MappedValue(cell[1..^1], IsRegEx: true) : new MappedValue(cell);

    private static string? Day(string cell) => cell.Length > 0 ? cell : null;

    private static string Key(ImmutableArray<string> cells) => string.Join('\u0001', cells);
}
