using System.Text;
using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// What the readers of SDMX-ML data have in common: message, header, data sets, failures. Reads with a hardened
/// <see cref="XmlReader"/>: no document type, nothing fetched, bounded values and nesting. This is the reference that faster
/// readers are compared with.
/// </summary>
public abstract class XmlDataReader : DataReader
{
    private protected const string Xsi = "http://www.w3.org/2001/XMLSchema-instance";
    private const string Xmlns = "http://www.w3.org/2000/xmlns/";

    private readonly GuardedStream _stream;
    private HandOverStream? _bytes;
    private PlainTagScanner? _scanner;
    private int _handOverLine, _lineShift, _columnShift;
    private readonly Func<StructureReference, DataSchema?> _resolve;
    private XmlDataReaderHeader? _header;
    private XmlReader? _xml;
    private string _root = "";
    private int _rootDepth;
    private bool _isPastRoot;
    private bool _hasDataSet;
    private bool _isOpen;
    private bool _saidAnnotations;
    private bool _isDraining;
    private bool _isDone;
    private bool _isPeeked;
    private (StructureReference Reference, DataSchema? Schema)? _resolved;

    static XmlDataReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance); // national systems still send windows-1251

    /// <summary>Makes a reader; nothing is read yet. The stream is disposed of with the reader.</summary>
    private protected XmlDataReader(Stream stream, Func<StructureReference, DataSchema?> resolve, IssueList issues, DataReaderOptions? options)
        : base(issues)
    {
        Options = options ?? DataReaderOptions.Default;
        _stream = new GuardedStream(stream, Options.MaxBytes);
        _resolve = resolve;
    }

    /// <summary>Limits and defaults.</summary>
    protected DataReaderOptions Options { get; }

    /// <summary>Structure of data sets that name none.</summary>
    internal StructureReference? FallbackStructure => Options.FallbackStructure;

    /// <summary>True for the time series messages of 2.1, where time is at the observation by definition.</summary>
    internal bool IsTimeSeries => _root.EndsWith("TimeSeriesData", StringComparison.Ordinal);

    /// <summary>Name of the root element.</summary>
    internal string Root => _root;

    /// <summary>The XML, once opened.</summary>
    internal XmlReader Xml => _xml!;

    /// <summary>Where the observations of the current data set go.</summary>
    private protected BatchFiller Filler { get; private set; } = null!;

    /// <summary>What the header says about the current data set's structure.</summary>
    private protected XmlDataReaderStructure Structure { get; private set; } = XmlDataReaderStructure.Unknown;

    /// <summary>Line of the node at hand.</summary>
    internal int Line => ((IXmlLineInfo)Xml).LineNumber + _lineShift;

    /// <summary>Column of the node at hand: of an element its angle bracket, of an attribute its name.</summary>
    internal int Column => Shift(((IXmlLineInfo)Xml).LineNumber, ((IXmlLineInfo)Xml).LinePosition).Column - (Xml.NodeType == XmlNodeType.Element ? 1 : 0);

    /// <summary>True while the data set is read from its bytes, without the XML parser.</summary>
    internal bool IsScanning => _scanner is not null;

    /// <summary>Depth of the data set element.</summary>
    private protected int DataSetDepth { get; private set; }

    /// <inheritdoc/>
    public sealed override bool NextDataSet()
    {
        if (!_isDone)
        {
            try
            {
                if (_isOpen || DataSet is not null)
                {
                    SkipRestOfDataSet();
                }

                DataSet = null;
                if (OpenMessage() && MoveToDataSet())
                {
                    return true;
                }
            }
            catch (Exception e) when (e is XmlException or MessageException)
            {
                Fail(e);
            }
        }

        _isDone = true;
        DataSet = null;
        return false;
    }

    /// <inheritdoc/>
    public sealed override bool Read(ObservationBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch.Clear();
        if (_isDone || DataSet is null)
        {
            return false;
        }

        Filler.Target(batch);
        try
        {
            while (_isOpen && Filler.HasRoom)
            {
                if (_scanner is null)
                {
                    if (!TakePeeked())
                    {
                        Xml.Read();
                    }

                    ReadNode();
                }
                else if (!_scanner.TryRead())
                {
                    HandOver();
                }
            }

            while (_isDraining && Filler.HasRoom)
            {
                if (!Filler.EmitLate())
                {
                    _isDraining = false;
                    Filler.EndDataSet();
                }
            }
        }
        catch (Exception e) when (e is XmlException or MessageException)
        {
            Filler.Abort();
            Fail(e);
        }

        return !batch.IsEmpty;
    }

    /// <summary>Handles the node at hand, which lies within the data set.</summary>
    private protected abstract void ReadNode();

    /// <summary>A scanner that reads plain tags of the data set that was just opened without the XML parser; null when there is none for it.</summary>
    private protected virtual PlainTagScanner? StartScanner(HandOverStream held) => null;

    /// <summary>The scanner gives way to the XML parser.</summary>
    private protected virtual void LeaveScanner(PlainTagScanner scanner)
    {
    }

    /// <summary>True for the reader of messages of 2.0 and 1.0.</summary>
    private protected virtual bool IsBefore21 => false;

    /// <summary>What is known of a data set by its start tag, which is at hand, and the header; null with an issue when it cannot be read.</summary>
    private protected virtual DataSetHeader? ReadDataSetHeader(XmlDataReaderHeader header, List<XmlDataReaderAttribute> attributes, int line, int column, out XmlDataReaderStructure structure)
        => header.DataSetHeader(attributes, line, column, out structure);

    /// <summary>Moves to the node behind the data set's start tag; it is the first that <see cref="ReadNode"/> gets, unless it is taken.</summary>
    private protected void Peek() => _isPeeked = Xml.Read();

    /// <summary>True when a node was peeked at, which from now on counts as read.</summary>
    private protected bool TakePeeked()
    {
        bool isPeeked = _isPeeked;
        _isPeeked = false;
        return isPeeked;
    }

    /// <summary>The schema of a structure; the last answer is remembered.</summary>
    private protected DataSchema? Resolve(StructureReference reference)
    {
        if (_resolved is not { } last || last.Reference != reference)
        {
            _resolved = last = (reference, _resolve(reference));
        }

        return last.Schema;
    }

    /// <summary>True when a root element is that of the messages this reader reads.</summary>
    private protected abstract bool IsRoot(string localName);

    /// <summary>Sees to attributes of the data set element that are no XML attributes of the format.</summary>
    private protected virtual void ReadDataSetAttributes(IReadOnlyList<XmlDataReaderAttribute> attributes)
    {
    }

    /// <summary>The end tag of the data set, or an empty one.</summary>
    private protected void EndDataSet()
    {
        _isOpen = false;
        _isDraining = true;
    }

    /// <summary>A value of a component at the node at hand.</summary>
    private protected void Set(ComponentSlot slot, string id, ReadOnlySpan<char> value)
        => SetCell(slot, id, slot.IsComplex && CellText.NeedsCare(value) ? ComplexValue.Cell(Filler.ComponentOf(slot), value) : value);

    /// <summary>The cell text of a component (<see cref="ComplexValue"/>) at the node at hand.</summary>
    private protected void SetCell(ComponentSlot slot, string id, ReadOnlySpan<char> value)
    {
        if (value.Length > Options.MaxValueLength)
        {
            throw new MessageException(new Issue(IssueCodes.TooLarge, new Location(Line, Column, null, null, id), id, Options.MaxValueLength));
        }

        if (slot.Kind == SlotKind.Unknown)
        {
            Issues.Add(IssueCodes.UnknownComponent, new Location(Line, Column, null, null, id), id);
        }
        else if (!Filler.SetCell(slot, value))
        {
            Issues.Add(IssueCodes.UnexpectedElement, new Location(Line, Column, null, null, id), id, "Group");
        }
    }

    /// <summary>
    /// Annotations at the node at hand: those of the data set are kept in its header; of those of groups, series, observations and
    /// values it is said once a data set that they are not kept.
    /// </summary>
    private protected void ReadAnnotations()
    {
        if (Filler.Scope == ReadingScope.None && DataSet!.Header.Annotations.IsEmpty)
        {
            DataSet.Header = DataSet.Header with { Annotations = _header!.ReadAnnotations() };
        }
        else
        {
            ReportAnnotations();
            Skip();
        }
    }

    /// <summary>Says once a data set that annotations below it are not kept.</summary>
    internal void ReportAnnotations()
    {
        if (!_saidAnnotations)
        {
            _saidAnnotations = true;
            Issues.Add(IssueCodes.NotCarried, new Location(Line, Column), "Annotations", "DSM");
        }
    }

    /// <summary>The data provider named by the data set itself, which goes before that of the header.</summary>
    private protected void ReadDataProvider()
    {
        if (_header!.ReadProvider() is { } provider)
        {
            DataSet!.Header = DataSet.Header with { DataProvider = provider };
        }
    }

    /// <summary>Reports an element that does not belong here and passes over it.</summary>
    internal void Unexpected(string parent) => SkipUnexpected(parent);

    /// <summary>Refuses values longer than the options allow.</summary>
    internal void CheckLength(int length)
    {
        if (length > Options.MaxValueLength)
        {
            throw new MessageException(new Issue(IssueCodes.TooLarge, new Location(Line, Column), Xml.Name, Options.MaxValueLength));
        }
    }

    /// <summary>Reports an element that does not belong here and passes over it.</summary>
    private protected void SkipUnexpected(string parent)
    {
        Issues.Add(IssueCodes.UnexpectedElement, new Location(Line, Column), Xml.Name, parent);
        Skip();
    }

    /// <summary>Passes over the element at hand; ends on its end tag.</summary>
    internal void Skip()
    {
        if (Xml.IsEmptyElement)
        {
            return;
        }

        int depth = Xml.Depth;
        while (Xml.Read() && !(Xml.NodeType == XmlNodeType.EndElement && Xml.Depth == depth))
        {
            CheckDepth();
        }
    }

    /// <summary>Text of the element at hand, trimmed unless its blanks count; ends on its end tag.</summary>
    internal string ReadText(bool keepsBlanks = false)
    {
        StringBuilder text = new();
        if (!Xml.IsEmptyElement)
        {
            int depth = Xml.Depth;
            while (Xml.Read() && !(Xml.NodeType == XmlNodeType.EndElement && Xml.Depth == depth))
            {
                CheckDepth();
                if (Xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace && text.Length <= Options.MaxValueLength)
                {
                    text.Append(Xml.Value);
                }
            }
        }

        return text.Length > Options.MaxValueLength
            ? throw new MessageException(new Issue(IssueCodes.TooLarge, Location.None, "text", Options.MaxValueLength))
            : keepsBlanks ? text.ToString() : text.ToString().Trim();
    }

    /// <summary>Moves to the next child element of the element at a depth; false at its end tag. Children left unread are passed over.</summary>
    internal bool NextChild(int depth)
    {
        while (Xml.Read())
        {
            CheckDepth();
            if (Xml.NodeType == XmlNodeType.Element && Xml.Depth == depth + 1)
            {
                return true;
            }

            if (Xml.NodeType == XmlNodeType.EndElement && Xml.Depth == depth)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Attributes of the element at hand but for namespaces; ends on the element.</summary>
    private protected List<XmlDataReaderAttribute> ReadAttributes()
    {
        List<XmlDataReaderAttribute> attributes = [];
        while (Xml.MoveToNextAttribute())
        {
            if (Xml.NamespaceURI != Xmlns)
            {
                attributes.Add(new XmlDataReaderAttribute(Xml.LocalName, Xml.NamespaceURI == Xsi, Xml.NamespaceURI.Length > 0, Xml.Value, Line, Column));
            }
        }

        Xml.MoveToElement();
        return attributes;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _xml?.Dispose();
            _stream.Dispose();
        }

        base.Dispose(disposing);
    }

    internal void CheckDepth()
    {
        if (Xml.Depth > Options.MaxDepth)
        {
            throw new MessageException(new Issue(IssueCodes.TooLarge, new Location(Line, Column), Xml.Name, Options.MaxDepth));
        }
    }

    private bool OpenMessage()
    {
        if (_xml is not null)
        {
            return true;
        }

        _bytes = Options.UsesXmlParserOnly ? null : new HandOverStream(_stream);
        _xml = XmlReader.Create(_bytes ?? (Stream)_stream, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
            CloseInput = true,
        });
        _header = new XmlDataReaderHeader(this);
        SoapEnvelope soap = new();
        do
        {
            if (!_xml.Read())
            {
                Issues.Add(IssueCodes.EmptyMessage, Location.None);
                return false;
            }
        }
        while (_xml.NodeType != XmlNodeType.Element || (!soap.IsFault(_xml.LocalName, _xml.NamespaceURI) && soap.IsPart(_xml.LocalName, _xml.NamespaceURI, _xml.Depth)));
        return CheckRoot(soap);
    }

    private bool CheckRoot(SoapEnvelope soap)
    {
        _root = Xml.LocalName;
        _rootDepth = Xml.Depth;
        Location location = new(Line, Column);
        SdmxNamespaces? version = SdmxNamespaces.Of(Xml.NamespaceURI);
        if (IsRoot(_root) && version is not null && IsBefore21 == (version == SdmxNamespaces.V20 || version == SdmxNamespaces.V10))
        {
            return true;
        }

        if (soap.IsFault(_root, Xml.NamespaceURI))
        {
            Issues.Add(IssueCodes.SdmxErrorMessage, location, "SOAP", SoapEnvelope.FaultText(Xml));
        }
        else if (_root.Equals("html", StringComparison.OrdinalIgnoreCase))
        {
            Issues.Add(IssueCodes.HtmlInsteadOfSdmx, location);
        }
        else if (_root == "Error")
        {
            XmlDataReaderHeader.ReadError(this);
        }
        else if (FormatSniffer.FormatOf(_root, Xml.NamespaceURI) is { } format)
        {
            Issues.Add(IssueCodes.WrongMessageKind, location, format.Name, "SDMX-ML data");
        }
        else
        {
            Issues.Add(IssueCodes.UnknownFormat, location, $"{_root} {Xml.NamespaceURI}".Trim());
        }

        return false;
    }

    private bool MoveToDataSet()
    {
        while (!(Xml.NodeType == XmlNodeType.Element && Xml.Depth == _rootDepth && Xml.IsEmptyElement) && NextChild(_rootDepth))
        {
            switch (Xml.LocalName)
            {
                case "Header":
                    Header = _header!.Read();
                    break;
                case "DataSet":
                    _hasDataSet = true;
                    return OpenDataSet();
                case "Footer":
                    _header!.ReadFooter();
                    break;
                default:
                    SkipUnexpected(_root);
                    break;
            }
        }

        // What follows the message may break it: a second message, or the end of another one.
        _isPastRoot = _rootDepth == 0;
        while (Xml.Read())
        {
        }

        if (!_hasDataSet)
        {
            Issues.Add(IssueCodes.NoDataSet, Location.None);
        }

        return false;
    }

    private bool OpenDataSet()
    {
        (int line, int column) = (Line, Column);
        DataSetDepth = Xml.Depth;
        bool isEmpty = Xml.IsEmptyElement;
        List<XmlDataReaderAttribute> attributes = ReadAttributes();
        if (ReadDataSetHeader(_header!, attributes, line, column, out XmlDataReaderStructure structure) is not { } header)
        {
            return false;
        }

        Structure = structure;
        if (Resolve(header.Structure) is not { } schema)
        {
            Issues.Add(IssueCodes.UnknownStructure, new Location(line, column), header.Structure);
            return false;
        }

        DataSet = new DataSetSpace(header, schema);
        Filler = new BatchFiller(DataSet, Issues);
        _saidAnnotations = false;
        (_isOpen, _isDraining) = (!isEmpty, isEmpty);
        ReadDataSetAttributes(attributes);
        _scanner = _isOpen && _bytes is { IsHeld: true } held ? StartScanner(held) : null;

        return true;
    }

    /// <summary>
    /// The scanner has met something that is not for it: the XML parser goes on from there. It stands behind the data set's start
    /// tag; made-up tags bring it into the elements that are open, and its places are shifted by what it did not see.
    /// </summary>
    private void HandOver()
    {
        string open = string.Concat(_scanner!.Open.Select(name => $"<{Encoding.ASCII.GetString(name)}>"));

        // Where the parser itself believes to be: it may have been passed over data sets before.
        int line = _bytes!.HeldLine - _lineShift;
        int column = _bytes.HeldColumn - (line == _handOverLine ? _columnShift : 0);
        (_handOverLine, _lineShift, _columnShift) = (line, _scanner.Line - line, _scanner.Column - column - open.Length);
        LeaveScanner(_scanner);
        _bytes.Release(Encoding.ASCII.GetBytes(open), _scanner.Line, _scanner.Column);
        _scanner = null;
        for (int tags = open.Count(c => c == '<'); tags > 0; tags--)
        {
            Xml.Read();
        }
    }

    private (int Line, int Column) Shift(int line, int column) => (line + _lineShift, line == _handOverLine ? column + _columnShift : column);

    private void SkipRestOfDataSet()
    {
        if (_scanner is not null)
        {
            HandOver();
        }

        // The rest is passed over, not looked at: who does not read a data set does not want its findings.
        while (_isOpen && (TakePeeked() || Xml.Read()))
        {
            _isOpen = !(Xml.NodeType == XmlNodeType.EndElement && Xml.Depth == DataSetDepth);
        }

        _isDraining = false;
    }

    private void Fail(Exception exception)
    {
        (_isDone, _isOpen, _isDraining) = (true, false, false);
        Issue issue = XmlDataReaderFailure.ToIssue(exception, _stream, !_isPastRoot && (_bytes?.IsAtEnd ?? _stream.IsAtEnd), _root, _xml as IXmlLineInfo);
        bool isPlaced = exception is MessageException { Issue.Location.Line: > 0 };
        if (!isPlaced && issue.Location.Line > 0)
        {
            (int line, int column) = _scanner is { } scanner ? (scanner.Line, scanner.Column) : Shift(issue.Location.Line, issue.Location.Column);
            issue = issue with { Location = issue.Location with { Line = line, Column = column } };
        }

        Issues.Add(issue);
    }
}
