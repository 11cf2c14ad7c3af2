using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Organisations and provision agreements. A scheme of 2.0 holds agencies, providers and consumers; later versions have a scheme for
/// each, with a fixed id and one for each agency, into which those of all schemes of the agency go.
/// </summary>
internal sealed partial class Structure20Parser
{
    private readonly Dictionary<(StructureType Type, string Agency), OrganisationParts> _organisations = [];

    /// <summary>A scheme being put together.</summary>
    private sealed class OrganisationParts(Structure20Head head)
    {
        public Structure20Head Head { get; } = head;

        public List<Organisation> Organisations { get; } = [];
    }

    private void OrganisationScheme()
    {
        if (ReadHead(StructureType.AgencyScheme) is not { } head)
        {
            return;
        }

        foreach (string name in cursor.Children())
        {
            StructureType? type = name switch
            {
                "Agencies" => StructureType.AgencyScheme,
                "DataProviders" => StructureType.DataProviderScheme,
                "DataConsumers" => StructureType.DataConsumerScheme,
                _ => null,
            };
            if (type is null)
            {
                Other(head, name);
                continue;
            }

            if (head.Id != FixedId(type) || head.Version != SdmxVersion.Default)
            {
                NotCarried($"id of organisation scheme {head.AgencyId}:{head.Id}({head.Version}) for its {name}");
            }

            foreach (string organisation in cursor.Children())
            {
                Add(type, head, organisation);
            }
        }
    }

    /// <summary>1.0 has agencies outside any scheme and without an agency that maintains them: they go into the top scheme.</summary>
    private void AgenciesOf10()
    {
        Structure20Head head = new() { Location = cursor.Location, Type = StructureType.AgencyScheme, Id = FixedId(StructureType.AgencyScheme), AgencyId = "SDMX" };
        foreach (string agency in cursor.Children())
        {
            Add(StructureType.AgencyScheme, head, agency);
        }
    }

    private void Add(StructureType type, Structure20Head head, string element)
    {
        if (element != type.ItemClass)
        {
            cursor.Unexpected(type.Class);
            return;
        }

        if (!_organisations.TryGetValue((type, head.AgencyId), out OrganisationParts? scheme))
        {
            _organisations.Add((type, head.AgencyId), scheme = new OrganisationParts(head));
        }

        scheme.Organisations.Add(Organisation(element));
    }

    private static string FixedId(StructureType type) => type == StructureType.AgencyScheme ? "AGENCIES"
        : type == StructureType.DataProviderScheme ? "DATA_PROVIDERS"
        : "DATA_CONSUMERS";

    private Organisation Organisation(string element)
    {
        Organisation organisation = new() { Id = ItemId("id"), Uri = cursor.Attribute("uri") };
        if (cursor.Attribute("parentOrganisation") is not null)
        {
            NotCarried($"parentOrganisation of {element} {organisation.Id}");
        }

        ImmutableArray<Contact>.Builder contacts = ImmutableArray.CreateBuilder<Contact>();
        StructureParser.NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            if (name.EndsWith("Contact", StringComparison.Ordinal))
            {
                contacts.Add(Contact(name[..^"Contact".Length]));
            }
            else
            {
                OtherPart(parts, name, element);
            }
        }

        return organisation with { Name = parts.Name, Description = parts.Description, Annotations = parts.Annotations, Contacts = contacts.ToImmutable() };
    }

    /// <summary>Reads a contact; what its element says of its role (maintenance, collection ...) holds when it says no other.</summary>
    private Contact Contact(string role)
    {
        string? id = null;
        List<KeyValuePair<string, string>> names = [], departments = [], roles = [];
        ImmutableArray<KeyValuePair<string, string>>.Builder details = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "id":
                    id = cursor.Token();
                    break;
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

        if (roles.Count == 0 && role is not ("" or "Other"))
        {
            roles.Add(new("en", role));
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

    private void TakeOrganisations()
    {
        foreach (((StructureType type, string agency), OrganisationParts scheme) in _organisations)
        {
            ItemSchemeCheck.Run(scheme.Organisations, $"{agency}:{FixedId(type)}", scheme.Head.Location, cursor.Issues);
            OrganisationScheme complete = scheme.Head.Complete(new OrganisationScheme
            {
                SchemeType = type,
                AgencyId = agency,
                Id = FixedId(type),
                Organisations = [.. scheme.Organisations],
            });
            Take(complete with { Version = SdmxVersion.Default }, scheme.Head.Location);
        }
    }

    /// <summary>An agreement has no id of its own in 2.0: it is named by provider and dataflow, and maintained by the dataflow's agency.</summary>
    private void ProvisionAgreement()
    {
        (Location location, string? id) = (cursor.Location, cursor.Attribute("id"));
        StructureReference? flow = null, provider = null;
        StructureParser.NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "DataflowRef":
                    flow = Reference(StructureType.Dataflow);
                    break;
                case "DataProviderRef":
                    string? item = null;
                    provider = Reference(StructureType.DataProviderScheme, _ => item = cursor.Token());
                    provider = provider is null || item is null ? null : provider with { Id = FixedId(StructureType.DataProviderScheme), Version = "1.0", ItemId = item };
                    break;
                case "MetadataflowRef" or "Datasource" or "Constraint":
                    cursor.Skipped($"{name} of ProvisionAgreement");
                    break;
                default:
                    OtherPart(parts, name, "ProvisionAgreement");
                    break;
            }
        }

        if (flow is null || provider is null)
        {
            cursor.Issues.Add(IssueCodes.MissingElement, location, flow is null ? "DataflowRef" : "DataProviderRef", "ProvisionAgreement");
            return;
        }

        Take(new ProvisionAgreement
        {
            AgencyId = flow.AgencyId,
            Id = id ?? $"{provider.ItemId}-{flow.Id}",
            Name = parts.Name,
            Description = parts.Description,
            Annotations = parts.Annotations,
            Dataflow = Settle(flow),
            DataProvider = provider,
        }, location);
    }
}
