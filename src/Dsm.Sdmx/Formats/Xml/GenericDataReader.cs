using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Reads generic data of SDMX-ML 2.1: time series and any other dimension at the observation, flat observations, groups.</summary>
public sealed class GenericDataReader : XmlDataReader
{
    private string _value = "", _obs = "", _obsValue = "", _obsDimension = "", _attributes = "";
    private string _id = "", _valueAttribute = "";
    private ComponentSlot _measure, _dimension;
    private string _dimensionId = "";
    private bool _isDataSetAttributes;

    /// <summary>Makes a reader; nothing is read yet. The stream is disposed of with the reader.</summary>
    /// <param name="stream">XML in any encoding it declares, not compressed.</param>
    /// <param name="resolve">Gives the schema of a structure; null when it is not known.</param>
    /// <param name="issues">Where findings go.</param>
    /// <param name="options">Limits and defaults.</param>
    public GenericDataReader(Stream stream, Func<StructureReference, DataSchema?> resolve, IssueList issues, DataReaderOptions? options = null)
        : base(stream, resolve, issues, options)
    {
    }

    private protected override bool IsRoot(string localName) => localName is "GenericData" or "GenericTimeSeriesData";

    private protected override PlainTagScanner? StartScanner(HandOverStream held)
        => new GenericTagScanner(held, Filler, Options.MaxValueLength, _measure, _dimension, prefix => prefix.Length > 0 && Xml.LookupNamespace(prefix) is not null);

    private protected override void LeaveScanner(PlainTagScanner scanner) => _isDataSetAttributes = ((GenericTagScanner)scanner).IsInDataSetAttributes;

    private protected override void ReadDataSetAttributes(IReadOnlyList<XmlDataReaderAttribute> attributes)
    {
        XmlNameTable names = Xml.NameTable;
        (_value, _obs, _obsValue, _obsDimension, _attributes) = (names.Add("Value"), names.Add("Obs"), names.Add("ObsValue"), names.Add("ObsDimension"), names.Add("Attributes"));
        (_id, _valueAttribute) = (names.Add("id"), names.Add("value"));
        _isDataSetAttributes = false;
        _measure = Filler.Slots.Find(ComponentSlots.PrimaryMeasure) is { Kind: SlotKind.Measure } slot ? slot
            : DataSet!.Schema.Measures.IsEmpty ? default : Filler.Slots.Find(DataSet.Schema.Measures[0].Id);
        _dimensionId = Structure.DimensionAtObservation ?? ComponentSlots.TimePeriod;
        _dimension = Filler.Slots.Find(_dimensionId);
    }

    private protected override void ReadNode()
    {
        switch (Xml.NodeType)
        {
            case XmlNodeType.Element:
                StartElement(Xml.LocalName);
                break;
            case XmlNodeType.EndElement:
                EndElement(Xml.LocalName);
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA when !string.IsNullOrWhiteSpace(Xml.Value): // long white space comes as text
                Issues.Add(IssueCodes.InvalidText, new Location(Line, Column), Xml.Value, Filler.Scope, "XML");
                break;
        }
    }

    private void StartElement(string name)
    {
        bool isEmpty = Xml.IsEmptyElement;
        if (ReferenceEquals(name, _value) && Filler.Scope != ReadingScope.None)
        {
            ReadValue(null);
        }
        else if (ReferenceEquals(name, _obsDimension) && Filler.Scope == ReadingScope.Observation)
        {
            ReadValue(_dimensionId);
        }
        else if (ReferenceEquals(name, _obsValue) && Filler.Scope == ReadingScope.Observation)
        {
            ReadObsValue();
        }
        else if (ReferenceEquals(name, _obs) && Filler.Scope is ReadingScope.None or ReadingScope.Series)
        {
            Filler.StartObservation(Line, Column);
        }
        else if (ReferenceEquals(name, _attributes) && Filler.Scope == ReadingScope.None)
        {
            Filler.StartGroup(Line, Column);
            _isDataSetAttributes = true;
        }
        else
        {
            StartOther(name);
        }

        if (isEmpty)
        {
            EndElement(name);
        }
    }

    private void StartOther(string name)
    {
        switch (name)
        {
            case "Series" when Filler.Scope == ReadingScope.None:
                Filler.StartSeries(Line, Column);
                break;
            case "Group" when Filler.Scope == ReadingScope.None:
                Filler.StartGroup(Line, Column);
                break;
            case "SeriesKey" or "GroupKey" or "ObsKey" or "Attributes" when Filler.Scope != ReadingScope.None:
                break;
            case "Annotations":
                ReadAnnotations();
                break;
            case "DataProvider" when Filler.Scope == ReadingScope.None:
                ReadDataProvider();
                break;
            default:
                SkipUnexpected(Filler.Scope == ReadingScope.None ? "DataSet" : Filler.Scope.ToString());
                break;
        }
    }

    private void EndElement(string name)
    {
        if (ReferenceEquals(name, _obs) && Filler.Scope == ReadingScope.Observation)
        {
            Filler.EndObservation();
        }
        else if (ReferenceEquals(name, _attributes) && _isDataSetAttributes)
        {
            Filler.EndGroup();
            _isDataSetAttributes = false;
        }
        else if (name == "Series" && Filler.Scope == ReadingScope.Series)
        {
            Filler.EndSeries();
        }
        else if (name == "Group" && Filler.Scope == ReadingScope.Group)
        {
            Filler.EndGroup();
        }
        else if (Xml.Depth == DataSetDepth)
        {
            EndDataSet();
        }
    }

    /// <summary>An element with the attributes <c>id</c> (or a default) and <c>value</c>, in either order.</summary>
    private void ReadValue(string? defaultId)
    {
        string? id = null, value = null;
        while (Xml.MoveToNextAttribute())
        {
            string name = Xml.LocalName;
            if (ReferenceEquals(name, _id))
            {
                id = Xml.Value;
            }
            else if (ReferenceEquals(name, _valueAttribute))
            {
                value = Xml.Value;
            }
        }

        Xml.MoveToElement();
        id ??= defaultId;
        if (id is null || value is null)
        {
            Issues.Add(IssueCodes.MissingElement, new Location(Line, Column), id is null ? "id" : "value", Xml.LocalName);
            return;
        }

        Set(ReferenceEquals(id, _dimensionId) ? _dimension : Filler.Slots.Find(id), id, value);
    }

    private void ReadObsValue()
    {
        while (Xml.MoveToNextAttribute())
        {
            if (ReferenceEquals(Xml.LocalName, _valueAttribute))
            {
                Set(_measure, ComponentSlots.PrimaryMeasure, Xml.Value);
            }
        }

        Xml.MoveToElement();
    }
}
