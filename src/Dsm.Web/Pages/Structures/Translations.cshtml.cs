using System.Collections.Immutable;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;
using Dsm.Web.Pages.Structures.Editing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Structures;

/// <summary>What an artefact lacks.</summary>
/// <param name="Artefact">Its draft, else its latest version.</param>
/// <param name="Texts">Number of texts it has.</param>
/// <param name="Missing">Number of texts missing in each language of the pages.</param>
/// <param name="MayEdit">True when the reader may fill them in.</param>
public sealed record TranslationRow(Maintainable Artefact, int Texts, ImmutableArray<int> Missing, bool MayEdit);

/// <summary>The artefacts whose texts are not there in every language of the pages, of the agencies that the reader maintains.</summary>
[Authorize]
public sealed class TranslationsModel(Editors editors) : PageModel
{
    /// <summary>The artefacts, those that lack most first.</summary>
    public IReadOnlyList<TranslationRow> Rows { get; private set; } = [];

    /// <summary>Lists them.</summary>
    public IActionResult OnGet()
    {
        Maintainer by = editors.By(User);
        if (by.MaintainsNothing)
        {
            return Forbid();
        }

        Rows = [.. editors.Structures(User).All.Where(a => by.MayMaintain(a.AgencyId)).GroupBy(a => (a.Type.Class, a.AgencyId, a.Id))
            .Select(g => g.LastOrDefault(v => DraftVersions.IsDraft(v.Version)) ?? g.MaxBy(v => v.Version)!)
            .Select(a => Row(a, by)).Where(r => r.Missing.Any(m => m > 0)).OrderByDescending(r => r.Missing.Max())];
        return Page();
    }

    private TranslationRow Row(Maintainable artefact, Maintainer by)
    {
        ImmutableArray<NamedText> texts = NamedTexts.Of(artefact);
        return new TranslationRow(artefact, texts.Length, [.. editors.Texts.Languages.Select(l => texts.Count(t => t.Text[l] is null))], by.MayMaintain(artefact.AgencyId));
    }
}
