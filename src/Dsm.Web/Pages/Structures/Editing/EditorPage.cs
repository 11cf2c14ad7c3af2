using System.Globalization;
using System.Text.RegularExpressions;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Web.Localisation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>
/// A page that changes an artefact, named by its address. Only those who maintain its agency get anywhere; anybody else who is signed in
/// is told that the page is not theirs.
/// </summary>
[Authorize]
public abstract partial class EditorPage(Editors editors) : PageModel
{
    /// <summary>What the next page is told of a change that was saved.</summary>
    public const string Saved = "editor.saved";

    /// <summary>Most bytes of a table in a form, as browsers send it: tabs and letters that are not Latin take three to six each.</summary>
    protected const int MostText = 20_000_000;

    /// <summary>Class name of the type.</summary>
    [BindProperty(SupportsGet = true), FromRoute(Name = "type")]
    public string TypeName { get; set; } = "";

    /// <summary>The agency.</summary>
    [BindProperty(SupportsGet = true), FromRoute(Name = "agency")]
    public string Agency { get; set; } = "";

    /// <summary>The id.</summary>
    [BindProperty(SupportsGet = true), FromRoute(Name = "id")]
    public string Id { get; set; } = "";

    /// <summary>The version.</summary>
    [BindProperty(SupportsGet = true), FromRoute(Name = "version")]
    public string Version { get; set; } = "";

    /// <summary>The artefact that is edited.</summary>
    public Maintainable Artefact { get; private set; } = null!;

    /// <summary>Everything the reader may see.</summary>
    public StructureSet Structures { get; private set; } = StructureSet.Empty;

    /// <summary>Who edits.</summary>
    public Maintainer By { get; private set; } = new("");

    /// <summary>
    /// State of the registry that a form was made of. Forms of parts that are found by their number send it back, for the number means
    /// another part when somebody else has changed the artefact meanwhile: then nothing is saved.
    /// </summary>
    public long BasedOn { get; protected set; }

    /// <summary>State of the registry that <see cref="Structures"/> is of.</summary>
    protected long Seen { get; private set; }

    /// <summary>Problems as field id and text; the id is empty for those of no field.</summary>
    public List<(string Field, string Text)> Problems { get; } = [];

    /// <summary>Services.</summary>
    public Editors Editors => editors;

    /// <summary>Texts of the page's language.</summary>
    protected PageTexts Texts => editors.Texts;

    /// <summary>True when finished versions may be shown: pages that make a draft of them when something is saved.</summary>
    protected virtual bool TakesFinished => false;

    /// <summary>Address of a page of the artefact.</summary>
    public string Address(string page, string query = "") => StructureLinks.Page(Texts.Language, Artefact.Reference) + page + query;

    /// <summary>The problem of a field; null when it has none.</summary>
    public string? Problem(string field) => Problems.Where(p => p.Field == field).Select(p => p.Text).FirstOrDefault();

    /// <summary>Finds the artefact and asks for the right; null when the page may go on.</summary>
    protected IActionResult? Refusal()
    {
        RegistrySnapshot seen = editors.Registry.For(HubRights.Reading(User));
        (Structures, Seen, BasedOn) = (seen.Structures, seen.Transaction, Sent() ?? seen.Transaction);
        By = editors.By(User);
        if (StructureType.FromClass(TypeName) is not { } type
            || Structures.Versions(type, Agency, Id).FirstOrDefault(v => v.Version.ToString() == Version) is not { } artefact)
        {
            return NotFound();
        }

        Artefact = artefact;
        return !By.MayMaintain(artefact.AgencyId) ? Forbid()
            : TakesFinished || Editors.IsOpen(artefact) ? null
            : LocalRedirect("~" + StructureLinks.Page(Texts.Language, artefact.Reference));
    }

    /// <summary>
    /// Saves the artefact, of a finished one its draft. True when it is saved; otherwise the reasons are among <see cref="Problems"/>.
    /// </summary>
    protected async Task<bool> SaveAsync(Maintainable changed, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(changed);
        StructureReceipt receipt = await editors.Desk.SaveAsync(changed, By, Sent(), ct);
        if (receipt.IsApplied)
        {
            Artefact = changed;
            TempData[Saved] = Texts[DraftVersions.IsDraft(changed.Version) ? "edit.saved.draft" : "edit.saved"];
            return true;
        }

        Refuse(receipt.Plan);
        return false;
    }

    /// <summary>Takes the errors of a plan over to the page.</summary>
    protected void Refuse(StructurePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Problems.AddRange(editors.Sentences(plan.Issues.Where(i => i.Severity >= Severity.Error)).Select(s => ("", s)));
    }

    /// <summary>Goes to a page of the artefact.</summary>
    protected IActionResult To(string page, string query = "") => LocalRedirect("~" + Address(page, query));

    private long? Sent() => Request.HasFormContentType && long.TryParse(Request.Form["basedOn"], CultureInfo.InvariantCulture, out long sent) ? sent : null;

    /// <summary>A field of the form, trimmed; empty when it was not sent.</summary>
    protected string Field(string name) => Request.Form[name].ToString().Trim();

    /// <summary>The table of a text; that it is too large is said at a field, for nothing of it must be lost.</summary>
    protected SheetFile Table(string text, string field)
    {
        SheetFile table = SheetFile.Parse(text);
        SayIfCut(table, field);
        return table;
    }

    /// <summary>Says at a field that a table is too large.</summary>
    protected void SayIfCut(SheetFile table, string field)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.IsCut)
        {
            Problems.Add((field, Texts.Format("table.problem.cut", SheetFile.MaxRows.ToString("N0", CultureInfo.CurrentCulture), SheetFile.MaxColumns)));
        }
    }

    /// <summary>A text in all languages that the form has fields for: <c>name_en</c>, <c>name_ru</c>; other languages stay.</summary>
    protected LocalisedText TextField(string name, LocalisedText before)
    {
        foreach (string field in Request.Form.Keys.Where(k => k.StartsWith(name + "_", StringComparison.Ordinal) && LanguageTag().IsMatch(k.AsSpan(name.Length + 1))))
        {
            before = Dsm.Exchange.Registry.Editing.ItemSheet.WithText(before, field[(name.Length + 1)..], Request.Form[field].ToString().Trim().ReplaceLineEndings("\n"));
        }

        return before;
    }

    // What no form of ours has would make messages that no schema takes (BCP 47, the form of xml:lang).
    [GeneratedRegex("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();
}
