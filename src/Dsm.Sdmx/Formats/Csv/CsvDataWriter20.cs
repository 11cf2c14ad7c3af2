using System.Buffers;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// SDMX-CSV 2.0 and 2.1 (field guide 2.0): columns STRUCTURE, STRUCTURE_ID, with <c>labels=name</c> STRUCTURE_NAME, ACTION, with
/// <c>keys</c> SERIES_KEY and OBS_KEY, then the components. The two versions are written alike.
/// </summary>
public sealed class CsvDataWriter20 : CsvDataWriter
{
    /// <summary>Makes a writer.</summary>
    public CsvDataWriter20(SdmxFormat format, IBufferWriter<byte> output, DataWriterOptions options)
        : base(format, output, options)
    {
    }

    /// <inheritdoc/>
    public override string MediaType => base.MediaType + (Options.Keys == CsvKeys.None ? "" : $";keys={Options.Keys.ToString().ToLowerInvariant()}");

    internal override void WriteHeaderStart(Utf8Output output)
    {
        List<string> columns = ["STRUCTURE" + (HasSubFields ? $"[{SubSeparator}]" : ""), "STRUCTURE_ID"];
        if (Options.Labels == CsvLabels.Name)
        {
            columns.Add("STRUCTURE_NAME");
        }

        columns.Add("ACTION");
        if (Options.Keys.HasFlag(CsvKeys.Series))
        {
            columns.Add("SERIES_KEY");
        }

        if (Options.Keys.HasFlag(CsvKeys.Obs))
        {
            columns.Add("OBS_KEY");
        }

        output.Text(string.Join(Escape.Delimiter, columns));
    }

    internal override byte[] RecordStart(DataSetSpace dataSet)
    {
        StructureReference reference = dataSet.Header.ProvisionAgreement ?? dataSet.Header.Structure;
        (string kind, Maintainable? artefact) = reference.Type == StructureType.Dataflow ? ("dataflow", dataSet.Schema.Dataflow)
            : reference.Type == StructureType.DataStructure ? ("datastructure", dataSet.Schema.Structure)
            : ("dataprovision", (Maintainable?)dataSet.Schema.Agreement);
        string? name = Options.Labels == CsvLabels.Id ? null : artefact?.Name.Best([.. Options.Languages]);
        string action = dataSet.Header.Action switch
        {
            DataSetAction.Merge => "M",
            DataSetAction.Replace => "R",
            DataSetAction.Delete => "D",
            DataSetAction.Append => "A",
            _ => "I",
        };
        ArrayBufferWriter<byte> bytes = new(128);
        Utf8Output output = new(bytes, 128);
        output.Text(kind + Escape.Delimiter);
        Escape.Write(output, Options.Labels == CsvLabels.Both && name is not null ? $"{reference}: {name}" : reference.ToString());
        if (Options.Labels == CsvLabels.Name)
        {
            output.Raw((byte)Escape.Delimiter);
            Escape.Write(output, name);
        }

        output.Text(Escape.Delimiter + action);
        output.Flush();
        return bytes.WrittenSpan.ToArray();
    }
}
