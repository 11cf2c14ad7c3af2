using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Key families and dataflows.</summary>
internal sealed partial class Structure20Parser
{
    /// <summary>Ids that the time dimension and the primary measure have in later versions, whatever their concepts are called.</summary>
    private const string TimePeriod = "TIME_PERIOD", PrimaryMeasure = "OBS_VALUE";

    private Dataflow Dataflow(Structure20Head head)
    {
        StructureReference? structure = null;
        StructureReference self = new(StructureType.Dataflow, head.AgencyId, head.Id, head.Version.ToString());
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "KeyFamilyRef":
                    structure = Reference(StructureType.DataStructure);
                    break;
                case "CategoryRef":
                    CategoryRef(self);
                    break;
                case "Constraint":
                    cursor.Skipped("Constraint of Dataflow");
                    break;
                default:
                    Other(head, name);
                    break;
            }
        }

        return head.Complete(new Dataflow { AgencyId = head.AgencyId, Id = head.Id, Structure = structure });
    }

    private DataStructure KeyFamily(Structure20Head head)
    {
        Structure20Components components = new();
        foreach (string name in cursor.Children())
        {
            if (name != "Components")
            {
                Other(head, name);
                continue;
            }

            foreach (string component in cursor.Children())
            {
                ReadComponent(components, component);
            }
        }

        // An attribute that speaks of all cross-sectional measures speaks of the observation, as it does in later versions.
        foreach ((DataAttribute attribute, List<string> measures, Location location) in components.Attributes)
        {
            if (measures.Count > 0 && !components.CrossSectional.TrueForAll(m => measures.Contains(m.Code) || measures.Contains(m.Id)))
            {
                cursor.Issues.Add(IssueCodes.NotCarried, location, $"AttachmentMeasure of attribute {attribute.Id}", Target);
            }
        }

        return head.Complete(components.ToStructure(head.AgencyId, head.Id));
    }

    private void ReadComponent(Structure20Components components, string name)
    {
        switch (name)
        {
            case "Dimension":
                if (Part(name) is { } dimension)
                {
                    components.Dimensions.Add(new Dimension
                    {
                        Id = dimension.Concept.ItemId!,
                        Concept = dimension.Concept,
                        Representation = dimension.Representation,
                        ConceptRoles = dimension.Roles,
                        Annotations = dimension.Annotations,
                    });
                }

                break;
            case "TimeDimension":
                if (Part(name) is { } time)
                {
                    components.Time = new Dimension
                    {
                        Id = TimePeriod,
                        Concept = time.Concept,
                        Representation = TimeRepresentation(time),
                        Annotations = time.Annotations,
                        IsTime = true,
                    };
                }

                break;
            case "Group":
                components.Groups.Add(Group());
                break;
            case "PrimaryMeasure":
                if (Part(name) is { } measure)
                {
                    components.Measure = new Measure
                    {
                        Id = PrimaryMeasure,
                        Concept = measure.Concept,
                        Representation = measure.Representation,
                        Annotations = measure.Annotations,
                    };
                }

                break;
            case "CrossSectionalMeasure":
                CrossSectionalMeasure(components);
                break;
            case "Attribute":
                Attribute(components);
                break;
            default:
                cursor.Unexpected("Components");
                break;
        }
    }

    /// <summary>Time cannot be coded in later versions.</summary>
    private Representation? TimeRepresentation(Structure20Part time)
    {
        if (time.Representation?.Enumeration is { } list)
        {
            cursor.Issues.Add(IssueCodes.NotCarried, time.Location, $"codelist {list} of TimeDimension", Target);
        }

        return time.Representation?.TextFormat is { } format ? new Representation { TextFormat = format } : null;
    }

    private DimensionGroup Group()
    {
        string id = ItemId("id");
        ImmutableArray<string>.Builder dimensions = ImmutableArray.CreateBuilder<string>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "DimensionRef":
                    dimensions.Add(cursor.Token());
                    break;
                case "AttachmentConstraintRef":
                    cursor.Skipped(name);
                    break;
                case "Description" or "Annotations":
                    NotCarried($"{name} of Group {id}");
                    break;
                default:
                    cursor.Unexpected("Group");
                    break;
            }
        }

        return new DimensionGroup(id, dimensions.ToImmutable());
    }

    private void CrossSectionalMeasure(Structure20Components components)
    {
        (string? dimension, string? code, Location location) = (cursor.Attribute("measureDimension"), cursor.Attribute("code"), cursor.Location);
        if (Part("CrossSectionalMeasure") is not { } part)
        {
            return;
        }

        if (dimension is null || code is null)
        {
            cursor.Issues.Add(IssueCodes.MissingElement, location, dimension is null ? "measureDimension" : "code", "CrossSectionalMeasure");
            return;
        }

        components.CrossSectional.Add(new CrossSectionalMeasure
        {
            Id = part.Concept.ItemId!,
            Concept = part.Concept,
            Representation = part.Representation,
            Annotations = part.Annotations,
            DimensionId = dimension,
            Code = code,
        });
    }

    private void Attribute(Structure20Components components)
    {
        (string? level, string? status, Location location) = (cursor.Attribute("attachmentLevel"), cursor.Attribute("assignmentStatus"), cursor.Location);
        if (level is not ("DataSet" or "Group" or "Series" or "Observation"))
        {
            cursor.Issues.Add(level is null ? new Issue(IssueCodes.MissingElement, location, "attachmentLevel", "Attribute")
                : new Issue(IssueCodes.InvalidText, location, level, "attachmentLevel", "DataSet, Group, Series or Observation"));
        }

        if (Part("Attribute") is not { } part)
        {
            return;
        }

        if (level == "Group" && part.Groups.Count != 1)
        {
            cursor.Issues.Add(part.Groups.Count == 0 ? new Issue(IssueCodes.MissingElement, location, "AttachmentGroup", "Attribute")
                : new Issue(IssueCodes.NotCarried, location, $"further groups of attribute {part.Concept.ItemId}", Target));
        }

        components.Attributes.Add((new DataAttribute
        {
            Id = part.Concept.ItemId!,
            Concept = part.Concept,
            Representation = part.Representation,
            ConceptRoles = part.Roles,
            Annotations = part.Annotations,
            IsMandatory = status == "Mandatory",
            Relationship = level switch
            {
                "DataSet" => AttributeRelationship.Dataflow,
                "Group" when part.Groups.Count > 0 => AttributeRelationship.Group,
                "Series" or "Group" => AttributeRelationship.Dimensions,
                _ => AttributeRelationship.Observation,
            },
            Group = level == "Group" ? part.Groups.FirstOrDefault() : null,
        }, part.Measures, location));
    }
}
