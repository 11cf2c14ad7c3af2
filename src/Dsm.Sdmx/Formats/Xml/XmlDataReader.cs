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
public abstract partial class XmlDataReader : DataReader
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
        int longest = (int)Math.Clamp(8L * Options.MaxValueLength, XmlMessages.MaxValue, int.MaxValue);
        _stream = new GuardedStream(new TagGuardStream(stream, longest), Options.MaxBytes);
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

    private (int Line, int Column) Shift(int line, int column) => (line + _lineShift, line == _handOverLine ? column + _columnShift : column);
}
