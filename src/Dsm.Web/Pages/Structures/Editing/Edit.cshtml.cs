using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;
using Microsoft.AspNetCore.Mvc;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>A draft as a whole: what it holds, with the ways to change each part; throwing it away.</summary>
public sealed class EditModel(Editors editors) : EditorPage(editors)
{
    /// <summary>Most items on one page; longer lists are searched.</summary>
    public const int Shown = 300;

    /// <summary>Text looked for in ids and names.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    /// <summary>The version the draft is compared with; null for an artefact that is new.</summary>
    public Maintainable? Base { get; private set; }

    /// <summary>Number of differences from <see cref="Base"/>.</summary>
    public int Changes { get; private set; }

    /// <summary>Shows the draft.</summary>
    public IActionResult OnGet() => Refusal() ?? Show();

    /// <summary>Moves a part one place up.</summary>
    public Task<IActionResult> OnPostUpAsync(string? part, CancellationToken ct) => ChangeAsync(part ?? "", a => DraftParts.Move(a, part ?? "", up: true), ct);

    /// <summary>Moves a part one place down.</summary>
    public Task<IActionResult> OnPostDownAsync(string? part, CancellationToken ct) => ChangeAsync(part ?? "", a => DraftParts.Move(a, part ?? "", up: false), ct);

    /// <summary>Takes a part away.</summary>
    public Task<IActionResult> OnPostRemoveAsync(string? part, CancellationToken ct) => ChangeAsync("", a => DraftParts.Remove(a, part ?? ""), ct);

    /// <summary>What the artefact refers to, to be chosen.</summary>
    public IReadOnlyList<Choice> Links() => Editing.Links.Of(Artefact, Structures, Texts);

    /// <summary>Saves what the artefact refers to.</summary>
    public Task<IActionResult> OnPostLinksAsync(CancellationToken ct) => ChangeAsync("", a => Editing.Links.With(a, Field), ct);

    /// <summary>Saves what a constraint applies to.</summary>
    public Task<IActionResult> OnPostAttachmentsAsync(CancellationToken ct) => ChangeAsync("", a =>
    {
        HashSet<string> kept = [.. Request.Form["keep"].OfType<string>()];
        return a is not DataConstraint constraint ? a
            : constraint with { Attachments = [.. constraint.Attachments.Where(r => kept.Contains(r.Urn)).Concat(References.Parse(Field("attach")) is { } more ? [more] : []).Distinct()] };
    }, ct);

    /// <summary>Adds a region to a constraint: what is allowed, or what is not.</summary>
    public Task<IActionResult> OnPostRegionAsync(bool included, CancellationToken ct)
        => ChangeAsync("", a => a is DataConstraint constraint ? constraint with { Regions = constraint.Regions.Add(new CubeRegion(included, [])) } : a, ct);

    /// <summary>Gives every code of a hierarchy the level of its depth.</summary>
    public Task<IActionResult> OnPostLevelsByDepthAsync(CancellationToken ct) => ChangeAsync("levels", a => a is Hierarchy hierarchy ? LevelEdits.ByDepth(hierarchy) : a, ct);

    /// <summary>Says whether the levels of a hierarchy are formal.</summary>
    public Task<IActionResult> OnPostFormalLevelsAsync(bool formal, CancellationToken ct) => ChangeAsync("levels", a => a is Hierarchy hierarchy ? hierarchy with { HasFormalLevels = formal } : a, ct);

    /// <summary>Throws the draft away.</summary>
    public async Task<IActionResult> OnPostDiscardAsync(CancellationToken ct)
    {
        if (Refusal() is { } refusal)
        {
            return refusal;
        }

        if (!DraftVersions.IsDraft(Artefact.Version))
        {
            return Forbid();
        }

        StructureReceipt receipt = await Editors.Desk.DiscardAsync(Artefact, By, ct);
        if (receipt.IsApplied)
        {
            return LocalRedirect($"~/{Texts.Language}/structures/drafts");
        }

        Refuse(receipt.Plan);
        return Show();
    }

    /// <summary>Key of the text of the button that adds an item.</summary>
    public static string AddKey(Maintainable artefact) => artefact switch
    {
        Codelist => "edit.add.code",
        ConceptScheme => "edit.add.concept",
        CategoryScheme => "edit.add.category",
        OrganisationScheme => "edit.add.organisation",
        _ => "edit.add.item",
    };

    /// <summary>Items in the order of the tree with their depths, those searched for, and how many are left off.</summary>
    public (IReadOnlyList<(Item Item, int Depth)> Items, int LeftOff) Items()
    {
        ItemScheme scheme = (ItemScheme)Artefact;
        (Item Item, int Depth)[] all = [.. new ItemsView(ItemEdits.With(scheme, ItemEdits.Of(scheme)), "").Tree()];
        if (scheme is CategoryScheme)
        {
            all = [.. Flat(ItemEdits.Of(scheme))];
        }

        if (!string.IsNullOrWhiteSpace(Search))
        {
            all = [.. all.Where(i => i.Item.Id.Contains(Search.Trim(), StringComparison.OrdinalIgnoreCase)
                || i.Item.Name.Texts.Any(t => t.Value.Contains(Search.Trim(), StringComparison.CurrentCultureIgnoreCase)))];
        }

        return ([.. all.Take(Shown)], Math.Max(0, all.Length - Shown));
    }

    // Categories flattened stand in the order of the tree already.
    private static IEnumerable<(Item Item, int Depth)> Flat(IEnumerable<Item> items)
    {
        Dictionary<string, int> depths = [];
        foreach (Item item in items)
        {
            int depth = item.ParentId is { } parent ? depths.GetValueOrDefault(parent, -1) + 1 : 0;
            depths.TryAdd(item.Id, depth);
            yield return (item, depth);
        }
    }

    private IActionResult Show()
    {
        // The parts are shown as they are now, whatever was looked at before.
        BasedOn = Seen;
        if (DraftVersions.IsDraft(Artefact.Version))
        {
            Base = DraftVersions.Base(Structures.Versions(Artefact.Type, Artefact.AgencyId, Artefact.Id));
            Changes = Base is null ? 0 : StructureComparison.Compare(Base, Artefact).Changes.Length;
        }

        return Page();
    }

    private static string Anchor(string part) => part.StartsWith(DraftParts.Level, StringComparison.Ordinal) ? "levels"
        : part.StartsWith(DraftParts.Extension, StringComparison.Ordinal) ? "extensions" : Uri.EscapeDataString(part);

    private async Task<IActionResult> ChangeAsync(string part, Func<Maintainable, Maintainable> change, CancellationToken ct)
    {
        if (Refusal() is { } refusal)
        {
            return refusal;
        }

        string query = string.IsNullOrWhiteSpace(Search) ? "" : "?q=" + Uri.EscapeDataString(Search);
        return await SaveAsync(change(Artefact), ct) ? To("/edit", part.Length == 0 ? query : query + "#" + Anchor(part)) : Show();
    }
}
