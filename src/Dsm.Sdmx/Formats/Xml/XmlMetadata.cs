using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Writes the Metadata element of SDMX-ML 3.x data (schema type MetadataType, with the attributes of the generic metadata schema).</summary>
internal static class XmlMetadata
{
    public static void Write(Utf8Output output, SdmxNamespaces namespaces, IEnumerable<ReportedAttribute> attributes)
    {
        output.Text($"<Metadata xmlns:md=\"{namespaces.Message.Replace("/message", "/metadata/generic", StringComparison.Ordinal)}\">");
        foreach (ReportedAttribute attribute in attributes)
        {
            Attribute(output, attribute);
        }

        output.Raw("</Metadata>"u8);
    }

    private static void Attribute(Utf8Output output, ReportedAttribute attribute)
    {
        output.Raw("<md:Attribute id=\""u8);
        XmlEscape.Write(output, attribute.Id);
        output.Raw("\">"u8);
        if (attribute.Value is { } value)
        {
            output.Raw("<md:Value>"u8);
            XmlEscape.Write(output, value);
            output.Raw("</md:Value>"u8);
        }
        else
        {
            foreach ((string language, string text) in attribute.Text.Texts)
            {
                Text(output, language, text, attribute.IsStructured);
            }
        }

        foreach (ReportedAttribute child in attribute.Children)
        {
            Attribute(output, child);
        }

        output.Raw("</md:Attribute>"u8);
    }

    /// <summary>A text of a language; marked-up text keeps its markup where it is well formed.</summary>
    public static void Text(Utf8Output output, string language, string text, bool isStructured)
    {
        string element = isStructured ? "common:StructuredText" : "common:Text";
        output.Text($"<{element} xml:lang=\"{(language == ComplexValue.NoLanguage ? "und" : language)}\"");
        if (isStructured && XmlMarkup.IsFragment(text))
        {
            output.Raw(" xmlns=\"http://www.w3.org/1999/xhtml\">"u8);
            output.Text(text);
        }
        else
        {
            output.Raw(">"u8);
            XmlEscape.Write(output, text);
        }

        output.Text($"</{element}>");
    }
}
