using Dsm.Exchange.Registry;
using Dsm.Sdmx.Model;
using Dsm.Web.Localisation;
using Dsm.Web.Pages.Structures.Editing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Structures;

/// <summary>Lists the artefacts of the registry by type.</summary>
public sealed class IndexModel(Editors editors, StructureRegistry registry, RegionView region, PageTexts texts) : PageModel
{
    // What readers look for first; the rest follows by name.
    private static readonly StructureType[] Order =
    [
        StructureType.Dataflow, StructureType.DataStructure, StructureType.Codelist, StructureType.ConceptScheme, StructureType.Hierarchy,
        StructureType.DataConstraint, StructureType.ProvisionAgreement, StructureType.DataProviderScheme,
    ];

    /// <summary>Text looked for in ids and names.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    /// <summary>Agency chosen; null for all.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Agency { get; set; }

    /// <summary>Agencies with artefacts.</summary>
    public IReadOnlyList<string> Agencies { get; private set; } = [];

    /// <summary>Artefacts by class name.</summary>
    public IReadOnlyList<IGrouping<string, Maintainable>> Groups { get; private set; } = [];

    /// <summary>True when the reader may change some of them.</summary>
    public bool MayEdit { get; private set; }

    /// <summary>Finds what was asked for.</summary>
    public void OnGet()
    {
        MayEdit = !editors.By(User).MaintainsNothing;
        StructureSet structures = editors.Structures(User);
        Agencies = [.. structures.All.Select(a => a.AgencyId).Distinct().Order(StringComparer.Ordinal)];
        Groups = [.. structures.All
            .Where(a => string.IsNullOrEmpty(Agency) || a.AgencyId == Agency)
            .Where(a => string.IsNullOrWhiteSpace(Search) || Fits(a, Search.Trim()))
            .OrderBy(a => texts.Of(a.Name, a.Id), StringComparer.CurrentCulture)
            .GroupBy(a => a.Type.Class)
            .OrderBy(g => Array.FindIndex(Order, t => t.Class == g.Key) is >= 0 and int place ? place : int.MaxValue)
            .ThenBy(g => texts["type." + g.Key], StringComparer.CurrentCulture)];
    }

    /// <summary>The state whose agency it is: what states keep is often named alike. Null for agencies of no state.</summary>
    public string? StateOf(string agency)
        => registry.Current.Spaces.Of(agency)?.State is { } state ? region.StateName(state) : null;

    /// <summary>True when a group is shown unfolded: dataflows, and everything that a search found.</summary>
    public bool IsOpen(string type) => !string.IsNullOrWhiteSpace(Search) || !string.IsNullOrEmpty(Agency) || type == StructureType.Dataflow.Class;

    private static bool Fits(Maintainable artefact, string search)
        => artefact.Id.Contains(search, StringComparison.OrdinalIgnoreCase)
            || artefact.Name.Texts.Any(t => t.Value.Contains(search, StringComparison.CurrentCultureIgnoreCase));
}
