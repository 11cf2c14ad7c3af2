using System.Collections.Immutable;
using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>What all SDMX-ML messages that are read by element have around their content: header, footer, errors (SDMXMessage.xsd).</summary>
internal static class XmlMessageParts
{
    /// <summary>Reads the Header element at hand.</summary>
    /// <param name="cursor">Stands on the element.</param>
    /// <param name="other">Takes children that are not of every header; null to pass over them.</param>
    public static MessageHeader Header(XmlCursor cursor, Action<string>? other = null)
    {
        MessageHeader header = new() { Id = "" };
        List<KeyValuePair<string, string>> names = [], sources = [];
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "ID":
                    header = header with { Id = cursor.Token() };
                    break;
                case "Test":
                    header = header with { IsTest = cursor.Token() is "true" or "1" };
                    break;
                case "Prepared":
                    header = header with { Prepared = cursor.Token() };
                    break;
                case "Sender":
                    header = header with { SenderId = cursor.Attribute("id") ?? header.SenderId };
                    break;
                case "Receiver":
                    header = header with { ReceiverIds = header.ReceiverIds.Add(cursor.Attribute("id") ?? "unknown") };
                    break;
                case "Name":
                    names.Add(new(cursor.Language, cursor.Text()));
                    break;
                case "Source":
                    sources.Add(new(cursor.Language, cursor.Text()));
                    break;
                default:
                    other?.Invoke(name);
                    break;
            }
        }

        return header with { Name = new LocalisedText(names), Source = new LocalisedText(sources) };
    }

    /// <summary>Reads the notes of the Footer element at hand.</summary>
    public static ImmutableArray<FooterNote> Footer(XmlCursor cursor)
    {
        ImmutableArray<FooterNote>.Builder notes = ImmutableArray.CreateBuilder<FooterNote>();
        foreach (string _ in cursor.Children())
        {
            (string code, string? severity) = (cursor.Attribute("code") ?? "", cursor.Attribute("severity"));
            notes.Add(new FooterNote(code, severity, Texts(cursor)));
        }

        return notes.DrainToImmutable();
    }

    /// <summary>Reads the messages of the Error element at hand.</summary>
    public static ImmutableArray<ErrorMessage> Errors(XmlCursor cursor)
    {
        ImmutableArray<ErrorMessage>.Builder errors = ImmutableArray.CreateBuilder<ErrorMessage>();
        foreach (string element in cursor.Children())
        {
            if (element != "ErrorMessage")
            {
                cursor.Unexpected("Error");
                continue;
            }

            Location location = cursor.Location;
            string code = cursor.Attribute("code") ?? "";
            errors.Add(new ErrorMessage(code, Texts(cursor)) { Location = location });
        }

        return errors.DrainToImmutable();
    }

    /// <summary>Makes a finding of each error, as a reader does that expects something else; of a message without errors one too.</summary>
    public static void Report(ImmutableArray<ErrorMessage> errors, XmlCursor cursor)
    {
        foreach (ErrorMessage error in errors)
        {
            cursor.Issues.Add(IssueCodes.SdmxErrorMessage, error.Location, error.Code, string.Join(' ', error.Text.Texts.Select(t => t.Value.Trim())));
        }

        if (errors.IsEmpty)
        {
            cursor.Report(IssueCodes.SdmxErrorMessage, "", "");
        }
    }

    /// <summary>Writes a header.</summary>
    /// <param name="xml">Where to.</param>
    /// <param name="namespaces">Namespaces of the version.</param>
    /// <param name="header">The header.</param>
    /// <param name="structures">Writes what stands between names and source: the structures of the content; null for none.</param>
    public static void WriteHeader(XmlWriter xml, SdmxNamespaces namespaces, MessageHeader header, Action? structures = null)
    {
        xml.WriteStartElement("Header", namespaces.Message);
        xml.WriteElementString("ID", namespaces.Message, Ids.Made(header.Id));
        xml.WriteElementString("Test", namespaces.Message, header.IsTest ? "true" : "false");
        xml.WriteElementString("Prepared", namespaces.Message, header.Prepared ?? "1970-01-01T00:00:00Z");
        Party(xml, namespaces, "Sender", Ids.Made(header.SenderId));
        foreach (string receiver in header.ReceiverIds)
        {
            Party(xml, namespaces, "Receiver", Ids.Made(receiver));
        }

        WriteTexts(xml, "Name", header.Name, namespaces.Common);
        structures?.Invoke();
        WriteTexts(xml, "Source", header.Source, namespaces.Message);
        xml.WriteEndElement();
    }

    /// <summary>Writes a footer; nothing when there are no notes. A note needs a text by the schema: its code stands for one.</summary>
    public static void WriteFooter(XmlWriter xml, SdmxNamespaces namespaces, ImmutableArray<FooterNote> notes)
    {
        if (notes.IsDefaultOrEmpty)
        {
            return;
        }

        xml.WriteStartElement("footer", "Footer", namespaces.Footer);
        foreach (FooterNote note in notes)
        {
            xml.WriteStartElement("Message", namespaces.Footer);
            xml.WriteAttributeString("code", XmlText.Clean(note.Code));
            if (note.Severity is "Error" or "Warning" or "Information")
            {
                xml.WriteAttributeString("severity", XmlText.Clean(note.Severity));
            }

            WriteTexts(xml, "Text", note.Text.IsEmpty ? LocalisedText.Of(note.Code) : note.Text, namespaces.Common);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    /// <summary>Writes a text in each of its languages.</summary>
    public static void WriteTexts(XmlWriter xml, string name, LocalisedText text, string uri)
    {
        foreach ((string language, string value) in text.Texts)
        {
            xml.WriteStartElement(name, uri);
            xml.WriteAttributeString("xml", "lang", null, XmlText.Clean(language));
            xml.WriteString(XmlText.Clean(value));
            xml.WriteEndElement();
        }
    }

    /// <summary>Reads the Text children of the element at hand.</summary>
    public static LocalisedText Texts(XmlCursor cursor)
    {
        List<KeyValuePair<string, string>> texts = [];
        foreach (string part in cursor.Children())
        {
            if (part == "Text")
            {
                texts.Add(new(cursor.Language, cursor.Text()));
            }
        }

        return texts.Count == 0 ? default : new LocalisedText(texts);
    }

    private static void Party(XmlWriter xml, SdmxNamespaces namespaces, string name, string id)
    {
        xml.WriteStartElement(name, namespaces.Message);
        xml.WriteAttributeString("id", XmlText.Clean(id));
        xml.WriteEndElement();
    }
}
