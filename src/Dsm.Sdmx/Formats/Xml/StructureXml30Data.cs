using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Data structures and dataflows.</summary>
internal sealed partial class StructureXml30
{
    private void Dataflow(Dataflow flow)
    {
        bool content = Begin(flow);
        Names(flow);
        if (content)
        {
            Reference("Structure", flow.Structure);
            DimensionConstraint(flow);
        }

        End();
    }

    private void DimensionConstraint(Dataflow flow)
    {
        if (!Is31)
        {
            NotCarried("Dataflow.DimensionConstraint", flow.DimensionConstraint, flow.Reference);
        }
        else if (!flow.DimensionConstraint.IsEmpty)
        {
            Start("DimensionConstraint");
            foreach (string dimension in flow.DimensionConstraint)
            {
                Element("Dimension", dimension);
            }

            End();
        }
    }

    private void DataStructure(DataStructure structure)
    {
        bool content = Begin(structure);
        if (Is31)
        {
            Flag("evolvingStructure", structure.IsEvolving);
        }
        else if (structure.IsEvolving)
        {
            NotCarried("DataStructure.IsEvolving", structure.Reference);
        }

        NotCarried("DataStructure.CrossSectionalMeasures", structure.CrossSectionalMeasures, structure.Reference);

        Names(structure);
        if (content && !structure.Dimensions.IsEmpty)
        {
            Start("DataStructureComponents");
            Start("DimensionList");
            Notes("DimensionDescriptor", structure.DimensionNotes);
            foreach (Dimension dimension in structure.Dimensions.OrderBy(d => d.IsTime))
            {
                Dimension(structure, dimension);
            }

            End();
            foreach (DimensionGroup group in structure.Groups)
            {
                Group(structure, group);
            }

            AttributeList(structure);
            MeasureList(structure);
            End();
        }

        if (content)
        {
            Reference("Metadata", structure.MetadataStructure);
        }

        End();
    }

    private void AttributeList(DataStructure structure)
    {
        if (structure is { Attributes.IsEmpty: true, MetadataAttributeUsages.IsEmpty: true })
        {
            return;
        }

        Start("AttributeList");
        Notes("AttributeDescriptor", structure.AttributeNotes);
        foreach (DataAttribute attribute in structure.Attributes)
        {
            Attribute(attribute);
        }

        foreach (MetadataAttributeUsage usage in structure.MetadataAttributeUsages)
        {
            Start("MetadataAttributeUsage");
            Annotations(usage.Annotations);
            Links(usage.Link is null ? [] : [usage.Link], "MetadataAttributeUsage", usage.AttributeId);
            Element("MetadataAttributeReference", usage.AttributeId);
            Relationship(usage.Relationship, usage.Dimensions, usage.OptionalDimensions, usage.Group);
            End();
        }

        End();
    }

    private void MeasureList(DataStructure structure)
    {
        if (structure.Measures.IsEmpty)
        {
            return;
        }

        Start("MeasureList");
        Notes("MeasureDescriptor", structure.MeasureNotes);
        foreach (Measure measure in structure.Measures)
        {
            Component("Measure", measure, measure.IsMandatory, null);
        }

        End();
    }

    private void Dimension(DataStructure structure, Dimension dimension)
    {
        if (dimension.IsTime)
        {
            Start("TimeDimension");
            Attribute("id", "TIME_PERIOD");
            Attribute("uri", dimension.Uri);
            if (dimension.Id != "TIME_PERIOD")
            {
                NotCarried("Component.Id", $"{structure.Reference}.{dimension.Id}");
            }

            NotCarried("Component.ConceptRoles", dimension.ConceptRoles, $"{structure.Reference}.{dimension.Id}");
            Annotations(dimension.Annotations);
            Links(dimension.Links, "Component", dimension.Id);
            Reference("ConceptIdentity", dimension.Concept);
            Start("LocalRepresentation");
            TextFormat format = TimeFormat.Of(dimension.Representation?.TextFormat, out bool changed);
            if (changed)
            {
                NotCarried("Component.Representation", $"{structure.Reference}.{dimension.Id}");
            }

            TextFormat("TextFormat", format, format.DataType.ToString(), multilingual: false);
            End();
            End();
            return;
        }

        Representation? representation = dimension.Representation;
        if (dimension.IsMeasureDimension)
        {
            NotCarried("Dimension.IsMeasureDimension", $"{structure.Reference}.{dimension.Id}");
        }

        if (representation?.Enumeration is { } list && list.Type != StructureType.Codelist)
        {
            // Dimensions take their codes from codelists, not from concept schemes (measure dimensions of 2.1) or value lists.
            NotCarried("Component.Representation", $"{structure.Reference}.{dimension.Id}");
            representation = null;
        }

        Component("Dimension", dimension with { Representation = representation }, mandatory: false, null);
    }

    private void Group(DataStructure structure, DimensionGroup group)
    {
        if (group.AttachmentConstraint is not null)
        {
            NotCarried(group.Dimensions.IsEmpty ? "DataStructure.Groups" : "DimensionGroup.AttachmentConstraint", structure.Reference);
        }

        if (group.Dimensions.IsEmpty)
        {
            return;
        }

        Start("Group");
        Attribute("id", group.Id);
        Attribute("uri", group.Uri);
        Annotations(group.Annotations);
        foreach (string dimension in group.Dimensions)
        {
            Start("GroupDimension");
            Element("DimensionReference", dimension);
            End();
        }

        End();
    }

    private void Attribute(DataAttribute attribute) => Component("Attribute", attribute, attribute.IsMandatory, () =>
    {
        Relationship(attribute.Relationship, attribute.Dimensions, attribute.OptionalDimensions, attribute.Group);
        if (attribute is { Relationship: AttributeRelationship.Dimensions, Group: not null })
        {
            NotCarried("DataAttribute.Group", attribute.Id);
        }

        if (!attribute.Measures.IsEmpty)
        {
            Start("MeasureRelationship");
            foreach (string measure in attribute.Measures)
            {
                Element("Measure", measure);
            }

            End();
        }
    });

    private void Relationship(AttributeRelationship relationship, ImmutableArray<string> dimensions, ImmutableArray<string> optional, string? group)
    {
        Start("AttributeRelationship");
        switch (relationship)
        {
            case AttributeRelationship.Dimensions when !dimensions.IsEmpty:
                foreach (string dimension in dimensions)
                {
                    Start("Dimension");
                    Flag("optional", optional.Contains(dimension));
                    Xml.WriteString(dimension);
                    End();
                }

                break;
            case AttributeRelationship.Group when group is not null:
                Element("Group", group);
                break;
            case AttributeRelationship.Observation:
                Element("Observation", "");
                break;
            default:
                Element("Dataflow", "");
                break;
        }

        End();
    }

    private void Component(string element, Component component, bool mandatory, Action? rest)
    {
        Start(element);
        Attribute("id", component.Id);
        Attribute("uri", component.Uri);
        Attribute("usage", mandatory ? "mandatory" : null);
        Annotations(component.Annotations);
        Links(component.Links, "Component", component.Id);
        Reference("ConceptIdentity", component.Concept);
        bool dimension = element == "Dimension";
        Representation("LocalRepresentation", component.Representation, occurs: !dimension, multilingual: !dimension);
        foreach (StructureReference role in component.ConceptRoles)
        {
            Reference("ConceptRole", role);
        }

        rest?.Invoke();
        End();
    }

    private void Representation(string element, Representation? representation, bool occurs, bool multilingual)
    {
        if (representation is null || (representation.Enumeration is null && representation.TextFormat is null))
        {
            return;
        }

        Start(element);
        if (occurs)
        {
            Attribute("minOccurs", representation.MinOccurs == 1 ? null : XmlText.Of(representation.MinOccurs));
            Attribute("maxOccurs", representation.MaxOccurs switch { 1 => null, null => "unbounded", int max => XmlText.Of(max) });
        }
        else
        {
            if (representation.MinOccurs != 1)
            {
                NotCarried("Representation.MinOccurs", element);
            }

            if (representation.MaxOccurs != 1)
            {
                NotCarried("Representation.MaxOccurs", element);
            }
        }

        if (representation.Enumeration is { } list)
        {
            Reference("Enumeration", list);
            if (representation.TextFormat is { } coded)
            {
                TextFormat format = Coded(coded, element);
                TextFormat("EnumerationFormat", format, format.DataType.ToString(), multilingual: false);
            }
        }
        else
        {
            TextFormat("TextFormat", representation.TextFormat!, representation.TextFormat!.DataType.ToString(), multilingual);
        }

        End();
    }
}
