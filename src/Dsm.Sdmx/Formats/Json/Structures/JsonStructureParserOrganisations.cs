using System.Collections.Immutable;
using System.Text.Json;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Organisation schemes.</summary>
internal sealed partial class JsonStructureParser
{
    private OrganisationScheme? OrganisationScheme(StructureType type)
    {
        Parts parts = Begin();
        ImmutableArray<Organisation> organisations = [];
        foreach (string member in cursor.Members())
        {
            if (member is "agencies" or "dataProviders" or "dataConsumers" or "metadataProviders" or "organisationUnits")
            {
                organisations = Items(Organisation, parts.Id ?? member);
            }
            else
            {
                Header(parts, member);
            }
        }

        return Complete(parts, (agency, id) => new OrganisationScheme
        {
            AgencyId = agency,
            Id = id,
            SchemeType = type,
            IsPartial = parts.IsPartial,
            Organisations = organisations,
        });
    }

    private Organisation? Organisation()
    {
        Parts parts = Begin();
        ImmutableArray<Contact> contacts = [];
        foreach (string member in cursor.Members())
        {
            if (member == "contacts")
            {
                contacts = List(Contact);
            }
            else
            {
                Common(parts, member);
            }
        }

        return Complete(parts, new Organisation { Id = "", Contacts = contacts });
    }

    private Contact Contact()
    {
        Contact contact = new();
        Dictionary<string, string> best = [];
        List<KeyValuePair<string, string>> details = [];
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "id":
                    contact = contact with { Id = cursor.Text() };
                    break;
                case "name" or "department" or "role":
                    best[member] = cursor.Text() ?? "";
                    break;
                case "names":
                    contact = contact with { Name = JsonMeta.Languages(cursor) };
                    break;
                case "departments":
                    contact = contact with { Department = JsonMeta.Languages(cursor) };
                    break;
                case "roles":
                    contact = contact with { Role = JsonMeta.Languages(cursor) };
                    break;
                case "telephones" or "faxes" or "x400s" or "uris" or "emails":
                    string kind = member switch { "telephones" => "Telephone", "faxes" => "Fax", "x400s" => "X400", "uris" => "URI", _ => "Email" };
                    details.AddRange(Texts().Select(t => new KeyValuePair<string, string>(kind, t)));
                    break;
            }
        }

        return contact with
        {
            Name = Either(contact.Name, "name"),
            Department = Either(contact.Department, "department"),
            Role = Either(contact.Role, "role"),
            Details = [.. details],
        };

        LocalisedText Either(LocalisedText all, string one) => all.IsEmpty && best.TryGetValue(one, out string? text) ? LocalisedText.Of(text) : all;
    }
}
