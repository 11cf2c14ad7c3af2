using System.Collections.Immutable;
using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Json;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats;

/// <summary>Reads and writes structure messages of any format.</summary>
public static class StructureMessages
{
    /// <summary>Reads a structure message; bad input gives issues and what could be read. The stream is not disposed of.</summary>
    public static StructureMessage Read(Stream stream, IssueList issues)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(issues);
        return StructureMessageReader.ReadMessage(stream, issues);
    }

    /// <summary>True when structures can be read in a format.</summary>
    public static bool CanRead(SdmxFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return format.Kind is MessageKind.Structure or MessageKind.Registry or MessageKind.JsonStructure;
    }

    /// <summary>True when structures can be written in a format.</summary>
    public static bool CanWrite(SdmxFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return format.Kind == MessageKind.JsonStructure || format == MediaTypes.StructureXml21 || format == MediaTypes.StructureXml30 || format == MediaTypes.StructureXml31;
    }

    /// <summary>Writes artefacts as one message in UTF-8; what the format cannot carry becomes an issue. Notes go into the footer, which only SDMX-ML has. The stream is not disposed of.</summary>
    /// <exception cref="NotSupportedException">There is no writer for the format; ask <see cref="CanWrite"/> first.</exception>
    public static void Write(SdmxFormat format, Stream stream, IEnumerable<Maintainable> artefacts, MessageHeader header, IssueList issues, bool indented = true, ImmutableArray<FooterNote> footer = default)
    {
        ArgumentNullException.ThrowIfNull(format);
        if (format.Kind == MessageKind.Structure && CanWrite(format))
        {
            ArgumentNullException.ThrowIfNull(artefacts);
            ArgumentNullException.ThrowIfNull(header);
            ArgumentNullException.ThrowIfNull(issues);
            using XmlWriter xml = XmlWriter.Create(stream, XmlSettings.Of(indented));
            StructureXml writer = format == MediaTypes.StructureXml21 ? new StructureXml21(xml, issues)
                : new StructureXml30(xml, format == MediaTypes.StructureXml30 ? SdmxNamespaces.V30 : SdmxNamespaces.V31, issues);
            writer.Message([.. artefacts], header, footer);
        }
        else if (format.Kind == MessageKind.JsonStructure)
        {
            if (!footer.IsDefaultOrEmpty)
            {
                issues.Add(IssueCodes.NotCarried, Location.None, "footer", format.Name);
            }

            JsonStructureMessageWriter.Write(stream, format, artefacts, header, issues, indented);
        }
        else
        {
            throw new NotSupportedException($"There is no structure writer for {format}.");
        }
    }
}
