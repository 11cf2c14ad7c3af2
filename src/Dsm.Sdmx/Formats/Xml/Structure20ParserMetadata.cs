using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Metadata structures, whose target identifiers become metadata targets of 2.1, and metadataflows.</summary>
internal sealed partial class Structure20Parser
{
    private Metadataflow Metadataflow(Structure20Head head)
    {
        StructureReference? structure = null;
        StructureReference self = new(StructureType.Metadataflow, head.AgencyId, head.Id, head.Version.ToString());
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "MetadataStructureRef":
                    structure = Reference(StructureType.MetadataStructure);
                    break;
                case "CategoryRef":
                    CategoryRef(self);
                    break;
                case "Constraint":
                    cursor.Skipped("Constraint of Metadataflow");
                    break;
                default:
                    Other(head, name);
                    break;
            }
        }

        return head.Complete(new Metadataflow { AgencyId = head.AgencyId, Id = head.Id, Structure = structure });
    }

    private MetadataStructure MetadataStructure(Structure20Head head)
    {
        List<MetadataTarget> targets = [];
        List<MetadataReportStructure> reports = [];
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "TargetIdentifiers":
                    foreach (string target in cursor.Children())
                    {
                        TargetIdentifier(targets, target);
                    }

                    break;
                case "ReportStructure":
                    reports.Add(ReportStructure());
                    break;
                default:
                    Other(head, name);
                    break;
            }
        }

        return head.Complete(new MetadataStructure
        {
            AgencyId = head.AgencyId,
            Id = head.Id,
            Attributes = [.. reports.SelectMany(r => r.Attributes).DistinctBy(a => a.Id)],
            Targets = [.. targets],
            Reports = [.. reports],
        });
    }

    /// <summary>A full target names all objects; partial ones some of them, by id.</summary>
    private void TargetIdentifier(List<MetadataTarget> targets, string element)
    {
        if (element is not ("FullTargetIdentifier" or "PartialTargetIdentifier"))
        {
            ListPart("TargetIdentifiers", element);
            return;
        }

        string id = ItemId("id");
        ImmutableArray<MetadataTargetObject>.Builder objects = ImmutableArray.CreateBuilder<MetadataTargetObject>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "IdentifierComponent":
                    objects.Add(IdentifierComponent());
                    break;
                case "IdentifierComponentRef":
                    string part = cursor.Token();
                    if (targets.SelectMany(t => t.Objects).FirstOrDefault(o => o.Id == part) is { } known)
                    {
                        objects.Add(known);
                    }
                    else
                    {
                        cursor.Report(IssueCodes.UnresolvedReference, part, $"PartialTargetIdentifier {id}");
                    }

                    break;
                case "Name" or "Description":
                    break; // targets of later versions have none; nothing is lost that the metadata need
                default:
                    ListPart(element, name);
                    break;
            }
        }

        targets.Add(new MetadataTarget(id, objects.ToImmutable()));
    }

    private MetadataTargetObject IdentifierComponent()
    {
        string id = ItemId("id");
        string type = "";
        StructureReference? list = null;
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "TargetObjectClass":
                    type = cursor.Token();
                    break;
                case "RepresentationScheme":
                    list = RepresentationScheme(type);
                    break;
                case "Name" or "Description":
                    break;
                default:
                    ListPart("IdentifierComponent", name);
                    break;
            }
        }

        return new MetadataTargetObject("IdentifiableObjectTarget", id, ObjectTypeOf(type), list);
    }

    private StructureReference? RepresentationScheme(string objectClass)
    {
        StructureType? type = cursor.Attribute("representationSchemeType") switch
        {
            "Codelist" => StructureType.Codelist,
            "Concept" => StructureType.ConceptScheme,
            "Category" => StructureType.CategoryScheme,
            "Organisation" => objectClass == "Agency" ? StructureType.AgencyScheme : objectClass == "DataConsumer" ? StructureType.DataConsumerScheme : StructureType.DataProviderScheme,
            _ => null,
        };
        string? id = cursor.Attribute("representationScheme");
        if (type is null || id is null)
        {
            NotCarried($"RepresentationScheme {id}");
            return null;
        }

        string agency = cursor.Attribute("representationSchemeAgency") ?? _agency;
        return type.Package == "base" ? new StructureReference(type, agency, FixedId(type), "1.0")
            : Settle(new StructureReference(type, agency, id, cursor.Attribute("representationSchemeVersion") ?? cursor.Attribute("representationSchemeVersionEstat") ?? NoVersion));
    }

    /// <summary>Class names of 2.1 for those of 2.0.</summary>
    private static string ObjectTypeOf(string name) => name switch
    {
        "KeyFamily" => "DataStructure",
        "DataFlow" => "Dataflow",
        "MetadataFlow" => "Metadataflow",
        "KeyDescriptor" => "DimensionDescriptor",
        "GroupKeyDescriptor" => "GroupDimensionDescriptor",
        "FullTargetIdentifier" or "PartialTargetIdentifier" => "MetadataTarget",
        "HierarchicalCodelist" or "Codelist" or "CodeList" => name == "CodeList" ? "Codelist" : name,
        _ => name,
    };

    private MetadataReportStructure ReportStructure()
    {
        (string id, string? target) = (ItemId("id"), cursor.Attribute("target"));
        ImmutableArray<MetadataAttribute>.Builder attributes = ImmutableArray.CreateBuilder<MetadataAttribute>();
        foreach (string name in cursor.Children())
        {
            if (name == "MetadataAttribute")
            {
                if (MetadataAttribute() is { } attribute)
                {
                    attributes.Add(attribute);
                }
            }
            else if (name is not ("Name" or "Description"))
            {
                ListPart("ReportStructure", name);
            }
        }

        return new MetadataReportStructure(id, attributes.ToImmutable(), target is null ? [] : [target]);
    }

    private MetadataAttribute? MetadataAttribute()
    {
        StructureReference? concept = ConceptOf();
        StructureReference? codelist = cursor.Attribute("representationScheme") is { } list
            ? Settle(new StructureReference(StructureType.Codelist, cursor.Attribute("representationSchemeAgency") ?? _agency, list, NoVersion)) : null;
        bool isMandatory = cursor.Attribute("usageStatus") == "Mandatory";
        TextFormat? format = null;
        ImmutableArray<MetadataAttribute>.Builder children = ImmutableArray.CreateBuilder<MetadataAttribute>();
        StructureParser.NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "MetadataAttribute":
                    if (MetadataAttribute() is { } child)
                    {
                        children.Add(child);
                    }

                    break;
                case "TextFormat":
                    format = ReadTextFormat();
                    break;
                default:
                    OtherPart(parts, name, "MetadataAttribute");
                    break;
            }
        }

        return concept is null ? null : new MetadataAttribute
        {
            Id = concept.ItemId!,
            Concept = concept,
            Representation = RepresentationOf(codelist, format),
            Annotations = parts.Annotations,
            MinOccurs = isMandatory ? 1 : 0,
            Children = children.ToImmutable(),
        };
    }

    private void ListPart(string list, string name)
    {
        if (name == "Annotations")
        {
            NotCarried($"Annotations of {list}");
        }
        else
        {
            cursor.Unexpected(list);
        }
    }
}
