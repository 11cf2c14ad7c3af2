using Dsm.Sdmx.Model;
using Dsm.Web.Pages.Structures.Editing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Structures;

/// <summary>The differences between two versions of an artefact, for everybody who may see it.</summary>
public sealed class CompareModel(Editors editors) : PageModel
{
    /// <summary>The version of the address.</summary>
    public Maintainable Artefact { get; private set; } = null!;

    /// <summary>The version it is compared with; null when there is no other.</summary>
    public Maintainable? Before { get; private set; }

    /// <summary>The other versions, latest first.</summary>
    public IReadOnlyList<Maintainable> Others { get; private set; } = [];

    /// <summary>What is different.</summary>
    public IReadOnlyList<StructureChange> Changes { get; private set; } = [];

    /// <summary>Compares with a version, or with the one before.</summary>
    public IActionResult OnGet(string type, string agency, string id, string version, string? with)
    {
        StructureSet structures = editors.Structures(User);
        if (StructureType.FromClass(type) is not { } structureType || structures.Find(new StructureReference(structureType, agency, id, version)) is not { } artefact)
        {
            return NotFound();
        }

        Artefact = artefact;
        Others = [.. structures.Versions(structureType, agency, id).Where(v => v.Version != artefact.Version).OrderByDescending(v => v.Version)];
        Before = Others.FirstOrDefault(o => o.Version.ToString() == with) ?? Others.FirstOrDefault(o => o.Version < artefact.Version) ?? Others.FirstOrDefault();
        Changes = Before is null ? [] : StructureComparison.Compare(Before, artefact).Changes;
        return Page();
    }
}
