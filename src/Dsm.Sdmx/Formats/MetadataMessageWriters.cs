using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Csv;
using Dsm.Sdmx.Formats.Json;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats;

/// <summary>
/// Writes messages of reference metadata: SDMX-ML 2.1 (generic and structure-specific), 3.0 and 3.1; SDMX-JSON 2.0 and 2.1; SDMX-CSV 2.0
/// and 2.1. What a format cannot carry becomes an issue (S0006), see <see cref="KnownLosses"/>.
/// </summary>
public static class MetadataMessageWriters
{
    /// <summary>True when metadata sets can be written in a format.</summary>
    public static bool CanWrite(SdmxFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return MetadataMessageReader.CanRead(format) && format != MediaTypes.MetadataJson1;
    }

    /// <summary>True when a format has a form for a set: those that demand content have none for stubs and deletions.</summary>
    public static bool CanWrite(SdmxFormat format, MetadataSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return CanWrite(format) && (format.Kind switch
        {
            MessageKind.CsvMetadata => !set.Attributes.IsEmpty,
            MessageKind.JsonMetadata => StructureJson20.HasForm(set),
            _ => format.IsVersion3 || MetadataXml21.CanCarry(set),
        });
    }

    /// <summary>Writes metadata sets as one message in UTF-8. The stream is not disposed of.</summary>
    /// <param name="format">A format that <see cref="CanWrite(SdmxFormat)"/> admits.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="sets">The metadata sets. The schemas of SDMX-ML want at least one.</param>
    /// <param name="header">The header; SDMX-CSV has none.</param>
    /// <param name="issues">Takes what could not be carried.</param>
    /// <param name="indented">True for line breaks and indentation (SDMX-ML, SDMX-JSON).</param>
    /// <param name="footer">Notes for the footer; only SDMX-ML has one.</param>
    /// <exception cref="NotSupportedException">There is no writer for the format.</exception>
    public static void Write(
        SdmxFormat format, Stream stream, IEnumerable<MetadataSet> sets, MessageHeader header, IssueList issues, bool indented = true, ImmutableArray<FooterNote> footer = default)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(sets);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(issues);
        if (!CanWrite(format))
        {
            throw new NotSupportedException($"There is no metadata writer for {format}.");
        }

        if (!footer.IsDefaultOrEmpty && format.Syntax != "xml")
        {
            issues.Add(IssueCodes.NotCarried, Location.None, "footer", format.Name);
        }

        ImmutableArray<MetadataSet> all = [.. sets];
        foreach (MetadataSet set in all.Where(s => s is { IsFinal: true, Version.IsStable: false }))
        {
            // Here only the version says it.
            issues.Add(IssueCodes.NotCarried, Location.None, $"Maintainable.IsFinal of {set.Reference}", KnownLosses.NameOf(format));
        }

        switch (format.Kind)
        {
            case MessageKind.CsvMetadata:
                PipeWriter pipe = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
                CsvMetadataWriter.Write(format, all, pipe, DataWriterOptions.Default with { Issues = issues });
                pipe.Complete();
                break;
            case MessageKind.JsonMetadata:
                using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
                {
                    new StructureJson20(json, format.Version[..3], issues).MetadataMessage(all, header);
                }

                break;
            default:
                using (XmlWriter xml = XmlWriter.Create(stream, XmlSettings.Of(indented)))
                {
                    MetadataXml writer = format.IsVersion3 ? new MetadataXml30(xml, format, issues) : new MetadataXml21(xml, format, issues);
                    writer.Message(all, header, footer);
                }

                break;
        }
    }
}
