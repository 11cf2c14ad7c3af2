using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;
using Microsoft.AspNetCore.Mvc;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>The rows of a map as a table with tabs, for spreadsheets and for maps of several columns; looked at as differences, then taken.</summary>
[RequestFormLimits(ValueLengthLimit = MostText)]
public sealed class MapTableModel(Editors editors) : EditorPage(editors)
{
    /// <summary>The table.</summary>
    public string Rows { get; private set; } = "";

    /// <summary>What it would change; null before it was checked.</summary>
    public IReadOnlyList<StructureChange>? Changes { get; private set; }

    /// <summary>True when it was checked, is right and changes something.</summary>
    public bool MayApply => Problems.Count == 0 && Changes is { Count: > 0 };

    /// <summary>What the columns hold.</summary>
    public IEnumerable<string> Columns => Map.Sources.Concat(Map.Targets).Select(s => s.List?.Id ?? s.DataType?.ToString() ?? "").Append(Texts["edit.validity.from"]).Append(Texts["edit.validity.to"]);

    private RepresentationMap Map => (RepresentationMap)Artefact;

    /// <summary>Shows the rows.</summary>
    public IActionResult OnGet()
    {
        if (Find() is { } refusal)
        {
            return refusal;
        }

        Rows = MapSheet.Write(Map).ToText();
        return Page();
    }

    /// <summary>Checks the rows.</summary>
    public IActionResult OnPost()
    {
        if (Find() is { } refusal)
        {
            return refusal;
        }

        Read();
        return Page();
    }

    /// <summary>Saves them.</summary>
    public async Task<IActionResult> OnPostApplyAsync(CancellationToken ct)
    {
        if (Find() is { } refusal)
        {
            return refusal;
        }

        RepresentationMap changed = Read();
        return Problems.Count == 0 && await SaveAsync(changed, ct) ? To("/edit") : Page();
    }

    private IActionResult? Find() => Refusal() ?? (Artefact is RepresentationMap ? null : NotFound());

    private RepresentationMap Read()
    {
        // Empty lines count nowhere, so that rows have the numbers of the lines that are shown again.
        Rows = string.Concat(Request.Form["rows"].ToString().ReplaceLineEndings("\n").Split('\n').Where(l => !string.IsNullOrWhiteSpace(l)).Select(l => l + "\n"));
        (RepresentationMap changed, var problems) = MapSheet.Read(Map, Table(Rows, "rows"), Structures);
        Problems.AddRange(problems.Select(p => ("rows", Texts.Format("map.problem.row", p.Row, Texts["maprow." + p.Fault]) + (p.Value.Length > 0 ? $" ({p.Value})" : ""))));
        Changes = StructureComparison.Compare(Map, changed).Changes;
        return changed;
    }
}
