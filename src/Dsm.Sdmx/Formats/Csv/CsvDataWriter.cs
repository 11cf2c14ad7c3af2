using System.Buffers;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// What the SDMX-CSV writers have in common: one header row of all components of all structures announced, one record an observation,
/// records ended by CR LF (RFC 4180). A series without observations gives a record without period and values. Of a data set that
/// deletes only keys are written, and the dashes that say what of an observation is deleted.
/// </summary>
public abstract class CsvDataWriter : DataWriter
{
    private readonly Utf8Output _output;
    private readonly List<CsvColumn> _columns = [];
    private DataSetSpace _dataSet = null!;
    private CsvRecordWriter _records = null!;
    private bool _observations;

    internal CsvDataWriter(SdmxFormat format, IBufferWriter<byte> output, DataWriterOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (!CsvDelimiter.CanBe((byte)options.CsvDelimiter) || options.CsvDelimiter >= 0x80)
        {
            throw new ArgumentException("The delimiter must be an ASCII character that stands in no id.", nameof(options));
        }

        Format = format;
        Options = options;
        Losses = new DataLosses(format, options.Issues);
        Escape = new CsvEscape(options.CsvDelimiter);
        SubSeparator = options.CsvSubSeparator ?? (options.CsvDelimiter == ';' ? '|' : ';');
        _output = Utf8Output.OfMessage(output);
    }

    /// <inheritdoc/>
    public override string MediaType => Format.MediaType
        + (Options.Labels == CsvLabels.Id ? "" : $";labels={Options.Labels.ToString().ToLowerInvariant()}")
        + (Options.TimeFormat == CsvTimeFormat.Original ? "" : ";timeFormat=normalized");

    internal SdmxFormat Format { get; }

    internal DataWriterOptions Options { get; }

    /// <summary>Where it is said what the format cannot carry.</summary>
    internal DataLosses Losses { get; }

    internal CsvEscape Escape { get; }

    internal char SubSeparator { get; }

    /// <summary>True when several values in one field are announced.</summary>
    internal bool HasSubFields => _columns.Exists(c => c.HasSubFields);

    /// <inheritdoc/>
    public override void Start(MessageHeader header, IReadOnlyList<DataSetSpace> dataSets)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(dataSets);
        Losses.SayOf(header);
        DataSchema[] schemas = dataSets.Count == 1 ? [dataSets[0].Schema] : [.. dataSets.Select(d => d.Schema).Distinct()];
        string[] languages = [.. Options.Languages];
        Announce(schemas);
        foreach ((string id, IReadOnlyList<SchemaComponent> components) in CsvColumnOrder.Of(schemas, IdOf, Options.Selection))
        {
            _columns.Add(new CsvColumn(components, id, Options, languages, Escape, SubSeparator, Losses));
        }

        WriteHeaderStart(_output);
        foreach (CsvColumn column in _columns)
        {
            _output.Raw((byte)Escape.Delimiter);
            Escape.Write(_output, column.Header);
            if (Options.Labels == CsvLabels.Name)
            {
                _output.Raw((byte)Escape.Delimiter);
                Escape.Write(_output, column.Name);
            }
        }

        _output.Raw("\r\n"u8);
        _output.Flush();
    }

    /// <inheritdoc/>
    public override void StartDataSet(DataSetSpace dataSet)
    {
        ArgumentNullException.ThrowIfNull(dataSet);
        _dataSet = dataSet;
        Dictionary<string, SchemaComponent> here = new(dataSet.Schema.Components.Length, StringComparer.Ordinal);
        foreach (SchemaComponent component in dataSet.Schema.Components)
        {
            here.Add(IdOf(dataSet.Schema, component), component);
        }

        foreach (CsvColumn column in _columns)
        {
            column.StartDataSet(here.GetValueOrDefault(column.Id, column.Component));
        }

        _observations = dataSet.Header.Action == DataSetAction.Delete || Options.Selection.HasObservations(dataSet.Schema);
        _records = new CsvRecordWriter(_output, Escape, Options, RecordStart(dataSet), dataSet, _columns, here);
        if (Carries(dataSet))
        {
            Losses.SayOf(dataSet);
        }
        else
        {
            Losses.Say("DataSet", $"{dataSet.Header.Action} {dataSet.Header.Structure}", new Location(dataSet.Header.Line));
        }
    }

    /// <inheritdoc/>
    public override void Write(ObservationBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (!Carries(_dataSet))
        {
            return;
        }

        if (batch.Metadata.Count > 0 && Options.Selection.Attributes.HasFlag(AttributeKinds.Metadata))
        {
            Losses.Say("MetadataReport", at: new Location(Key: batch.Metadata[0].KeyText));
        }

        if (_dataSet.Header.Action == DataSetAction.Delete)
        {
            Losses.SayPartsOfDeletions(batch, carriesDashes: true);
        }

        int row = 0;
        for (int series = 0; series < batch.SeriesCount; series++)
        {
            int first = row;
            bool any = false;
            _records.StartSeries(batch, series);
            for (; row < batch.Count && batch.SeriesOf[row] == series; row++)
            {
                if (!batch.Refused[row])
                {
                    any = true;
                    if (_observations)
                    {
                        _records.Write(row);
                    }
                }
            }

            bool continues = series == 0 && batch.ContinuesSeries;
            if ((any && !_observations && !continues) || (row == first && !continues))
            {
                _records.Write(-1);
            }
        }

        _output.Flush();
    }

    /// <inheritdoc/>
    public override void EndDataSet()
    {
    }

    /// <inheritdoc/>
    public override void End() => _output.End();

    /// <summary>True when the format can say what the data set asks for.</summary>
    internal virtual bool Carries(DataSetSpace dataSet) => true;

    /// <summary>Told of all structures of the message before its columns are named.</summary>
    internal virtual void Announce(IReadOnlyList<DataSchema> schemas)
    {
    }

    /// <summary>Id of the column of a component.</summary>
    internal virtual string IdOf(DataSchema schema, SchemaComponent component) => component.Id;

    /// <summary>Writes the columns of the header before those of the components.</summary>
    internal abstract void WriteHeaderStart(Utf8Output output);

    /// <summary>What stands before keys and components in every record of a data set.</summary>
    internal abstract byte[] RecordStart(DataSetSpace dataSet);
}
