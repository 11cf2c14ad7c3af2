using System.Globalization;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Writes the header of an SDMX-ML data message, in the element order that the schemas demand.</summary>
internal sealed class XmlDataHeader(Utf8Output output, SdmxNamespaces namespaces, bool isStructureSpecific)
{
    /// <summary>Writes the header.</summary>
    /// <exception cref="ArgumentException">The header does not say when the message was prepared.</exception>
    public void Write(MessageHeader header, IEnumerable<XmlStructureUse> structures, DataSetAction? action)
    {
        output.Raw("<message:Header>"u8);
        Element("message:ID", Ids.Made(header.Id));
        Element("message:Test", header.IsTest ? "true" : "false");
        Element("message:Prepared", header.Prepared ?? throw new ArgumentException("A data message must say when it was prepared.", nameof(header)));
        Party("message:Sender", Ids.Made(header.SenderId));
        foreach (string receiver in header.ReceiverIds)
        {
            Party("message:Receiver", Ids.Made(receiver));
        }

        Texts("common:Name", header.Name);
        foreach (XmlStructureUse use in structures)
        {
            Structure(use);
        }

        if (action is { } all)
        {
            Element("message:DataSetAction", Word(all, namespaces));
        }

        Texts("message:Source", header.Source);
        output.Raw("</message:Header>"u8);
    }

    /// <summary>The word of the schemas for an action; before SDMX 3.1 they know no Merge, where Append means the same.</summary>
    public static string Word(DataSetAction action, SdmxNamespaces namespaces)
        => action == DataSetAction.Merge && namespaces != SdmxNamespaces.V31 ? nameof(DataSetAction.Append)
            : action == DataSetAction.Append && namespaces == SdmxNamespaces.V31 ? nameof(DataSetAction.Merge)
            : action.ToString();

    private void Structure(XmlStructureUse use)
    {
        output.Raw("<message:Structure"u8);
        Attribute("structureID", use.Id);
        if (isStructureSpecific)
        {
            Attribute("namespace", use.Namespace);
        }

        Attribute("dimensionAtObservation", use.DimensionAtObservation);
        output.Raw(">"u8);
        bool version21 = namespaces == SdmxNamespaces.V21;
        string element = use.Reference.Type == StructureType.Dataflow ? "common:StructureUsage"
            : use.Reference.Type == StructureType.DataStructure ? "common:Structure"
            : version21 ? "common:ProvisionAgrement" // one e in the 2.1 schema
            : "common:ProvisionAgreement";
        output.Text($"<{element}>");
        if (version21)
        {
            output.Raw("<Ref"u8);
            Attribute("agencyID", use.Reference.AgencyId);
            Attribute("id", use.Reference.Id);
            Attribute("version", use.Reference.Version);
            Attribute("class", use.Reference.Type.Class);
            output.Raw("/>"u8);
        }
        else
        {
            XmlEscape.Write(output, use.Reference.Urn);
        }

        output.Text($"</{element}></message:Structure>");
    }

    private void Party(string element, string id)
    {
        output.Text($"<{element}");
        Attribute("id", id);
        output.Raw("/>"u8);
    }

    private void Texts(string element, LocalisedText text)
    {
        foreach ((string language, string value) in text.Texts)
        {
            output.Text($"<{element}");
            Attribute("xml:lang", language);
            output.Raw(">"u8);
            XmlEscape.Write(output, value);
            output.Text($"</{element}>");
        }
    }

    private void Element(string element, string value)
    {
        output.Text($"<{element}>");
        XmlEscape.Write(output, value);
        output.Text($"</{element}>");
    }

    private void Attribute(string name, string value)
    {
        output.Text($" {name}=\"");
        XmlEscape.Write(output, value);
        output.Raw("\""u8);
    }
}

/// <summary>A structure as the header of a message names it.</summary>
/// <param name="Id">Id within the message.</param>
/// <param name="Reference">Data structure, dataflow or provision agreement.</param>
/// <param name="DimensionAtObservation">Dimension at the observation.</param>
/// <param name="Typed">What the types are made for: the same, or in 2.1 the dataflow of an agreement, since REST 1.x asks by dataflow.</param>
/// <param name="Number">Its place among the structures of the message, from 1.</param>
internal sealed record XmlStructureUse(string Id, StructureReference Reference, string DimensionAtObservation, StructureReference Typed, int Number)
{
    /// <summary>Namespace of the types of structure-specific messages (SDMX-ML, "structure-specific schema namespaces").</summary>
    public string Namespace => StructureSpecificSchemaWriter.NamespaceOf(Typed, DimensionAtObservation);

    /// <summary>Prefix of that namespace.</summary>
    public string Prefix => string.Create(CultureInfo.InvariantCulture, $"ns{Number}");
}
