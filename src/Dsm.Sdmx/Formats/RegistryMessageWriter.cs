using System.Collections.Immutable;
using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats;

/// <summary>Writes messages to and from registries in SDMX-ML 2.1, 3.0 and 3.1. What a version cannot carry becomes an issue (S0006).</summary>
public static class RegistryMessageWriter
{
    /// <summary>Writes a message in UTF-8. The stream is not disposed of.</summary>
    /// <param name="format"><see cref="MediaTypes.Registry21"/>, <see cref="MediaTypes.Registry30"/> or <see cref="MediaTypes.Registry31"/>.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="content">What the message says.</param>
    /// <param name="header">The header.</param>
    /// <param name="issues">Takes what could not be carried.</param>
    /// <param name="indented">True for line breaks and indentation.</param>
    /// <param name="footer">Notes for the footer.</param>
    /// <exception cref="NotSupportedException">There is no writer for the format.</exception>
    public static void Write(
        SdmxFormat format, Stream stream, RegistryContent content, MessageHeader header, IssueList issues, bool indented = true, ImmutableArray<FooterNote> footer = default)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(issues);
        if (!RegistryMessageReader.CanRead(format))
        {
            throw new NotSupportedException($"There is no registry writer for {format}.");
        }

        using XmlWriter xml = XmlWriter.Create(stream, XmlSettings.Of(indented));
        StructureXml parts = format.Standard switch
        {
            "2.1" => new StructureXml21(xml, issues) { RegionNamespace = SdmxNamespaces.V21.Registry },
            "3.0" => new StructureXml30(xml, SdmxNamespaces.V30, issues) { RegionNamespace = SdmxNamespaces.V30.Registry },
            _ => new StructureXml30(xml, SdmxNamespaces.V31, issues) { RegionNamespace = SdmxNamespaces.V31.Registry },
        };
        new RegistryXml(xml, parts).Message(content, header, footer);
    }
}
