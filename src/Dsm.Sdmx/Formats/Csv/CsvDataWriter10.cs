using System.Buffers;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// SDMX-CSV 1.0 (field guide 1.0): column DATAFLOW, then the components; a single measure is called OBS_VALUE whatever its id, unless other
/// structures of the message have several. The
/// format has no place for an action: data sets that delete are left out. Nor does it know several values and languages: they are
/// written as in 2.0, with semicolons.
/// </summary>
public sealed class CsvDataWriter10 : CsvDataWriter
{
    private bool _hasSingleMeasures = true;

    /// <summary>Makes a writer. Names in columns of their own do not exist here: they are written beside the codes.</summary>
    public CsvDataWriter10(SdmxFormat format, IBufferWriter<byte> output, DataWriterOptions options)
        : base(format, output, options with { Labels = options.Labels == CsvLabels.Name ? CsvLabels.Both : options.Labels, Keys = CsvKeys.None, CsvSubSeparator = ';' })
    {
    }

    internal override bool Carries(DataSetSpace dataSet) => dataSet.Header.Action != DataSetAction.Delete;

    internal override void Announce(IReadOnlyList<DataSchema> schemas) => _hasSingleMeasures = schemas.All(s => s.Measures.Length <= 1);

    internal override string IdOf(DataSchema schema, SchemaComponent component)
        => component.Role == ComponentRole.Measure && _hasSingleMeasures ? "OBS_VALUE" : component.Id;

    internal override void WriteHeaderStart(Utf8Output output) => output.Raw("DATAFLOW"u8);

    internal override byte[] RecordStart(DataSetSpace dataSet)
    {
        StructureReference named = dataSet.Header.ProvisionAgreement ?? dataSet.Header.Structure;
        if (Carries(dataSet) && dataSet.Header.Action != DataSetAction.Information)
        {
            Losses.Say("DataSetHeader.Action", dataSet.Header.Action.ToString());
        }

        if (Carries(dataSet) && named.Type != StructureType.Dataflow)
        {
            Losses.Say("DataSetHeader.Structure", named.ToString());
        }

        Maintainable flow = dataSet.Schema.Dataflow ?? (Maintainable)dataSet.Schema.Structure;
        string? name = Options.Labels == CsvLabels.Both ? flow.Name.Best([.. Options.Languages]) : null;
        return Escape.ToBytes(name is null ? flow.Reference.ToString() : $"{flow.Reference}: {name}");
    }
}
