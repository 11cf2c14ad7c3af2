using System.Globalization;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;
using Microsoft.AspNetCore.Mvc;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>One item of a scheme: its id, parent, place, names, validity, annotations; of a concept also its values.</summary>
public sealed class ItemModel(Editors editors) : EditorPage(editors)
{
    /// <summary>Id the item has now; null for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "item")]
    public string? Former { get; set; }

    /// <summary>The item as shown in the form.</summary>
    public Item Item { get; private set; } = null!;

    /// <summary>True for an item that is not there yet.</summary>
    public bool IsNew => string.IsNullOrEmpty(Former);

    /// <summary>The other items in order.</summary>
    public IReadOnlyList<Item> Others { get; private set; } = [];

    /// <summary>True when items of the scheme may stand below others.</summary>
    public bool MayHaveParent => Artefact is Codelist or ConceptScheme or CategoryScheme || Artefact.Type == StructureType.OrganisationUnitScheme;

    /// <summary>Codelists that a concept may take its values from.</summary>
    public IReadOnlyList<Maintainable> Lists => References.Lists(Structures);

    /// <summary>Query of the page.</summary>
    public string Query => IsNew ? "" : "?item=" + Uri.EscapeDataString(Former!);

    private ItemScheme Scheme => (ItemScheme)Artefact;

    /// <summary>Shows the form.</summary>
    public IActionResult OnGet() => Find() ?? Page();

    /// <summary>Saves the item.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Find() is { } refusal)
        {
            return refusal;
        }

        Item item = Filled();
        string after = Field("after");
        Item = item;
        Check(item);
        if (Problems.Count > 0)
        {
            return Page();
        }

        string? place = after == "-" ? null : after.TrimStart('=');
        ItemScheme changed = ItemEdits.Put(Scheme, IsNew ? null : Former, item, place);
        if (!await SaveAsync(changed, ct))
        {
            return Page();
        }

        return Field("again").Length > 0 ? To("/edit/item") : To("/edit", "#" + Uri.EscapeDataString(item.Id));
    }

    private IActionResult? Find()
    {
        if (Refusal() is { } refusal)
        {
            return refusal;
        }

        if (!ItemEdits.Knows(Artefact))
        {
            return NotFound();
        }

        Item? found = IsNew ? ItemEdits.New(Scheme, "") : ItemEdits.Of(Scheme).FirstOrDefault(i => i.Id == Former);
        Others = [.. ItemEdits.Of(Scheme).Where(i => i.Id != Former)];
        Item = found!;
        return found is null ? NotFound() : null;
    }

    private Item Filled()
    {
        Item item = Item with
        {
            Id = Field("code"),
            ParentId = Field("parent") is { Length: > 0 } parent ? parent : null,
            Name = TextField("name", Item.Name),
            Description = TextField("description", Item.Description),
            Annotations = AnnotationFields.Read(Request.Form, Item.Annotations),
        };
        item = ItemSheet.WithValidity(item, ItemSheet.ValidFromAnnotation, Field("from"));
        item = ItemSheet.WithValidity(item, ItemSheet.ValidToAnnotation, Field("to"));
        return item is Concept concept ? concept with { CoreRepresentation = RepresentationFields.Read(Request.Form, concept.CoreRepresentation) } : item;
    }

    private void Check(Item item)
    {
        if (!ItemSheet.IsId(Scheme, item.Id))
        {
            Problems.Add(("code", Texts[item.Id.Length == 0 ? "row.NoId" : "row.BadId"]));
        }
        else if (Others.Any(o => o.Id == item.Id))
        {
            Problems.Add(("code", Texts.Format("edit.problem.twice", item.Id)));
        }

        if (item.ParentId is { } parent && Others.All(o => o.Id != parent))
        {
            Problems.Add(("parent", Texts.Format("edit.problem.parent", parent)));
        }
        else if (item.ParentId is not null && Problems.Count == 0 && ItemEdits.IsCircle(ItemEdits.Put(Scheme, IsNew ? null : Former, item, null), item.Id, item.ParentId))
        {
            Problems.Add(("parent", Texts["row.Circle"]));
        }

        if (Scheme is not ValueList && item.Name.IsEmpty)
        {
            Problems.Add(("name_" + Texts.Language, Texts["edit.problem.name"]));
        }

        foreach ((string field, string type) in new[] { ("from", ItemSheet.ValidFromAnnotation), ("to", ItemSheet.ValidToAnnotation) })
        {
            string day = ItemSheet.Validity(item, type);
            if (day.Length > 0 && !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            {
                Problems.Add((field, Texts["edit.problem.day"]));
            }
        }
    }
}
