using System.Xml;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Marked-up text (XHTML) that is kept as text.</summary>
internal static class XmlMarkup
{
    /// <summary>Markup without declarations of the XHTML namespace, which every place that holds it implies.</summary>
    public static string WithoutXhtml(string markup) => markup.Replace(" xmlns=\"http://www.w3.org/1999/xhtml\"", "", StringComparison.Ordinal);

    /// <summary>True when a text can stand in an XML message as it is: well formed, with no prefixes and entities of its own.</summary>
    public static bool IsFragment(string text)
    {
        try
        {
            using XmlReader xml = XmlReader.Create(new StringReader(text), new XmlReaderSettings
            {
                ConformanceLevel = ConformanceLevel.Fragment,
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
            });
            while (xml.Read())
            {
                if (xml.NodeType is XmlNodeType.XmlDeclaration or XmlNodeType.EntityReference)
                {
                    return false;
                }
            }

            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
