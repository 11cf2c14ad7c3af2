using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Reads structure-specific data of SDMX-ML 2.1, 3.0 and 3.1: series with any dimension at the observation, flat observations,
/// groups, attributes of the data set, components with several values or languages (3.x <c>Comp</c>, see <see cref="ComplexValue"/>)
/// and reference metadata (3.x <c>Metadata</c>).
/// </summary>
public sealed class StructureSpecificDataReader : XmlDataReader
{
    private readonly AttributeOrder _ofObservations = new();
    private readonly AttributeOrder _ofSeries = new();
    private readonly AttributeOrder _ofGroups = new();
    private string _obs = "", _series = "", _group = "", _atts = "", _comp = "";

    /// <summary>Makes a reader; nothing is read yet. The stream is disposed of with the reader.</summary>
    /// <param name="stream">XML in any encoding it declares, not compressed.</param>
    /// <param name="resolve">Gives the schema of a structure; null when it is not known.</param>
    /// <param name="issues">Where findings go.</param>
    /// <param name="options">Limits and defaults.</param>
    public StructureSpecificDataReader(Stream stream, Func<StructureReference, DataSchema?> resolve, IssueList issues, DataReaderOptions? options = null)
        : base(stream, resolve, issues, options)
    {
    }

    private protected override bool IsRoot(string localName) => localName is "StructureSpecificData" or "StructureSpecificTimeSeriesData";

    // With explicit measures the type of an observation is a value.
    private protected override PlainTagScanner? StartScanner(HandOverStream held)
        => Structure.HasExplicitMeasures ? null : new StructureSpecificTagScanner(held, Filler, Options.MaxValueLength, ((IXmlNamespaceResolver)Xml).LookupPrefix(Xsi));

    private protected override void ReadDataSetAttributes(IReadOnlyList<XmlDataReaderAttribute> attributes)
    {
        XmlNameTable names = Xml.NameTable;
        (_obs, _series, _group, _atts, _comp) = (names.Add("Obs"), names.Add("Series"), names.Add("Group"), names.Add("Atts"), names.Add("Comp"));
        _ofObservations.Clear();
        _ofSeries.Clear();
        _ofGroups.Clear();
        Filler.StartGroup(Line, Column);
        foreach (XmlDataReaderAttribute attribute in attributes.Where(a => !a.IsQualified))
        {
            ComponentSlot slot = Filler.Slots.Find(attribute.Name);
            if (slot.Kind != SlotKind.Unknown)
            {
                Set(slot, attribute.Name, attribute.Value);
            }
            else if (!IsDataSetAttribute(attribute.Name))
            {
                Issues.Add(IssueCodes.UnknownComponent, new Location(attribute.Line, attribute.Column, null, null, attribute.Name), attribute.Name);
            }
        }

        Filler.EndGroup();
    }

    private protected override void ReadNode()
    {
        XmlReader xml = Xml;
        switch (xml.NodeType)
        {
            case XmlNodeType.Element:
                string name = xml.LocalName;
                if (ReferenceEquals(name, _obs) && Filler.Scope is ReadingScope.None or ReadingScope.Series)
                {
                    ReadObservation(xml);
                }
                else if (ReferenceEquals(name, _series) && Filler.Scope == ReadingScope.None)
                {
                    ReadSeries(xml);
                }
                else if ((ReferenceEquals(name, _group) || ReferenceEquals(name, _atts)) && Filler.Scope == ReadingScope.None)
                {
                    ReadGroup(xml);
                }
                else
                {
                    ReadOther(name);
                }

                break;
            case XmlNodeType.EndElement:
                EndElement();
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA when !string.IsNullOrWhiteSpace(Xml.Value): // long white space comes as text
                Issues.Add(IssueCodes.InvalidText, new Location(Line, Column), xml.Value, Filler.Scope, "XML");
                break;
        }
    }

    private static bool IsDataSetAttribute(string name) => name is "structureRef" or "setID" or "action" or "reportingBeginDate" or "reportingEndDate"
        or "validFromDate" or "validToDate" or "publicationYear" or "publicationPeriod" or "dataScope" or "REPORTING_YEAR_START_DAY";

    private void ReadObservation(XmlReader xml)
    {
        Filler.StartObservation(Line, Column);
        bool isEmpty = xml.IsEmptyElement;
        ReadComponents(xml, _ofObservations);
        if (isEmpty)
        {
            Filler.EndObservation();
        }
    }

    private void ReadSeries(XmlReader xml)
    {
        Filler.StartSeries(Line, Column);
        bool isEmpty = xml.IsEmptyElement;
        ReadComponents(xml, _ofSeries);
        if (isEmpty)
        {
            Filler.EndSeries();
        }
    }

    private void ReadGroup(XmlReader xml)
    {
        Filler.StartGroup(Line, Column);
        bool isEmpty = xml.IsEmptyElement;
        ReadComponents(xml, _ofGroups);
        if (isEmpty)
        {
            Filler.EndGroup();
        }
    }

    private void ReadComponents(XmlReader xml, AttributeOrder order)
    {
        int position = 0;
        while (xml.MoveToNextAttribute())
        {
            string name = xml.LocalName;
            if (xml.NamespaceURI.Length > 0)
            {
                if (Structure.HasExplicitMeasures && Filler.Scope == ReadingScope.Observation && name == "type")
                {
                    ReadExplicitMeasure(xml.Value);
                }

                continue;
            }

            if (!order.TryGet(position, name, out ComponentSlot slot))
            {
                slot = Filler.Slots.Find(name);
                order.Put(position, name, slot);
                if (slot.Kind == SlotKind.Unknown && name == "type")
                {
                    continue; // id of the group, or of the explicit measure
                }
            }

            position++;
            Set(slot, name, xml.Value);
        }
    }

    /// <summary>2.1 with explicit measures: the type of the observation is the value of the measure dimension.</summary>
    private void ReadExplicitMeasure(string type)
    {
        ComponentSlot slot = Filler.Slots.Find(Structure.DimensionAtObservation);
        if (slot.Kind == SlotKind.Dimension)
        {
            Filler.Set(slot, type.AsSpan(type.IndexOf(':', StringComparison.Ordinal) + 1));
        }
    }

    private void ReadOther(string name)
    {
        if (ReferenceEquals(name, _comp))
        {
            ReadComp();
        }
        else if (name == "Annotations")
        {
            ReadAnnotations();
        }
        else if (name == "DataProvider" && Filler.Scope == ReadingScope.None)
        {
            ReadDataProvider();
        }
        else if (name == "Metadata")
        {
            (int line, int column) = (Line, Column);
            Filler.AddMetadata(new XmlComplexValue(this).ReadMetadata(), line, column);
        }
        else
        {
            SkipUnexpected(Filler.Scope == ReadingScope.None ? "DataSet" : Filler.Scope.ToString());
        }
    }

    /// <summary>A component whose value is no XML attribute: several values, texts by language, marked-up text (3.x).</summary>
    private void ReadComp()
    {
        if (Filler.Scope == ReadingScope.None)
        {
            SkipUnexpected("DataSet");
            return;
        }

        Location location = new(Line, Column);
        string id = Xml.GetAttribute("id") ?? "";
        ComponentSlot slot = Filler.Slots.Find(id);
        bool isText = slot.Kind != SlotKind.Unknown && Filler.ComponentOf(slot).Format is { DataType: SdmxDataType.String };
        ComplexValue value = new XmlComplexValue(this).Read(isText);
        if (slot.Kind == SlotKind.Unknown)
        {
            Issues.Add(IssueCodes.UnknownComponent, location with { Component = id }, id);
        }
        else if (!value.Values.IsEmpty)
        {
            SetComp(slot, id, value, location with { Component = id });
        }
    }

    private void SetComp(ComponentSlot slot, string id, ComplexValue value, Location location)
    {
        SchemaComponent component = Filler.ComponentOf(slot);
        if (!component.IsMultiValued && value.Values.Length > 1)
        {
            Issues.Add(IssueCodes.ValueCount, location, id, value.Values.Length, "1");
        }

        if (!component.IsMultilingual && value.Values.FirstOrDefault(v => v.Texts.Length > 1) is { IsEmpty: false } texts)
        {
            Issues.Add(IssueCodes.TextsByLanguage, location, id, string.Join(", ", texts.Texts.Select(t => t.Key)));
        }

        // Values too many are kept together, so that validation refuses what is no single code.
        SetCell(slot, id, component.IsMultiValued || value.Values.Length == 1 ? value.ToCell(component, "en") : value.ToDisplay("; ", "en"));
    }

    private void EndElement()
    {
        switch (Filler.Scope)
        {
            case ReadingScope.Observation:
                Filler.EndObservation();
                break;
            case ReadingScope.Series:
                Filler.EndSeries();
                break;
            case ReadingScope.Group:
                Filler.EndGroup();
                break;
            default:
                EndDataSet();
                break;
        }
    }
}
