using System.Buffers;
using System.Globalization;
using System.Text;
using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// What the SDMX-ML data writers have in common: the order of things. In SDMX-ML 3.x groups may stand between series, so everything
/// streams. In 2.1 all groups of a data set stand before its series: where a structure has attributes on groups, a data set is kept
/// back until it ends or has 4 MiB; what follows is a further data set of the same structure and action. The same happens when an
/// attribute of the data set or of a group changes its value.
/// </summary>
public abstract partial class XmlDataWriter : DataWriter
{
    private const int WindowSize = 4 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _window = new();
    private readonly Utf8Output _main;
    private readonly Utf8Output _kept;
    private readonly Dictionary<(StructureReference, string), XmlStructureUse> _uses = [];
    private readonly Dictionary<(string Group, string Key), string?[]> _groups = [];
    private string?[]? _dataSetValues;
    private bool _anyDataSet;
    private bool _seriesOpen;
    private int[] _key = [];
    private string?[] _seriesValues = [];
    private TimePeriod _period;
    private string? _badPeriod;
    private bool _isDeletion;

    internal XmlDataWriter(SdmxFormat format, SdmxNamespaces namespaces, IBufferWriter<byte> output, DataWriterOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        Format = format;
        Namespaces = namespaces;
        Options = options;
        _main = Utf8Output.OfMessage(output);
        _kept = new Utf8Output(_window);
        Out = _main;
        Losses = new DataLosses(format, options.Issues);
    }

    /// <inheritdoc/>
    public override string MediaType => Format.MediaType;

    internal SdmxFormat Format { get; }

    internal SdmxNamespaces Namespaces { get; }

    internal DataWriterOptions Options { get; }

    /// <summary>Where it is said what the format cannot carry.</summary>
    internal DataLosses Losses { get; }

    /// <summary>Where elements go: the target, or the data set that is kept back.</summary>
    internal Utf8Output Out { get; private set; }

    internal DataSetSpace DataSet { get; private set; } = null!;

    internal XmlDataLayout Layout { get; private set; } = null!;

    internal XmlStructureUse Use { get; private set; } = null!;

    private bool IsVersion21 => Namespaces == SdmxNamespaces.V21;

    private bool KeepsBack => IsVersion21 && !Layout.Groups.IsEmpty;

    /// <inheritdoc/>
    public override void Start(MessageHeader header, IReadOnlyList<DataSetSpace> dataSets)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(dataSets);
        Losses.SayOf(header);
        foreach (DataSetSpace dataSet in dataSets)
        {
            string at = LayoutOf(dataSet).DimensionAtObservation;
            StructureReference reference = ReferenceOf(dataSet);
            _uses.TryAdd((reference, at), new XmlStructureUse(IdOf(dataSet), reference, at, TypedBy(dataSet, reference), _uses.Count + 1));
        }

        _main.Raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"u8);
        WriteRoot(_uses.Values);
        DataSetAction[] actions = [.. dataSets.Select(d => d.Header.Action).Distinct()];
        new XmlDataHeader(_main, Namespaces, Format.Kind == MessageKind.StructureSpecificData)
            .Write(header, _uses.Values, actions.Length == 1 ? actions[0] : null);
        _main.Flush();
    }

    // The id within the message is free. Clients that look for the data structure by it (rsdmx) find it when it is that of the structure.
    private string IdOf(DataSetSpace dataSet)
    {
        string id = dataSet.Schema.Structure.Id;
        bool isName = id.Length > 0 && XmlConvert.IsStartNCNameChar(id[0]) && id.All(XmlConvert.IsNCNameChar);
        return isName && _uses.Values.All(u => u.Id != id) ? id : string.Create(CultureInfo.InvariantCulture, $"S.{_uses.Count + 1}"); // no id of SDMX has a dot
    }

    private StructureReference TypedBy(DataSetSpace dataSet, StructureReference reference)
        => IsVersion21 && reference.Type == StructureType.ProvisionAgreement && dataSet.Schema.Dataflow is { } flow ? flow.Reference : reference;

    /// <inheritdoc/>
    public override void StartDataSet(DataSetSpace dataSet)
    {
        ArgumentNullException.ThrowIfNull(dataSet);
        DataSet = dataSet;
        Losses.SayOf(dataSet);
        Layout = LayoutOf(dataSet);
        _isDeletion = dataSet.Header.Action == DataSetAction.Delete;
        Use = _uses[(ReferenceOf(dataSet), Layout.DimensionAtObservation)];
        _groups.Clear();
        _dataSetValues = null;
        _anyDataSet = false;
        _seriesOpen = false;
        _dataSetMetadata.Clear();
        _key = new int[Layout.KeyDimensions.Length];
        _seriesValues = new string?[Layout.OnSeries.Length];
        Out = KeepsBack ? _kept : _main;
        PrepareDataSet();
    }

    /// <inheritdoc/>
    public override void Write(ObservationBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (DataSet.Header.Action == DataSetAction.Delete)
        {
            Losses.SayPartsOfDeletions(batch, carriesDashes: false);
        }

        if (Layout.ObservationDimension >= 0)
        {
            WriteCrossSections(batch);
        }
        else
        {
            WriteRuns(batch);
        }

        WriteMetadata(batch);
        if (KeepsBack)
        {
            _kept.Flush();
            if (_window.WrittenCount >= WindowSize)
            {
                CloseDataSet();
            }
        }

        _main.Flush();
    }

    /// <inheritdoc/>
    public override void EndDataSet()
    {
        if (!_anyDataSet && _dataSetValues is null)
        {
            OpenDataSet(new string?[Layout.OnDataSet.Length]);
        }

        CloseDataSet();
        _main.Flush();
    }

    /// <inheritdoc/>
    public override void End()
    {
        WriteFooter();
        WriteRootEnd();
        _main.End();
    }

    internal Utf8Output Main => _main;

    /// <summary>Writes the notes of the footer, each with its code and a text for each language.</summary>
    private void WriteFooter()
    {
        if (Options.Footer.IsDefaultOrEmpty)
        {
            return;
        }

        XmlWriterSettings settings = new() { ConformanceLevel = ConformanceLevel.Fragment, OmitXmlDeclaration = true, Encoding = new UTF8Encoding(false) };
        using (MemoryStream stream = new())
        {
            using (XmlWriter xml = XmlWriter.Create(stream, settings))
            {
                XmlMessageParts.WriteFooter(xml, Namespaces, Options.Footer);
            }

            _main.Raw(stream.GetBuffer().AsSpan(0, (int)stream.Length));
        }
    }

    internal abstract void WriteRoot(IReadOnlyCollection<XmlStructureUse> uses);

    internal abstract void WriteRootEnd();

    /// <summary>Makes what is needed for the layout of the data set.</summary>
    internal abstract void PrepareDataSet();

    /// <summary>Writes the start of the data set with its attributes.</summary>
    internal abstract void WriteDataSetStart(IReadOnlyList<string?> values);

    internal abstract void WriteDataSetEnd();

    /// <summary>Writes changed attributes of the data set between series (3.x only).</summary>
    internal virtual void WriteDataSetAttributes(IReadOnlyList<string?> values)
    {
    }

    internal abstract void WriteGroup(XmlGroupLayout group, IReadOnlyList<string> key, IReadOnlyList<string?> values);

    /// <summary>Starts a series; the row is one whose period belongs to the key, below zero for none.</summary>
    internal abstract void WriteSeriesStart(ObservationBatch batch, int series, int row);

    internal abstract void WriteSeriesEnd();

    /// <summary>Makes ready what the observations of a run of flat data have in common.</summary>
    internal abstract void PrepareRun(ObservationBatch batch, int series);

    internal abstract void WriteObservation(ObservationBatch batch, int series, int row);

    private static StructureReference ReferenceOf(DataSetSpace dataSet) => dataSet.Header.ProvisionAgreement ?? dataSet.Header.Structure;

    private XmlDataLayout LayoutOf(DataSetSpace dataSet) => XmlDataLayout.Of(
        dataSet.Schema,
        Format.IsTimeSeries ? dataSet.Schema.TimeDimension?.Id : Options.DimensionAtObservation,
        Options.Selection,
        dataSet.Header.Action == DataSetAction.Delete);
}
