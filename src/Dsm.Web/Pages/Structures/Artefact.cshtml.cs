using System.Globalization;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Web.Pages.Structures.Editing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Structures;

/// <summary>One artefact: what it holds, what it uses, who uses it, where to download it.</summary>
public sealed class ArtefactModel(Editors editors) : PageModel
{
    /// <summary>The artefact.</summary>
    public Maintainable Artefact { get; private set; } = null!;

    /// <summary>All its versions.</summary>
    public IReadOnlyList<Maintainable> Versions { get; private set; } = [];

    /// <summary>What it refers to.</summary>
    public IReadOnlyList<Maintainable> Uses { get; private set; } = [];

    /// <summary>What refers to it.</summary>
    public IReadOnlyList<Maintainable> UsedBy { get; private set; } = [];

    /// <summary>True when the reader may change it.</summary>
    public bool MayEdit { get; private set; }

    /// <summary>The draft of its next version; null when there is none.</summary>
    public Maintainable? Draft { get; private set; }

    /// <summary>True for a draft that the reader may edit, or an artefact that is edited without one.</summary>
    public bool IsOpen => MayEdit && Editors.IsOpen(Artefact);

    /// <summary>Why a draft could not be made.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    /// <summary>Number of artefacts moved along, on the way from publishing; null otherwise.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Published { get; set; }

    /// <summary>Finds the artefact; the version may be a query such as <c>~</c>.</summary>
    public IActionResult OnGet(string type, string agency, string id, string version) => Find(type, agency, id, version) ? Page() : NotFound();

    /// <summary>Makes the draft of the next version, or opens the one there is.</summary>
    public async Task<IActionResult> OnPostDraftAsync(string type, string agency, string id, string version, CancellationToken ct)
    {
        if (!Find(type, agency, id, version))
        {
            return NotFound();
        }

        if (!MayEdit)
        {
            return Forbid();
        }

        if (IsOpen)
        {
            return LocalRedirect("~" + StructureLinks.Page(editors.Texts.Language, Artefact.Reference) + "/edit");
        }

        (Maintainable draft, StructureReceipt? receipt) = await editors.Desk.OpenAsync(Artefact, editors.By(User), ct);
        if (receipt is null or { IsApplied: true })
        {
            return LocalRedirect("~" + StructureLinks.Page(editors.Texts.Language, draft.Reference) + "/edit");
        }

        Problems = [.. editors.Sentences(receipt.Plan.Issues.Where(i => i.Severity >= Severity.Error))];
        return Page();
    }

    /// <summary>Deletes this version, when nothing needs it.</summary>
    public Task<IActionResult> OnPostDeleteAsync(string type, string agency, string id, string version, string? comment, CancellationToken ct)
        => ApplyAsync(type, agency, id, version, a => StructureTask.Delete(a.Reference), comment, ct);

    /// <summary>Says until when a finished version is in use; an empty day takes it back.</summary>
    public Task<IActionResult> OnPostEndAsync(string type, string agency, string id, string version, DateOnly? until, string? comment, CancellationToken ct)
        => ApplyAsync(type, agency, id, version, a => StructureTask.Replace(a with { ValidTo = until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }), comment, ct);

    private async Task<IActionResult> ApplyAsync(
        string type, string agency, string id, string version, Func<Maintainable, StructureTask> task, string? comment, CancellationToken ct)
    {
        if (!Find(type, agency, id, version))
        {
            return NotFound();
        }

        if (!MayEdit)
        {
            return Forbid();
        }

        StructureReceipt receipt = await editors.Maintenance.ApplyAsync(
            new StructureSubmission { Tasks = [task(Artefact)], By = editors.By(User), Origin = DraftDesk.Origin, Comment = string.IsNullOrWhiteSpace(comment) ? null : comment.Trim() }, ct);
        if (receipt.IsApplied)
        {
            return LocalRedirect(receipt.Transaction is { } transaction
                ? $"~/{editors.Texts.Language}/structures/log/{transaction}" : "~" + StructureLinks.Page(editors.Texts.Language, Artefact.Reference));
        }

        Problems = [.. editors.Sentences(receipt.Plan.Issues.Where(i => i.Severity >= Severity.Error))];
        return Page();
    }

    private bool Find(string type, string agency, string id, string version)
    {
        StructureSet structures = editors.Structures(User);
        if (StructureType.FromClass(type) is not { } structureType
            || structures.Find(new StructureReference(structureType, agency, id, version)) is not { } artefact)
        {
            return false;
        }

        Artefact = artefact;
        Versions = structures.Versions(structureType, agency, id);
        Uses = [.. artefact.References.Select(structures.Find).OfType<Maintainable>().DistinctBy(a => a.Urn)];
        UsedBy = [.. structures.ReferrersOf(artefact).OrderBy(a => a.Type.Class, StringComparer.Ordinal).ThenBy(a => a.Id, StringComparer.Ordinal)];
        MayEdit = editors.By(User).MayMaintain(agency);
        Draft = Versions.LastOrDefault(v => DraftVersions.IsDraft(v.Version));
        return true;
    }
}

/// <summary>Items of a scheme to show.</summary>
/// <param name="Scheme">The scheme.</param>
/// <param name="Title">Heading.</param>
public sealed record ItemsView(ItemScheme Scheme, string Title)
{
    /// <summary>Items in the order of the tree, with their depth; what is not below a known parent comes at the top.</summary>
    public IEnumerable<(Item Item, int Depth)> Tree()
    {
        Item[] all = [.. Scheme.AllItems];
        HashSet<string> ids = [.. all.Select(i => i.Id)];
        ILookup<string?, Item> children = all.ToLookup(i => i.ParentId is { } p && ids.Contains(p) && p != i.Id ? p : null);
        HashSet<Item> shown = new(ReferenceEqualityComparer.Instance);
        List<(Item, int)> tree = [];
        void Add(string? parent, int depth)
        {
            foreach (Item item in children[parent].Where(shown.Add))
            {
                tree.Add((item, depth));
                Add(item.Id, depth + 1);
            }
        }

        Add(null, 0);
        // Parents that form a circle hang nowhere; they are shown all the same.
        tree.AddRange(all.Where(shown.Add).Select(i => (i, 0)));
        return tree;
    }
}
