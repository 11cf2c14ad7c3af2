using System.Text;
using System.Xml;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Summary;

/// <summary>
/// Counts what is in an SDMX-ML message of any version by the names of its elements, in one pass without keeping anything.
/// </summary>
internal sealed class XmlMessageCounter
{
    private const int MaxDepth = 256;
    private const int None = -1;

    private readonly XmlReader _xml;
    private readonly IXmlLineInfo _lines;
    private readonly MessageCounts _counts;
    private readonly IssueList _issues;
    private readonly CancellationToken _cancellationToken;
    private readonly string[] _path = new string[MaxDepth];

    private string? _root;
    private string? _firstElement;
    private Location _firstLocation;
    private string _artefact = "";
    private int _headerDepth = None, _artefactDepth = None, _dataSetDepth = None, _metadataSetDepth = None, _sectionDepth = None;
    private bool _isOld, _isQuery;

    private XmlMessageCounter(XmlReader xml, MessageCounts counts, IssueList issues, CancellationToken cancellationToken)
    {
        _xml = xml;
        _lines = (IXmlLineInfo)xml;
        _counts = counts;
        _issues = issues;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Counts well-formed XML up to its first fault.</summary>
    public static void Strict(Stream stream, MessageCounts counts, IssueList issues, DataReaderOptions options, CancellationToken cancellationToken)
    {
        using TagGuardStream guarded = new(stream, XmlMessages.MaxValue);
        using XmlReader xml = XmlReader.Create(guarded, XmlMessages.Settings(options.MaxBytes));
        Run(xml, counts, issues, options, cancellationToken);
    }

    /// <summary>Counts XML with prefixes that are not declared, bytes that are no text and blanks before the declaration; other faults end it.</summary>
    public static void Lenient(Stream stream, MessageCounts counts, IssueList issues, DataReaderOptions options, CancellationToken cancellationToken)
    {
        using TagGuardStream guarded = new(stream, XmlMessages.MaxValue);
        using StreamReader text = new(guarded, Encoding.UTF8);
        while (text.Peek() is >= 0 and int c && char.IsWhiteSpace((char)c))
        {
            text.Read(); // nothing may stand before an XML declaration, and often does
        }

        using XmlTextReader xml = new(text) { Namespaces = false, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        Run(xml, counts, issues, options, cancellationToken);
    }

    private static void Run(XmlReader xml, MessageCounts counts, IssueList issues, DataReaderOptions options, CancellationToken cancellationToken)
    {
        try
        {
            new XmlMessageCounter(xml, counts, issues, cancellationToken).Run();
        }
        catch (XmlException e)
        {
            issues.Add(XmlMessages.Finding(e, options.MaxBytes));
        }
        catch (MessageException e)
        {
            IXmlLineInfo lines = (IXmlLineInfo)xml;
            issues.Add(new Issue(e.Issue.Code, new Location(lines.LineNumber, lines.LinePosition), [.. e.Issue.Arguments]));
        }
    }

    private Location Location => new(_lines.LineNumber, _lines.LinePosition);

    private void Run()
    {
        int untilLook = 0;
        while (_xml.Read())
        {
            if (_xml.NodeType == XmlNodeType.Element)
            {
                Element();
            }

            if (--untilLook < 0)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                untilLook = 4096;
            }
        }

        if (_root is null)
        {
            _issues.Add(_firstElement is null
                ? new Issue(IssueCodes.EmptyMessage, Location.None)
                : new Issue(IssueCodes.UnknownFormat, _firstLocation, _firstElement));
        }
    }

    private void Element()
    {
        int depth = _xml.Depth;
        if (depth >= MaxDepth)
        {
            throw new MessageException(new Issue(IssueCodes.TooLarge, Location, "nesting of elements", MaxDepth));
        }

        string name = _xml.LocalName;
        if (name.Contains(':', StringComparison.Ordinal))
        {
            name = name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
        }

        _path[depth] = name;
        if (_dataSetDepth != None && depth > _dataSetDepth)
        {
            InDataSet(name, depth);
            return;
        }

        if (_headerDepth != None && depth > _headerDepth)
        {
            return;
        }

        if (_artefactDepth != None && depth > _artefactDepth)
        {
            if (ArtefactNames.PartOf(_artefact, name, _path[depth - 1]) is { } part)
            {
                _counts.Add(part);
            }

            return;
        }

        if (_metadataSetDepth != None && depth > _metadataSetDepth)
        {
            InMetadataSet(name);
            return;
        }

        _headerDepth = _artefactDepth = _dataSetDepth = _metadataSetDepth = None;
        if (_root is null)
        {
            Root(name, depth);
        }
        else
        {
            InMessage(name, depth);
        }
    }

    private void InMessage(string name, int depth)
    {
        switch (name)
        {
            case "Header":
                _headerDepth = depth;
                break;
            case "Footer":
                Notes("Message", IssueCodes.FooterMessage);
                break;
            case "ErrorMessage" when _root == "Error":
                Note(IssueCodes.SdmxErrorMessage);
                break;
            case "DataSet" when !_isQuery:
                _counts.DataSets++;
                _dataSetDepth = depth;
                _sectionDepth = None;
                break;
            case "MetadataSet" when !_isQuery:
                _counts.Add("MetadataSet");
                _metadataSetDepth = depth;
                break;
            case "Registration" or "Subscription" when _root == "RegistryInterface":
                _counts.Add(name);
                break;
            default:
                if (depth > 0 && !_isQuery && (_isOld ? ArtefactNames.OldContainers.Contains(_path[depth - 1]) : depth > 1 && _path[depth - 2] == "Structures"))
                {
                    _artefact = ArtefactNames.ClassOf(name);
                    _artefactDepth = depth;
                    _counts.Add(_artefact);
                }

                break;
        }
    }

    private void InDataSet(string name, int depth)
    {
        if (name == "Obs")
        {
            _counts.Observations++;
        }
        else if (name == "Series")
        {
            _counts.Series++;
        }
        else if (name == "Section")
        {
            _sectionDepth = depth;
        }
        else if (_sectionDepth != None)
        {
            // Cross-sectional data: below a section, what has a value is an observation, named after its measure.
            if (depth <= _sectionDepth)
            {
                _sectionDepth = None;
            }
            else if (_xml.GetAttribute("value") is not null)
            {
                _counts.Observations++;
            }
        }
    }

    private void InMetadataSet(string name)
    {
        switch (name)
        {
            case "Report":
                _counts.Add("Report");
                break;
            case "ReportedAttribute":
            case "Attribute" when !_isOld:
                _counts.Add("ReportedAttribute");
                break;
        }
    }

    /// <summary>The outermost element that is a message of SDMX; envelopes and answers of web services around it are passed by.</summary>
    private void Root(string name, int depth)
    {
        string uri = NamespaceOf();
        if (name == "Fault" && new SoapEnvelope().IsFault(name, uri))
        {
            _root = name;
            _counts.Format = "SOAP fault";
            _issues.Add(IssueCodes.SdmxErrorMessage, Location, "SOAP", SoapEnvelope.FaultText(_xml));
            return;
        }

        if (_firstElement is null)
        {
            _firstElement = $"{name} {uri}".Trim();
            _firstLocation = Location;
        }

        string? version = SdmxVersionOf(uri);
        bool isSdmx = version is not null && !uri.EndsWith("/webservices", StringComparison.OrdinalIgnoreCase);
        if (!isSdmx && !(uri.Length == 0 && depth == 0 && IsMessage(name)))
        {
            return;
        }

        _root = name;
        _isOld = version is "1.0" or "2.0";
        _isQuery = name.EndsWith("Query", StringComparison.Ordinal) || name is "QueryMessage";
        _counts.Format = "SDMX-ML " + name;
        _counts.Version = version;
        _counts.Known = FormatSniffer.FormatOf(name, uri);
        if (_counts.Known is null && !IsMessage(name) && !_isQuery && !IsRegistryMessage(name))
        {
            // In a namespace of SDMX, but none of its messages.
            (_counts.Format, _counts.Version) = (null, null);
            _issues.Add(IssueCodes.UnknownFormat, Location, $"{name} {uri}".Trim());
            return;
        }

        if (name == "Error" && _xml.IsEmptyElement)
        {
            _issues.Add(IssueCodes.SdmxErrorMessage, Location, "", "");
        }
    }

    private static bool IsRegistryMessage(string name) => name is "Error" || name.EndsWith("Request", StringComparison.Ordinal)
        || name.EndsWith("Response", StringComparison.Ordinal) || name.EndsWith("Event", StringComparison.Ordinal);

    private string NamespaceOf()
    {
        if (_xml is not XmlTextReader { Namespaces: false })
        {
            return _xml.NamespaceURI;
        }

        int colon = _xml.Name.IndexOf(':', StringComparison.Ordinal);
        return _xml.GetAttribute(colon < 0 ? "xmlns" : "xmlns:" + _xml.Name[..colon]) ?? "";
    }

    private static bool IsMessage(string name) => name is "Structure" or "GenericData" or "GenericTimeSeriesData" or "StructureSpecificData"
        or "StructureSpecificTimeSeriesData" or "CompactData" or "UtilityData" or "CrossSectionalData" or "MessageGroup" or "GenericMetadata" or "MetadataReport"
        or "StructureSpecificMetadata" or "RegistryInterface" or "QueryMessage";

    /// <summary>The version in a namespace such as <c>http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message</c>; null when it is none of SDMX.</summary>
    private static string? SdmxVersionOf(string uri)
    {
        int at = uri.IndexOf("/schemas/v", StringComparison.OrdinalIgnoreCase);
        return at >= 0 && uri.Contains("sdmx", StringComparison.OrdinalIgnoreCase)
            && uri.AsSpan(at + "/schemas/v".Length) is [>= '0' and <= '9' and char major, '_', >= '0' and <= '9' and char minor, ..]
            ? $"{major}.{minor}" : null;
    }

    private void Notes(string element, IssueCode code)
    {
        int depth = _xml.Depth;
        if (_xml.IsEmptyElement)
        {
            return;
        }

        while (_xml.Read() && _xml.Depth > depth)
        {
            if (_xml.NodeType == XmlNodeType.Element && _xml.LocalName == element)
            {
                Note(code);
            }
        }
    }

    /// <summary>A message of a footer or an error with its texts.</summary>
    private void Note(IssueCode code)
    {
        Location at = Location;
        string number = _xml.GetAttribute("code") ?? "", severity = _xml.GetAttribute("severity") ?? "";
        StringBuilder text = new();
        int depth = _xml.Depth;
        if (!_xml.IsEmptyElement)
        {
            while (_xml.Read() && _xml.Depth > depth)
            {
                if (_xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && text.Length < 1000)
                {
                    text.Append(text.Length > 0 ? " " : "").Append(_xml.Value.Trim());
                }
            }
        }

        object[] arguments = code == IssueCodes.FooterMessage ? [severity, number, text] : [number, text];
        _issues.Add(code, at, arguments);
    }
}
