using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;
using Dsm.Web.Pages.Structures.Editing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Structures;

/// <summary>The drafts of the agencies that the reader maintains: what is begun and not yet published.</summary>
[Authorize]
public sealed class DraftsModel(Editors editors) : PageModel
{
    /// <summary>The drafts with the version each is compared with and the number of differences.</summary>
    public IReadOnlyList<(Maintainable Draft, Maintainable? From, int Changes)> Drafts { get; private set; } = [];

    /// <summary>Lists them.</summary>
    public IActionResult OnGet()
    {
        Maintainer by = editors.By(User);
        if (by.MaintainsNothing)
        {
            return Forbid();
        }

        StructureSet structures = editors.Structures(User);
        Drafts = [.. structures.All.Where(a => DraftVersions.IsDraft(a.Version) && by.MayMaintain(a.AgencyId))
            .OrderBy(a => editors.Texts.Of(a.Name, a.Id), StringComparer.CurrentCulture)
            .Select(a => (a, DraftVersions.Base(structures.Versions(a.Type, a.AgencyId, a.Id))))
            .Select(d => (d.a, d.Item2, d.Item2 is null ? 0 : StructureComparison.Compare(d.Item2, d.a).Changes.Length))];
        return Page();
    }
}
