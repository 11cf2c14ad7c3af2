using System.Collections.Immutable;
using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>What writing messages of reference metadata has in common in all versions of SDMX-ML: message, header, texts.</summary>
internal abstract class MetadataXml(XmlWriter xml, SdmxFormat format, StructureXml parts)
{
    /// <summary>The writer.</summary>
    protected XmlWriter Xml { get; } = xml;

    /// <summary>What metadata messages share with structure messages: annotations, references, losses.</summary>
    protected StructureXml Parts { get; } = parts;

    /// <summary>Namespaces of the version.</summary>
    protected SdmxNamespaces Namespaces { get; } = parts.Namespaces;

    /// <summary>Writes a whole message.</summary>
    public void Message(ImmutableArray<MetadataSet> sets, MessageHeader header, ImmutableArray<FooterNote> footer)
    {
        ImmutableArray<MetadataSet> carried = [.. sets.Where(HasForm)];
        foreach (MetadataSet lost in sets.Where(s => !HasForm(s)))
        {
            Parts.NotCarried("MetadataSet", lost.Reference);
        }

        StructureReference[] structures = [.. carried.Select(StructureOf).Distinct()];
        Dictionary<StructureReference, string> ids = structures.Index().ToDictionary(s => s.Item, s => $"STR{s.Index + 1}");
        Xml.WriteStartDocument();
        Xml.WriteStartElement("mes", format == MediaTypes.StructureSpecificMetadata21 ? "StructureSpecificMetadata" : "GenericMetadata", Namespaces.Message);
        Xml.WriteAttributeString("xmlns", "com", null, Namespaces.Common);
        DeclareNamespaces();
        XmlMessageParts.WriteHeader(Xml, Namespaces, header, () =>
        {
            foreach (StructureReference structure in structures)
            {
                HeaderStructure(structure, ids[structure]);
            }

            HeaderEnd(carried);
        });
        Sets(carried, ids);
        XmlMessageParts.WriteFooter(Xml, Namespaces, footer);
        Xml.WriteEndElement();
        Xml.WriteEndDocument();
    }

    /// <summary>True when the version has a form for a set.</summary>
    protected abstract bool HasForm(MetadataSet set);

    /// <summary>What the header announces for a set.</summary>
    protected abstract StructureReference StructureOf(MetadataSet set);

    /// <summary>Declares namespaces on the root element.</summary>
    protected abstract void DeclareNamespaces();

    /// <summary>Writes the sets.</summary>
    protected abstract void Sets(ImmutableArray<MetadataSet> sets, IReadOnlyDictionary<StructureReference, string> structures);

    /// <summary>Writes what the header says behind the structures.</summary>
    protected virtual void HeaderEnd(ImmutableArray<MetadataSet> sets)
    {
    }

    /// <summary>Writes attributes of the structure in the header, after its id.</summary>
    protected virtual void HeaderStructureAttributes(StructureReference structure)
    {
    }

    /// <summary>Writes an attribute of a set; nothing for null.</summary>
    protected virtual void SetAttribute(string name, string? value) => Parts.Attribute(name, value);

    /// <summary>Attributes that sets of all versions have.</summary>
    protected void SetAttributes(MetadataSet set)
    {
        if (set.Action == "Merge" && Namespaces != SdmxNamespaces.V31)
        {
            // The word of 3.1; what it means was called Append before, which has another meaning too.
            Parts.NotCarried("MetadataSet.Action", set.Reference);
        }
        else
        {
            SetAttribute("action", set.Action);
        }

        SetAttribute("reportingBeginDate", set.ReportingBeginDate);
        SetAttribute("reportingEndDate", set.ReportingEndDate);
        SetAttribute("publicationYear", set.PublicationYear);
        SetAttribute("publicationPeriod", set.PublicationPeriod);
    }

    /// <summary>Writes the texts of an attribute. Markup that is not well formed is written as plain text; of two texts in one language the first.</summary>
    protected void Texts(ReportedAttribute attribute, bool unique, object owner)
    {
        HashSet<string> languages = new(StringComparer.OrdinalIgnoreCase);
        bool markup = attribute.IsStructured && attribute.Text.Texts.All(t => XmlMarkup.IsFragment(t.Value));
        if (attribute.IsStructured && !markup)
        {
            Parts.NotCarried("ReportedAttribute.IsStructured", owner);
        }

        foreach ((string language, string text) in attribute.Text.Texts)
        {
            if (!languages.Add(language) && unique)
            {
                Parts.NotCarried("ReportedAttribute.Text", owner);
                continue;
            }

            Xml.WriteStartElement(markup ? "StructuredText" : "Text", Namespaces.Common);
            Xml.WriteAttributeString("xml", "lang", null, XmlText.Clean(language == ComplexValue.NoLanguage ? "und" : language));
            if (markup)
            {
                Xml.WriteAttributeString("xmlns", "http://www.w3.org/1999/xhtml");
                Xml.WriteRaw(text);
            }
            else
            {
                Xml.WriteString(XmlText.Clean(text));
            }

            Xml.WriteEndElement();
        }
    }

    private void HeaderStructure(StructureReference structure, string id)
    {
        Xml.WriteStartElement("Structure", Namespaces.Message);
        Parts.Attribute("structureID", id);
        HeaderStructureAttributes(structure);
        bool ofAgreement = structure.Type == StructureType.MetadataProvisionAgreement;
        string element = structure.Type == StructureType.MetadataStructure ? "Structure" : !ofAgreement ? "StructureUsage" : Parts.IsVersion3 ? "ProvisionAgreement" : "ProvisionAgrement";
        Xml.WriteStartElement(element, Namespaces.Common);
        Parts.ReferenceContent(ofAgreement ? structure with { Type = StructureType.ProvisionAgreement } : structure);
        Xml.WriteEndElement();
        Xml.WriteEndElement();
    }
}
