using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Data structures, dataflows, metadata structures and metadataflows.</summary>
internal sealed partial class StructureXml30
{
    private void Dataflow(Dataflow flow)
    {
        bool content = Begin(flow);
        Names(flow);
        if (content)
        {
            Reference("Structure", flow.Structure);
        }

        End();
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
            NotCarried($"evolvingStructure of {structure.Reference}");
        }

        Names(structure);
        if (content && !structure.Dimensions.IsEmpty)
        {
            Start("DataStructureComponents");
            Start("DimensionList");
            foreach (Dimension dimension in structure.Dimensions.OrderBy(d => d.IsTime))
            {
                Dimension(structure, dimension);
            }

            End();
            foreach (DimensionGroup group in structure.Groups)
            {
                Group(group);
            }

            Container("AttributeList", structure.Attributes, Attribute);
            Container("MeasureList", structure.Measures, measure => Component("Measure", measure, measure.IsMandatory, null));
            End();
        }

        if (content)
        {
            Reference("Metadata", structure.MetadataStructure);
        }

        End();
    }

    private void Dimension(DataStructure structure, Dimension dimension)
    {
        if (dimension.IsTime)
        {
            Start("TimeDimension");
            Attribute("id", "TIME_PERIOD");
            if (dimension.Id != "TIME_PERIOD")
            {
                NotCarried($"id {dimension.Id} of the time dimension");
            }

            Annotations(dimension.Annotations);
            Reference("ConceptIdentity", dimension.Concept);
            Start("LocalRepresentation");
            TextFormat format = TimeFormat.Of(dimension.Representation?.TextFormat, out bool changed);
            if (changed)
            {
                NotCarried($"format of {structure.Reference}.{dimension.Id}");
            }

            TextFormat("TextFormat", format, format.DataType.ToString(), multilingual: false);
            End();
            End();
            return;
        }

        Representation? representation = dimension.Representation;
        if (dimension.IsMeasureDimension || representation?.Enumeration is { } list && list.Type != StructureType.Codelist)
        {
            NotCarried($"{(dimension.IsMeasureDimension ? "measure dimension" : "value list of")} {structure.Reference}.{dimension.Id}");
            representation = null;
        }

        Component("Dimension", dimension with { Representation = representation }, mandatory: false, null);
    }

    private void Group(DimensionGroup group)
    {
        Start("Group");
        Attribute("id", group.Id);
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
        Start("AttributeRelationship");
        switch (attribute.Relationship)
        {
            case AttributeRelationship.Dimensions when !attribute.Dimensions.IsEmpty:
                foreach (string dimension in attribute.Dimensions)
                {
                    Element("Dimension", dimension);
                }

                if (attribute.Group is { } groups)
                {
                    NotCarried($"AttachmentGroup {groups} of {attribute.Id}");
                }

                break;
            case AttributeRelationship.Group when attribute.Group is not null:
                Element("Group", attribute.Group);
                break;
            case AttributeRelationship.Observation:
                Element("Observation", "");
                break;
            default:
                Element("Dataflow", "");
                break;
        }

        End();
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

    private void Component(string element, Component component, bool mandatory, Action? rest)
    {
        Start(element);
        Attribute("id", component.Id);
        Attribute("usage", mandatory ? "mandatory" : null);
        Annotations(component.Annotations);
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
        else if (representation.MinOccurs != 1 || representation.MaxOccurs != 1)
        {
            NotCarried("minOccurs and maxOccurs of a dimension");
        }

        if (representation.Enumeration is { } list)
        {
            Reference("Enumeration", list);
            if (representation.TextFormat is { } coded)
            {
                TextFormat("EnumerationFormat", coded, coded.DataType.ToString(), multilingual: false);
            }
        }
        else
        {
            TextFormat("TextFormat", representation.TextFormat!, representation.TextFormat!.DataType.ToString(), multilingual);
        }

        End();
    }

    private void MetadataStructure(MetadataStructure structure)
    {
        bool content = Begin(structure);
        Names(structure);
        if (!structure.Targets.IsEmpty || structure.Reports.Length > 1)
        {
            NotCarried($"metadata targets and report structures of {structure.Reference}");
        }

        if (content && !structure.Attributes.IsEmpty)
        {
            Start("MetadataStructureComponents");
            Container("MetadataAttributeList", structure.Attributes, MetadataAttribute);
            End();
        }

        End();
    }

    private void MetadataAttribute(MetadataAttribute attribute)
    {
        Start("MetadataAttribute");
        Attribute("id", attribute.Id);
        Attribute("minOccurs", attribute.MinOccurs == 1 ? null : XmlText.Of(attribute.MinOccurs));
        Attribute("maxOccurs", attribute.MaxOccurs switch { 1 => null, null => "unbounded", int max => XmlText.Of(max) });
        Flag("isPresentational", attribute.IsPresentational);
        Annotations(attribute.Annotations);
        Reference("ConceptIdentity", attribute.Concept);
        Representation("LocalRepresentation", attribute.Representation, occurs: false, multilingual: true);
        foreach (MetadataAttribute child in attribute.Children)
        {
            MetadataAttribute(child);
        }

        End();
    }

    private void Metadataflow(Metadataflow flow)
    {
        bool content = Begin(flow);
        Names(flow);
        if (content || !flow.Targets.IsEmpty)
        {
            Reference("Structure", flow.Structure);
            // The schema requires a target. 2.1 has none here, which means: anything its structure admits.
            foreach (string target in flow.Targets.IsEmpty ? ["urn:sdmx:org.sdmx.infomodel.base.Any=*:*(*)"] : flow.Targets)
            {
                Element("Target", target);
            }
        }

        End();
    }

    private void MetadataProvisionAgreement(MetadataProvisionAgreement agreement)
    {
        bool content = Begin(agreement);
        Names(agreement);
        if (content || agreement is { Metadataflow: not null, MetadataProvider: not null })
        {
            Reference("Metadataflow", agreement.Metadataflow);
            Reference("MetadataProvider", agreement.MetadataProvider);
            foreach (string target in agreement.Targets)
            {
                Element("Target", target);
            }
        }

        End();
    }
}
