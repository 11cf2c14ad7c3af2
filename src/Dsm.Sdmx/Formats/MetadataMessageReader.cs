using System.Collections.Immutable;
using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Csv;
using Dsm.Sdmx.Formats.Json;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats;

/// <summary>
/// Reads messages of reference metadata of every format: SDMX-ML 2.1 (generic and structure-specific), 3.0 and 3.1; SDMX-JSON 1.0, 2.0
/// and 2.1; SDMX-CSV 2.0 and 2.1. Bad input never throws: whatever is wrong becomes an issue with its place, and what could be read is returned.
/// </summary>
public static class MetadataMessageReader
{
    /// <summary>Reads a message of whatever format. The stream is read to its end and not disposed of.</summary>
    /// <exception cref="IOException">The stream failed.</exception>
    public static MetadataMessage Read(Stream stream, IssueList issues)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(issues);
        byte[] window = new byte[FormatSniffer.Window];
        int count = stream.ReadAtLeast(window, window.Length, throwOnEndOfStream: false);
        SdmxFormat? format = FormatSniffer.Sniff(window.AsSpan(0, count), issues);
        Stream message = new PrefixedStream(window.AsMemory(0, count), stream);
        switch (format?.Kind)
        {
            case null:
                return new MetadataMessage(null, []);
            case MessageKind.CsvMetadata:
                return Csv(message, format, issues);
            case MessageKind.JsonMetadata:
                return JsonMetadataReader.Read(message, format, issues);
            case MessageKind.Error when format.Syntax == "json":
                ErrorMessageReader.Report(message, issues);
                return new MetadataMessage(null, []) { Format = format };
            case MessageKind.Error:
            case MessageKind.Metadata when !format.IsBefore21:
                return Xml(message, format, issues);
            default:
                issues.Add(IssueCodes.WrongMessageKind, Location.None, format.Name, "reference metadata");
                return new MetadataMessage(null, []) { Format = format };
        }
    }

    /// <summary>True when metadata sets can be read in a format.</summary>
    public static bool CanRead(SdmxFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return format.Kind is MessageKind.CsvMetadata or MessageKind.JsonMetadata || (format.Kind == MessageKind.Metadata && !format.IsBefore21);
    }

    private static MetadataMessage Csv(Stream stream, SdmxFormat format, IssueList issues)
    {
        MetadataLocations locations = new();
        ImmutableArray<MetadataSet> sets = CsvMetadataReader.Read(stream, issues, locations, DataReaderOptions.Default);
        return new MetadataMessage(null, sets, locations) { Format = format };
    }

    private static MetadataMessage Xml(Stream stream, SdmxFormat format, IssueList issues)
    {
        MetadataLocations locations = new();
        MetadataParser? parser = null;
        MessageHeader? header = null;
        ImmutableArray<FooterNote> footer = [];
        XmlWalk.Run(stream, issues, cursor =>
        {
            if (format.Kind == MessageKind.Error)
            {
                XmlMessageParts.Report(XmlMessageParts.Errors(cursor), cursor);
                return;
            }

            parser = new MetadataParser(cursor, format, locations);
            foreach (string name in cursor.Children())
            {
                switch (name)
                {
                    case "Header":
                        header = XmlMessageParts.Header(cursor, parser.HeaderPart);
                        break;
                    case "MetadataSet":
                        parser.MetadataSet();
                        break;
                    case "Footer":
                        footer = [.. footer, .. XmlMessageParts.Footer(cursor)];
                        break;
                    default:
                        cursor.Unexpected(format.Name);
                        break;
                }
            }
        });
        return new MetadataMessage(header, parser?.Sets ?? [], locations) { Format = format, Footer = footer };
    }
}
