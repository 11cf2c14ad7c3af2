using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Reads data of SDMX-ML 2.0 and 1.0: generic, compact, utility and cross-sectional data, and groups of such messages. Components are
/// named by their concepts, as those versions do, or by their ids. A file of this class for each layout.
/// </summary>
/// <remarks>
/// Times are delivered as later versions write them (half-years, weeks, and longer periods that are sent as their first month). Cross-sectional
/// data become flat observations: what groups and sections say is said by each of their observations.
/// </remarks>
public sealed partial class DataReader20 : XmlDataReader
{
    private const string TimeFormatConcept = "TIME_FORMAT";

    private readonly Dictionary<string, ComponentSlot> _slots = [];
    private Layout20 _layout;
    private ComponentSlot _timeFormatSlot;
    private string? _timeFormat, _timeFormatOfDataSet;

    /// <summary>Makes a reader; nothing is read yet. The stream is disposed of with the reader.</summary>
    /// <param name="stream">XML in any encoding it declares, not compressed.</param>
    /// <param name="resolve">Gives the schema of a dataflow or data structure; null when it is not known. The version may be <c>latest</c>, as references of 2.0 often have none.</param>
    /// <param name="issues">Where findings go.</param>
    /// <param name="options">Limits and defaults.</param>
    public DataReader20(Stream stream, Func<StructureReference, DataSchema?> resolve, IssueList issues, DataReaderOptions? options = null)
        : base(stream, resolve, issues, options)
    {
    }

    private protected override bool IsBefore21 => true;

    private protected override bool IsRoot(string localName) => localName is "GenericData" or "CompactData" or "UtilityData" or "CrossSectionalData" or "MessageGroup";

    /// <summary>Some services send the code lists of the data along, and message groups may hold reports.</summary>
    private protected override void SkipBesideDataSets()
    {
        if (Xml.LocalName is "CodeLists" or "Concepts" or "KeyFamilies" or "Description" or "MetadataSet" or "Annotations")
        {
            Issues.Add(IssueCodes.ArtefactSkipped, new Location(Line, Column), Xml.LocalName);
            Skip();
        }
        else
        {
            base.SkipBesideDataSets();
        }
    }

    private protected override void ReadDataSetAttributes(IReadOnlyList<XmlDataReaderAttribute> attributes)
    {
        _slots.Clear();
        ResetLevels();
        foreach (SchemaComponent component in DataSet!.Schema.Components)
        {
            _slots[component.Id] = Filler.Slots.Find(component.Id);
        }

        foreach (SchemaComponent component in DataSet.Schema.Components)
        {
            _slots.TryAdd(component.Concept.ItemId ?? component.Id, _slots[component.Id]);
        }

        _timeFormatSlot = DataSet.Schema.Structure.Attributes.FirstOrDefault(a => a.Id == TimeFormatConcept || a.Concept.ItemId == TimeFormatConcept
            || a.ConceptRoles.Any(r => r.ItemId == TimeFormatConcept)) is { } timeFormat ? _slots[timeFormat.Id] : default;
        (_timeFormat, _timeFormatOfDataSet) = (null, null);
        if (_layout == Layout20.CrossSectional)
        {
            OpenLevel(attributes);
            return;
        }

        Filler.StartGroup(Line, Column);
        foreach (XmlDataReaderAttribute attribute in attributes.Where(IsComponent))
        {
            SetAt(attribute);
        }

        Filler.EndGroup();
        _timeFormatOfDataSet = _timeFormat;
    }

    private protected override void ReadNode()
    {
        if (Xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
        {
            if (!string.IsNullOrWhiteSpace(Xml.Value)) // long white space comes as text
            {
                Issues.Add(IssueCodes.InvalidText, new Location(Line, Column), Xml.Value, Filler.Scope, "XML");
            }

            return;
        }

        bool isStart = Xml.NodeType == XmlNodeType.Element;
        if (!isStart && Xml.NodeType != XmlNodeType.EndElement)
        {
            return;
        }

        CheckDepth();
        (string name, bool isEmpty, int depth) = (Xml.LocalName, isStart && Xml.IsEmptyElement, Xml.Depth);
        if (isStart && name == "Annotations")
        {
            ReadAnnotations();
            return;
        }

        if (isStart && !StartElement(name))
        {
            return;
        }

        if (!isStart || isEmpty)
        {
            EndElement(name, depth);
        }
    }

    /// <summary>A start tag; false when the element was read to its end.</summary>
    private bool StartElement(string name) => _layout switch
    {
        Layout20.Generic => StartGeneric(name),
        Layout20.Compact => StartCompact(name),
        Layout20.Utility => StartUtility(name),
        _ => StartCrossSectional(name),
    };

    private void EndElement(string name, int depth)
    {
        if (depth == DataSetDepth)
        {
            EndDataSet();
            return;
        }

        switch (_layout)
        {
            case Layout20.Generic:
                EndGeneric(name);
                break;
            case Layout20.Compact:
                EndScope();
                break;
            case Layout20.Utility:
                EndUtility(name, depth);
                break;
            default:
                CloseLevel();
                break;
        }
    }

    private void EndScope()
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
        }
    }

    /// <summary>The column of a component by its id or concept; time has the fixed names of the old samples too.</summary>
    private ComponentSlot Find(string name)
    {
        if (!_slots.TryGetValue(name, out ComponentSlot slot) && DataSet!.Schema.TimeDimension is not null && name is "TIME_PERIOD" or "TIME" or "time")
        {
            slot = new ComponentSlot(SlotKind.Time, 0);
        }

        if (slot.Kind == SlotKind.Unknown && name == ComponentSlots.PrimaryMeasure)
        {
            slot = Filler.Slots.Find(name);
        }

        return slot;
    }

    /// <summary>True for attributes of the data set that are, or ought to be, components.</summary>
    private bool IsComponent(XmlDataReaderAttribute attribute)
        => !attribute.IsQualified && (Find(attribute.Name).Kind != SlotKind.Unknown || !DataSetNames20.IsDataSetAttribute(attribute.Name));

    private void SetValue(ComponentSlot slot, string name, ReadOnlySpan<char> value)
    {
        if (slot.Kind != SlotKind.Unknown && slot == _timeFormatSlot)
        {
            _timeFormat = value.ToString();
        }

        Set(slot, name, slot.Kind == SlotKind.Time ? TimeText20.OfFormat(value, _timeFormat) : value);
    }

    private void StartSeries()
    {
        Filler.StartSeries(Line, Column);
        _timeFormat = _timeFormatOfDataSet;
    }

    /// <summary>Sets the components that the attributes of the element at hand name.</summary>
    private void SetAttributes()
    {
        while (Xml.MoveToNextAttribute())
        {
            if (Xml.NamespaceURI.Length == 0)
            {
                string name = Xml.LocalName;
                SetValue(Find(name), name, Xml.Value);
            }
        }

        Xml.MoveToElement();
    }

    /// <summary>Sets a component by an attribute that was read before.</summary>
    private void SetAt(XmlDataReaderAttribute attribute)
    {
        ComponentSlot slot = Find(attribute.Name);
        if (slot.Kind == SlotKind.Unknown)
        {
            Issues.Add(IssueCodes.UnknownComponent, new Location(attribute.Line, attribute.Column, null, null, attribute.Name), attribute.Name);
        }
        else
        {
            SetValue(slot, attribute.Name, attribute.Value);
        }
    }
}
