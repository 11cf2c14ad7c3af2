using System.Collections.Immutable;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;
using Microsoft.AspNetCore.Mvc;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>One key of a set of a constraint: a code of each dimension or none, and its validity.</summary>
public sealed class KeyModel(Editors editors) : EditorPage(editors)
{
    /// <summary>Number of the set; null for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "set")]
    public int? SetNumber { get; set; }

    /// <summary>Number of the key; null for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "key")]
    public int? Number { get; set; }

    /// <summary>Number of the key whose codes a new one begins with.</summary>
    [BindProperty(SupportsGet = true, Name = "like")]
    public int? Like { get; set; }

    /// <summary>True when the keys of the set are those allowed.</summary>
    public bool IsIncluded { get; private set; } = true;

    /// <summary>The components that the key may name.</summary>
    public ImmutableArray<KeyColumn> Columns { get; private set; } = [];

    /// <summary>A cell a component, then the first and the last period of validity.</summary>
    public ImmutableArray<string> Cells { get; private set; } = [];

    /// <summary>Query of the page.</summary>
    public string Query => SetNumber is not { } set ? "" : Number is { } key ? $"?set={set}&key={key}" : $"?set={set}";

    private DataConstraint Constraint => (DataConstraint)Artefact;

    private DataKeySet? Set => SetNumber is { } number ? Constraint.KeySets[number] : null;

    /// <summary>Id of the field of a component.</summary>
    public static string FieldOf(KeyColumn column) => "v_" + column?.Id;

    /// <summary>Shows the form.</summary>
    public IActionResult OnGet() => Find() ?? Page();

    /// <summary>Saves the key.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Find() is { } refusal)
        {
            return refusal;
        }

        IsIncluded = Set?.IsIncluded ?? Field("included") != "false";
        Cells = [.. Columns.Select(c => Field(FieldOf(c))), Field("from"), Field("to")];
        Check();
        if (Problems.Count > 0)
        {
            return Page();
        }

        DataKeySet set = Set ?? new DataKeySet(IsIncluded, []);
        DataKey key = KeySheet.Key(Number is { } at ? set.Keys[at] : new DataKey([]), Columns, Cells);
        set = set with { Keys = Number is { } place ? set.Keys.SetItem(place, key) : set.Keys.Add(key) };
        DataConstraint changed = Constraint with { KeySets = SetNumber is { } number ? Constraint.KeySets.SetItem(number, set) : Constraint.KeySets.Add(set) };
        if (!await SaveAsync(changed, ct))
        {
            return Page();
        }

        int saved = SetNumber ?? changed.KeySets.Length - 1;
        return Field("again").Length > 0 ? To("/edit/key", $"?set={saved}&like={set.Keys.Length - 1}") : To("/edit", $"#keys{saved}");
    }

    private IActionResult? Find()
    {
        if (Refusal() is { } refusal)
        {
            return refusal;
        }

        if (Artefact is not DataConstraint constraint || SetNumber < 0 || SetNumber >= constraint.KeySets.Length || (Number is not null && SetNumber is null))
        {
            return NotFound();
        }

        DataKeySet? set = Set;
        Columns = KeySheet.Columns(ConstraintParts.StructureOf(constraint, Structures), set, Structures);
        IsIncluded = set?.IsIncluded ?? true;
        DataKey? shown = (Number ?? Like) is { } key ? set?.Keys.ElementAtOrDefault(key) : new DataKey([]);
        if (Columns.IsEmpty || shown is null || !KeySheet.Shows(shown, Columns))
        {
            return NotFound();
        }

        Cells = KeySheet.Cells(shown, Columns);
        return null;
    }

    private void Check()
    {
        foreach (KeyCellProblem problem in KeySheet.Problems(Cells, Columns, 0))
        {
            string field = problem.Fault == KeyFault.NamesNothing ? FieldOf(Columns[0]) : problem.Column == KeySheet.ValidFrom ? "from" : problem.Column == KeySheet.ValidTo ? "to" : "v_" + problem.Column;
            Problems.Add((field, problem.Fault switch
            {
                KeyFault.NamesNothing => Texts["keys.problem.nothing"],
                KeyFault.NoPeriod => Texts.Format("region.problem.period", problem.Value),
                KeyFault.EndsBefore => Texts["keys.problem.order"],
                _ => Texts.Format("keys.problem.code", problem.Value),
            }));
        }

        bool isThere = Set?.Keys.Where((k, i) => i != Number && KeySheet.Shows(k, Columns)).Any(k => KeySheet.Cells(k, Columns).SequenceEqual(Cells)) == true;
        if (Problems.Count == 0 && isThere)
        {
            Problems.Add((FieldOf(Columns[0]), Texts["keys.problem.twice"]));
        }
    }
}
