using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;
using Microsoft.AspNetCore.Mvc;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>A group of a data structure: the dimensions that make up its partial key.</summary>
public sealed class GroupModel(Editors editors) : EditorPage(editors)
{
    /// <summary>Id the group has now; null for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "item")]
    public string? Former { get; set; }

    /// <summary>The group as shown in the form.</summary>
    public DimensionGroup Group { get; private set; } = null!;

    /// <summary>True for one that is not there yet.</summary>
    public bool IsNew => string.IsNullOrEmpty(Former);

    /// <summary>The dimensions to choose from.</summary>
    public IEnumerable<Dimension> Dimensions => ((DataStructure)Artefact).Dimensions.Where(d => !d.IsTime);

    /// <summary>Shows the form.</summary>
    public IActionResult OnGet() => Find() ?? Page();

    /// <summary>Saves the group.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Find() is { } refusal)
        {
            return refusal;
        }

        DataStructure structure = (DataStructure)Artefact;
        HashSet<string> chosen = [.. Request.Form["dimension"].OfType<string>()];
        Group = Group with { Id = Field("code"), Dimensions = [.. Dimensions.Select(d => d.Id).Where(chosen.Contains)] };
        if (!ItemSheet.IsId(new ConceptScheme { AgencyId = "", Id = "" }, Group.Id))
        {
            Problems.Add(("code", Texts["new.problem.id"]));
        }
        else if (Group.Id != Former && structure.Groups.Any(g => g.Id == Group.Id))
        {
            Problems.Add(("code", Texts.Format("edit.problem.twice", Group.Id)));
        }

        if (Group.Dimensions.IsEmpty)
        {
            Problems.Add(("dimension", Texts["component.problem.attached"]));
        }

        DataStructure changed = structure with
        {
            Groups = IsNew ? structure.Groups.Add(Group) : [.. structure.Groups.Select(g => g.Id == Former ? Group : g)],
            Attributes = [.. structure.Attributes.Select(a => !IsNew && a.Group == Former ? a with { Group = Group.Id } : a)],
        };
        return Problems.Count == 0 && await SaveAsync(changed, ct) ? To("/edit", "#groups") : Page();
    }

    private IActionResult? Find()
    {
        if (Refusal() is { } refusal)
        {
            return refusal;
        }

        DimensionGroup? found = IsNew ? new DimensionGroup("", []) : (Artefact as DataStructure)?.Groups.FirstOrDefault(g => g.Id == Former);
        Group = found!;
        return found is null || Artefact is not DataStructure ? NotFound() : null;
    }
}
