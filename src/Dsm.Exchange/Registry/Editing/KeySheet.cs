using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Editing;

/// <summary>A component that keys of a constraint may name.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsAttribute">True when it is no dimension.</param>
/// <param name="Name">Name of its concept.</param>
/// <param name="Codes">Its codes; null when its values are no codes.</param>
public sealed record KeyColumn(string Id, bool IsAttribute, LocalisedText Name, ItemScheme? Codes)
{
    private readonly HashSet<string> _known = [.. Codes?.AllItems.Select(i => i.Id) ?? []];

    /// <summary>True for a value the component may have; several codes are joined by plus signs, and the sign for any of SDMX 2.1 is kept.</summary>
    public bool Takes(string cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return Codes is null || KeySheet.Values(cell, this).All(v => v == "%" || _known.Contains(v));
    }
}

/// <summary>A cell of a table of keys that cannot be taken.</summary>
/// <param name="Row">Number of its row, the first is 1.</param>
/// <param name="Column">Its column: an id, or a number when no column has that place; empty when the row as a whole is wrong.</param>
/// <param name="Value">What stands there.</param>
/// <param name="Fault">Why.</param>
public sealed record KeyCellProblem(int Row, string Column, string Value, KeyFault Fault);

/// <summary>Why a cell or a row of a table of keys cannot be taken.</summary>
public enum KeyFault
{
    /// <summary>There is no such component, or its column stands there twice.</summary>
    NoColumn,

    /// <summary>A code is not in the codelist of its component.</summary>
    UnknownCode,

    /// <summary>It is no time period.</summary>
    NoPeriod,

    /// <summary>The last period is before the first one.</summary>
    EndsBefore,

    /// <summary>The row names no code, so that it would fit every key.</summary>
    NamesNothing,

    /// <summary>The same key stands in an earlier row.</summary>
    Twice,
}

/// <summary>
/// The keys of a set as a table and back: a column a dimension, then the span of validity. An empty cell leaves the dimension free,
/// <c>M+F</c> stands for several codes. What a table cannot say of a key (annotations) stays when the row's text stays.
/// </summary>
public static class KeySheet
{
    /// <summary>Head of the column of the first period of validity.</summary>
    public const string ValidFrom = "validFrom";

    /// <summary>Head of the column of the last period of validity.</summary>
    public const string ValidTo = "validTo";

    /// <summary>The columns: the dimensions of the structure without time, then what the keys name besides.</summary>
    public static ImmutableArray<KeyColumn> Columns(DataStructure? structure, DataKeySet? set, StructureSet structures)
    {
        ArgumentNullException.ThrowIfNull(structures);
        IEnumerable<(string Id, bool IsAttribute)> dimensions = structure?.Dimensions.Where(d => !d.IsTime).Select(d => (d.Id, false)) ?? [];
        IEnumerable<(string Id, bool IsAttribute)> named = set?.Keys.SelectMany(k => k.Selections).Select(s => (s.ComponentId, s.IsAttribute)) ?? [];
        return [.. dimensions.Concat(named).DistinctBy(c => c.Id).Select(c => new KeyColumn(c.Id, c.IsAttribute, NameOf(structure, c.Id, structures), ConstraintParts.CodesOf(structure, c.Id, structures)))];
    }

    /// <summary>True when a row says all of what a key selects; others stay as they are and are edited as SDMX-ML.</summary>
    public static bool Shows(DataKey key, ImmutableArray<KeyColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key is { Report: null, MetadataTarget: null } && key.Selections.Select(s => s.ComponentId).Distinct().Count() == key.Selections.Length
            && key.Selections.All(s => columns.FirstOrDefault(c => c.Id == s.ComponentId) is { } column && IsPlain(s) && Values(Cell(key, column), column).SequenceEqual(s.Values.Select(v => v.Value)));
    }

    /// <summary>What a key says of a component; empty when it leaves it free.</summary>
    public static string Cell(DataKey key, KeyColumn column)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(column);
        return string.Join('+', key.Selections.FirstOrDefault(s => s.ComponentId == column.Id)?.Values.Select(v => v.Value) ?? []);
    }

    /// <summary>The values of a cell.</summary>
    public static ImmutableArray<string> Values(string cell, KeyColumn column)
    {
        ArgumentNullException.ThrowIfNull(cell);
        ArgumentNullException.ThrowIfNull(column);
        return cell.Length == 0 ? [] : column.Codes is null ? [cell] : [.. cell.Split('+', StringSplitOptions.TrimEntries).Distinct()];
    }

    /// <summary>The keys of a set that a table can say, below a row with the ids of the columns.</summary>
    public static SheetFile Write(DataKeySet? set, ImmutableArray<KeyColumn> columns)
        => new([[.. columns.Select(c => c.Id), ValidFrom, ValidTo], .. (set?.Keys ?? []).Where(k => Shows(k, columns)).Select(k => Cells(k, columns))]);

    /// <summary>
    /// The keys of a table, and the cells that cannot be taken. A first row with ids of columns says their order; without it they stand
    /// in the order of the columns. Keys of the set that a table cannot say stay.
    /// </summary>
    public static (ImmutableArray<DataKey> Keys, ImmutableArray<KeyCellProblem> Problems) Read(DataKeySet? set, ImmutableArray<KeyColumn> columns, SheetFile table)
    {
        ArgumentNullException.ThrowIfNull(table);
        List<KeyCellProblem> problems = [];
        string[] names = [.. columns.Select(c => c.Id), ValidFrom, ValidTo];
        bool hasHead = table.Rows.Length > 0 && table.Rows[0].Any(c => names.Contains(c, StringComparer.OrdinalIgnoreCase));
        int[] places = hasHead ? Places(table.Rows[0], names, problems) : [.. Enumerable.Range(0, names.Length)];
        Dictionary<string, DataKey> before = (set?.Keys ?? []).Where(k => Shows(k, columns)).DistinctBy(k => Text(Cells(k, columns))).ToDictionary(k => Text(Cells(k, columns)));
        List<DataKey> keys = [];
        HashSet<string> seen = [];

        // Columns that the first row has and nobody knows are told once.
        HashSet<string> told = [.. problems.Select(p => p.Column)];
        for (int r = hasHead ? 1 : 0; r < table.Rows.Length; r++)
        {
            ImmutableArray<string> cells = Placed(table.Rows[r], places, names.Length, r + 1, told, problems);
            problems.AddRange(Problems(cells, columns, r + 1));
            if (!seen.Add(Text(cells)))
            {
                problems.Add(new KeyCellProblem(r + 1, "", "", KeyFault.Twice));
            }

            keys.Add(before.GetValueOrDefault(Text(cells)) ?? Key(new DataKey([]), columns, cells));
        }

        return ([.. keys, .. (set?.Keys ?? []).Where(k => !Shows(k, columns))], [.. problems]);
    }

    /// <summary>A key with what the cells say; what is said besides about a component that stays the same, and annotations, stay.</summary>
    /// <param name="before">The key as it was.</param>
    /// <param name="columns">The components.</param>
    /// <param name="cells">A cell a component, then the first and the last period of validity.</param>
    public static DataKey Key(DataKey before, ImmutableArray<KeyColumn> columns, ImmutableArray<string> cells)
    {
        ArgumentNullException.ThrowIfNull(before);
        return before with
        {
            Selections = [.. columns.Select((c, i) => Selection(before, c, cells[i])).OfType<MemberSelection>()],
            ValidFrom = cells[^2].Length > 0 ? cells[^2] : null,
            ValidTo = cells[^1].Length > 0 ? cells[^1] : null,
        };
    }

    /// <summary>What is wrong with the cells of a key.</summary>
    public static IEnumerable<KeyCellProblem> Problems(ImmutableArray<string> cells, ImmutableArray<KeyColumn> columns, int row)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            if (cells[i].Length > 0 && !columns[i].Takes(cells[i]))
            {
                yield return new KeyCellProblem(row, columns[i].Id, cells[i], KeyFault.UnknownCode);
            }
        }

        // Ends of a span are standard periods (SDMX-ML StandardTimePeriodType), no ranges of their own.
        bool starts = TimePeriod.TryParse(cells[^2], out TimePeriod from) && from.Kind != TimePeriodKind.Range;
        bool ends = TimePeriod.TryParse(cells[^1], out TimePeriod to) && to.Kind != TimePeriodKind.Range;
        if (cells[^2].Length > 0 && !starts)
        {
            yield return new KeyCellProblem(row, ValidFrom, cells[^2], KeyFault.NoPeriod);
        }

        if (cells[^1].Length > 0 && !ends)
        {
            yield return new KeyCellProblem(row, ValidTo, cells[^1], KeyFault.NoPeriod);
        }
        else if (starts && ends && to.End <= from.Start)
        {
            yield return new KeyCellProblem(row, ValidTo, cells[^1], KeyFault.EndsBefore);
        }

        if (cells.Take(columns.Length).All(c => c is "" or "%"))
        {
            yield return new KeyCellProblem(row, "", "", KeyFault.NamesNothing);
        }
    }

    /// <summary>The cells of a key: one a component, then the first and the last period of validity.</summary>
    public static ImmutableArray<string> Cells(DataKey key, ImmutableArray<KeyColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(key);
        return [.. columns.Select(c => Cell(key, c)), key.ValidFrom ?? "", key.ValidTo ?? ""];
    }

    private static MemberSelection? Selection(DataKey before, KeyColumn column, string cell)
    {
        MemberSelection? old = before.Selections.FirstOrDefault(s => s.ComponentId == column.Id);
        return cell.Length == 0 ? null
            : old is not null && Cell(before, column) == cell ? old
            : new MemberSelection { ComponentId = column.Id, IsAttribute = column.IsAttribute, Values = [.. Values(cell, column).Select(v => new MemberValue(v))] };
    }

    // Where each column of the table belongs; -1 for one that belongs nowhere.
    private static int[] Places(ImmutableArray<string> head, string[] names, List<KeyCellProblem> problems)
    {
        int[] places = [.. head.Select(h => Array.FindIndex(names, n => n.Equals(h, StringComparison.OrdinalIgnoreCase)))];
        for (int i = 0; i < places.Length; i++)
        {
            if (head[i].Length > 0 && (places[i] < 0 || places.Take(i).Contains(places[i])))
            {
                problems.Add(new KeyCellProblem(1, Number(i), head[i], KeyFault.NoColumn));
                places[i] = -1;
            }
        }

        return places;
    }

    private static ImmutableArray<string> Placed(ImmutableArray<string> row, int[] places, int width, int number, HashSet<string> told, List<KeyCellProblem> problems)
    {
        string[] cells = [.. Enumerable.Repeat("", width)];
        for (int i = 0; i < row.Length; i++)
        {
            if (i < places.Length && places[i] >= 0)
            {
                cells[places[i]] = row[i];
            }
            else if (row[i].Length > 0 && (i >= places.Length || places[i] < 0) && !told.Contains(Number(i)))
            {
                problems.Add(new KeyCellProblem(number, Number(i), row[i], KeyFault.NoColumn));
                if (number == 1)
                {
                    told.Add(Number(i));
                }
            }
        }

        return [.. cells];
    }

    private static bool IsPlain(MemberSelection selection)
        => selection is { IsIncluded: true, RemovePrefix: false, ValidFrom: null, ValidTo: null, StartPeriod: null, EndPeriod: null, Values.IsEmpty: false, Objects.IsEmpty: true, DataSets.IsEmpty: true, DataKeys.IsEmpty: true }
            && selection.Values.All(v => v is { Cascade: CascadeValues.None, ValidFrom: null, ValidTo: null, Language: null });

    private static LocalisedText NameOf(DataStructure? structure, string component, StructureSet structures)
    {
        Component? found = structure?.Dimensions.Cast<Component>().Concat(structure.Attributes).Concat(structure.Measures).FirstOrDefault(c => c.Id == component);
        return found is not null && structures.FindConceptFrom(structure!, found.Concept) is (_, { } concept) ? concept.Name : default;
    }

    private static string Number(int column) => (column + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(ImmutableArray<string> cells) => string.Join('\u0001', cells);
}
