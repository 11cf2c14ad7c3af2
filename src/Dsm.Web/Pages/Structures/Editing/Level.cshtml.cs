using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;
using Microsoft.AspNetCore.Mvc;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>A level of a hierarchy: its id and names. The format of its codes, annotations and links stay.</summary>
public sealed class LevelModel(Editors editors) : EditorPage(editors)
{
    /// <summary>Id the level has now; null for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "item")]
    public string? Former { get; set; }

    /// <summary>The level as shown in the form.</summary>
    public HierarchyLevel Level { get; private set; } = null!;

    /// <summary>True for one that is not there yet.</summary>
    public bool IsNew => string.IsNullOrEmpty(Former);

    /// <summary>Number of codes at the level.</summary>
    public int Codes => IsNew ? 0 : LevelEdits.CountAt(Tree, Former!);

    private Hierarchy Tree => (Hierarchy)Artefact;

    /// <summary>Shows the form.</summary>
    public IActionResult OnGet() => Find() ?? Page();

    /// <summary>Saves the level.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Find() is { } refusal)
        {
            return refusal;
        }

        Level = Level with { Id = Field("code"), Name = TextField("name", Level.Name), Description = TextField("description", Level.Description) };
        if (!ItemSheet.IsId(new ConceptScheme { AgencyId = "", Id = "" }, Level.Id))
        {
            Problems.Add(("code", Texts["new.problem.id"]));
        }
        else if (Level.Id != Former && Tree.Levels.Any(l => l.Id == Level.Id))
        {
            Problems.Add(("code", Texts.Format("edit.problem.twice", Level.Id)));
        }

        if (Level.Name.IsEmpty)
        {
            Problems.Add(("name_" + Texts.Language, Texts["edit.problem.name"]));
        }

        return Problems.Count == 0 && await SaveAsync(LevelEdits.Put(Tree, IsNew ? null : Former, Level), ct) ? To(Field("again").Length > 0 ? "/edit/level" : "/edit", Field("again").Length > 0 ? "" : "#levels") : Page();
    }

    private IActionResult? Find()
    {
        if (Refusal() is { } refusal)
        {
            return refusal;
        }

        HierarchyLevel? found = IsNew ? new HierarchyLevel("", default) : (Artefact as Hierarchy)?.Levels.FirstOrDefault(l => l.Id == Former);
        Level = found!;
        return found is null || Artefact is not Hierarchy ? NotFound() : null;
    }
}
