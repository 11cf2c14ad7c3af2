using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Xml;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats;

/// <summary>Tells from the first bytes of a message which format it has, whatever its file name or Content-Type say.</summary>
public static class FormatSniffer
{
    /// <summary>How many bytes are looked at.</summary>
    public const int Window = 64 * 1024;

    private static readonly SearchValues<char> CsvWord = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>True when bytes are the start of a gzip file (RFC 1952).</summary>
    public static bool IsGzip(ReadOnlySpan<byte> first) => first.Length >= 2 && first[0] == 0x1F && first[1] == 0x8B;

    /// <summary>
    /// Looks into a stream and gives back a stream with the whole (decompressed) message, and its format; null with an issue when
    /// the format is not known. The stream handed in must not be read any more, only disposed of, which the caller does.
    /// </summary>
    public static async Task<(SdmxFormat? Format, Stream Content)> OpenAsync(Stream stream, IssueList issues, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(issues);
        byte[] magic = new byte[2];
        int count = await stream.ReadAtLeastAsync(magic, 2, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        Stream content = new PrefixedStream(magic.AsMemory(0, count), stream);
        if (IsGzip(magic.AsSpan(0, count)))
        {
            content = new GZipStream(content, CompressionMode.Decompress);
        }

        byte[] first = new byte[Window];
        try
        {
            count = await content.ReadAtLeastAsync(first, Window, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            issues.Add(IssueCodes.UnknownFormat, Location.None, "damaged gzip");
            return (null, content);
        }

        return (Sniff(first.AsSpan(0, count), issues), new PrefixedStream(first.AsMemory(0, count), content));
    }

    /// <summary>The format of a message by its first bytes; null with an issue when it is empty, HTML or not known.</summary>
    public static SdmxFormat? Sniff(ReadOnlySpan<byte> first, IssueList issues)
    {
        ArgumentNullException.ThrowIfNull(issues);
        string text = Decode(first[..Math.Min(first.Length, Window)]);
        ReadOnlySpan<char> start = text.AsSpan().TrimStart("\uFEFF \t\r\n\0");
        if (start.IsEmpty)
        {
            issues.Add(IssueCodes.EmptyMessage, Location.None);
            return null;
        }

        if (LooksLikeHtml(start))
        {
            issues.Add(IssueCodes.HtmlInsteadOfSdmx, Location.None);
            return null;
        }

        SdmxFormat? format = start[0] switch
        {
            '<' => SniffXml(start.ToString(), issues, out bool told) ?? (told ? null : Unknown("XML", issues)),
            '{' or '[' => JsonSniffer.Sniff(start) ?? Unknown("JSON", issues),
            _ => SniffCsv(start) ?? Unknown(Beginning(start), issues),
        };
        return format;
    }

    /// <summary>True when a message begins as JSON does.</summary>
    internal static bool IsJson(ReadOnlySpan<byte> first) => Decode(first[..Math.Min(first.Length, 256)]).AsSpan().TrimStart("\uFEFF \t\r\n\0") is ['{', ..];

    /// <summary>True when a text begins as a web page does.</summary>
    internal static bool LooksLikeHtml(ReadOnlySpan<char> start)
    {
        ReadOnlySpan<char> head = start[..Math.Min(start.Length, 2048)];
        return head.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            || head.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || head.StartsWith("<head", StringComparison.OrdinalIgnoreCase)
            || (head.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) && head.Contains("<html", StringComparison.OrdinalIgnoreCase)
                && !head.Contains("sdmx", StringComparison.OrdinalIgnoreCase));
    }

    private static SdmxFormat? Unknown(string found, IssueList issues)
    {
        issues.Add(IssueCodes.UnknownFormat, Location.None, found);
        return null;
    }

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        Encoding encoding = bytes switch
        {
            [0xFF, 0xFE, ..] or [(byte)'<', 0, ..] or [(byte)'{', 0, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] or [0, (byte)'<', ..] or [0, (byte)'{', ..] => Encoding.BigEndianUnicode,
            _ => Encoding.UTF8,
        };
        return encoding.GetString(bytes);
    }

    private static string Beginning(ReadOnlySpan<char> start)
    {
        ReadOnlySpan<char> line = start[..Math.Min(start.Length, 40)];
        int end = line.IndexOfAny('\r', '\n');
        return (end < 0 ? line : line[..end]).ToString().Replace('\0', '?');
    }

    private static SdmxFormat? SniffXml(string text, IssueList issues, out bool told)
    {
        told = false;
        XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = Window };
        using XmlReader reader = XmlReader.Create(new StringReader(text), settings);
        SoapEnvelope soap = new();
        try
        {
            while (reader.Read())
            {
                if (reader.NodeType != XmlNodeType.Element)
                {
                    continue;
                }

                IXmlLineInfo at = (IXmlLineInfo)reader;
                Location location = new(at.LineNumber, at.LinePosition);
                if (soap.IsFault(reader.LocalName, reader.NamespaceURI))
                {
                    return Tell(ref told, IssueCodes.SdmxErrorMessage, location, "SOAP", SoapEnvelope.FaultText(reader));
                }

                if (soap.IsPart(reader.LocalName, reader.NamespaceURI, reader.Depth))
                {
                    continue;
                }

                string found = $"{reader.LocalName} {reader.NamespaceURI}".Trim();
                return FormatOf(reader.LocalName, reader.NamespaceURI) ?? Tell(ref told, IssueCodes.UnknownFormat, location, found);
            }
        }
        catch (XmlException e)
        {
            // The parser does not say where a forbidden DTD is; of other errors the exception does, the reader has forgotten it.
            int dtd = text.IndexOf("<!DOCTYPE", StringComparison.OrdinalIgnoreCase);
            Issue malformed = XmlMessages.Malformed(e);
            return dtd >= 0
                ? Tell(ref told, IssueCodes.DtdForbidden, At(text.AsSpan(0, dtd)))
                : Tell(ref told, malformed.Code, malformed.Location, [.. malformed.Arguments]);
        }

        return null;

        SdmxFormat? Tell(ref bool said, IssueCode code, Location location, params object?[] arguments)
        {
            said = true;
            issues.Add(code, location, arguments);
            return null;
        }
    }

    private static Location At(ReadOnlySpan<char> before) => new(before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));

    /// <summary>The format of a message with a root element; null when it is none of SDMX.</summary>
    internal static SdmxFormat? FormatOf(string root, string uri) => (SdmxNamespaces.Of(uri)?.Standard, root) switch
    {
        ("2.1", "Structure") => MediaTypes.StructureXml21,
        ("2.1", "GenericData") => MediaTypes.GenericData21,
        ("2.1", "GenericTimeSeriesData") => MediaTypes.GenericTimeSeries21,
        ("2.1", "StructureSpecificData") => MediaTypes.StructureSpecificData21,
        ("2.1", "StructureSpecificTimeSeriesData") => MediaTypes.StructureSpecificTimeSeries21,
        ("2.1", "GenericMetadata") => MediaTypes.GenericMetadata21,
        ("2.1", "StructureSpecificMetadata") => MediaTypes.StructureSpecificMetadata21,
        ("2.1", "Error") => MediaTypes.Error21,
        ("2.1", _) when root == "RegistryInterface" || RegistryParser.IsContent(root) => MediaTypes.Registry21,
        ("3.0", "Structure") => MediaTypes.StructureXml30,
        ("3.0", "StructureSpecificData") => MediaTypes.DataXml30,
        ("3.0", "GenericMetadata" or "Metadata") => MediaTypes.MetadataXml30,
        ("3.0", "Error") => MediaTypes.Error30,
        ("3.0", _) when root == "RegistryInterface" || RegistryParser.IsContent(root) => MediaTypes.Registry30,
        ("3.1", "Structure") => MediaTypes.StructureXml31,
        ("3.1", "StructureSpecificData") => MediaTypes.DataXml31,
        ("3.1", "GenericMetadata" or "Metadata") => MediaTypes.MetadataXml31,
        ("3.1", "Error") => MediaTypes.Error31,
        ("3.1", _) when root == "RegistryInterface" || RegistryParser.IsContent(root) => MediaTypes.Registry31,
        ("2.0", _) => MessageOf20(root),
        ("1.0", _) => MessageOf10(root),
        _ => null,
    };

    private static SdmxFormat? MessageOf20(string root) => root switch
    {
        "Structure" => MediaTypes.StructureXml20,
        "GenericData" => MediaTypes.GenericData20,
        "CompactData" => MediaTypes.CompactData20,
        "UtilityData" => MediaTypes.UtilityData20,
        "CrossSectionalData" => MediaTypes.CrossSectionalData20,
        "MessageGroup" => MediaTypes.MessageGroup20,
        "GenericMetadata" => MediaTypes.GenericMetadata20,
        "MetadataReport" => MediaTypes.MetadataReport20,
        "QueryMessage" => MediaTypes.Query20,
        "RegistryInterface" => MediaTypes.Registry20,
        _ => null,
    };

    private static SdmxFormat? MessageOf10(string root) => root switch
    {
        "Structure" => MediaTypes.StructureXml10,
        "GenericData" => MediaTypes.GenericData10,
        "CompactData" => MediaTypes.CompactData10,
        "UtilityData" => MediaTypes.UtilityData10,
        "CrossSectionalData" => MediaTypes.CrossSectionalData10,
        "MessageGroup" => MediaTypes.MessageGroup10,
        "QueryMessage" => MediaTypes.Query10,
        _ => null,
    };

    // SDMX-CSV says its version by its first column. 2.0 and 2.1 have the same header; the older name is given.
    private static SdmxFormat? SniffCsv(ReadOnlySpan<char> start)
    {
        int end = start.IndexOfAny('\r', '\n');
        ReadOnlySpan<char> header = end < 0 ? start : start[..end];
        // Behind it stand the delimiter, or the separator of multiple values in brackets: STRUCTURE[;]
        ReadOnlySpan<char> first = header.TrimStart('"');
        int separator = first.IndexOfAnyExcept(CsvWord);
        first = separator < 0 ? first : first[..separator];
        return first.ToString().ToUpperInvariant() switch
        {
            "DATAFLOW" => MediaTypes.DataCsv1,
            "STRUCTURE" => MediaTypes.DataCsv20,
            "MDSTRUCTURE" => MediaTypes.MetadataCsv20,
            _ => null,
        };
    }
}
