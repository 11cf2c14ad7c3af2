using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>What writing structure messages has in common in all versions: message, names, annotations, formats.</summary>
internal abstract partial class StructureXml(XmlWriter xml, SdmxNamespaces namespaces, IssueList issues)
{
    /// <summary>The writer.</summary>
    protected internal XmlWriter Xml { get; } = xml;

    /// <summary>The namespaces of the version.</summary>
    protected internal SdmxNamespaces Namespaces { get; } = namespaces;

    /// <summary>The version's name in findings.</summary>
    protected internal string Format { get; } = $"SDMX-ML {namespaces.Standard}";

    /// <summary>Writes a whole message.</summary>
    public void Message(IReadOnlyCollection<Maintainable> artefacts, MessageHeader header, ImmutableArray<FooterNote> footer = default)
    {
        Xml.WriteStartDocument();
        Xml.WriteStartElement("mes", "Structure", Namespaces.Message);
        Xml.WriteAttributeString("xmlns", "str", null, Namespaces.Structure);
        Xml.WriteAttributeString("xmlns", "com", null, Namespaces.Common);
        XmlMessageParts.WriteHeader(Xml, Namespaces, header);
        Xml.WriteStartElement("Structures", Namespaces.Message);
        Structures(artefacts);
        Xml.WriteEndElement();
        XmlMessageParts.WriteFooter(Xml, Namespaces, footer);
        Xml.WriteEndElement();
        Xml.WriteEndDocument();
    }

    /// <summary>Writes the content of the Structures element.</summary>
    protected internal abstract void Structures(IReadOnlyCollection<Maintainable> artefacts);

    /// <summary>Says that a property (or a whole type of artefact) is left out; both are listed in <see cref="KnownLosses"/>.</summary>
    /// <param name="property">Type and property of the model, e.g. <c>Annotation.Value</c>, or a type.</param>
    /// <param name="owner">What has it.</param>
    protected internal void NotCarried(string property, object owner) => issues.Add(
        IssueCodes.NotCarried, Location.None, property.Contains('.', StringComparison.Ordinal) ? $"{property} of {owner}" : $"{property} {owner}", Format);

    /// <summary>Says that a list is left out, unless it is empty.</summary>
    protected internal void NotCarried<T>(string property, ImmutableArray<T> list, object owner)
    {
        if (!list.IsDefaultOrEmpty)
        {
            NotCarried(property, owner);
        }
    }

    /// <summary>Starts an artefact: attributes. True when its content is to be written, false for a stub.</summary>
    protected abstract bool Begin(Maintainable artefact);

    /// <summary>Starts an item: attributes, annotations, names.</summary>
    protected abstract void BeginItem(string element, Item item);

    /// <summary>Writes what stands inside an element that refers to something: a Ref element or a URN.</summary>
    protected internal abstract void ReferenceContent(StructureReference reference);

    /// <summary>Namespace of the elements that hold regions and key sets: that of what they stand in.</summary>
    internal string RegionNamespace { get; init; } = namespaces.Structure;

    /// <summary>Starts an element that holds a region or a key set.</summary>
    protected void StartRegion(string name) => Xml.WriteStartElement(name, RegionNamespace);

    /// <summary>Writes a region of a cube.</summary>
    /// <param name="region">The region.</param>
    /// <param name="owner">What has it.</param>
    protected internal abstract void Region(CubeRegion region, object owner);

    /// <summary>Writes a region of reference metadata.</summary>
    /// <param name="region">The region.</param>
    /// <param name="owner">What has it.</param>
    protected internal abstract void TargetRegion(MetadataTargetRegion region, object owner);

    /// <summary>Writes a set of keys of data.</summary>
    /// <param name="set">The keys.</param>
    /// <param name="owner">What has it.</param>
    protected internal abstract void KeySet(DataKeySet set, object owner);

    /// <summary>Writes a reference; nothing for null.</summary>
    protected abstract void Reference(string element, StructureReference? reference);

    /// <summary>Writes a reference inside the artefact.</summary>
    protected abstract void Inner(string element, string id);

    /// <summary>True for the versions 3.0 and 3.1.</summary>
    protected internal bool IsVersion3 => Namespaces != SdmxNamespaces.V21;

    /// <summary>Starts an element of the structure namespace.</summary>
    protected void Start(string name) => Xml.WriteStartElement(name, Namespaces.Structure);

    /// <summary>Ends the current element.</summary>
    protected void End() => Xml.WriteEndElement();

    /// <summary>Writes an element of the structure namespace with text; nothing for null.</summary>
    protected void Element(string name, string? text)
    {
        if (text is not null)
        {
            Xml.WriteElementString(name, Namespaces.Structure, XmlText.Clean(text));
        }
    }

    /// <summary>Writes an attribute; nothing for null.</summary>
    protected internal void Attribute(string name, string? value)
    {
        if (value is not null)
        {
            Xml.WriteAttributeString(name, XmlText.Clean(value));
        }
    }

    /// <summary>Writes a yes/no attribute unless it has its default.</summary>
    protected internal void Flag(string name, bool value, bool fallback = false)
    {
        if (value != fallback)
        {
            Xml.WriteAttributeString(name, value ? "true" : "false");
        }
    }

    /// <summary>Writes a container with its artefacts; nothing when there are none.</summary>
    protected void Container<T>(string name, IEnumerable<T> artefacts, Action<T> write)
    {
        bool started = false;
        foreach (T artefact in artefacts)
        {
            if (!started)
            {
                Start(name);
                started = true;
            }

            write(artefact);
        }

        if (started)
        {
            End();
        }
    }

    /// <summary>Writes a text format.</summary>
    /// <param name="element">TextFormat or EnumerationFormat.</param>
    /// <param name="format">The format.</param>
    /// <param name="type">Name of the data type as this version has it; null to leave it out.</param>
    /// <param name="multilingual">True where the schema allows isMultiLingual (default true there).</param>
    protected void TextFormat(string element, TextFormat format, string? type, bool multilingual)
    {
        Start(element);
        Attribute("textType", type);
        Flag("isSequence", format.IsSequence);
        Attribute("interval", XmlText.Of(format.Interval));
        Attribute("startValue", XmlText.Of(format.StartValue));
        Attribute("endValue", XmlText.Of(format.EndValue));
        Attribute("timeInterval", format.TimeInterval);
        Attribute("startTime", format.StartTime);
        Attribute("endTime", format.EndTime);
        Attribute("minLength", format.MinLength == 0 ? null : XmlText.Of(format.MinLength)); // says nothing, and the schemas want more
        Attribute("maxLength", XmlText.Of(format.MaxLength));
        Attribute("minValue", XmlText.Of(format.MinValue));
        Attribute("maxValue", XmlText.Of(format.MaxValue));
        if (element is "TextFormat" or "ToTextFormat")
        {
            Attribute("decimals", XmlText.Of(format.Decimals));
        }
        else if (format.Decimals is not null)
        {
            NotCarried("TextFormat.Decimals", element);
        }

        Attribute("pattern", format.Pattern);
        if (multilingual)
        {
            // Up to 3.0 absent means true for texts; for other types it says nothing and is read as false. In 3.1 absent means false.
            bool text = format.DataType is SdmxDataType.String or SdmxDataType.XHTML;
            Flag("isMultiLingual", format.IsMultilingual, fallback: text && Namespaces != SdmxNamespaces.V31);
        }
        else if (format.IsMultilingual)
        {
            NotCarried("TextFormat.IsMultilingual", element);
        }

        if (!IsVersion3)
        {
            NotCarried("TextFormat.SentinelValues", format.SentinelValues, element);
        }
        else
        {
            Sentinels(format);
        }

        End();
    }

    private void Sentinels(TextFormat format)
    {
        foreach (SentinelValue sentinel in format.SentinelValues)
        {
            Start("SentinelValue");
            Attribute("value", sentinel.Value);
            Names(sentinel.Value, sentinel.Name, sentinel.Description);
            End();
        }
    }

    /// <summary>Starts a level of a hierarchy; the levels below it stand inside it.</summary>
    protected void BeginLevel(HierarchyLevel level)
    {
        Start("Level");
        Attribute("id", level.Id);
        Attribute("uri", level.Uri);
        Annotations(level.Annotations);
        Links(level.Links, "HierarchyLevel", level.Id);
        Names(level.Id, level.Name, level.Description);
        if (level.CodingFormat is { } format)
        {
            // The schemas admit three types here, of which String is none: it stands for "not said".
            TextFormat("CodingFormat", format, format.DataType == SdmxDataType.String ? null : format.DataType.ToString(), multilingual: false);
        }
    }

    /// <summary>Attributes and names of an organisation's contact, which are the same in all versions.</summary>
    protected void Contacts(IEnumerable<Contact> contacts)
    {
        foreach (Contact contact in contacts)
        {
            Start("Contact");
            Attribute("id", contact.Id);
            Texts("Name", contact.Name, Namespaces.Common);
            Texts("Department", contact.Department, Namespaces.Structure);
            Texts("Role", contact.Role, Namespaces.Structure);
            foreach ((string kind, string value) in contact.Details)
            {
                Element(kind, value);
            }

            End();
        }
    }

    private static readonly FrozenSet<string> OfCodes = FrozenSet.ToFrozenSet(
    [
        "String", "Alpha", "AlphaNumeric", "Numeric", "BigInteger", "Integer", "Long", "Short", "Boolean", "URI", "Count", "InclusiveValueRange", "ExclusiveValueRange",
        "Incremental", "ObservationalTimePeriod", "StandardTimePeriod", "BasicTimePeriod", "GregorianTimePeriod", "GregorianYear", "GregorianYearMonth", "GregorianDay",
        "ReportingTimePeriod", "ReportingYear", "ReportingSemester", "ReportingTrimester", "ReportingQuarter", "ReportingMonth", "ReportingWeek", "ReportingDay", "Month",
        "MonthDay", "Day", "Duration",
    ]);

    /// <summary>The format of a coded component, with a data type that codes can have (CodeDataType of the schemas).</summary>
    protected TextFormat Coded(TextFormat format, object owner)
    {
        if (OfCodes.Contains(format.DataType.ToString()))
        {
            return format;
        }

        NotCarried("TextFormat.DataType", owner);
        return format with { DataType = SdmxDataType.String };
    }
}
