using System.Collections.Immutable;
using System.Globalization;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;
using Microsoft.AspNetCore.Mvc;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>A map from one codelist to another side by side: every source code with the target code it becomes.</summary>
public sealed class RowsModel(Editors editors) : EditorPage(editors)
{
    private const int MostShown = 150;

    /// <summary>Text looked for in source codes and their names.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    /// <summary>True to show only source codes without a target.</summary>
    [BindProperty(SupportsGet = true, Name = "open")]
    public bool OnlyOpen { get; set; }

    /// <summary>The source list.</summary>
    public ItemScheme Source { get; private set; } = null!;

    /// <summary>The target list.</summary>
    public ItemScheme Target { get; private set; } = null!;

    /// <summary>The source codes shown.</summary>
    public IReadOnlyList<Item> Shown { get; private set; } = [];

    /// <summary>Number of source codes that fit the search.</summary>
    public int Total { get; private set; }

    /// <summary>Query of the page.</summary>
    public string Query => $"?q={Uri.EscapeDataString(Search ?? "")}{(OnlyOpen ? "&open=true" : "")}";

    private RepresentationMap Map => (RepresentationMap)Artefact;

    /// <summary>True for a map of one list to another.</summary>
    public static bool IsPlain(RepresentationMap map, StructureSet structures)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(structures);
        return map.Sources.Length == 1 && map.Targets.Length == 1 && structures.Find<ItemScheme>(map.Sources[0].List) is not null && structures.Find<ItemScheme>(map.Targets[0].List) is not null;
    }

    /// <summary>The target that a source code has, or was just given; empty for none.</summary>
    public string TargetOf(string source) => _sent?.GetValueOrDefault(source) ?? RowOf(source)?.Targets[0] ?? "";

    /// <summary>The target code of an id; null when the list does not have it.</summary>
    public Item? TargetItem(string id) => Target.AllItems.FirstOrDefault(i => i.Id == id);

    private Dictionary<string, string>? _sent;

    /// <summary>Shows the codes.</summary>
    public IActionResult OnGet() => Find() ?? Page();

    /// <summary>Saves the targets shown.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Find() is { } refusal)
        {
            return refusal;
        }

        _sent = [];
        for (int i = 0; i < MostShown; i++)
        {
            string number = i.ToString(CultureInfo.InvariantCulture);
            if (Request.Form.ContainsKey("s" + number))
            {
                string source = Field("s" + number), target = Field("t" + number);
                _sent[source] = target;
                if (target.Length > 0 && TargetItem(target) is null)
                {
                    Problems.Add(("t" + number, Texts.Format("map.problem.target", source, target)));
                }
            }
        }

        return Problems.Count == 0 && await SaveAsync(Map with { Mappings = Put(_sent) }, ct) ? To("/edit/rows", Query) : Page();
    }

    private IActionResult? Find()
    {
        if (Refusal() is { } refusal)
        {
            return refusal;
        }

        if (Artefact is not RepresentationMap map || !IsPlain(map, Structures))
        {
            return NotFound();
        }

        Source = ExtensionEdits.Whole(Structures.Find<ItemScheme>(map.Sources[0].List), Structures)!;
        Target = ExtensionEdits.Whole(Structures.Find<ItemScheme>(map.Targets[0].List), Structures)!;
        string search = Search?.Trim() ?? "";
        Item[] fitting = [.. Source.AllItems.Where(i => (!OnlyOpen || RowOf(i.Id) is null)
            && (i.Id.Contains(search, StringComparison.OrdinalIgnoreCase) || i.Name.Texts.Any(t => t.Value.Contains(search, StringComparison.CurrentCultureIgnoreCase))))];
        (Shown, Total) = ([.. fitting.Take(MostShown)], fitting.Length);
        return null;
    }

    // The row for all times; rows with a span of validity are edited in the table.
    private RepresentationMapping? RowOf(string source)
        => Map.Mappings.FirstOrDefault(m => !m.Sources[0].IsRegEx && m.Sources[0] is { StartIndex: null, EndIndex: null } && m.Sources[0].Value == source && m.ValidFrom is null && m.ValidTo is null);

    private ImmutableArray<RepresentationMapping> Put(Dictionary<string, string> sent)
    {
        List<RepresentationMapping> rows = [.. Map.Mappings];
        foreach ((string source, string target) in sent)
        {
            RepresentationMapping? row = RowOf(source);
            int at = row is null ? -1 : rows.FindIndex(r => ReferenceEquals(r, row));
            if (at >= 0 && target.Length == 0)
            {
                rows.RemoveAt(at);
            }
            else if (at >= 0 && row!.Targets[0] != target)
            {
                rows[at] = row with { Targets = [target] };
            }
            else if (at < 0 && target.Length > 0)
            {
                rows.Add(new RepresentationMapping([new MappedValue(source)], [target]));
            }
        }

        return [.. rows];
    }
}
