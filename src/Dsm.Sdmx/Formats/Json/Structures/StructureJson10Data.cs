using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Data structures, metadata structures and their flows.</summary>
internal sealed partial class StructureJson10
{
    private static readonly StructureReference ObsValueConcept = new(StructureType.ConceptScheme, "SDMX", "CROSS_DOMAIN_CONCEPTS", "1.0", "OBS_VALUE");

    private void Dataflow(Dataflow flow)
    {
        if (Begin(flow))
        {
            Reference("structure", flow.Structure);
            NotCarried("Dataflow.DimensionConstraint", flow.DimensionConstraint, flow.Reference);
        }
    }

    private void Metadataflow(Metadataflow flow)
    {
        if (Begin(flow))
        {
            Reference("structure", flow.Structure);
            NotCarried("Metadataflow.Targets", flow.Targets, flow.Reference);
        }
    }

    private void DataStructure(DataStructure structure)
    {
        bool content = Begin(structure);
        NotCarried("DataStructure.IsEvolving", structure.IsEvolving ? "" : null, structure.Reference);
        NotCarried("DataStructure.MetadataStructure", structure.MetadataStructure?.Urn, structure.Reference);
        NotCarried("DataStructure.MetadataAttributeUsages", structure.MetadataAttributeUsages, structure.Reference);

        if (content && !structure.Dimensions.IsEmpty)
        {
            Object("dataStructureComponents", () => Components(structure));
            NotCarried("DataStructure.CrossSectionalMeasures", structure.CrossSectionalMeasures, structure.Reference);
        }
        else if (!structure.Attributes.IsEmpty || !structure.Measures.IsEmpty)
        {
            NotCarried("DataStructure.Attributes", structure.Reference);
        }
    }

    private void Components(DataStructure structure)
    {
        Object("dimensionList", () =>
        {
            Json.WriteString("id", "DimensionDescriptor");
            Notes(structure.DimensionNotes);
            Dictionary<string, int> positions = structure.Dimensions.Select((d, n) => (d.Id, n + 1)).DistinctBy(p => p.Id).ToDictionary(p => p.Id, p => p.Item2);
            Array("dimensions", structure.Dimensions.Where(d => d is { IsTime: false, IsMeasureDimension: false }), d => Dimension(structure, d, positions[d.Id]));
            Array("measureDimensions", structure.Dimensions.Where(d => d.IsMeasureDimension), d => Dimension(structure, d, positions[d.Id]));
            Array("timeDimensions", structure.Dimensions.Where(d => d.IsTime), d => Dimension(structure, d, positions[d.Id]));
        });
        Array("groups", structure.Groups, group =>
        {
            Json.WriteString("id", group.Id);
            Annotations(group.Annotations);
            Links([], group.Uri);
            Texts("groupDimensions", group.Dimensions);
            Reference("attachmentConstraint", group.AttachmentConstraint);
        });
        if (!structure.Attributes.IsEmpty || structure.AttributeNotes is not null)
        {
            Object("attributeList", () =>
            {
                Json.WriteString("id", "AttributeDescriptor");
                Notes(structure.AttributeNotes);
                Array("attributes", structure.Attributes.Where(a => !IsYearStart(a)), a => Attribute(structure, a));
                Array("reportingYearStartDays", structure.Attributes.Where(IsYearStart), a => Attribute(structure, a));
            });
        }

        Object("measureList", () =>
        {
            Json.WriteString("id", "MeasureDescriptor");
            Notes(structure.MeasureNotes);
            Object("primaryMeasure", () => PrimaryMeasure(structure));
        });
    }

    private static bool IsYearStart(DataAttribute attribute) => attribute.Id == "REPORTING_YEAR_START_DAY" && attribute.ConceptRoles.IsEmpty
        && attribute.Representation is { Enumeration: null, TextFormat.DataType: SdmxDataType.MonthDay };

    private void Dimension(DataStructure structure, Dimension dimension, int position)
    {
        Component(dimension.IsTime ? dimension with { Id = "TIME_PERIOD" } : dimension);
        Json.WriteNumber("position", position);
        Json.WriteString("type", dimension.IsTime ? "TimeDimension" : dimension.IsMeasureDimension ? "MeasureDimension" : "Dimension");
        if (dimension.IsTime)
        {
            if (dimension.Id != "TIME_PERIOD")
            {
                NotCarried("Component.Id", $"{structure.Reference}.{dimension.Id}");
            }

            NotCarried("Component.ConceptRoles", dimension.ConceptRoles, $"{structure.Reference}.{dimension.Id}");
            TextFormat format = TimeFormat.Of(dimension.Representation?.TextFormat, out bool changed);
            if (changed)
            {
                NotCarried("Component.Representation", $"{structure.Reference}.{dimension.Id}");
            }

            Object("localRepresentation", () => Format("textFormat", format, coded: false));
            return;
        }

        Representation("localRepresentation", dimension.Representation, occurs: false);
        References("conceptRoles", dimension.ConceptRoles);
    }

    private void Attribute(DataStructure structure, DataAttribute attribute)
    {
        string owner = $"{structure.Reference}.{attribute.Id}";
        Component(attribute);
        Json.WriteString("assignmentStatus", attribute.IsMandatory ? "Mandatory" : "Conditional");
        Representation("localRepresentation", attribute.Representation, occurs: false);
        References("conceptRoles", attribute.ConceptRoles);
        NotCarried("DataAttribute.Measures", attribute.Measures, owner);
        NotCarried("DataAttribute.OptionalDimensions", attribute.OptionalDimensions, owner);

        Object("attributeRelationship", () =>
        {
            switch (attribute.Relationship)
            {
                case AttributeRelationship.Dimensions when !attribute.Dimensions.IsEmpty:
                    Texts("dimensions", attribute.Dimensions);
                    Texts("attachmentGroups", attribute.Group?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? []);
                    break;
                case AttributeRelationship.Group when attribute.Group is not null:
                    Json.WriteString("group", attribute.Group);
                    break;
                case AttributeRelationship.Observation:
                    Json.WriteString("primaryMeasure", "OBS_VALUE");
                    break;
                default:
                    Empty("none");
                    break;
            }
        });
    }

    private void PrimaryMeasure(DataStructure structure)
    {
        Measure measure = structure.Measures.FirstOrDefault() ?? new Measure { Id = "OBS_VALUE", Concept = ObsValueConcept };
        string owner = $"{structure.Reference}.{measure.Id}";
        if (structure.Measures.IsEmpty)
        {
            NotCarried("DataStructure.Measures", structure.Reference);
        }

        NotCarried("Component.Id", measure.Id == "OBS_VALUE" ? null : measure.Id, owner);
        NotCarried("Measure.IsMandatory", measure.IsMandatory ? "" : null, owner);
        NotCarried("Component.ConceptRoles", measure.ConceptRoles, owner);

        Component(measure with { Id = "OBS_VALUE" });
        Representation("localRepresentation", measure.Representation, occurs: false);
    }

    private void Component(Component component)
    {
        Json.WriteString("id", component.Id);
        Annotations(component.Annotations);
        Links(component.Links, component.Uri);
        Reference("conceptIdentity", component.Concept);
    }

    private void MetadataStructure(MetadataStructure structure)
    {
        NotCarried("MetadataStructure.AttributeNotes", structure.AttributeNotes is null ? null : "", structure.Reference);
        if (!Begin(structure) || structure.Attributes.IsEmpty)
        {
            return;
        }

        // A structure of 3.0 has neither; the schema wants one of each.
        MetadataTarget[] targets = structure.Targets.IsEmpty ? [new MetadataTarget("TARGET", [])] : [.. structure.Targets];
        MetadataReportStructure[] reports = structure.Reports.IsEmpty
            ? [new MetadataReportStructure("REPORT", structure.Attributes, [.. targets.Select(t => t.Id)])]
            : [.. structure.Reports];
        if (structure.Targets.IsEmpty)
        {
            NotCarried("MetadataStructure.Targets", structure.Reference);
        }

        if (structure.Reports.IsEmpty)
        {
            NotCarried("MetadataStructure.Reports", structure.Reference);
        }

        Object("metadataStructureComponents", () =>
        {
            Array("metadataTargets", targets, Target);
            Array("reportStructures", reports, report =>
            {
                Json.WriteString("id", report.Id);
                Annotations(report.Annotations);
                Links([], report.Uri);
                Array("metadataAttributes", report.Attributes, MetadataAttribute);
                Texts("metadataTargets", report.TargetIds.Select(t => Inside(structure, "MetadataTarget", t)));
            });
        });
    }

    private void MetadataAttribute(MetadataAttribute attribute)
    {
        Component(attribute);
        Occurs(attribute.MinOccurs, attribute.MaxOccurs);
        Flag("isPresentational", attribute.IsPresentational);
        Representation("localRepresentation", attribute.Representation, occurs: false);
        Array("metadataAttributes", attribute.Children, MetadataAttribute);
    }

    private void Target(MetadataTarget target)
    {
        Json.WriteString("id", target.Id);
        // Kinds stand in lists of their own; the order among them is lost.
        string[] kinds = [.. target.Objects.Select(o => o.Kind)];
        NotCarried("MetadataTarget.Objects", kinds.SequenceEqual(kinds.Order(StringComparer.Ordinal)) ? null : "", target.Id);
        Annotations(target.Annotations);
        Links([], target.Uri);
        foreach ((string kind, string member, string type, string fixedId) in new[]
        {
            ("ConstraintContentTarget", "constraintContentTargets", "AttachmentConstraintReference", "CONSTRAINT_CONTENT_TARGET"),
            ("DataSetTarget", "dataSetTargets", "DataSetReference", "DATA_SET_TARGET"),
            ("IdentifiableObjectTarget", "identifiableObjectTargets", "IdentifiableReference", ""),
            ("KeyDescriptorValuesTarget", "keyDescriptorValuesTargets", "KeyValues", "DATA_KEY_TARGET"),
            ("ReportPeriodTarget", "reportPeriodTargets", "", "REPORT_PERIOD_TARGET"),
        })
        {
            Array(member, target.Objects.Where(o => o.Kind == kind), part =>
            {
                Json.WriteString("id", part.Id ?? fixedId);
                Annotations(part.Annotations);
                Links([], part.Uri);
                Text("objectType", part.ObjectType);
                Object("localRepresentation", () =>
                {
                    Reference("enumeration", part.Enumeration);
                    if (kind == "ReportPeriodTarget")
                    {
                        TextFormat format = TimeFormat.Of(part.TimeFormat, out bool changed);
                        NotCarried("MetadataTargetObject.TimeFormat", changed ? "" : null, target.Id);
                        Format("textFormat", format, coded: true);
                    }
                    else if (part.Enumeration is null)
                    {
                        Object("textFormat", () => Json.WriteString("textType", type));
                    }
                });
            });
        }
    }
}
