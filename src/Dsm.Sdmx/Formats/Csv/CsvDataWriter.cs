using System.Buffers;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// What the SDMX-CSV writers have in common: one header row of all components of all structures announced, one record an observation,
/// records ended by CR LF (RFC 4180). A series without observations gives a record without period and values.
/// </summary>
public abstract class CsvDataWriter : DataWriter
{
    private readonly Utf8Output _output;
    private readonly List<CsvColumn> _columns = [];
    private (SchemaComponent? Component, int Index)[] _here = [];
    private DataSetSpace _dataSet = null!;
    private bool _keysOnly;
    private bool _observations;

    internal CsvDataWriter(SdmxFormat format, IBufferWriter<byte> output, DataWriterOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        Format = format;
        Options = options;
        _output = new Utf8Output(output);
    }

    /// <inheritdoc/>
    public override string MediaType => Format.MediaType + (Options.Labels == CsvLabels.Id ? "" : $";labels={Options.Labels.ToString().ToLowerInvariant()}");

    internal SdmxFormat Format { get; }

    internal DataWriterOptions Options { get; }

    private bool HasNameColumns => Options.Labels == CsvLabels.Name;

    /// <inheritdoc/>
    public override void Start(MessageHeader header, IReadOnlyList<DataSetSpace> dataSets)
    {
        ArgumentNullException.ThrowIfNull(dataSets);
        string[] languages = [.. Options.Languages];
        foreach (SchemaComponent component in dataSets.SelectMany(d => Ordered(d.Schema)).DistinctBy(c => c.Id))
        {
            _columns.Add(new CsvColumn(component, Options.Labels, languages));
        }

        WriteHeaderStart(_output);
        foreach (CsvColumn column in _columns)
        {
            Comma();
            CsvEscape.Write(_output, Options.Labels == CsvLabels.Both ? $"{column.Component.Id}: {column.Name}" : column.Component.Id);
            if (HasNameColumns)
            {
                Comma();
                CsvEscape.Write(_output, column.Name);
            }
        }

        EndRecord();
        _output.Flush();
    }

    /// <inheritdoc/>
    public override void StartDataSet(DataSetSpace dataSet)
    {
        ArgumentNullException.ThrowIfNull(dataSet);
        _dataSet = dataSet;
        _keysOnly = dataSet.Header.Action == DataSetAction.Delete;
        _observations = _keysOnly || Options.Selection.HasObservations(dataSet.Schema);
        _here = [.. _columns.Select(c => dataSet.Schema.Find(c.Component.Id)).Select(c => (c, c is null ? -1 : IndexOf(dataSet.Schema, c)))];

        PrepareDataSet(dataSet);
    }

    /// <inheritdoc/>
    public override void Write(ObservationBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (!Carries(_dataSet))
        {
            return;
        }

        int row = 0;
        for (int series = 0; series < batch.SeriesCount; series++)
        {
            int first = row;
            bool any = false;
            for (; row < batch.Count && batch.SeriesOf[row] == series; row++)
            {
                if (batch.Refused[row])
                {
                    continue;
                }

                if (_observations)
                {
                    Record(batch, series, row);
                }

                any = true;
            }

            bool continues = series == 0 && batch.ContinuesSeries;
            if ((any && !_observations && !continues) || (row == first && !continues))
            {
                Record(batch, series, -1);
            }
        }

        _output.Flush();
    }

    /// <inheritdoc/>
    public override void EndDataSet()
    {
    }

    /// <inheritdoc/>
    public override void End()
    {
    }

    /// <summary>True when the format can say what the data set asks for.</summary>
    internal virtual bool Carries(DataSetSpace dataSet) => true;

    /// <summary>Writes the columns of the header before those of the components.</summary>
    internal abstract void WriteHeaderStart(Utf8Output output);

    /// <summary>Makes what stands before the components in every record of the data set.</summary>
    internal abstract void PrepareDataSet(DataSetSpace dataSet);

    /// <summary>Writes what stands before the components; a row below zero means a series without observation.</summary>
    internal abstract void WriteRecordStart(Utf8Output output, ObservationBatch batch, int series, int row);

    private IEnumerable<SchemaComponent> Ordered(DataSchema schema) => schema.Dimensions
        .Concat(schema.TimeDimension is { } time ? [time] : [])
        .Concat(schema.Measures)
        .Concat(schema.Components.Where(c => c.Role == ComponentRole.Attribute))
        .Where(Options.Selection.Includes);

    private void Record(ObservationBatch batch, int series, int row)
    {
        WriteRecordStart(_output, batch, series, row);
        for (int i = 0; i < _here.Length; i++)
        {
            Comma();
            if (_here[i].Component is { } component)
            {
                Field(batch, series, row, _columns[i], component, _here[i].Index);
            }
            else
            {
                _output.Raw(HasNameColumns ? ","u8 : ""u8);
            }
        }

        EndRecord();
    }

    /// <summary>Position among the columns of a batch: attributes are counted apart by where they stand.</summary>
    private static int IndexOf(DataSchema schema, SchemaComponent component)
    {
        if (component.Role != ComponentRole.Attribute)
        {
            return component.Index;
        }

        IEnumerable<SchemaComponent> attributes = component.Level == AttachmentLevel.Observation ? schema.ObservationAttributes : schema.SeriesAttributes;
        return attributes.TakeWhile(a => a.Id != component.Id).Count();
    }

    private void Field(ObservationBatch batch, int series, int row, CsvColumn column, SchemaComponent component, int index)
    {
        if (_keysOnly && component.Role is (ComponentRole.Measure or ComponentRole.Attribute))
        {
            _output.Raw(HasNameColumns ? ","u8 : ""u8);
            return;
        }

        switch (component.Role)
        {
            case ComponentRole.Dimension:
                Coded(column, batch.Dimensions[index], series);
                break;
            case ComponentRole.TimeDimension:
                for (int i = HasNameColumns ? 0 : 1; i < 2; i++)
                {
                    if (row >= 0 && !batch.Periods[row].IsNone)
                    {
                        _output.Period(batch.Periods[row]);
                    }

                    _output.Raw(i == 0 ? ","u8 : ""u8);
                }

                break;
            case ComponentRole.Measure:
                if (row >= 0 && !_output.TryNumber(batch.Measures[index][row]))
                {
                    CsvEscape.Write(_output, batch.Measures[index][row].ToString());
                }

                _output.Raw(HasNameColumns ? ","u8 : ""u8);
                break;
            case ComponentRole.Attribute when component.Level == AttachmentLevel.Observation:
                if (row >= 0)
                {
                    Coded(column, batch.ObservationAttributes[index], row);
                }
                else
                {
                    _output.Raw(HasNameColumns ? ","u8 : ""u8);
                }

                break;
            default:
                Coded(column, batch.SeriesAttributes[index], series);
                break;
        }
    }

    private void Coded(CsvColumn column, ValueColumn values, int row)
    {
        column.WriteValue(_output, values, row);
        if (HasNameColumns)
        {
            Comma();
            column.WriteName(_output, values, row);
        }
    }

    private void Comma() => _output.Raw((byte)',');

    private void EndRecord() => _output.Raw("\r\n"u8);
}
