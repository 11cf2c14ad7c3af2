using System.Collections.Immutable;
using System.Text;
using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Json;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Reads structure messages: SDMX-JSON of 1.0, 2.0 and 2.1; SDMX-ML of 2.1, 3.0 and (where it is the same) 3.1, and of 2.0 and 1.0, which are mapped onto the model of
/// the later versions; also inside registry messages and SOAP envelopes.
/// Bad input never throws: whatever is wrong becomes an issue with line and column, and what could be read is returned.
/// </summary>
public static class StructureMessageReader
{
    /// <summary>Most characters a structure message may have.</summary>
    public const long MaxCharacters = 500_000_000;

    /// <summary>Reads the artefacts of a message. The stream is read to its end and not disposed of.</summary>
    public static StructureSet Read(Stream stream, IssueList issues) => ReadMessage(stream, issues).Structures;

    /// <summary>Reads a message with its header and footer.</summary>
    public static StructureMessage ReadMessage(Stream stream, IssueList issues)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(issues);
        Reading reading = new(issues);
        byte[] first = new byte[4096];
        int count = 0;
        try
        {
            count = stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
            if (IsJson(first.AsSpan(0, count)))
            {
                return Json(new PrefixedStream(first.AsMemory(0, count), stream), issues);
            }

            if (IsHopeless(first.AsSpan(0, count), issues))
            {
                return reading.Result;
            }

            TagGuardStream guarded = new(new PrefixedStream(first.AsMemory(0, count), stream), XmlMessages.MaxValue);
            using XmlReader xml = XmlReader.Create(guarded, XmlMessages.Settings(MaxCharacters));
            Run(reading, xml, issues);
        }
        catch (XmlException e)
        {
            issues.Add(XmlMessages.Placed(XmlMessages.Finding(e, MaxCharacters), first.AsSpan(0, count)));
        }
        catch (InvalidDataException e)
        {
            // A decompressing stream handed in found its data damaged.
            issues.Add(IssueCodes.MalformedXml, Location.None, e.Message);
        }

        return reading.Result;
    }

    private static void Run(Reading reading, XmlReader xml, IssueList issues)
    {
        IXmlLineInfo lines = (IXmlLineInfo)xml;
        try
        {
            reading.Run(new XmlCursor(xml, issues));
        }
        catch (NestingException)
        {
            issues.Add(IssueCodes.TooLarge, new Location(lines.LineNumber, lines.LinePosition), "nesting of elements", XmlCursor.MaxDepth);
        }
        catch (MessageException e)
        {
            issues.Add(e.Issue with { Location = new Location(lines.LineNumber, lines.LinePosition) });
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> first)
    {
        ReadOnlySpan<byte> start = first.StartsWith(Encoding.UTF8.Preamble) || first is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] ? first[2..].TrimStart((byte)0xBF) : first;
        return start.TrimStart(" \t\r\n\0"u8) is [(byte)'{', ..];
    }

    private static StructureMessage Json(Stream stream, IssueList issues)
    {
        byte[] window = new byte[FormatSniffer.Window];
        int count = stream.ReadAtLeast(window, window.Length, throwOnEndOfStream: false);
        SdmxFormat? format = FormatSniffer.Sniff(window.AsSpan(0, count), issues);
        if (format is null)
        {
            return new StructureMessage(null, StructureSet.Empty);
        }

        if (format.Kind != MessageKind.JsonStructure)
        {
            issues.Add(IssueCodes.WrongMessageKind, Location.None, format.Name, "structure message");
            return new StructureMessage(null, StructureSet.Empty) { Format = format };
        }

        return JsonStructureMessageReader.ReadMessage(new PrefixedStream(window.AsMemory(0, count), stream), format, issues);
    }

    private static bool IsHopeless(ReadOnlySpan<byte> first, IssueList issues)
    {
        ReadOnlySpan<byte> start = first.StartsWith(Encoding.UTF8.Preamble) ? first[3..] : first;
        start = start.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty)
        {
            issues.Add(IssueCodes.EmptyMessage, Location.None);
            return true;
        }

        if (FormatSniffer.LooksLikeHtml(Encoding.UTF8.GetString(start)))
        {
            issues.Add(IssueCodes.HtmlInsteadOfSdmx, Location.None);
            return true;
        }

        // CSV, JSON, text: say what it is, not that it is bad XML. UTF-16 begins with a mark or a zero byte.
        if (start[0] is not ((byte)'<' or 0 or 0xFE or 0xFF))
        {
            IssueList other = new();
            SdmxFormat? format = FormatSniffer.Sniff(first, other);
            issues.Add(format is null
                ? new Issue(IssueCodes.UnknownFormat, Location.None, other.Kept.First().Arguments.FirstOrDefault() ?? "text")
                : new Issue(IssueCodes.WrongMessageKind, Location.None, format.Name, "SDMX-ML structure"));
            return true;
        }

        return false;
    }

    /// <summary>One message being read; keeps what was read until a fault.</summary>
    private sealed class Reading(IssueList issues)
    {
        private readonly List<Maintainable> _artefacts = [];
        private readonly ImmutableArray<FooterNote>.Builder _footer = ImmutableArray.CreateBuilder<FooterNote>();
        private MessageHeader? _header;
        private SdmxFormat? _format;

        public StructureMessage Result => new(_header, new StructureSet(_artefacts)) { Format = _format, Footer = _footer.ToImmutable() };

        public void Run(XmlCursor cursor)
        {
            SoapEnvelope soap = new();
            do
            {
                if (!cursor.NextElement())
                {
                    issues.Add(IssueCodes.EmptyMessage, cursor.Location);
                    return;
                }

                if (soap.IsFault(cursor.Name, cursor.Namespace))
                {
                    cursor.Report(IssueCodes.SdmxErrorMessage, "SOAP", cursor.Token());
                    return;
                }
            }
            while (soap.IsPart(cursor.Name, cursor.Namespace, cursor.Depth));

            _format = FormatSniffer.FormatOf(cursor.Name, cursor.Namespace);
            switch (_format?.Kind)
            {
                case MessageKind.Structure or MessageKind.Registry when _format.IsBefore21:
                    new Structure20Parser(cursor, _artefacts).Message(_format, () => _header = XmlMessageParts.Header(cursor));
                    cursor.ToEnd();
                    break;
                case MessageKind.Structure or MessageKind.Registry:
                    Body(cursor, new StructureParser(cursor, _format.Standard, _artefacts));
                    cursor.ToEnd();
                    break;
                case MessageKind.Error:
                    XmlMessageParts.Report(XmlMessageParts.Errors(cursor), cursor);
                    break;
                case null:
                    cursor.Report(IssueCodes.UnknownFormat, $"{cursor.Name} {cursor.Namespace}".Trim());
                    break;
                default:
                    cursor.Report(IssueCodes.WrongMessageKind, _format.Name, "SDMX-ML structure");
                    break;
            }
        }

        private void Body(XmlCursor cursor, StructureParser parser)
        {
            foreach (string name in cursor.Children())
            {
                switch (name)
                {
                    case "Header":
                        _header = XmlMessageParts.Header(cursor);
                        break;
                    case "Structures":
                        parser.Structures();
                        break;
                    case "Footer":
                        _footer.AddRange(XmlMessageParts.Footer(cursor));
                        break;
                    case "SubmitStructureRequest" or "QueryStructureResponse":
                        Body(cursor, parser);
                        break;
                    case "StructureLocation" or "StatusMessage" or "SubmittedStructure":
                        cursor.Skipped(name);
                        break;
                    default:
                        if (_format!.Kind == MessageKind.Registry)
                        {
                            cursor.Report(IssueCodes.WrongMessageKind, name, "SDMX-ML structure");
                        }
                        else
                        {
                            cursor.Unexpected("Structure");
                        }

                        break;
                }
            }
        }
    }
}
