using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats;

/// <summary>
/// Reads messages to and from registries of SDMX-ML 2.1, 3.0 and 3.1 (SDMXRegistry*.xsd). Bad input never throws: whatever is wrong
/// becomes an issue with line and column, and what could be read is returned.
/// </summary>
public static class RegistryMessageReader
{
    /// <summary>True when registry messages can be read in a format.</summary>
    public static bool CanRead(SdmxFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return format.Kind == MessageKind.Registry && !format.IsBefore21;
    }

    /// <summary>Reads a message. The stream is read to its end and not disposed of.</summary>
    public static RegistryMessage Read(Stream stream, IssueList issues)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(issues);
        byte[] window = new byte[FormatSniffer.Window];
        int count = stream.ReadAtLeast(window, window.Length, throwOnEndOfStream: false);
        SdmxFormat? format = FormatSniffer.Sniff(window.AsSpan(0, count), issues);
        if (format is null)
        {
            return new RegistryMessage(null, null);
        }

        Stream message = new PrefixedStream(window.AsMemory(0, count), stream);
        if (format.Kind == MessageKind.Error)
        {
            ErrorMessageReader.Report(message, issues);
        }
        else if (!CanRead(format))
        {
            issues.Add(IssueCodes.WrongMessageKind, Location.None, format.Name, "registry message");
        }

        return CanRead(format) ? Read(message, format, issues) : new RegistryMessage(null, null) { Format = format };
    }

    private static RegistryMessage Read(Stream stream, SdmxFormat format, IssueList issues)
    {
        MessageHeader? header = null;
        RegistryContent? content = null;
        ImmutableArray<FooterNote> footer = [];
        XmlWalk.Run(stream, issues, cursor =>
        {
            RegistryParser parser = new(cursor, format.Standard);
            foreach (string name in cursor.Children())
            {
                switch (name)
                {
                    case "Header":
                        header = XmlMessageParts.Header(cursor);
                        break;
                    case "Footer":
                        footer = [.. footer, .. XmlMessageParts.Footer(cursor)];
                        break;
                    case string known when content is null && RegistryParser.IsContent(known):
                        content = parser.Content(known);
                        break;
                    default:
                        cursor.Unexpected("RegistryInterface");
                        break;
                }
            }
        });
        return new RegistryMessage(header, content) { Format = format, Footer = footer };
    }
}
