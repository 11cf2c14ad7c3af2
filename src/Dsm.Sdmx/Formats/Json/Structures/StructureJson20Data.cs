using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Data structures, metadata structures and their flows.</summary>
internal sealed partial class StructureJson20
{
    private void Dataflow(Dataflow flow)
    {
        if (Begin(flow))
        {
            Reference("structure", flow.Structure);
            if (Is21)
            {
                Texts("dimensionConstraint", flow.DimensionConstraint);
            }
            else if (!flow.DimensionConstraint.IsEmpty)
            {
                NotCarried("Dataflow.DimensionConstraint", flow.Reference);
            }
        }
    }

    private void DataStructure(DataStructure structure)
    {
        bool content = Begin(structure);
        if (structure.IsEvolving)
        {
            if (Is21)
            {
                Json.WriteBoolean("evolvingStructure", true);
            }
            else
            {
                NotCarried("DataStructure.IsEvolving", structure.Reference);
            }
        }

        if (!content)
        {
            return;
        }

        if (!structure.Dimensions.IsEmpty)
        {
            Object("dataStructureComponents", () => Components(structure));
            NotCarried("DataStructure.CrossSectionalMeasures", structure.CrossSectionalMeasures, structure.Reference);
        }
        else if (!structure.Attributes.IsEmpty || !structure.Measures.IsEmpty)
        {
            NotCarried("DataStructure.Attributes", structure.Reference);
        }

        Reference("metadata", structure.MetadataStructure);
    }

    private void Components(DataStructure structure)
    {
        Object("dimensionList", () =>
        {
            Json.WriteString("id", "DimensionDescriptor");
            Notes(structure.DimensionNotes);
            int position = 0;
            Array("dimensions", structure.Dimensions.Where(d => !d.IsTime), dimension =>
            {
                if (dimension.IsMeasureDimension)
                {
                    NotCarried("Dimension.IsMeasureDimension", $"{structure.Reference}.{dimension.Id}");
                    NotCarried("Component.Representation", dimension.Representation is null ? null : "", $"{structure.Reference}.{dimension.Id}");
                }

                Component(dimension);
                Json.WriteNumber("position", ++position);
                // The concept scheme of a measure dimension has no form here.
                Representation("localRepresentation", dimension.IsMeasureDimension ? null : dimension.Representation, occurs: false, codelistOnly: true, multilingual: false);
                References("conceptRoles", dimension.ConceptRoles);
            });
            if (structure.TimeDimension is { } time)
            {
                Object("timeDimension", () => TimeDimension(structure, time));
            }
        });
        Array("groups", structure.Groups, group =>
        {
            Json.WriteString("id", group.Id);
            Annotations(group.Annotations);
            Links([], group.Uri);
            Texts("groupDimensions", group.Dimensions);
            NotCarried("DimensionGroup.AttachmentConstraint", group.AttachmentConstraint?.Urn, $"{structure.Reference}.{group.Id}");
        });
        if (!structure.Attributes.IsEmpty || !structure.MetadataAttributeUsages.IsEmpty || structure.AttributeNotes is not null)
        {
            Object("attributeList", () =>
            {
                Json.WriteString("id", "AttributeDescriptor");
                Notes(structure.AttributeNotes);
                Array("attributes", structure.Attributes, attribute => Attribute(structure, attribute));
                Array("metadataAttributeUsages", structure.MetadataAttributeUsages, usage =>
                {
                    Annotations(usage.Annotations);
                    Json.WriteString("metadataAttributeReference", usage.AttributeId);
                    Links(usage.Link is null ? [] : [usage.Link]);
                    Relationship(usage.Relationship, usage.Dimensions, usage.OptionalDimensions, usage.Group);
                });
            });
        }

        if (!structure.Measures.IsEmpty || structure.MeasureNotes is not null)
        {
            Object("measureList", () =>
            {
                Json.WriteString("id", "MeasureDescriptor");
                Notes(structure.MeasureNotes);
                Array("measures", structure.Measures, measure =>
                {
                    Component(measure);
                    Text("usage", measure.IsMandatory ? "mandatory" : null);
                    Representation("localRepresentation", measure.Representation, occurs: true);
                    References("conceptRoles", measure.ConceptRoles);
                });
            });
        }
    }

    private void TimeDimension(DataStructure structure, Dimension time)
    {
        Json.WriteString("id", "TIME_PERIOD");
        if (time.Id != "TIME_PERIOD")
        {
            NotCarried("Component.Id", $"{structure.Reference}.{time.Id}");
        }

        Annotations(time.Annotations);
        Links(time.Links, time.Uri);
        Reference("conceptIdentity", time.Concept);
        NotCarried("Component.ConceptRoles", time.ConceptRoles, $"{structure.Reference}.{time.Id}");
        if (Is21 && time.Representation is null)
        {
            return;
        }

        TextFormat format = TimeFormat.Of(time.Representation?.TextFormat, out bool changed);
        if (changed)
        {
            NotCarried("Component.Representation", $"{structure.Reference}.{time.Id}");
        }

        Object("localRepresentation", () => Format("format", format, coded: false));
    }

    private void Attribute(DataStructure structure, DataAttribute attribute)
    {
        Component(attribute);
        Text("usage", attribute.IsMandatory ? "mandatory" : null);
        Representation("localRepresentation", attribute.Representation, occurs: true);
        References("conceptRoles", attribute.ConceptRoles);
        if (attribute is { Relationship: AttributeRelationship.Dimensions, Group: { } groups })
        {
            NotCarried("DataAttribute.Group", $"{structure.Reference}.{attribute.Id} ({groups})");
        }

        Relationship(attribute.Relationship, attribute.Dimensions, attribute.OptionalDimensions, attribute.Group);
        Texts("measureRelationship", attribute.Measures);
    }

    private void Relationship(AttributeRelationship relationship, IReadOnlyCollection<string> dimensions, IReadOnlyCollection<string> optional, string? group)
        => Object("attributeRelationship", () =>
        {
            switch (relationship)
            {
                case AttributeRelationship.Dimensions when dimensions.Count > 0:
                    Texts("dimensions", dimensions);
                    if (optional.Count > 0)
                    {
                        Json.WriteStartArray("areDimensionsOptional");
                        foreach (string dimension in dimensions)
                        {
                            Json.WriteBooleanValue(optional.Contains(dimension));
                        }

                        Json.WriteEndArray();
                    }

                    break;
                case AttributeRelationship.Group when group is not null:
                    Json.WriteString("group", group);
                    break;
                case AttributeRelationship.Observation:
                    Empty("observation");
                    break;
                default:
                    Empty("dataflow");
                    break;
            }
        });

    private void Component(Component component)
    {
        Json.WriteString("id", component.Id);
        Annotations(component.Annotations);
        Links(component.Links, component.Uri);
        Reference("conceptIdentity", component.Concept);
    }

    private void MetadataStructure(MetadataStructure structure)
    {
        bool content = Begin(structure);
        NotCarried("MetadataStructure.Targets", structure.Targets, structure.Reference);
        NotCarried("MetadataStructure.Reports", structure.Reports, structure.Reference);

        if (content && !structure.Attributes.IsEmpty)
        {
            Object("metadataStructureComponents", () => Object("metadataAttributeList", () =>
            {
                Json.WriteString("id", "MetadataAttributeDescriptor");
                Notes(structure.AttributeNotes);
                Array("metadataAttributes", structure.Attributes, MetadataAttribute);
            }));
        }
    }

    private void MetadataAttribute(MetadataAttribute attribute)
    {
        Component(attribute);
        Occurs(attribute.MinOccurs, attribute.MaxOccurs);
        Flag("isPresentational", attribute.IsPresentational);
        Representation("localRepresentation", attribute.Representation, occurs: false, codelistOnly: true);
        Array("metadataAttributes", attribute.Children, MetadataAttribute);
    }

    private void Metadataflow(Metadataflow flow)
    {
        if (Begin(flow) || !flow.Targets.IsEmpty)
        {
            Reference("structure", flow.Structure);
            Texts("targets", flow.Targets.Distinct());
            NotCarried("Metadataflow.Targets", flow.Targets.Distinct().Count() < flow.Targets.Length ? "" : null, flow.Reference);
        }
    }

    private void MetadataProvisionAgreement(MetadataProvisionAgreement agreement)
    {
        Begin(agreement);
        Reference("metadataflow", agreement.Metadataflow);
        Reference("metadataProvider", agreement.MetadataProvider);
        Texts("targets", agreement.Targets.Distinct());
        NotCarried("MetadataProvisionAgreement.Targets", agreement.Targets.Distinct().Count() < agreement.Targets.Length ? "" : null, agreement.Reference);
    }
}
