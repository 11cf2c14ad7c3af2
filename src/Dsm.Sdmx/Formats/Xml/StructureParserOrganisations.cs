using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Organisations and agreements.</summary>
internal sealed partial class StructureParser
{
    private OrganisationScheme OrganisationScheme(Header header, StructureType type)
    {
        ImmutableArray<Organisation>.Builder organisations = ImmutableArray.CreateBuilder<Organisation>();
        foreach (string name in cursor.Children())
        {
            if (name == type.ItemClass)
            {
                organisations.Add(Organisation(name));
            }
            else
            {
                Other(header, name);
            }
        }

        CheckItems(header, organisations);
        return Complete(new OrganisationScheme
        {
            SchemeType = type,
            AgencyId = header.AgencyId,
            Id = header.Id,
            IsPartial = header.IsPartial,
            Organisations = organisations.ToImmutable(),
        }, header);
    }

    private Organisation Organisation(string element)
    {
        Organisation organisation = new() { Id = ItemId(), Uri = cursor.Attribute("uri") };
        ImmutableArray<Contact>.Builder contacts = ImmutableArray.CreateBuilder<Contact>();
        NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Contact":
                    contacts.Add(Contact());
                    break;
                case "Parent":
                    organisation = organisation with { ParentId = ItemSchemeCheck.Parent(LocalReference(), organisation.Id, cursor) };
                    break;
                default:
                    OtherPart(parts, name, element);
                    break;
            }
        }

        return Named(organisation with { Contacts = contacts.ToImmutable() }, parts);
    }

    private Contact Contact()
    {
        string? id = cursor.Attribute("id");
        List<KeyValuePair<string, string>> names = [], departments = [], roles = [];
        ImmutableArray<KeyValuePair<string, string>>.Builder details = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Name":
                    names.Add(new(cursor.Language, cursor.Text()));
                    break;
                case "Department":
                    departments.Add(new(cursor.Language, cursor.Text()));
                    break;
                case "Role":
                    roles.Add(new(cursor.Language, cursor.Text()));
                    break;
                case "Telephone" or "Fax" or "X400" or "URI" or "Email":
                    details.Add(new(name, cursor.Token()));
                    break;
                default:
                    cursor.Unexpected("Contact");
                    break;
            }
        }

        return new Contact
        {
            Id = id,
            Name = new LocalisedText(names),
            Department = new LocalisedText(departments),
            Role = new LocalisedText(roles),
            Details = details.ToImmutable(),
        };
    }

    private ProvisionAgreement ProvisionAgreement(Header header)
    {
        StructureReference? flow = null, provider = null;
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "StructureUsage" or "Dataflow":
                    flow = Reference("Dataflow");
                    break;
                case "DataProvider":
                    provider = Reference("DataProvider");
                    break;
                default:
                    Other(header, name);
                    break;
            }
        }

        if (flow is null || provider is null)
        {
            Missing(header, flow is null ? "Dataflow" : "DataProvider");
        }

        return Complete(new ProvisionAgreement { AgencyId = header.AgencyId, Id = header.Id, Dataflow = flow, DataProvider = provider }, header);
    }

    private MetadataProvisionAgreement MetadataProvisionAgreement(Header header)
    {
        StructureReference? flow = null, provider = null;
        ImmutableArray<string>.Builder targets = ImmutableArray.CreateBuilder<string>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Metadataflow":
                    flow = Reference("Metadataflow");
                    break;
                case "MetadataProvider":
                    provider = Reference("MetadataProvider");
                    break;
                case "Target":
                    targets.Add(cursor.Token());
                    break;
                default:
                    Other(header, name);
                    break;
            }
        }

        if (flow is null || provider is null)
        {
            Missing(header, flow is null ? "Metadataflow" : "MetadataProvider");
        }

        return Complete(new MetadataProvisionAgreement
        {
            AgencyId = header.AgencyId,
            Id = header.Id,
            Metadataflow = flow,
            MetadataProvider = provider,
            Targets = targets.ToImmutable(),
        }, header);
    }
}
