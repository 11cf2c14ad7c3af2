using System.Buffers;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// What the SDMX-ML data writers have in common: the order of things. In SDMX-ML 3.x groups may stand between series, so everything
/// streams. In 2.1 all groups of a data set stand before its series: where a structure has attributes on groups, a data set is kept
/// back until it ends or has 4 MiB; what follows is a further data set of the same structure and action. The same happens when an
/// attribute of the data set or of a group changes its value.
/// </summary>
public abstract class XmlDataWriter : DataWriter
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

    internal XmlDataWriter(SdmxFormat format, SdmxNamespaces namespaces, IBufferWriter<byte> output, DataWriterOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        Format = format;
        Namespaces = namespaces;
        Options = options;
        _main = new Utf8Output(output);
        _kept = new Utf8Output(_window);
        Out = _main;
    }

    /// <inheritdoc/>
    public override string MediaType => Format.MediaType;

    internal SdmxFormat Format { get; }

    internal SdmxNamespaces Namespaces { get; }

    internal DataWriterOptions Options { get; }

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
        foreach (DataSetSpace dataSet in dataSets)
        {
            string at = LayoutOf(dataSet).DimensionAtObservation;
            StructureReference reference = ReferenceOf(dataSet);
            _uses.TryAdd((reference, at), new XmlStructureUse($"S{_uses.Count + 1}", reference, at));
        }

        _main.Raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"u8);
        WriteRoot(_uses.Values);
        DataSetAction[] actions = [.. dataSets.Select(d => d.Header.Action).Distinct()];
        new XmlDataHeader(_main, Namespaces, Format.Kind == MessageKind.StructureSpecificData)
            .Write(header, _uses.Values, actions.Length == 1 ? actions[0] : null);
        _main.Flush();
    }

    /// <inheritdoc/>
    public override void StartDataSet(DataSetSpace dataSet)
    {
        ArgumentNullException.ThrowIfNull(dataSet);
        DataSet = dataSet;
        Layout = LayoutOf(dataSet);
        Use = _uses[(ReferenceOf(dataSet), Layout.DimensionAtObservation)];
        _groups.Clear();
        _dataSetValues = null;
        _anyDataSet = false;
        _seriesOpen = false;
        _key = new int[Layout.KeyDimensions.Length];
        _seriesValues = new string?[Layout.OnSeries.Length];
        Out = KeepsBack ? _kept : _main;
        PrepareDataSet();
    }

    /// <inheritdoc/>
    public override void Write(ObservationBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (Layout.ObservationDimension >= 0)
        {
            WriteCrossSections(batch);
        }
        else
        {
            WriteRuns(batch);
        }

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
        WriteRootEnd();
        _main.Flush();
    }

    internal Utf8Output Main => _main;

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

    internal abstract void WriteSeriesStart(ObservationBatch batch, int series, TimePeriod period);

    internal abstract void WriteSeriesEnd();

    internal abstract void WriteObservation(ObservationBatch batch, int series, int row);

    private static StructureReference ReferenceOf(DataSetSpace dataSet) => dataSet.Header.ProvisionAgreement ?? dataSet.Header.Structure;

    private XmlDataLayout LayoutOf(DataSetSpace dataSet) => XmlDataLayout.Of(
        dataSet.Schema,
        Format.IsTimeSeries ? dataSet.Schema.TimeDimension?.Id : Options.DimensionAtObservation,
        Options.Selection,
        dataSet.Header.Action == DataSetAction.Delete);

    private void WriteRuns(ObservationBatch batch)
    {
        int row = 0;
        for (int series = 0; series < batch.SeriesCount; series++)
        {
            int first = row;
            bool any = false;
            for (; row < batch.Count && batch.SeriesOf[row] == series; row++)
            {
                any |= !batch.Refused[row];
            }

            // A run that was sent without observations is written; one whose observations are all refused is not.
            if (!any && (row > first || Layout.IsFlat))
            {
                continue;
            }

            if (Layout.IsFlat)
            {
                BeforeSeries(batch, series);
            }
            else
            {
                Continue(batch, series, default, batch.ContinuesSeries && series == 0);
            }

            for (int i = first; i < row; i++)
            {
                if (!batch.Refused[i])
                {
                    Observation(batch, series, i);
                }
            }
        }
    }

    private void WriteCrossSections(ObservationBatch batch)
    {
        List<int> rows = [.. Enumerable.Range(0, batch.Count).Where(r => !batch.Refused[r])];
        int At(int row) => batch.Dimensions[Layout.ObservationDimension].Codes[batch.SeriesOf[row]];
        rows.Sort((a, b) =>
        {
            int order = 0;
            foreach (int dimension in Layout.KeyDimensions)
            {
                int[] codes = batch.Dimensions[dimension].Codes;
                order = codes[batch.SeriesOf[a]].CompareTo(codes[batch.SeriesOf[b]]);
                if (order != 0)
                {
                    return order;
                }
            }

            order = batch.Periods[a].CompareTo(batch.Periods[b]);
            return order != 0 ? order : At(a).CompareTo(At(b));
        });
        foreach (int row in rows)
        {
            Continue(batch, batch.SeriesOf[row], batch.Periods[row], false);
            Observation(batch, batch.SeriesOf[row], row);
        }
    }

    private void Observation(ObservationBatch batch, int series, int row)
    {
        // Deletions may name a series as a whole: then there is no period, and no observation to write.
        bool hasPeriod = !batch.Periods[row].IsNone || !Layout.IsTimeSeries;
        if ((Layout.WritesObservations && hasPeriod) || Layout.IsFlat)
        {
            WriteObservation(batch, series, row);
        }
    }

    /// <summary>Goes on with the series that is open, or starts another.</summary>
    private void Continue(ObservationBatch batch, int series, TimePeriod period, bool continues)
    {
        if (_seriesOpen && (continues || (IsSame(batch, series, period) && IsSharedKnown(batch, series))))
        {
            return;
        }

        CloseSeries();
        BeforeSeries(batch, series);
        for (int i = 0; i < _key.Length; i++)
        {
            _key[i] = batch.Dimensions[Layout.KeyDimensions[i]].Codes[series];
        }

        for (int i = 0; i < _seriesValues.Length; i++)
        {
            _seriesValues[i] = batch.SeriesAttributes[Layout.OnSeries[i]][series];
        }

        _period = period;
        _seriesOpen = true;
        WriteSeriesStart(batch, series, period);
    }

    private bool IsSame(ObservationBatch batch, int series, TimePeriod period)
    {
        for (int i = 0; i < _key.Length; i++)
        {
            if (batch.Dimensions[Layout.KeyDimensions[i]].Codes[series] != _key[i])
            {
                return false;
            }
        }

        for (int i = 0; i < _seriesValues.Length; i++)
        {
            if (batch.SeriesAttributes[Layout.OnSeries[i]][series] != _seriesValues[i])
            {
                return false;
            }
        }

        return period == _period;
    }

    private void CloseSeries()
    {
        if (_seriesOpen)
        {
            WriteSeriesEnd();
            _seriesOpen = false;
        }
    }

    /// <summary>Sees to the attributes of data set and groups before a series, or a run of flat observations.</summary>
    private void BeforeSeries(ObservationBatch batch, int series)
    {
        if (IsSharedKnown(batch, series))
        {
            return;
        }

        string?[] values = [.. Layout.OnDataSet.Select(i => batch.SeriesAttributes[i][series])];
        (XmlGroupLayout Group, string[] Key, string?[] Values)[] groups = [.. Layout.Groups.Select(g => (g, KeyOf(g, batch, series), ValuesOf(g, batch, series)))];
        if (_dataSetValues is not null && IsVersion21
            && (Differs(_dataSetValues, values) || groups.Any(g => _groups.TryGetValue(Identity(g.Group, g.Key), out string?[]? old) && Differs(old, g.Values))))
        {
            CloseDataSet();
        }

        if (_dataSetValues is null)
        {
            OpenDataSet(values);
        }
        else if (Differs(_dataSetValues, values))
        {
            _dataSetValues = values;
            WriteDataSetAttributes(values);
        }

        foreach ((XmlGroupLayout group, string[] key, string?[] groupValues) in groups)
        {
            KeepGroup(group, key, groupValues);
        }
    }

    /// <summary>True when the attributes of data set and groups of a series are written already.</summary>
    private bool IsSharedKnown(ObservationBatch batch, int series)
    {
        if (_dataSetValues is null)
        {
            return false;
        }

        for (int i = 0; i < _dataSetValues.Length; i++)
        {
            if (batch.SeriesAttributes[Layout.OnDataSet[i]][series] is { } value && value != _dataSetValues[i])
            {
                return false;
            }
        }

        foreach (XmlGroupLayout group in Layout.Groups)
        {
            string?[] values = ValuesOf(group, batch, series);
            if (values.Any(v => v is not null)
                && (!_groups.TryGetValue(Identity(group, KeyOf(group, batch, series)), out string?[]? old) || Differs(old, values)))
            {
                return false;
            }
        }

        return true;
    }

    private static string[] KeyOf(XmlGroupLayout group, ObservationBatch batch, int series)
        => [.. group.Dimensions.Select(d => batch.Dimensions[d][series] ?? "")];

    private static string?[] ValuesOf(XmlGroupLayout group, ObservationBatch batch, int series)
        => [.. group.Attributes.Select(a => batch.SeriesAttributes[a][series])];

    private void KeepGroup(XmlGroupLayout group, string[] key, string?[] values)
    {
        if (values.All(v => v is null))
        {
            return;
        }

        (string, string) identity = Identity(group, key);
        bool known = _groups.TryGetValue(identity, out string?[]? old);
        if (known && !Differs(old!, values))
        {
            return;
        }

        if (_groups.Count >= 100_000 && !IsVersion21)
        {
            // Forgetting only means that a group may be written twice.
            _groups.Clear();
        }

        _groups[identity] = values;
        if (!IsVersion21)
        {
            WriteGroup(group, key, values);
        }
    }

    private void OpenDataSet(string?[] values)
    {
        _dataSetValues = values;
        if (!KeepsBack)
        {
            WriteDataSetStart(values);
        }
    }

    private void CloseDataSet()
    {
        CloseSeries();
        if (_dataSetValues is null)
        {
            return;
        }

        if (KeepsBack)
        {
            _kept.Flush();
            Out = _main;
            WriteDataSetStart(_dataSetValues);
            foreach (((string id, string key), string?[] values) in _groups)
            {
                WriteGroup(Layout.Groups.First(g => g.Id == id), key.Split('\u001f'), values);
            }

            _main.Raw(_window.WrittenSpan);
            _window.ResetWrittenCount();
        }

        WriteDataSetEnd();
        Out = KeepsBack ? _kept : _main;
        _groups.Clear();
        _dataSetValues = null;
        _anyDataSet = true;
    }

    private static (string Group, string Key) Identity(XmlGroupLayout group, string[] key) => (group.Id, string.Join('\u001f', key));

    /// <summary>True when a value is given that was not there before; one left out says nothing.</summary>
    private static bool Differs(string?[] old, string?[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is not null && values[i] != old[i])
            {
                return true;
            }
        }

        return false;
    }
}
