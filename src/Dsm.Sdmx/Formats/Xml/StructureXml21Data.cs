using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Data structures and dataflows.</summary>
internal sealed partial class StructureXml21
{
    // The one measure of 2.1 and its concept, for structures that declare no measure.
    private static readonly StructureReference ObsValueConcept = new(StructureType.ConceptScheme, "SDMX", "CROSS_DOMAIN_CONCEPTS", "1.0", "OBS_VALUE");

    private void Dataflow(Dataflow flow)
    {
        bool content = Begin("Dataflow", flow);
        Names(flow);
        if (content)
        {
            Reference("Structure", flow.Structure);
            NotCarried("Dataflow.DimensionConstraint", flow.DimensionConstraint, flow.Reference);
        }

        End();
    }

    private void DataStructure(DataStructure structure)
    {
        bool content = Begin("DataStructure", structure);
        if (structure.MetadataStructure is not null)
        {
            NotCarried("DataStructure.MetadataStructure", structure.Reference);
        }

        if (structure.IsEvolving)
        {
            NotCarried("DataStructure.IsEvolving", structure.Reference);
        }

        NotCarried("DataStructure.CrossSectionalMeasures", structure.CrossSectionalMeasures, structure.Reference);
        NotCarried("DataStructure.MetadataAttributeUsages", structure.MetadataAttributeUsages, structure.Reference);
        Names(structure);
        if (content && !structure.Dimensions.IsEmpty)
        {
            Start("DataStructureComponents");
            Start("DimensionList");
            Notes("DimensionDescriptor", structure.DimensionNotes);
            int position = 0;
            foreach (Dimension dimension in structure.Dimensions)
            {
                Dimension(structure, dimension, ++position);
            }

            End();
            foreach (DimensionGroup group in structure.Groups)
            {
                Group(group);
            }

            if (!structure.Attributes.IsEmpty)
            {
                Start("AttributeList");
                Notes("AttributeDescriptor", structure.AttributeNotes);
                foreach (DataAttribute attribute in structure.Attributes)
                {
                    DataAttribute(structure, attribute);
                }

                End();
            }

            MeasureList(structure);
            End();
        }

        End();
    }

    private void Dimension(DataStructure structure, Dimension dimension, int position)
    {
        string owner = $"{structure.Reference}.{dimension.Id}";
        Start(dimension.IsTime ? "TimeDimension" : dimension.IsMeasureDimension ? "MeasureDimension" : "Dimension");
        Attribute("id", dimension.IsTime ? "TIME_PERIOD" : dimension.Id);
        Attribute("position", XmlText.Of(position));
        BeginComponent(dimension);
        Reference("ConceptIdentity", dimension.Concept);
        if (dimension.IsTime)
        {
            NotCarried("Component.ConceptRoles", dimension.ConceptRoles, owner);
            if (dimension.Id != "TIME_PERIOD")
            {
                NotCarried("Component.Id", owner);
            }

            Start("LocalRepresentation");
            TextFormat format = TimeFormat.Of(dimension.Representation?.TextFormat, out bool changed);
            if (changed)
            {
                NotCarried("Component.Representation", owner);
            }

            TextFormat("TextFormat", format, format.DataType.ToString(), multilingual: false);
            End();
        }
        else
        {
            Representation("LocalRepresentation", dimension.Representation, owner, multilingual: false);
            Roles(dimension);
        }

        End();
    }

    /// <summary>What all components begin with, after the attributes of their own: uri and annotations.</summary>
    private void BeginComponent(Component component)
    {
        Attribute("uri", component.Uri);
        Annotations(component.Annotations);
        Links(component.Links, "Component", component.Id);
    }

    private void Roles(Component component)
    {
        foreach (StructureReference role in component.ConceptRoles)
        {
            Reference("ConceptRole", role);
        }
    }

    private void Group(DimensionGroup group)
    {
        Start("Group");
        Attribute("id", group.Id);
        Attribute("uri", group.Uri);
        Annotations(group.Annotations);
        if (group.AttachmentConstraint is not null)
        {
            Reference("AttachmentConstraint", group.AttachmentConstraint);
            NotCarried("DimensionGroup.Dimensions", group.Dimensions, group.Id);
            End();
            return;
        }

        foreach (string dimension in group.Dimensions)
        {
            Start("GroupDimension");
            Local("DimensionReference", dimension);
            End();
        }

        End();
    }

    private void DataAttribute(DataStructure structure, DataAttribute attribute)
    {
        string owner = $"{structure.Reference}.{attribute.Id}";
        bool yearStart = attribute.Id == "REPORTING_YEAR_START_DAY" && attribute.ConceptRoles.IsEmpty
            && attribute.Representation is { Enumeration: null, TextFormat.DataType: SdmxDataType.MonthDay };
        Start(yearStart ? "ReportingYearStartDay" : "Attribute");
        Attribute("id", attribute.Id);
        Attribute("assignmentStatus", attribute.IsMandatory ? "Mandatory" : "Conditional");
        BeginComponent(attribute);
        Reference("ConceptIdentity", attribute.Concept);
        Representation("LocalRepresentation", attribute.Representation, owner, multilingual: false);
        Roles(attribute);
        Start("AttributeRelationship");
        switch (attribute.Relationship)
        {
            case AttributeRelationship.Dimensions when !attribute.Dimensions.IsEmpty:
                foreach (string dimension in attribute.Dimensions)
                {
                    Local("Dimension", dimension);
                }

                foreach (string group in attribute.Group?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [])
                {
                    Local("AttachmentGroup", group);
                }

                break;
            case AttributeRelationship.Group when attribute.Group is not null:
                Local("Group", attribute.Group);
                break;
            case AttributeRelationship.Observation:
                Local("PrimaryMeasure", "OBS_VALUE");
                break;
            default:
                Element("None", "");
                break;
        }

        End();
        NotCarried("DataAttribute.Measures", attribute.Measures, owner);
        NotCarried("DataAttribute.OptionalDimensions", attribute.OptionalDimensions, owner);

        End();
    }

    private void MeasureList(DataStructure structure)
    {
        Measure measure = structure.Measures.FirstOrDefault() ?? new Measure { Id = "OBS_VALUE", Concept = ObsValueConcept };
        string owner = $"{structure.Reference}.{measure.Id}";
        if (structure.Measures.IsEmpty)
        {
            NotCarried("DataStructure.Measures", structure.Reference);
        }
        else if (measure.Id != "OBS_VALUE")
        {
            NotCarried("Component.Id", owner);
        }

        if (measure.IsMandatory)
        {
            NotCarried("Measure.IsMandatory", owner);
        }

        NotCarried("Component.ConceptRoles", measure.ConceptRoles, owner);

        Start("MeasureList");
        Notes("MeasureDescriptor", structure.MeasureNotes);
        Start("PrimaryMeasure");
        Attribute("id", "OBS_VALUE");
        BeginComponent(measure);
        Reference("ConceptIdentity", measure.Concept);
        Representation("LocalRepresentation", measure.Representation, owner, multilingual: false);
        End();
        End();
    }

    private void Representation(string element, Representation? representation, string owner, bool multilingual)
    {
        StructureReference? list = representation?.Enumeration;
        if (list is not null && list.Type == StructureType.ValueList)
        {
            bool nothingLeft = representation!.TextFormat is null;
            NotCarried(!nothingLeft ? "Representation.Enumeration" : element == "CoreRepresentation" ? "Concept.CoreRepresentation" : "Component.Representation", owner);
            list = null;
        }

        if (representation is null || (list is null && representation.TextFormat is null))
        {
            return;
        }

        if (representation.MinOccurs != 1)
        {
            NotCarried("Representation.MinOccurs", owner);
        }

        if (representation.MaxOccurs != 1)
        {
            NotCarried("Representation.MaxOccurs", owner);
        }

        Start(element);
        if (list is not null)
        {
            Reference("Enumeration", list);
            if (representation.TextFormat is { } coded && list.Type == StructureType.Codelist)
            {
                TextFormat format = Coded(coded, owner);
                TextFormat("EnumerationFormat", format, format.DataType.ToString(), multilingual: false);
            }
        }
        else
        {
            TextFormat format = Typed(representation.TextFormat!, owner);
            TextFormat("TextFormat", format, format.DataType.ToString(), multilingual);
        }

        End();
    }

    /// <summary>A format with a data type that 2.1 has.</summary>
    private TextFormat Typed(TextFormat format, object owner)
    {
        if (format.DataType != SdmxDataType.GeospatialInformation)
        {
            return format;
        }

        NotCarried("TextFormat.DataType", owner);
        return format with { DataType = SdmxDataType.String };
    }
}
