using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <content>The message around the data sets: its root, its header, and where data sets start.</content>
public abstract partial class XmlDataReader
{
    /// <summary>True for the reader of messages of 2.0 and 1.0.</summary>
    private protected virtual bool IsBefore21 => false;

    /// <summary>What is known of a data set by its start tag, which is at hand, and the header; null with an issue when it cannot be read.</summary>
    private protected virtual DataSetHeader? ReadDataSetHeader(XmlDataReaderHeader header, List<XmlDataReaderAttribute> attributes, int line, int column, out XmlDataReaderStructure structure)
        => header.DataSetHeader(attributes, line, column, out structure);

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
            NameTable = new BoundedNames(),
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
                    SkipBesideDataSets();
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
}
