using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>What writing structure messages has in common in all versions: message, names, annotations, formats.</summary>
internal abstract class StructureXml(XmlWriter xml, SdmxNamespaces namespaces, IssueList issues)
{
    /// <summary>The writer.</summary>
    protected XmlWriter Xml { get; } = xml;

    /// <summary>The namespaces of the version.</summary>
    protected SdmxNamespaces Namespaces { get; } = namespaces;

    /// <summary>The version's name in findings.</summary>
    protected string Format { get; } = $"SDMX-ML {namespaces.Standard}";

    /// <summary>Writes a whole message.</summary>
    public void Message(IReadOnlyCollection<Maintainable> artefacts, MessageHeader header)
    {
        Xml.WriteStartDocument();
        Xml.WriteStartElement("mes", "Structure", Namespaces.Message);
        Xml.WriteAttributeString("xmlns", "str", null, Namespaces.Structure);
        Xml.WriteAttributeString("xmlns", "com", null, Namespaces.Common);
        Header(header);
        Xml.WriteStartElement("Structures", Namespaces.Message);
        Structures(artefacts);
        Xml.WriteEndElement();
        Xml.WriteEndElement();
        Xml.WriteEndDocument();
    }

    /// <summary>Writes the content of the Structures element.</summary>
    protected abstract void Structures(IReadOnlyCollection<Maintainable> artefacts);

    /// <summary>Says that something is left out.</summary>
    protected void NotCarried(string what) => issues.Add(IssueCodes.NotCarried, Location.None, what, Format);

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
    protected void Attribute(string name, string? value)
    {
        if (value is not null)
        {
            Xml.WriteAttributeString(name, XmlText.Clean(value));
        }
    }

    /// <summary>Writes a yes/no attribute unless it has its default.</summary>
    protected void Flag(string name, bool value, bool fallback = false)
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

    /// <summary>Annotations, names and descriptions. The schemas require a name; where there is none the id stands for it.</summary>
    protected void Names(string id, LocalisedText name, LocalisedText description, IReadOnlyCollection<Annotation> annotations, bool nameRequired = true)
    {
        Annotations(annotations);
        if (name.IsEmpty && nameRequired)
        {
            name = LocalisedText.Of(id);
        }

        Texts("Name", name, Namespaces.Common);
        Texts("Description", description, Namespaces.Common);
    }

    /// <summary>Writes annotations; nothing when there are none.</summary>
    protected void Annotations(IReadOnlyCollection<Annotation> annotations)
    {
        if (annotations.Count == 0)
        {
            return;
        }

        Xml.WriteStartElement("Annotations", Namespaces.Common);
        foreach (Annotation annotation in annotations)
        {
            Xml.WriteStartElement("Annotation", Namespaces.Common);
            Attribute("id", annotation.Id);
            Common("AnnotationTitle", annotation.Title);
            Common("AnnotationType", annotation.Type);
            Common("AnnotationURL", annotation.Url);
            Texts("AnnotationText", annotation.Text, Namespaces.Common);
            if (Namespaces != SdmxNamespaces.V21)
            {
                Common("AnnotationValue", annotation.Value);
            }
            else if (annotation.Value is not null)
            {
                NotCarried($"AnnotationValue of {annotation.Id ?? annotation.Type}");
            }

            End();
        }

        End();
    }

    /// <summary>Writes a text in each of its languages.</summary>
    protected void Texts(string name, LocalisedText text, string uri)
    {
        foreach ((string language, string value) in text.Texts)
        {
            Xml.WriteStartElement(name, uri);
            Xml.WriteAttributeString("xml", "lang", null, language);
            Xml.WriteString(XmlText.Clean(value));
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
        Attribute("minLength", XmlText.Of(format.MinLength));
        Attribute("maxLength", XmlText.Of(format.MaxLength));
        Attribute("minValue", XmlText.Of(format.MinValue));
        Attribute("maxValue", XmlText.Of(format.MaxValue));
        if (element == "TextFormat")
        {
            Attribute("decimals", XmlText.Of(format.Decimals));
        }

        Attribute("pattern", format.Pattern);
        if (multilingual)
        {
            // Up to 3.0 absent means true for texts; for other types it says nothing and is read as false. In 3.1 absent means false.
            bool text = format.DataType is SdmxDataType.String or SdmxDataType.XHTML;
            Flag("isMultiLingual", format.IsMultilingual, fallback: text && Namespaces != SdmxNamespaces.V31);
        }

        foreach (SentinelValue sentinel in format.SentinelValues)
        {
            Sentinel(sentinel);
        }

        End();
    }

    /// <summary>Writes the sentinel value of a text format, where the version has it.</summary>
    protected abstract void Sentinel(SentinelValue value);

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

    private void Common(string name, string? text)
    {
        if (text is not null)
        {
            Xml.WriteElementString(name, Namespaces.Common, XmlText.Clean(text));
        }
    }

    private void Header(MessageHeader header)
    {
        Xml.WriteStartElement("Header", Namespaces.Message);
        Xml.WriteElementString("ID", Namespaces.Message, header.Id);
        Xml.WriteElementString("Test", Namespaces.Message, header.IsTest ? "true" : "false");
        Xml.WriteElementString("Prepared", Namespaces.Message, header.Prepared ?? "1970-01-01T00:00:00Z");
        Xml.WriteStartElement("Sender", Namespaces.Message);
        Attribute("id", header.SenderId);
        End();
        foreach (string receiver in header.ReceiverIds)
        {
            Xml.WriteStartElement("Receiver", Namespaces.Message);
            Attribute("id", receiver);
            End();
        }

        Texts("Name", header.Name, Namespaces.Common);
        Texts("Source", header.Source, Namespaces.Message);
        End();
    }
}
