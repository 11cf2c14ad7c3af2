using System.Collections.Immutable;
using System.Text;
using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Writes the XML Schema of the structure-specific messages of one structure and one dimension at the observation, for SDMX-ML 2.1,
/// 3.0 and 3.1 (SDMX-ML, "structure-specific schemas"). It imports the official schemas by namespace.
/// </summary>
public static class StructureSpecificSchemaWriter
{
    private const string Xs = "http://www.w3.org/2001/XMLSchema";

    /// <summary>Namespace of the types: the URN of the structure and the dimension at the observation.</summary>
    public static string NamespaceOf(StructureReference reference, string dimensionAtObservation)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return $"{reference.Urn}:ObsLevelDim:{dimensionAtObservation}";
    }

    /// <summary>Writes the schema.</summary>
    /// <param name="schema">The resolved structure.</param>
    /// <param name="reference">What the messages refer to: data structure, dataflow or provision agreement.</param>
    /// <param name="namespaces">Version of SDMX-ML.</param>
    /// <param name="dimensionAtObservation">Dimension at the observation; null for the default.</param>
    /// <param name="output">Where the schema goes; left open.</param>
    /// <param name="forDeletion">True when dimensions may be left out, as messages that delete may do.</param>
    /// <param name="explicitMeasures">
    /// Concepts that the measure dimension stands for, when each is to have a type of its own (SDMX-ML 2.1, "explicit measures"); the
    /// measure dimension is then at the observation. Null for one type of all observations.
    /// </param>
    public static void Write(
        DataSchema schema, StructureReference reference, SdmxNamespaces namespaces, string? dimensionAtObservation, Stream output, bool forDeletion = false, ConceptScheme? explicitMeasures = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(namespaces);
        XmlDataLayout layout = XmlDataLayout.Of(schema, dimensionAtObservation, DataSelection.Full);
        using XmlWriter xml = XmlWriter.Create(output, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, CloseOutput = false });
        new Writing(xml, layout, namespaces, XmlText.Clean(NamespaceOf(reference, layout.DimensionAtObservation)), forDeletion, explicitMeasures).Write();
    }

    private sealed class Writing(XmlWriter xml, XmlDataLayout layout, SdmxNamespaces namespaces, string target, bool forDeletion, ConceptScheme? explicitMeasures)
    {
        // A schema of 2.1 has a type for every group that the structure declares, with attributes or without.
        private readonly ImmutableArray<XmlGroupLayout> groups = namespaces != SdmxNamespaces.V21 ? layout.Groups
            : [.. layout.Schema.Structure.Groups.Select(g => layout.Groups.FirstOrDefault(x => x.Id == g.Id) ?? XmlDataLayout.Group(layout.Schema, g.Id, []))];

        private bool IsVersion21 => namespaces == SdmxNamespaces.V21;

        // The only group of a 2.1 structure needs no common type.
        private bool HasOneGroup => IsVersion21 && groups.Length == 1;

        private SchemaComponent MeasureDimension => Schema.Dimensions[layout.ObservationDimension];

        private string DimensionUse => forDeletion ? "optional" : "required";

        private DataSchema Schema => layout.Schema;

        public void Write()
        {
            xml.WriteStartDocument();
            xml.WriteStartElement("xs", "schema", Xs);
            xml.WriteAttributeString("xmlns", target);
            xml.WriteAttributeString("xmlns", "dsd", null, namespaces.StructureSpecific);
            xml.WriteAttributeString("xmlns", "common", null, namespaces.Common);
            xml.WriteAttributeString("targetNamespace", target);
            xml.WriteAttributeString("elementFormDefault", "qualified");
            xml.WriteAttributeString("attributeFormDefault", "unqualified");
            Empty("import", ("namespace", namespaces.Common));
            Empty("import", ("namespace", namespaces.StructureSpecific));
            new StructureSpecificTypes(xml, !IsVersion21, explicitMeasures is null ? null : StructureSpecificTypes.NameOf(MeasureDimension)).Write(Schema);
            DataSet();
            Groups();
            if (!IsVersion21)
            {
                DataSetAttributes();
            }

            if (!layout.IsFlat)
            {
                Series();
            }

            Observation();
            ExplicitMeasures();
            xml.WriteEndElement();
            xml.WriteEndDocument();
        }

        private void DataSet()
        {
            Restriction("DataSetType", IsVersion21 && layout.IsTimeSeries ? "dsd:TimeSeriesDataSetType" : "dsd:DataSetType", () =>
            {
                Local("DataProvider", "common:DataProviderReferenceType");
                string content = layout.IsFlat ? "Obs" : "Series";
                if (IsVersion21)
                {
                    if (!groups.IsEmpty)
                    {
                        Local("Group", HasOneGroup ? groups[0].Id : "GroupType", many: true);
                    }

                    xml.WriteStartElement("choice", Xs);
                    xml.WriteAttributeString("minOccurs", "0");
                    Empty("element", ("name", content), ("type", content + "Type"), ("form", "unqualified"), ("maxOccurs", "unbounded"));
                }
                else
                {
                    xml.WriteStartElement("choice", Xs);
                    xml.WriteAttributeString("minOccurs", "0");
                    xml.WriteAttributeString("maxOccurs", "unbounded");
                    Empty("element", ("name", "Atts"), ("type", "AttsType"), ("form", "unqualified"));
                    if (!layout.Groups.IsEmpty)
                    {
                        Empty("element", ("name", "Group"), ("type", "GroupType"), ("form", "unqualified"));
                    }

                    Empty("element", ("name", content), ("type", content + "Type"), ("form", "unqualified"));
                }

                xml.WriteEndElement();
                Metadata();
            }, () =>
            {
                if (IsVersion21)
                {
                    Attributes(layout.OnDataSet.Select(i => Schema.SeriesAttributes[i]));
                    NoReportingYear();
                }
            });
        }

        private void DataSetAttributes()
            => Restriction("AttsType", "dsd:AttsType", () => Comps(layout.OnDataSet), () => Attributes(layout.OnDataSet.Select(i => Schema.SeriesAttributes[i])));

        private void Groups()
        {
            if (groups.IsEmpty)
            {
                return;
            }

            if (!HasOneGroup)
            {
                GroupType();
            }

            foreach (XmlGroupLayout group in groups)
            {
                Restriction(group.Id, HasOneGroup ? "dsd:GroupType" : "GroupType", () => Elements(group.Attributes), () =>
                {
                    Dimensions(group.Dimensions);
                    Attributes(group.Attributes.Select(i => Schema.SeriesAttributes[i]));
                    Empty("attribute", ("name", "type"), ("type", HasOneGroup ? "common:IDType" : "GroupType.ID"), ("use", "optional"), ("fixed", group.Id));
                    NoReportingYear();
                });
            }
        }

        private void GroupType()
        {
            Restriction("GroupType", "dsd:GroupType", () => Elements(groups.SelectMany(g => g.Attributes)), () =>
            {
                Empty("attribute", ("name", "type"), ("type", "GroupType.ID"), ("use", "optional"));
                Empty("anyAttribute", ("namespace", "##local"));
            }, isAbstract: true);
            xml.WriteStartElement("simpleType", Xs);
            xml.WriteAttributeString("name", "GroupType.ID");
            xml.WriteStartElement("restriction", Xs);
            xml.WriteAttributeString("base", "common:IDType");
            foreach (XmlGroupLayout group in groups)
            {
                Empty("enumeration", ("value", group.Id));
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        private void Series()
        {
            Restriction("SeriesType", IsVersion21 && layout.IsTimeSeries ? "dsd:TimeSeriesType" : "dsd:SeriesType",
                () =>
                {
                    Comps(layout.OnSeries);
                    Local("Obs", "ObsType", many: true);
                    Metadata();
                },
                () =>
                {
                    Dimensions(layout.KeyDimensions);
                    Attributes(layout.OnSeries.Select(i => Schema.SeriesAttributes[i]));
                    if (!layout.IsTimeSeries)
                    {
                        Time(Schema.TimeDimension is null ? "prohibited" : DimensionUse);
                    }

                    NoReportingYear();
                });
        }

        private void Observation()
        {
            Restriction("ObsType", IsVersion21 && layout.IsTimeSeries ? "dsd:TimeSeriesObsType" : "dsd:ObsType", () =>
            {
                Comps(Schema.Measures.Concat(layout.OnObservation.Select(i => Schema.SeriesAttributes[i])).Concat(Schema.ObservationAttributes));
                Metadata();
            }, () =>
            {
                Dimensions(layout.IsFlat ? layout.KeyDimensions : layout.ObservationDimension >= 0 ? [layout.ObservationDimension] : []);
                bool timeHere = Schema.TimeDimension is not null && (layout.IsFlat || layout.IsTimeSeries);
                Time(timeHere ? (layout.IsTimeSeries ? "required" : DimensionUse) : "prohibited");
                foreach (SchemaComponent measure in Schema.Measures)
                {
                    if (explicitMeasures is null)
                    {
                        Attribute(measure, "optional");
                    }
                    else
                    {
                        Empty("attribute", ("name", measure.Id), ("type", StructureSpecificTypes.PlainOf(measure) ?? StructureSpecificTypes.NameOf(measure)), ("use", "optional"));
                    }
                }

                Attributes(layout.OnObservation.Select(i => Schema.SeriesAttributes[i]));
                Attributes(Schema.ObservationAttributes);
                if (explicitMeasures is null)
                {
                    Empty("attribute", ("name", "type"), ("type", "common:IDType"), ("use", "prohibited"));
                }
                else
                {
                    Empty("attribute", ("name", "type"), ("type", StructureSpecificTypes.NameOf(MeasureDimension)), ("use", "optional"));
                }

                NoReportingYear();
            }, isAbstract: explicitMeasures is not null);
        }

        /// <summary>A type for each concept that is measured, with the representation of the concept where it narrows that of the measure.</summary>
        private void ExplicitMeasures()
        {
            foreach (Concept concept in explicitMeasures?.Concepts.Where(c => MeasureDimension.Codes!.IndexOf(c.Id) >= 0) ?? [])
            {
                Restriction(concept.Id, "ObsType", () => { }, () =>
                {
                    Empty("attribute", ("name", "type"), ("type", StructureSpecificTypes.NameOf(MeasureDimension)), ("use", "optional"), ("fixed", concept.Id));
                    foreach (SchemaComponent measure in Schema.Measures)
                    {
                        string all = StructureSpecificTypes.PlainOf(measure) ?? StructureSpecificTypes.NameOf(measure);
                        Empty("attribute", ("name", measure.Id), ("type", StructureSpecificTypes.Narrowed(all, concept.CoreRepresentation?.TextFormat)), ("use", "optional"));
                    }
                });
            }
        }

        private void Dimensions(IEnumerable<int> positions)
        {
            foreach (int position in positions)
            {
                Attribute(Schema.Dimensions[position], DimensionUse);
            }
        }

        // Attributes are never required by the schema: an update may leave them out.
        private void Attributes(IEnumerable<SchemaComponent> attributes)
        {
            foreach (SchemaComponent attribute in attributes)
            {
                Attribute(attribute, "optional");
            }
        }

        // Several values, and texts by language, are elements in 3.x. A text may also come without a language, as XML attribute.
        private void Attribute(SchemaComponent component, string use)
        {
            if (IsVersion21 || !component.IsMultiValued)
            {
                SimpleAttribute(component, use);
            }
        }

        private void Elements(IEnumerable<int> attributes)
        {
            Comps(attributes);
            Metadata();
        }

        private void Comps(IEnumerable<int> attributes) => Comps(attributes.Select(i => Schema.SeriesAttributes[i]));

        private void Comps(IEnumerable<SchemaComponent> components)
        {
            if (!IsVersion21 && components.Any(c => c.IsComplex))
            {
                Local("Comp", "dsd:CompType", many: true);
            }
        }

        private void Metadata()
        {
            if (!IsVersion21 && Schema.Structure.MetadataStructure is not null)
            {
                Local("Metadata", "dsd:MetadataType");
            }
        }

        private void SimpleAttribute(SchemaComponent component, string use)
            => Empty("attribute", ("name", component.Id), ("type", StructureSpecificTypes.NameOf(component)), ("use", use));

        private void Time(string use)
            => Empty("attribute", ("name", "TIME_PERIOD"), ("type", "common:ObservationalTimePeriodType"), ("use", use));

        private void NoReportingYear()
        {
            if (IsVersion21 && Schema.Find("REPORTING_YEAR_START_DAY") is null)
            {
                Empty("attribute", ("name", "REPORTING_YEAR_START_DAY"), ("type", "xs:gMonthDay"), ("use", "prohibited"));
            }
        }

        private void Restriction(string name, string from, Action elements, Action attributes, bool isAbstract = false)
        {
            xml.WriteStartElement("complexType", Xs);
            xml.WriteAttributeString("name", XmlText.Clean(name));
            if (isAbstract)
            {
                xml.WriteAttributeString("abstract", "true");
            }

            xml.WriteStartElement("complexContent", Xs);
            xml.WriteStartElement("restriction", Xs);
            xml.WriteAttributeString("base", XmlText.Clean(from));
            xml.WriteStartElement("sequence", Xs);
            Empty("element", ("ref", "common:Annotations"), ("minOccurs", "0"));
            elements();
            xml.WriteEndElement();
            attributes();
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        private void Local(string name, string type, bool many = false)
        {
            (string, string)[] attributes = [("name", name), ("type", type), ("form", "unqualified"), ("minOccurs", "0")];
            Empty("element", many ? [.. attributes, ("maxOccurs", "unbounded")] : attributes);
        }

        private void Empty(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
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
