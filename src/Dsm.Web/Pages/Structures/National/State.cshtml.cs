using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Web.Localisation;
using Dsm.Web.Pages.Structures.Editing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Structures.National;

/// <summary>
/// What one state keeps beside the regional structures. Its country administrator adds to it and chooses whether everybody or only his
/// state (and those who see everything) may see it; the public sees what is public.
/// </summary>
public sealed class StateModel(StructureRegistry registry, StructureMaintenance maintenance, Editors editors, RegionView region, PageTexts texts) : PageModel
{
    /// <summary>Code of the state.</summary>
    [BindProperty(SupportsGet = true), FromRoute]
    public string State { get; set; } = "";

    /// <summary>Its spaces.</summary>
    public IReadOnlyList<NationalSpace> Spaces { get; private set; } = [];

    /// <summary>Whose artefacts the reader may change.</summary>
    public Maintainer By { get; private set; } = new("");

    /// <summary>Names of the region.</summary>
    public RegionView Region => region;

    /// <summary>Problems as field id and text.</summary>
    public List<(string Field, string Text)> Problems { get; } = [];

    /// <summary>What was just done.</summary>
    [TempData]
    public string? Message { get; set; }

    /// <summary>Shows the spaces.</summary>
    public IActionResult OnGet() => Find() ? Page() : NotFound();

    /// <summary>Chooses who may see a space.</summary>
    public async Task<IActionResult> OnPostAccessAsync(string? agency, bool restricted, string? comment, CancellationToken ct)
    {
        if (!Find())
        {
            return NotFound();
        }

        if (Spaces.FirstOrDefault(s => s.Space.AgencyId == agency) is not { } national || !By.MayMaintain(national.Space.AgencyId))
        {
            return Forbid();
        }

        AgencySpace wanted = new() { AgencyId = national.Space.AgencyId, State = State, IsRestricted = restricted };
        StructureReceipt receipt = await maintenance.SetSpaceAsync(wanted, By, string.IsNullOrWhiteSpace(comment) ? null : comment.Trim(), ct);
        if (receipt.IsApplied)
        {
            Message = texts[restricted ? "national.close.done" : "national.open.done"];
            return LocalRedirect($"~/{texts.Language}/structures/national/{State}");
        }

        Problems.AddRange(editors.Sentences(receipt.Plan.Issues.Where(i => i.Severity >= Severity.Error)).Select(s => ("", s)));
        Find();
        return Page();
    }

    /// <summary>True when an agency stands in the scheme of the agency above it, without which nothing of it can be taken.</summary>
    public bool IsRegistered(string agency)
    {
        ArgumentNullException.ThrowIfNull(agency);
        int dot = agency.LastIndexOf('.');
        string above = dot < 0 ? "SDMX" : agency[..dot];
        return registry.Current.Structures.Of<OrganisationScheme>()
            .Any(s => s.Type == StructureType.AgencyScheme && s.AgencyId == above && s.Organisations.Any(o => o.Id == agency[(dot + 1)..]));
    }

    /// <summary>Order of the kinds: what readers look for first.</summary>
    public static int Place(string type) => Array.IndexOf([StructureType.Codelist.Class, StructureType.Dataflow.Class], type) switch { 1 => 0, 0 => 1, _ => 2 };

    private bool Find()
    {
        By = HubRights.Maintainer(User, registry.Current.Spaces);
        Spaces = region.States.Contains(State) ? NationalSpace.Of(registry, State, HubRights.Reading(User)) : [];
        return region.States.Contains(State);
    }
}
