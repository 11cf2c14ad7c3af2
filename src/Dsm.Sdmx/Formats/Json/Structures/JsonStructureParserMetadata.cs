using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Metadata structures and flows, agreements.</summary>
internal sealed partial class JsonStructureParser
{
    private Metadataflow? Metadataflow()
    {
        Parts parts = Begin();
        StructureReference? structure = null;
        ImmutableArray<string> targets = [];
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "structure":
                    structure = Reference();
                    break;
                case "targets":
                    targets = Texts();
                    break;
                default:
                    Header(parts, member);
                    break;
            }
        }

        return Complete(parts, (agency, id) => new Metadataflow { AgencyId = agency, Id = id, Structure = structure, Targets = targets });
    }

    private MetadataStructure? MetadataStructure()
    {
        Parts parts = Begin();
        MetadataStructure structure = new() { AgencyId = "", Id = "" };
        foreach (string member in cursor.Members())
        {
            if (member != "metadataStructureComponents")
            {
                Header(parts, member);
                continue;
            }

            foreach (string list in cursor.Members())
            {
                structure = list switch
                {
                    "metadataAttributeList" => AttributeList(structure),
                    "metadataTargets" => structure with { Targets = List(MetadataTarget) },
                    "reportStructures" => Reports(structure),
                    _ => structure,
                };
            }
        }

        return Complete(parts, (agency, id) => structure with { AgencyId = agency, Id = id });
    }

    private MetadataStructure AttributeList(MetadataStructure structure)
    {
        ListNotes notes = new();
        foreach (string member in cursor.Members())
        {
            if (member == "metadataAttributes")
            {
                structure = structure with { Attributes = List(MetadataAttribute) };
            }
            else
            {
                notes = Notes(notes, member);
            }
        }

        return structure with { AttributeNotes = Said(notes) };
    }

    private MetadataAttribute? MetadataAttribute()
    {
        ComponentParts parts = ComponentBegin();
        MetadataAttribute attribute = new() { Id = "", Concept = null! };
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "minOccurs":
                    attribute = attribute with { MinOccurs = cursor.Whole() ?? 1 };
                    break;
                case "maxOccurs":
                    attribute = attribute with { MaxOccurs = Most() };
                    break;
                case "isPresentational":
                    attribute = attribute with { IsPresentational = cursor.Flag() ?? false };
                    break;
                case "metadataAttributes":
                    attribute = attribute with { Children = List(MetadataAttribute) };
                    break;
                default:
                    Component(parts, member, SdmxDataType.String);
                    break;
            }
        }

        return Complete(parts, attribute);
    }

    private MetadataStructure Reports(MetadataStructure structure)
    {
        ImmutableArray<MetadataReportStructure> reports = List(Report);
        List<MetadataAttribute> attributes = [];
        foreach (MetadataAttribute own in reports.SelectMany(r => r.Attributes))
        {
            if (attributes.TrueForAll(a => a.Id != own.Id))
            {
                attributes.Add(own);
            }
        }

        return structure with { Reports = reports, Attributes = [.. attributes] };
    }

    private MetadataReportStructure Report()
    {
        Parts parts = Begin();
        ImmutableArray<MetadataAttribute> attributes = [];
        ImmutableArray<string> targets = [];
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "metadataAttributes":
                    attributes = List(MetadataAttribute);
                    break;
                case "metadataTargets":
                    targets = [.. Texts().Select(t => ItemOf(t)!)];
                    break;
                default:
                    Common(parts, member);
                    break;
            }
        }

        return new MetadataReportStructure(parts.Id ?? "", attributes, targets) { Uri = parts.Uri, Annotations = parts.Annotations };
    }

    private MetadataTarget MetadataTarget()
    {
        Parts parts = Begin();
        List<MetadataTargetObject> objects = [];
        foreach (string member in cursor.Members())
        {
            string? kind = member switch
            {
                "constraintContentTargets" => "ConstraintContentTarget",
                "dataSetTargets" => "DataSetTarget",
                "identifiableObjectTargets" => "IdentifiableObjectTarget",
                "keyDescriptorValuesTargets" => "KeyDescriptorValuesTarget",
                "reportPeriodTargets" => "ReportPeriodTarget",
                _ => null,
            };
            if (kind is null)
            {
                Common(parts, member);
            }
            else
            {
                objects.AddRange(List(() => TargetObject(kind)));
            }
        }

        return new MetadataTarget(parts.Id ?? "", [.. objects]) { Uri = parts.Uri, Annotations = parts.Annotations };
    }

    private MetadataTargetObject TargetObject(string kind)
    {
        Parts parts = Begin();
        string? type = null;
        Representation? representation = null;
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "objectType":
                    type = cursor.Text();
                    break;
                case "localRepresentation":
                    representation = Representation();
                    break;
                default:
                    Common(parts, member);
                    break;
            }
        }

        return new MetadataTargetObject(kind, parts.Id, type, representation?.Enumeration)
        {
            TimeFormat = kind == "ReportPeriodTarget" ? representation?.TextFormat : null,
            Uri = parts.Uri,
            Annotations = parts.Annotations,
        };
    }

    private MetadataProvisionAgreement? MetadataProvisionAgreement()
    {
        Parts parts = Begin();
        StructureReference? flow = null, provider = null;
        ImmutableArray<string> targets = [];
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "metadataflow":
                    flow = Reference();
                    break;
                case "metadataProvider":
                    provider = Reference();
                    break;
                case "targets":
                    targets = Texts();
                    break;
                default:
                    Header(parts, member);
                    break;
            }
        }

        return Complete(parts, (agency, id) => new MetadataProvisionAgreement
        {
            AgencyId = agency,
            Id = id,
            Metadataflow = flow,
            MetadataProvider = provider,
            Targets = targets,
        });
    }

    private ProvisionAgreement? ProvisionAgreement()
    {
        Parts parts = Begin();
        StructureReference? flow = null, provider = null;
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "dataflow" or "structureUsage":
                    flow = Reference();
                    break;
                case "dataProvider":
                    provider = Reference();
                    break;
                default:
                    Header(parts, member);
                    break;
            }
        }

        return Complete(parts, (agency, id) => new ProvisionAgreement { AgencyId = agency, Id = id, Dataflow = flow, DataProvider = provider });
    }
}
