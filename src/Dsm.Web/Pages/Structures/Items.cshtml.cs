using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;
using Dsm.Web.Pages.Structures.Editing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Structures;

/// <summary>The items of a scheme as a file for spreadsheets, for everybody who may see the scheme.</summary>
public sealed class ItemsModel(Editors editors) : PageModel
{
    /// <summary>There is nothing to look at but on the page of the artefact.</summary>
    public IActionResult OnGet(string type, string agency, string id, string version)
        => Find(type, agency, id, version) is { } scheme ? LocalRedirect("~" + StructureLinks.Page(editors.Texts.Language, scheme.Reference)) : NotFound();

    /// <summary>As CSV.</summary>
    public IActionResult OnGetCsv(string type, string agency, string id, string version)
        => Find(type, agency, id, version) is { } scheme
            ? File(ItemSheet.Write(scheme, editors.Texts.Languages).ToCsv(), "text/csv; charset=utf-8", $"{scheme.Id}.{scheme.Version}.csv")
            : NotFound();

    /// <summary>As a workbook.</summary>
    public IActionResult OnGetXlsx(string type, string agency, string id, string version)
        => Find(type, agency, id, version) is { } scheme
            ? File(ItemSheet.Write(scheme, editors.Texts.Languages).ToWorkbook(scheme.Id), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"{scheme.Id}.{scheme.Version}.xlsx")
            : NotFound();

    private ItemScheme? Find(string type, string agency, string id, string version)
        => StructureType.FromClass(type) is { } structureType
            && editors.Structures(User).Find(new StructureReference(structureType, agency, id, version)) is ItemScheme scheme && ItemEdits.Knows(scheme) ? scheme : null;
}
