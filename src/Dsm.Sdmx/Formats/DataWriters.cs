using System.Buffers;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Csv;
using Dsm.Sdmx.Formats.Json;
using Dsm.Sdmx.Formats.Xml;

namespace Dsm.Sdmx.Formats;

/// <summary>Makes the writer of a data format.</summary>
public static class DataWriters
{
    /// <summary>True when there is a writer for a format.</summary>
    public static bool CanWrite(SdmxFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return !format.IsBefore21
            && format.Kind is MessageKind.GenericData or MessageKind.StructureSpecificData or MessageKind.CsvData or MessageKind.JsonData;
    }

    /// <summary>The writer of a format onto an output.</summary>
    /// <exception cref="NotSupportedException">There is no writer for the format; ask <see cref="CanWrite"/> first.</exception>
    public static DataWriter Create(SdmxFormat format, IBufferWriter<byte> output, DataWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(format);
        options ??= DataWriterOptions.Default;
        return format.Kind switch
        {
            MessageKind.GenericData => new GenericDataWriter21(format, output, options),
            MessageKind.StructureSpecificData => new StructureSpecificDataWriter(format, output, options),
            MessageKind.CsvData when format.IsVersion3 => new CsvDataWriter20(format, output, options),
            MessageKind.CsvData => new CsvDataWriter10(format, output, options),
            MessageKind.JsonData => new JsonDataWriter(format, output, options),
            _ => throw new NotSupportedException($"There is no data writer for {format}."),
        };
    }
}
