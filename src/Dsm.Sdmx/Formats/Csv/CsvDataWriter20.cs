using System.Buffers;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// SDMX-CSV 2.0 and 2.1 (field guide 2.0): columns STRUCTURE, STRUCTURE_ID, with <c>labels=name</c> STRUCTURE_NAME, ACTION, with
/// <c>keys</c> SERIES_KEY and OBS_KEY, then the components. A record that deletes has its key only.
/// </summary>
public sealed class CsvDataWriter20 : CsvDataWriter
{
    private byte[] _start = [];

    /// <summary>Makes a writer.</summary>
    public CsvDataWriter20(SdmxFormat format, IBufferWriter<byte> output, DataWriterOptions options)
        : base(format, output, options)
    {
    }

    /// <inheritdoc/>
    public override string MediaType => base.MediaType + (Options.Keys == CsvKeys.None ? "" : $";keys={Options.Keys.ToString().ToLowerInvariant()}");

    internal override void WriteHeaderStart(Utf8Output output)
    {
        output.Raw("STRUCTURE,STRUCTURE_ID"u8);
        output.Raw(Options.Labels == CsvLabels.Name ? ",STRUCTURE_NAME,ACTION"u8 : ",ACTION"u8);
        output.Raw(Options.Keys.HasFlag(CsvKeys.Series) ? ",SERIES_KEY"u8 : ""u8);
        output.Raw(Options.Keys.HasFlag(CsvKeys.Obs) ? ",OBS_KEY"u8 : ""u8);
    }

    internal override void PrepareDataSet(DataSetSpace dataSet)
    {
        StructureReference reference = dataSet.Header.ProvisionAgreement ?? dataSet.Header.Structure;
        string kind = reference.Type == StructureType.Dataflow ? "dataflow" : reference.Type == StructureType.DataStructure ? "datastructure" : "dataprovision";
        Maintainable? artefact = reference.Type == StructureType.Dataflow ? dataSet.Schema.Dataflow
            : reference.Type == StructureType.DataStructure ? dataSet.Schema.Structure
            : dataSet.Schema.Agreement;
        string? name = artefact?.Name.Best([.. Options.Languages]);
        string action = dataSet.Header.Action switch
        {
            DataSetAction.Merge => "M",
            DataSetAction.Replace => "R",
            DataSetAction.Delete => "D",
            DataSetAction.Append => "A",
            _ => "I",
        };
        ArrayBufferWriter<byte> bytes = new();
        Utf8Output output = new(bytes);
        output.Text(kind + ",");
        CsvEscape.Write(output, Options.Labels == CsvLabels.Both && name is not null ? $"{reference}: {name}" : reference.ToString());
        if (Options.Labels == CsvLabels.Name)
        {
            output.Raw((byte)',');
            CsvEscape.Write(output, name);
        }

        output.Text("," + action);
        output.Flush();
        _start = bytes.WrittenSpan.ToArray();
    }

    internal override void WriteRecordStart(Utf8Output output, ObservationBatch batch, int series, int row)
    {
        output.Raw(_start);
        if (Options.Keys == CsvKeys.None)
        {
            return;
        }

        string key = batch.KeyOf(series);
        if (Options.Keys.HasFlag(CsvKeys.Series))
        {
            output.Raw((byte)',');
            CsvEscape.Write(output, key);
        }

        if (Options.Keys.HasFlag(CsvKeys.Obs))
        {
            output.Raw((byte)',');
            if (row >= 0)
            {
                CsvEscape.Write(output, batch.Periods[row].IsNone ? key : $"{key}.{batch.Periods[row]}");
            }
        }
    }
}
