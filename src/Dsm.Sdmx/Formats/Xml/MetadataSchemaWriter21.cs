using System.Collections.Immutable;
using System.Text;
using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Writes the XML Schema of the structure-specific messages of one metadata structure for SDMX-ML 2.1 (SDMX-ML, "structure-specific
/// metadata"); later versions have generic messages only. It imports the official schemas by namespace. A metadata structure without
/// report structures, as of 3.0, has one report, of the id of what the messages refer to, about any objects.
/// </summary>
public static class MetadataSchemaWriter21
{
    private const string Xs = "http://www.w3.org/2001/XMLSchema";

    /// <summary>Writes the schema.</summary>
    /// <param name="structures">Codelists and concepts of the metadata structure.</param>
    /// <param name="structure">The metadata structure.</param>
    /// <param name="reference">What the messages refer to: metadata structure, metadataflow or agreement.</param>
    /// <param name="output">Where the schema goes; left open.</param>
    public static void Write(StructureSet structures, MetadataStructure structure, StructureReference reference, Stream output)
    {
        ArgumentNullException.ThrowIfNull(structures);
        ArgumentNullException.ThrowIfNull(structure);
        ArgumentNullException.ThrowIfNull(reference);
        using XmlWriter xml = XmlWriter.Create(output, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, CloseOutput = false });
        new Writing(xml, new DataSchemaResolver(structures, new IssueList()), structure, reference).Write();
    }

    private sealed class Writing(XmlWriter xml, DataSchemaResolver resolver, MetadataStructure structure, StructureReference reference)
    {
        private readonly SortedDictionary<string, ImmutableArray<string>> _codes = new(StringComparer.Ordinal);

        private IEnumerable<MetadataReportStructure> Reports => structure.Reports.IsEmpty
            ? [new MetadataReportStructure(reference.Id, structure.Attributes, ["TARGET"])]
            : structure.Reports;

        public void Write()
        {
            string target = XmlText.Clean(MetadataXml21.NamespaceOf(reference));
            xml.WriteStartDocument();
            xml.WriteStartElement("xs", "schema", Xs);
            xml.WriteAttributeString("xmlns", target);
            xml.WriteAttributeString("xmlns", "msd", null, SdmxNamespaces.V21.StructureSpecificMetadata);
            xml.WriteAttributeString("xmlns", "common", null, SdmxNamespaces.V21.Common);
            xml.WriteAttributeString("targetNamespace", target);
            xml.WriteAttributeString("elementFormDefault", "qualified");
            xml.WriteAttributeString("attributeFormDefault", "unqualified");
            Empty("import", ("namespace", SdmxNamespaces.V21.Common));
            Empty("import", ("namespace", SdmxNamespaces.V21.StructureSpecificMetadata));
            Restriction("MetadataSetType", "msd:MetadataSetType", () => Sequence(() =>
            {
                Empty("element", ("ref", "common:Annotations"), ("minOccurs", "0"));
                Empty("element", ("ref", "common:Name"), ("minOccurs", "0"), ("maxOccurs", "unbounded"));
                Local("DataProvider", "common:DataProviderReferenceType", ("minOccurs", "0"));
                Local("Report", "msd:ReportType", ("maxOccurs", "unbounded"));
            }));
            foreach (MetadataReportStructure report in Reports)
            {
                Report(report);
            }

            foreach (MetadataTarget one in structure.Reports.IsEmpty ? [] : structure.Targets)
            {
                Values(one);
            }

            if (structure.Reports.IsEmpty)
            {
                Value("TARGET.OBJECT", "OBJECT", null);
            }

            CodeTypes();
            xml.WriteEndElement();
            xml.WriteEndDocument();
        }

        private void Report(MetadataReportStructure report)
        {
            Restriction(report.Id, "msd:ReportType", () =>
            {
                Sequence(() =>
                {
                    Empty("element", ("ref", "common:Annotations"), ("minOccurs", "0"));
                    Local("Target", report.TargetIds is [var only] ? $"{report.Id}.{only}" : "msd:TargetType");
                    AttributeSet(resolver.MetadataAttributes(structure, report.Attributes, ""), isRequired: true);
                });
                Fixed(report.Id);
            });
            foreach (string target in report.TargetIds)
            {
                Restriction($"{report.Id}.{target}", "msd:TargetType", () =>
                {
                    MetadataTarget? known = structure.Reports.IsEmpty ? null : structure.Targets.FirstOrDefault(t => t.Id == target);
                    Sequence(() => Local("ReferenceValue", "msd:ReferenceValueType", ("maxOccurs", known is null ? "unbounded" : $"{Math.Max(1, known.Objects.Length)}")));
                    Fixed(target);
                });
            }
        }

        private void Values(MetadataTarget target)
        {
            foreach (MetadataTargetObject part in target.Objects)
            {
                (string name, string id) = part.Kind switch
                {
                    "ReportPeriodTarget" => (part.Kind, TargetValue.PeriodId),
                    "DataSetTarget" => (part.Kind, TargetValue.DataSetId),
                    "KeyDescriptorValuesTarget" => (part.Kind, TargetValue.DataKeyId),
                    "ConstraintContentTarget" => (part.Kind, TargetValue.ConstraintId),
                    _ => (part.Id ?? "", part.Id ?? ""),
                };
                Value($"{target.Id}.{name}", id, part.Kind);
            }
        }

        private void Value(string name, string id, string? kind) => Restriction(name, "msd:ReferenceValueType", () =>
        {
            xml.WriteStartElement("choice", Xs);
            (string element, string type) = kind switch
            {
                "ReportPeriodTarget" => ("ReportPeriod", "common:ObservationalTimePeriodType"),
                "DataSetTarget" => ("DataSetReference", "common:SetReferenceType"),
                "KeyDescriptorValuesTarget" => ("DataKey", "common:DataKeyType"),
                "ConstraintContentTarget" => ("ConstraintContentReference", "common:AttachmentConstraintReferenceType"),
                _ => ("ObjectReference", "common:ObjectReferenceType"),
            };
            Local(element, type);
            xml.WriteEndElement();
            Fixed(id);
        });

        private void AttributeSet(ImmutableArray<SchemaMetadataAttribute> attributes, bool isRequired)
        {
            xml.WriteStartElement("element", Xs);
            xml.WriteAttributeString("name", "AttributeSet");
            xml.WriteAttributeString("form", "unqualified");
            if (!isRequired && attributes.All(a => a.MinOccurs == 0))
            {
                xml.WriteAttributeString("minOccurs", "0");
            }

            xml.WriteStartElement("complexType", Xs);
            Sequence(() =>
            {
                foreach (SchemaMetadataAttribute attribute in attributes)
                {
                    Attribute(attribute);
                }
            });
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        private void Attribute(SchemaMetadataAttribute attribute)
        {
            SchemaComponent component = attribute.Component;
            xml.WriteStartElement("element", Xs);
            xml.WriteAttributeString("name", XmlText.Clean(component.Id));
            xml.WriteAttributeString("form", "unqualified");
            xml.WriteAttributeString("minOccurs", XmlConvert.ToString(attribute.MinOccurs));
            xml.WriteAttributeString("maxOccurs", attribute.MaxOccurs is { } most ? XmlConvert.ToString(most) : "unbounded");
            Restriction(null, "msd:ReportedAttributeType", () =>
            {
                Sequence(() =>
                {
                    Empty("element", ("ref", "common:Annotations"), ("minOccurs", "0"));
                    if (!attribute.IsPresentational && !component.IsCoded)
                    {
                        xml.WriteStartElement("choice", Xs);
                        xml.WriteAttributeString("minOccurs", "0");
                        Empty("element", ("ref", "common:Text"), ("maxOccurs", "unbounded"));
                        Empty("element", ("ref", "common:StructuredText"), ("maxOccurs", "unbounded"));
                        xml.WriteEndElement();
                    }

                    if (!attribute.Children.IsEmpty)
                    {
                        AttributeSet(attribute.Children, isRequired: false);
                    }
                });
                Fixed(component.Id);
                Value(attribute);
            });
            xml.WriteEndElement();
        }

        private void Value(SchemaMetadataAttribute attribute)
        {
            if (attribute.IsPresentational)
            {
                Empty("attribute", ("name", "value"), ("use", "prohibited"));
            }
            else if (attribute.Component is { IsCoded: true, Codes: { } codes } coded)
            {
                string name = StructureSpecificTypes.NameOf(coded);
                _codes.TryAdd(name, codes.Codes);
                Empty("attribute", ("name", "value"), ("type", name), ("use", "required"));
            }
            else
            {
                Empty("attribute", ("name", "value"), ("type", StructureSpecificTypes.PlainOf(attribute.Component) ?? "xs:string"), ("use", "optional"));
            }
        }

        private void CodeTypes()
        {
            foreach ((string name, ImmutableArray<string> codes) in _codes)
            {
                xml.WriteStartElement("simpleType", Xs);
                xml.WriteAttributeString("name", XmlText.Clean(name));
                xml.WriteStartElement("restriction", Xs);
                xml.WriteAttributeString("base", "xs:string");
                foreach (string code in codes)
                {
                    Empty("enumeration", ("value", code));
                }

                xml.WriteEndElement();
                xml.WriteEndElement();
            }
        }

        private void Restriction(string? name, string parent, Action content)
        {
            xml.WriteStartElement("complexType", Xs);
            if (name is not null)
            {
                xml.WriteAttributeString("name", XmlText.Clean(name));
            }

            xml.WriteStartElement("complexContent", Xs);
            xml.WriteStartElement("restriction", Xs);
            xml.WriteAttributeString("base", parent);
            content();
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        private void Sequence(Action content)
        {
            xml.WriteStartElement("sequence", Xs);
            content();
            xml.WriteEndElement();
        }

        private void Fixed(string id) => Empty("attribute", ("name", "id"), ("type", "common:IDType"), ("use", "optional"), ("fixed", id));

        private void Local(string name, string type, params (string Name, string Value)[] more)
            => Empty("element", [("name", name), ("type", type), ("form", "unqualified"), .. more]);

        private void Empty(string element, params (string Name, string Value)[] attributes)
        {
            xml.WriteStartElement(element, Xs);
            foreach ((string name, string value) in attributes)
            {
                xml.WriteAttributeString(name, XmlText.Clean(value));
            }

            xml.WriteEndElement();
        }
    }
}
