using System.Collections.Immutable;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;
using Microsoft.AspNetCore.Mvc;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>A contact of an organisation: name, department and role in both languages, and the ways to reach it.</summary>
public sealed class ContactModel(Editors editors) : EditorPage(editors)
{
    /// <summary>Id of the organisation.</summary>
    [BindProperty(SupportsGet = true, Name = "item")]
    public string ItemId { get; set; } = "";

    /// <summary>Number of the contact; null for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "number")]
    public int? Number { get; set; }

    /// <summary>The organisation.</summary>
    public Organisation Organisation { get; private set; } = null!;

    /// <summary>The contact as shown in the form.</summary>
    public Contact Contact { get; private set; } = new();

    /// <summary>Query of the page.</summary>
    public string Query => $"?item={Uri.EscapeDataString(ItemId)}{(Number is { } number ? $"&number={number}" : "")}";

    private OrganisationScheme Scheme => (OrganisationScheme)Artefact;

    /// <summary>Id of the field of a kind of details.</summary>
    public static string FieldOf(string kind) => "detail" + kind;

    /// <summary>Shows the form.</summary>
    public IActionResult OnGet() => Find() ?? Page();

    /// <summary>Saves the contact.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Find() is { } refusal)
        {
            return refusal;
        }

        Dictionary<string, ImmutableArray<string>> details = ContactDetails.Kinds.ToDictionary(k => k, k => ImmutableArray.Create(Field(FieldOf(k)).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));
        Contact = ContactDetails.With(Contact, details) with
        {
            Name = TextField("name", Contact.Name),
            Department = TextField("department", Contact.Department),
            Role = TextField("role", Contact.Role),
        };
        Problems.AddRange(details.SelectMany(d => d.Value.Where(v => !ContactDetails.Takes(d.Key, v)).Select(v => (FieldOf(d.Key), Texts.Format("contact.problem." + d.Key, v)))));
        if (ContactDetails.IsEmpty(Contact))
        {
            Problems.Add(("name_" + Texts.Language, Texts["contact.problem.empty"]));
        }

        ImmutableArray<Contact> contacts = Number is { } number ? Organisation.Contacts.SetItem(number, Contact) : Organisation.Contacts.Add(Contact);
        return Problems.Count == 0 && await SaveAsync(With(contacts), ct) ? Back() : Page();
    }

    /// <summary>Takes the contact away.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken ct)
        => Find() ?? (Number is { } number && await SaveAsync(With(Organisation.Contacts.RemoveAt(number)), ct) ? Back() : Page());

    private IActionResult Back() => To("/edit/item", $"?item={Uri.EscapeDataString(ItemId)}#contacts");

    private OrganisationScheme With(ImmutableArray<Contact> contacts)
        => Scheme with { Organisations = [.. Scheme.Organisations.Select(o => o.Id == ItemId ? o with { Contacts = contacts } : o)] };

    private IActionResult? Find()
    {
        if (Refusal() is { } refusal)
        {
            return refusal;
        }

        if ((Artefact as OrganisationScheme)?.Organisations.FirstOrDefault(o => o.Id == ItemId) is not { } organisation || Number < 0 || Number >= organisation.Contacts.Length)
        {
            return NotFound();
        }

        Organisation = organisation;
        Contact = Number is { } number ? organisation.Contacts[number] : new Contact();
        return null;
    }
}
