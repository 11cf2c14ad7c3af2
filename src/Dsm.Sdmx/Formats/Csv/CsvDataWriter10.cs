using System.Buffers;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// SDMX-CSV 1.0 (field guide 1.0): column DATAFLOW, then the components. The format has no place for an action: data sets that
/// delete are left out.
/// </summary>
public sealed class CsvDataWriter10 : CsvDataWriter
{
    private byte[] _dataflow = [];

    /// <summary>Makes a writer. Names in columns of their own do not exist here: they are written beside the codes.</summary>
    public CsvDataWriter10(SdmxFormat format, IBufferWriter<byte> output, DataWriterOptions options)
        : base(format, output, options.Labels == CsvLabels.Name ? options with { Labels = CsvLabels.Both } : options)
    {
    }

    internal override bool Carries(DataSetSpace dataSet) => dataSet.Header.Action != DataSetAction.Delete;

    internal override void WriteHeaderStart(Utf8Output output) => output.Raw("DATAFLOW"u8);

    internal override void PrepareDataSet(DataSetSpace dataSet)
    {
        Maintainable flow = dataSet.Schema.Dataflow ?? (Maintainable)dataSet.Schema.Structure;
        string? name = Options.Labels == CsvLabels.Both ? flow.Name.Best([.. Options.Languages]) : null;
        _dataflow = CsvEscape.ToBytes(name is null ? flow.Reference.ToString() : $"{flow.Reference}: {name}");
    }

    internal override void WriteRecordStart(Utf8Output output, ObservationBatch batch, int series, int row) => output.Raw(_dataflow);
}
