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

    /// <summary>Writes artefacts as one message in UTF-8; what the format cannot carry becomes an issue. The stream is not disposed of.</summary>
    /// <exception cref="NotSupportedException">There is no writer for the format; ask <see cref="CanWrite"/> first.</exception>
    public static void Write(SdmxFormat format, Stream stream, IEnumerable<Maintainable> artefacts, MessageHeader header, IssueList issues, bool indented = true)
    {
        ArgumentNullException.ThrowIfNull(format);
        if (format == MediaTypes.StructureXml21)
        {
            StructureMessageWriter21.Write(stream, artefacts, header, issues, indented);
        }
        else if (format == MediaTypes.StructureXml30)
        {
            StructureMessageWriter30.Write(stream, artefacts, header, issues, indented);
        }
        else if (format == MediaTypes.StructureXml31)
        {
            StructureMessageWriter31.Write(stream, artefacts, header, issues, indented);
        }
        else if (format.Kind == MessageKind.JsonStructure)
        {
            JsonStructureMessageWriter.Write(stream, format, artefacts, header, issues, indented);
        }
        else
        {
            throw new NotSupportedException($"There is no structure writer for {format}.");
        }
    }
}
