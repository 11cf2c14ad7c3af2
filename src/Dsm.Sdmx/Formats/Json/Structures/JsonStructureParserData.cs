using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Data structures and dataflows.</summary>
internal sealed partial class JsonStructureParser
{
    private Dataflow? Dataflow()
    {
        Parts parts = Begin();
        StructureReference? structure = null;
        ImmutableArray<string> dimensions = [];
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "structure":
                    structure = Reference();
                    break;
                case "dimensionConstraint":
                    dimensions = Texts();
                    break;
                default:
                    Header(parts, member);
                    break;
            }
        }

        return Complete(parts, (agency, id) => new Dataflow { AgencyId = agency, Id = id, Structure = structure, DimensionConstraint = dimensions });
    }

    private DataStructure? DataStructure()
    {
        Parts parts = Begin();
        DataStructure structure = new() { AgencyId = "", Id = "" };
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "dataStructureComponents":
                    structure = Components(structure);
                    break;
                case "metadata":
                    structure = structure with { MetadataStructure = Reference() };
                    break;
                case "evolvingStructure":
                    structure = structure with { IsEvolving = cursor.Flag() ?? false };
                    break;
                default:
                    Header(parts, member);
                    break;
            }
        }

        return Complete(parts, (agency, id) => structure with { AgencyId = agency, Id = id });
    }

    private DataStructure Components(DataStructure structure)
    {
        foreach (string member in cursor.Members())
        {
            structure = member switch
            {
                "dimensionList" => Dimensions(structure),
                "groups" => structure with { Groups = List(Group) },
                "attributeList" => Attributes(structure),
                "measureList" => Measures(structure),
                _ => structure,
            };
        }

        return structure;
    }

    private DataStructure Dimensions(DataStructure structure)
    {
        List<(int Position, Dimension Dimension)> dimensions = [];
        ListNotes notes = new();
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "dimensions" or "measureDimensions" or "timeDimensions":
                    foreach (int _ in cursor.Elements())
                    {
                        Dimension(member, dimensions);
                    }

                    break;
                case "timeDimension":
                    Dimension("timeDimensions", dimensions);
                    break;
                default:
                    notes = Notes(notes, member);
                    break;
            }
        }

        return structure with
        {
            // The position says the order of the key; without one the order in the message.
            Dimensions = [.. dimensions.OrderBy(d => d.Dimension.IsTime).ThenBy(d => d.Position).Select(d => d.Dimension)],
            DimensionNotes = Said(notes),
        };
    }

    private void Dimension(string list, List<(int Position, Dimension Dimension)> dimensions)
    {
        bool time = list == "timeDimensions";
        ComponentParts parts = ComponentBegin();
        int position = dimensions.Count + 1;
        foreach (string member in cursor.Members())
        {
            if (member == "position")
            {
                position = cursor.Whole() ?? position;
            }
            else
            {
                Component(parts, member, time ? SdmxDataType.ObservationalTimePeriod : SdmxDataType.String);
            }
        }

        if (Complete(parts, new Dimension { Id = time ? "TIME_PERIOD" : "", Concept = null!, IsTime = time, IsMeasureDimension = list == "measureDimensions" }) is { } dimension)
        {
            dimensions.Add((position, dimension));
        }
    }

    private DimensionGroup? Group()
    {
        ComponentParts parts = ComponentBegin();
        ImmutableArray<string> dimensions = [];
        StructureReference? constraint = null;
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "groupDimensions":
                    dimensions = Texts();
                    break;
                case "attachmentConstraint":
                    constraint = Reference();
                    break;
                default:
                    Common(parts.Names, member);
                    break;
            }
        }

        if (string.IsNullOrEmpty(parts.Names.Id))
        {
            cursor.Issues.Add(IssueCodes.MissingElement, parts.Names.Location, "id", "groups");
            return null;
        }

        return new DimensionGroup(parts.Names.Id, dimensions)
        {
            AttachmentConstraint = constraint,
            Annotations = parts.Names.Annotations,
            Uri = parts.Names.Uri,
        };
    }

    private DataStructure Attributes(DataStructure structure)
    {
        List<DataAttribute> attributes = [];
        ListNotes notes = new();
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "attributes" or "reportingYearStartDays":
                    attributes.AddRange(List(Attribute));
                    break;
                case "metadataAttributeUsages":
                    structure = structure with { MetadataAttributeUsages = List(Usage) };
                    break;
                default:
                    notes = Notes(notes, member);
                    break;
            }
        }

        return structure with { Attributes = [.. attributes], AttributeNotes = Said(notes) };
    }

    private DataAttribute? Attribute()
    {
        ComponentParts parts = ComponentBegin();
        DataAttribute attribute = new() { Id = "", Concept = null! };
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "usage" or "assignmentStatus":
                    attribute = attribute with { IsMandatory = string.Equals(cursor.Text(), "mandatory", StringComparison.OrdinalIgnoreCase) };
                    break;
                case "attributeRelationship":
                    (AttributeRelationship to, ImmutableArray<string> dimensions, ImmutableArray<string> optional, string? group) = Relationship();
                    attribute = attribute with { Relationship = to, Dimensions = dimensions, OptionalDimensions = optional, Group = group };
                    break;
                case "measureRelationship":
                    attribute = attribute with { Measures = Texts() };
                    break;
                default:
                    Component(parts, member, SdmxDataType.String);
                    break;
            }
        }

        return Complete(parts, attribute);
    }

    private MetadataAttributeUsage? Usage()
    {
        Parts parts = Begin();
        string? reference = null;
        (AttributeRelationship To, ImmutableArray<string> Dimensions, ImmutableArray<string> Optional, string? Group) relationship = (AttributeRelationship.Dataflow, [], [], null);
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "metadataAttributeReference":
                    reference = cursor.Text();
                    break;
                case "attributeRelationship":
                    relationship = Relationship();
                    break;
                default:
                    Common(parts, member);
                    break;
            }
        }

        return reference is null ? null : new MetadataAttributeUsage(reference, relationship.To)
        {
            Dimensions = relationship.Dimensions,
            OptionalDimensions = relationship.Optional,
            Group = relationship.Group,
            Annotations = parts.Annotations,
            Link = parts.Links.FirstOrDefault(),
        };
    }

    private (AttributeRelationship To, ImmutableArray<string> Dimensions, ImmutableArray<string> Optional, string? Group) Relationship()
    {
        AttributeRelationship to = AttributeRelationship.Dataflow;
        ImmutableArray<string> dimensions = [], groups = [], optional = [];
        string? group = null;
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "dimensions":
                    (to, dimensions) = (AttributeRelationship.Dimensions, Texts());
                    break;
                case "areDimensionsOptional":
                    optional = Texts();
                    break;
                case "attachmentGroups":
                    groups = Texts();
                    break;
                case "group":
                    (to, group) = (AttributeRelationship.Group, cursor.Text());
                    break;
                case "observation" or "primaryMeasure":
                    to = AttributeRelationship.Observation;
                    break;
            }
        }

        ImmutableArray<string> may = [.. dimensions.Where((_, n) => n < optional.Length && optional[n] == "true")];
        return (to, dimensions, may, group ?? (groups.IsEmpty ? null : string.Join(' ', groups)));
    }

    private DataStructure Measures(DataStructure structure)
    {
        ListNotes notes = new();
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "measures":
                    structure = structure with { Measures = List(() => Measure("")) };
                    break;
                case "primaryMeasure":
                    structure = structure with { Measures = Measure("OBS_VALUE") is { } measure ? [measure] : [] };
                    break;
                default:
                    notes = Notes(notes, member);
                    break;
            }
        }

        return structure with { MeasureNotes = Said(notes) };
    }

    private Measure? Measure(string id)
    {
        ComponentParts parts = ComponentBegin();
        bool mandatory = false;
        foreach (string member in cursor.Members())
        {
            if (member == "usage")
            {
                mandatory = cursor.Text() == "mandatory";
            }
            else
            {
                Component(parts, member, SdmxDataType.String);
            }
        }

        return Complete(parts, new Measure { Id = id, Concept = null!, IsMandatory = mandatory });
    }
}
