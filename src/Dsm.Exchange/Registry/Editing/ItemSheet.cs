using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Editing;

/// <summary>What a column of a table of items holds.</summary>
public enum ItemColumn
{
    /// <summary>Nothing that is known; it is left aside.</summary>
    Unknown,

    /// <summary>The id.</summary>
    Id,

    /// <summary>Id of the parent.</summary>
    Parent,

    /// <summary>Name in a language.</summary>
    Name,

    /// <summary>Description in a language.</summary>
    Description,

    /// <summary>First day on which the item is used.</summary>
    ValidFrom,

    /// <summary>Last day on which the item is used.</summary>
    ValidTo,
}

/// <summary>Why a row of a table cannot be taken.</summary>
public enum ItemRowFault
{
    /// <summary>It has no id.</summary>
    NoId,

    /// <summary>The id has characters that ids cannot have.</summary>
    BadId,

    /// <summary>The id stood in an earlier row.</summary>
    Twice,

    /// <summary>The parent is not in the list.</summary>
    NoParent,

    /// <summary>The parents form a circle.</summary>
    Circle,
}

/// <summary>A row that cannot be taken.</summary>
/// <param name="Row">Its number in the table, the first is 1.</param>
/// <param name="Id">The id as written.</param>
/// <param name="Fault">Why.</param>
public sealed record ItemRowProblem(int Row, string Id, ItemRowFault Fault);

/// <summary>What a table would make of a scheme.</summary>
/// <param name="Scheme">The scheme with the table taken in.</param>
/// <param name="Columns">How the columns were understood, with their languages.</param>
/// <param name="Added">Ids of new items.</param>
/// <param name="Changed">Ids of items that change.</param>
/// <param name="Removed">Ids of items that go.</param>
/// <param name="Same">How many stay as they are.</param>
/// <param name="Problems">Rows that cannot be taken.</param>
public sealed record ItemSheetPlan(
    ItemScheme Scheme, ImmutableArray<(ItemColumn Column, string? Language)> Columns, ImmutableArray<string> Added, ImmutableArray<string> Changed,
    ImmutableArray<string> Removed, int Same, ImmutableArray<ItemRowProblem> Problems);

/// <summary>
/// Items of a scheme as a table and back. Columns say what they hold in their first row; without such a row they are id, name in the
/// language of the page and in the others, parent. A column that is there says the whole truth: its empty cells clear; a column that is
/// not there changes nothing.
/// </summary>
public static partial class ItemSheet
{
    /// <summary>Type of the annotation whose title is the first day on which an item is used.</summary>
    public const string ValidFromAnnotation = "DSM_VALID_FROM";

    /// <summary>Type of the annotation whose title is the last day on which an item is used.</summary>
    public const string ValidToAnnotation = "DSM_VALID_TO";

    /// <summary>The items as a table with a first row of column names.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="languages">Languages that get a column even when no item has them.</param>
    public static SheetFile Write(ItemScheme scheme, IEnumerable<string> languages)
    {
        ImmutableArray<Item> items = ItemEdits.Of(scheme);
        string[] all = [.. languages.Concat(items.SelectMany(i => i.Name.Texts.Concat(i.Description.Texts).Select(t => t.Key))).Distinct()];
        bool isDated = items.Any(i => Validity(i, ValidFromAnnotation).Length > 0 || Validity(i, ValidToAnnotation).Length > 0);
        List<ImmutableArray<string>> rows = [["id", .. all.Select(l => $"name:{l}"), "parent", .. all.Select(l => $"description:{l}"), .. isDated ? ["validFrom", "validTo"] : Array.Empty<string>()]];
        rows.AddRange(items.Select(i => ImmutableArray.CreateRange<string>(
        [
            i.Id, .. all.Select(l => i.Name[l] ?? ""), i.ParentId ?? "", .. all.Select(l => i.Description[l] ?? ""),
            .. isDated ? [Validity(i, ValidFromAnnotation), Validity(i, ValidToAnnotation)] : Array.Empty<string>(),
        ])));
        return new SheetFile([.. rows]);
    }

    /// <summary>Takes a table into a scheme.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="table">The table.</param>
    /// <param name="languages">Languages of columns without names, in order.</param>
    /// <param name="isWhole">True when items that are not in the table go.</param>
    public static ItemSheetPlan Read(ItemScheme scheme, SheetFile table, IReadOnlyList<string> languages, bool isWhole)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(languages);
        ImmutableArray<(ItemColumn Column, string? Language)> columns = table.Rows.IsEmpty ? [] : [.. table.Rows[0].Select(Column)];
        bool hasHeader = columns.Any(c => c.Column == ItemColumn.Id);
        if (!hasHeader && !table.Rows.IsEmpty)
        {
            (ItemColumn, string?)[] usual = [(ItemColumn.Id, null), .. languages.Select(l => (ItemColumn.Name, (string?)l)), (ItemColumn.Parent, null)];
            columns = [.. Enumerable.Range(0, table.Rows[0].Length).Select(i => i < usual.Length ? usual[i] : (ItemColumn.Unknown, null))];
        }

        ImmutableArray<Item> before = ItemEdits.Of(scheme);
        Dictionary<string, Item> byId = before.DistinctBy(i => i.Id).ToDictionary(i => i.Id);
        List<ItemRowProblem> problems = [];
        List<(int Row, Item Item)> read = [];
        HashSet<string> seen = [];
        int idColumn = columns.IndexOf((ItemColumn.Id, null));
        for (int r = hasHeader ? 1 : 0; r < table.Rows.Length; r++)
        {
            string id = table.Rows[r][idColumn];
            ItemRowFault? fault = id.Length == 0 ? ItemRowFault.NoId : !IsId(scheme, id) ? ItemRowFault.BadId : !seen.Add(id) ? ItemRowFault.Twice : null;
            if (fault is { } why)
            {
                problems.Add(new ItemRowProblem(r + 1, id, why));
            }
            else
            {
                read.Add((r + 1, Filled(byId.GetValueOrDefault(id) ?? ItemEdits.New(scheme, id), table.Rows[r], columns)));
            }
        }

        HashSet<string> there = [.. read.Select(i => i.Item.Id), .. isWhole ? [] : before.Select(i => i.Id)];
        problems.AddRange(read.Where(i => i.Item.ParentId is { } p && !there.Contains(p)).Select(i => new ItemRowProblem(i.Row, i.Item.Id, ItemRowFault.NoParent)));
        ItemScheme after = ItemEdits.With(scheme, Merged(before, [.. read.Select(r => r.Item)], isWhole));
        problems.AddRange(read.Where(i => i.Item.ParentId is not null && ItemEdits.IsCircle(after, i.Item.Id, i.Item.ParentId)).Select(i => new ItemRowProblem(i.Row, i.Item.Id, ItemRowFault.Circle)));
        ImmutableArray<string> changed = [.. read.Select(i => i.Item).Where(i => byId.TryGetValue(i.Id, out Item? old) && !Same(old, i)).Select(i => i.Id)];
        ImmutableArray<string> added = [.. read.Select(i => i.Item.Id).Where(i => !byId.ContainsKey(i))];
        return new ItemSheetPlan(
            after, columns, added, changed, isWhole ? [.. before.Select(i => i.Id).Where(i => !seen.Contains(i))] : [],
            before.Count(i => seen.Contains(i.Id) || !isWhole) - changed.Length, [.. problems.OrderBy(p => p.Row)]);
    }

    /// <summary>True for a text that can be the id of an item of a scheme (SDMX IDType; values of value lists are free).</summary>
    public static bool IsId(ItemScheme scheme, string id)
        => scheme is ValueList ? !string.IsNullOrWhiteSpace(id) : scheme is ConceptScheme ? NcName().IsMatch(id) : IdType().IsMatch(id);

    /// <summary>A day of validity of an item as written; empty when it has none.</summary>
    public static string Validity(Item item, string type) => item.AnnotationOf(type)?.Title ?? "";

    /// <summary>An item with a day of validity; empty for none.</summary>
    public static Item WithValidity(Item item, string type, string day)
    {
        ArgumentNullException.ThrowIfNull(item);
        ImmutableArray<Annotation> others = [.. item.Annotations.Where(a => a.Type != type)];
        return Validity(item, type) == day ? item : item with { Annotations = day.Length == 0 ? others : [.. others, new Annotation { Type = type, Title = day }] };
    }

    /// <summary>A text with the text of a language set, or taken away when empty; the order of languages stays.</summary>
    public static LocalisedText WithText(LocalisedText text, string language, string value)
    {
        KeyValuePair<string, string>[] texts = [.. text.Texts.Where(t => t.Key != language || value.Length > 0).Select(t => t.Key == language ? new(language, value) : t)];
        return value.Length == 0 || text[language] is not null ? new LocalisedText(texts) : new LocalisedText(texts.Append(new(language, value)));
    }

    private static Item Filled(Item item, ImmutableArray<string> row, ImmutableArray<(ItemColumn Column, string? Language)> columns)
    {
        for (int c = 0; c < columns.Length; c++)
        {
            item = columns[c].Column switch
            {
                ItemColumn.Parent => item with { ParentId = row[c].Length == 0 ? null : row[c] },
                ItemColumn.Name => item with { Name = WithText(item.Name, columns[c].Language!, row[c]) },
                ItemColumn.Description => item with { Description = WithText(item.Description, columns[c].Language!, row[c]) },
                ItemColumn.ValidFrom => WithValidity(item, ValidFromAnnotation, row[c]),
                ItemColumn.ValidTo => WithValidity(item, ValidToAnnotation, row[c]),
                _ => item,
            };
        }

        return item;
    }

    // The whole list takes the order of the table; a part keeps the order there is and adds at the end.
    private static List<Item> Merged(ImmutableArray<Item> before, IReadOnlyList<Item> read, bool isWhole)
    {
        if (isWhole)
        {
            return [.. read];
        }

        Dictionary<string, Item> byId = read.ToDictionary(i => i.Id);
        HashSet<string> old = [.. before.Select(i => i.Id)];
        return [.. before.Select(i => byId.GetValueOrDefault(i.Id, i)), .. read.Where(i => !old.Contains(i.Id))];
    }

    private static bool Same(Item left, Item right)
        => left.ParentId == right.ParentId && left.Name == right.Name && left.Description == right.Description && left.Annotations == right.Annotations;

    private static (ItemColumn Column, string? Language) Column(string header)
    {
        Match match = Header().Match(header.Trim());
        string? language = match.Groups["language"].Success ? match.Groups["language"].Value.ToLowerInvariant() : null;
        return (match.Success ? match.Groups["what"].Value.ToLowerInvariant() : "") switch
        {
            "id" or "code" or "код" or "идентификатор" when language is null => (ItemColumn.Id, null),
            "parent" or "родитель" when language is null => (ItemColumn.Parent, null),
            "name" or "название" or "наименование" => (ItemColumn.Name, language ?? "en"),
            "description" or "описание" => (ItemColumn.Description, language ?? "en"),
            "validfrom" or "valid from" or "действует с" => (ItemColumn.ValidFrom, null),
            "validto" or "valid to" or "действует по" => (ItemColumn.ValidTo, null),
            _ => (ItemColumn.Unknown, null),
        };
    }

    [GeneratedRegex(@"^(?<what>[\p{L} ]+?)\s*(?:[:_\-(]\s*(?<language>[A-Za-z]{2,3})\s*\)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Header();

    [GeneratedRegex(@"^[A-Za-z0-9_@$\-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdType();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_\-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex NcName();
}
