using System.Collections.Immutable;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;
using Dsm.Web.Localisation;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>What is said about keys of constraints.</summary>
public static class KeyTexts
{
    /// <summary>What is wrong with a cell of a table of keys, with its place.</summary>
    public static string Sentence(KeyCellProblem problem, PageTexts texts)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(texts);
        string place = problem.Column.Length > 0 ? texts.Format("keys.problem.cell", problem.Row, problem.Column) : texts.Format("keys.problem.row", problem.Row);
        return $"{place}: {texts["keyfault." + problem.Fault]}{(problem.Value.Length > 0 ? $" ({problem.Value})" : "")}";
    }

    /// <summary>The names of the codes of a cell in the page's language; empty when it has none.</summary>
    public static string Names(string cell, KeyColumn column, PageTexts texts)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(texts);
        return column.Codes is null ? "" : string.Join(", ", KeySheet.Values(cell, column).Select(v => column.Codes.AllItems.FirstOrDefault(i => i.Id == v)).Select(i => texts.Of(i?.Name ?? default)).Where(n => n.Length > 0));
    }
}

/// <summary>A set of keys to show as a table.</summary>
/// <param name="Set">The set.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Title">What the table is.</param>
/// <param name="Address">Where a key is edited, by its number; null when they are only read.</param>
/// <param name="Most">Most keys that are shown.</param>
public sealed record KeysView(DataKeySet Set, ImmutableArray<KeyColumn> Columns, string Title, Func<int, string>? Address, int Most = 300)
{
    /// <summary>True when some key holds for a time only.</summary>
    public bool HasValidity => Set.Keys.Any(k => k.ValidFrom is not null || k.ValidTo is not null);
}
