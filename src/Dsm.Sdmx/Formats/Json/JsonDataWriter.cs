using System.Buffers;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>
/// Writes SDMX-JSON data 1.0, 2.0 and 2.1: series, flat, any dimension at the observation. Observations stream; the values that their
/// indices mean are listed in the structure, which is written behind the data sets (members of JSON objects have no order). Memory
/// grows with the number of series, groups and different values, not with the observations.
/// <para>A JSON object must not have a name twice: readers would lose the first. Where a series (or a flat observation) comes again,
/// or an attribute of data set or group changes its value, a further data set of the same structure and action is begun.</para>
/// <para>What 1.0 cannot carry (data sets of a second structure, further measures, several values, groups of deletions) is left out
/// and reported to <see cref="DataWriterOptions.Issues"/>.</para>
/// </summary>
public sealed partial class JsonDataWriter : DataWriter
{
    private const int MaxGroups = 100_000;

    private readonly Utf8Output _output;
    private readonly SdmxFormat _format;
    private readonly DataWriterOptions _options;
    private readonly JsonVersion _version;
    private readonly List<JsonStructureUse> _structures = [];
    private readonly DataLosses _losses;
    private readonly HashSet<int[]> _seen = new(KeyComparer.Instance);
    private DataSetSpace _dataSet = null!;
    private JsonStructureUse _use = null!;
    private JsonDataLayout _layout = null!;
    private JsonGroupValues _groups = null!;
    private string?[] _dataSetValues = [];
    private List<string> _partialKeys = [];
    private int _dataSetCount;
    private bool _isOpen;
    private bool _isSkipped;
    private bool _isDeletion;

    /// <summary>Makes a writer.</summary>
    public JsonDataWriter(SdmxFormat format, IBufferWriter<byte> output, DataWriterOptions options)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(options);
        _format = format;
        _options = options;
        _version = JsonVersion.Of(format);
        _losses = new DataLosses(format, options.Issues);
        _output = Utf8Output.OfMessage(output);
    }

    /// <inheritdoc/>
    public override string MediaType => _format.MediaType;

    /// <inheritdoc/>
    public override void Start(MessageHeader header, IReadOnlyList<DataSetSpace> dataSets)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(dataSets);
        _losses.SayOf(header);
        foreach (DataSetSpace dataSet in dataSets)
        {
            UseOf(dataSet);
        }

        JsonMessageStart.Write(_output, _version, header, _options.Languages);
        _output.Raw(",\"data\":{\"dataSets\":["u8);
        _output.Flush();
    }

    /// <inheritdoc/>
    public override void StartDataSet(DataSetSpace dataSet)
    {
        ArgumentNullException.ThrowIfNull(dataSet);
        _dataSet = dataSet;
        _isDeletion = dataSet.Header.Action == DataSetAction.Delete;
        _use = UseOf(dataSet);
        _layout = _use.Layout;
        _isSkipped = _version.Is1 && _use.Index > 0;
        if (_isSkipped)
        {
            _losses.Say("DataSet", $"{dataSet.Header.Action} {_use.Reference}", new Location(dataSet.Header.Line));
            return;
        }

        _losses.SayOf(dataSet);

        if (_version.Is1 && dataSet.Schema.Measures.Length > 1 && !_isDeletion)
        {
            foreach (SchemaComponent measure in dataSet.Schema.Measures.Skip(1).Where(_options.Selection.Includes))
            {
                _losses.Say("ObservationBatch.Measures", measure);
            }
        }

        _groups = new JsonGroupValues(_layout);
        _stamps = [];
        PrepareRows();
        OpenDataSet();
    }

    /// <inheritdoc/>
    public override void Write(ObservationBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (_isSkipped)
        {
            return;
        }

        if (batch.Metadata.Count > 0 && _options.Selection.Attributes.HasFlag(AttributeKinds.Metadata))
        {
            _losses.Say("MetadataReport", at: new Location(Key: batch.Metadata[0].KeyText));
        }

        if (_isDeletion)
        {
            _losses.SayPartsOfDeletions(batch, carriesDashes: false);
        }

        if (_layout.ObservationDimension >= 0)
        {
            WriteCrossSections(batch);
        }
        else
        {
            WriteRuns(batch);
        }

        _output.Flush();
    }

    /// <inheritdoc/>
    public override void EndDataSet()
    {
        if (!_isSkipped)
        {
            CloseDataSet();
            _output.Flush();
        }
    }

    /// <inheritdoc/>
    public override void End()
    {
        JsonStructurePartWriter writer = new(_output, _version, _options.Languages);
        if (_version.Is1)
        {
            if (_structures.Count > 0)
            {
                _output.Raw("],\"structure\":"u8);
                writer.Write(_structures[0]);
                _output.Raw("}}"u8);
            }
            else
            {
                _output.Raw("]}}"u8);
            }
        }
        else
        {
            _output.Raw("],\"structures\":["u8);
            for (int i = 0; i < _structures.Count; i++)
            {
                _output.Raw(i > 0 ? ","u8 : ""u8);
                writer.Write(_structures[i]);
            }

            _output.Raw("]}}"u8);
        }

        _output.End();
    }

    /// <summary>The structure of a data set. Deletions have one of their own (2.x), as they have no attributes and measures.</summary>
    private JsonStructureUse UseOf(DataSetSpace dataSet)
    {
        StructureReference reference = dataSet.Header.ProvisionAgreement ?? dataSet.Header.Structure;
        bool isDeletion = dataSet.Header.Action == DataSetAction.Delete && !_version.Is1;
        foreach (JsonStructureUse known in _structures)
        {
            if (known.IsDeletion == isDeletion && (ReferenceEquals(known.Reference, reference) || known.Reference == reference))
            {
                return known;
            }
        }

        JsonStructureUse use = new(_structures.Count, reference, isDeletion, JsonDataLayout.Of(dataSet.Schema, _options, _version, isDeletion), _version);
        _structures.Add(use);
        return use;
    }

    private void OpenDataSet()
    {
        _output.Raw(_dataSetCount > 0 ? ",{"u8 : "{"u8);
        if (!_version.Is1)
        {
            _output.Raw("\"structure\":"u8);
            JsonWrittenComponent.Integer(_output, _use.Index);
            _output.Raw(","u8);
        }

        JsonStructurePartWriter.Links(_output, _use.Reference);
        _output.Raw(",\"action\":\""u8);
        _output.Text(Word(_dataSet.Header.Action));
        _output.Raw((byte)'"');
        Text("reportingBegin", _dataSet.Header.ReportingBegin);
        Text("reportingEnd", _dataSet.Header.ReportingEnd);
        Text("publicationYear", _dataSet.Header.PublicationYear);
        Text("publicationPeriod", _dataSet.Header.PublicationPeriod);
        Instant("validFrom", _dataSet.Header.ValidFrom);
        Instant("validTo", _dataSet.Header.ValidTo);
        _output.Raw(_layout.IsFlat ? ",\"observations\":{"u8 : ",\"series\":{"u8);
        _use.DataSets.Add(_dataSetCount++);
        _isOpen = true;
        _isFirst = true;
        _seen.Clear();
        _flatPeriods.Clear();
        _groups.Clear();
        _partialKeys = [];
        _dataSetValues = new string?[_use.DataSetAttributes.Length];
    }

    private void CloseDataSet()
    {
        CloseSeries();
        if (!_isOpen)
        {
            return;
        }

        _output.Raw("}"u8);
        int last = Array.FindLastIndex(_dataSetValues, v => v is not null);
        if (last >= 0)
        {
            _output.Raw(",\"attributes\":["u8);
            for (int i = 0; i <= last; i++)
            {
                _output.Raw(i > 0 ? ","u8 : ""u8);
                WriteOrNull(_use.DataSetAttributes[i], _dataSetValues[i]);
            }

            _output.Raw("]"u8);
        }

        WriteGroups();
        _output.Raw("}"u8);
        _isOpen = false;
    }

    private void WriteGroups()
    {
        bool any = false;
        foreach ((int[] dimensions, int[] codes, int[] attributes, string?[] values) in _groups.All())
        {
            _output.Raw(any ? ","u8 : ",\"dimensionGroupAttributes\":{"u8);
            any = true;
            _output.Raw((byte)'"');
            WriteGroupKey(dimensions, codes);
            _output.Raw("\":["u8);
            string?[] all = new string?[_use.GroupAttributes.Length];
            for (int i = 0; i < attributes.Length; i++)
            {
                all[attributes[i]] = values[i];
            }

            int last = Array.FindLastIndex(all, v => v is not null);
            for (int i = 0; i <= last; i++)
            {
                _output.Raw(i > 0 ? ","u8 : ""u8);
                WriteOrNull(_use.GroupAttributes[i], all[i]);
            }

            _output.Raw("]"u8);
        }

        foreach (string key in _partialKeys.Distinct())
        {
            _output.Raw(any ? ","u8 : ",\"dimensionGroupAttributes\":{"u8);
            any = true;
            _output.Text($"\"{key}\":[]");
        }

        _output.Raw(any ? "}"u8 : ""u8);
    }

    private void WriteGroupKey(int[] dimensions, int[] codes)
    {
        bool any = false;
        foreach (JsonWrittenComponent dimension in _use.InKeyOrder)
        {
            if (_use.IsLeftOut(dimension))
            {
                continue;
            }

            _output.Raw(any ? ":"u8 : ""u8);
            any = true;
            int at = dimension.Component.Role == ComponentRole.TimeDimension ? -1 : Array.IndexOf(dimensions, dimension.Component.Index);
            if (at >= 0)
            {
                JsonWrittenComponent.Integer(_output, dimension.List!.IndexOf(_dataSet.Dimensions[dimension.Component.Index], codes[at]));
            }
        }
    }

    /// <summary>
    /// The part of a key that a deletion names: all dimensions in key order, those it does not name empty; time by the index of its period. A dimension that
    /// it names without a code has the index of the empty text, as in the keys of series: left out, it would mean every code.
    /// </summary>
    private string PartialKey(Func<int, int?> code, int period = -1)
        => string.Join(':', _use.InKeyOrder.Where(d => !_use.IsLeftOut(d)).Select(d =>
        {
            int index = d.Component.Role == ComponentRole.TimeDimension ? period
                : code(d.Component.Index) is { } number ? d.List!.IndexOf(_dataSet.Dimensions[d.Component.Index], number)
                : -1;
            return index < 0 ? "" : index.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }));

    private void WriteOrNull(JsonWrittenComponent component, string? cell)
    {
        if (cell is null)
        {
            _output.Raw("null"u8);
        }
        else
        {
            component.Write(_output, cell);
            Check(component, cell);
        }
    }

    /// <summary>Says what values lose in 1.0: several are written as one text, and measures have no languages.</summary>
    private void Check(JsonWrittenComponent component, string? cell)
    {
        if (!_version.Is1 || cell is null || !component.Component.IsComplex)
        {
            return;
        }

        ComplexValue value = ComplexValue.Parse(component.Component, cell);
        bool isSeveral = value.Values.Length > 1;
        if (isSeveral)
        {
            _losses.Say("ComplexValue.Values", component.Component);
        }

        if ((isSeveral || component.Component.Role == ComponentRole.Measure) && value.Values.Any(v => v.Texts is not [{ Key: ComplexValue.NoLanguage }]))
        {
            _losses.Say("LocalisedText.Texts", component.Component);
        }
    }

    private void Instant(string name, string? text) => Text(name, text is null ? null : JsonText.ToDateTime(text));

    private void Text(string name, string? text)
    {
        if (text is not null)
        {
            _output.Text($",\"{name}\":");
            JsonText.String(_output, text);
        }
    }

    /// <summary>The word for an action; Merge came with 2.1, before it Append means the same.</summary>
    private string Word(DataSetAction action) => action == DataSetAction.Merge && _version != JsonVersion.V21 ? nameof(DataSetAction.Append) : action.ToString();
}
