using System.Collections.Immutable;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;
using Microsoft.AspNetCore.Mvc;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>A set of keys of a constraint as a table: pasted from a spreadsheet, looked at as differences, then taken.</summary>
[RequestFormLimits(ValueLengthLimit = MostText)]
public sealed class KeySetModel(Editors editors) : EditorPage(editors)
{
    /// <summary>Number of the set; null for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "set")]
    public int? Number { get; set; }

    /// <summary>True when the keys are those allowed, false when they are left out.</summary>
    public bool IsIncluded { get; private set; } = true;

    /// <summary>The components that the keys may name.</summary>
    public ImmutableArray<KeyColumn> Columns { get; private set; } = [];

    /// <summary>The table.</summary>
    public string Rows { get; private set; } = "";

    /// <summary>Number of keys that a table cannot say; they stay.</summary>
    public int Besides => Set?.Keys.Count(k => !KeySheet.Shows(k, Columns)) ?? 0;

    /// <summary>What the table would change; null before it was checked.</summary>
    public IReadOnlyList<StructureChange>? Changes { get; private set; }

    /// <summary>True when the table was checked, is right and changes something.</summary>
    public bool MayApply => Problems.Count == 0 && Changes is { Count: > 0 };

    /// <summary>Query of the page.</summary>
    public string Query => Number is { } number ? $"?set={number}" : "";

    private DataConstraint Constraint => (DataConstraint)Artefact;

    private DataKeySet? Set => Number is { } number ? Constraint.KeySets[number] : null;

    /// <summary>Shows the keys.</summary>
    public IActionResult OnGet()
    {
        if (Find() is { } refusal)
        {
            return refusal;
        }

        Rows = KeySheet.Write(Set, Columns).ToText();
        return Page();
    }

    /// <summary>Checks the table.</summary>
    public IActionResult OnPost()
    {
        if (Find() is { } refusal)
        {
            return refusal;
        }

        Read();
        return Page();
    }

    /// <summary>Saves the keys.</summary>
    public async Task<IActionResult> OnPostApplyAsync(CancellationToken ct)
    {
        if (Find() is { } refusal)
        {
            return refusal;
        }

        DataConstraint changed = Read();
        return Problems.Count == 0 && await SaveAsync(changed, ct) ? To("/edit", $"#keys{Number ?? changed.KeySets.Length - 1}") : Page();
    }

    private IActionResult? Find()
    {
        if (Refusal() is { } refusal)
        {
            return refusal;
        }

        if (Artefact is not DataConstraint constraint || Number < 0 || Number >= constraint.KeySets.Length)
        {
            return NotFound();
        }

        Columns = KeySheet.Columns(ConstraintParts.StructureOf(constraint, Structures), Set, Structures);
        IsIncluded = Set?.IsIncluded ?? true;
        return null;
    }

    private DataConstraint Read()
    {
        IsIncluded = Field("included") != "false";

        // Empty lines count nowhere, so that rows have the numbers of the lines that are shown again.
        Rows = string.Concat(Request.Form["rows"].ToString().ReplaceLineEndings("\n").Split('\n').Where(l => !string.IsNullOrWhiteSpace(l)).Select(l => l + "\n"));
        (ImmutableArray<DataKey> keys, ImmutableArray<KeyCellProblem> problems) = KeySheet.Read(Set, Columns, Table(Rows, "rows"));
        Problems.AddRange(problems.OrderBy(p => p.Row).Select(p => ("rows", KeyTexts.Sentence(p, Texts))));
        if (keys.IsEmpty)
        {
            Problems.Add(("rows", Texts["keys.problem.none"]));
        }

        DataKeySet set = new(IsIncluded, keys);
        DataConstraint changed = Constraint with { KeySets = Number is { } number ? Constraint.KeySets.SetItem(number, set) : Constraint.KeySets.Add(set) };
        Changes = StructureComparison.Compare(Constraint, changed).Changes;
        return changed;
    }
}
