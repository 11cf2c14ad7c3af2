using System.Collections.Immutable;
using Dsm.Sdmx.Formats;
using static Dsm.Sdmx.Formats.MediaTypes;

namespace Dsm.Web.Rest;

/// <summary>Which formats each resource offers; the first of a list is the default. SDMX-JSON is not among them yet.</summary>
internal static class OfferedFormats
{
    private static readonly ImmutableArray<SdmxFormat> Structures1 = [StructureXml21, StructureXml30];
    private static readonly ImmutableArray<SdmxFormat> Structures2 = [StructureXml30, StructureXml21];

    private static readonly ImmutableArray<SdmxFormat> Data21 =
        [GenericData21, StructureSpecificData21, GenericTimeSeries21, StructureSpecificTimeSeries21];

    private static readonly ImmutableArray<SdmxFormat> Data1 = [.. Data21, DataCsv1, DataXml30, DataCsv20];
    private static readonly ImmutableArray<SdmxFormat> Data2 = [DataXml30, DataXml31, DataCsv20, DataCsv21, .. Data21, DataCsv1];

    private static readonly ImmutableArray<SdmxFormat> Schemas1 = [SchemaXml21, StructureXml21];
    private static readonly ImmutableArray<SdmxFormat> Schemas2 = [SchemaXml30, SchemaXml31, StructureXml30];

    /// <summary>Structures, in a line.</summary>
    public static ImmutableArray<SdmxFormat> Structures(RestLine line) => line == RestLine.V1 ? Structures1 : Structures2;

    /// <summary>Data, in a line.</summary>
    public static ImmutableArray<SdmxFormat> Data(RestLine line) => line == RestLine.V1 ? Data1 : Data2;

    /// <summary>Schemas, in a line.</summary>
    public static ImmutableArray<SdmxFormat> Schemas(RestLine line) => line == RestLine.V1 ? Schemas1 : Schemas2;

    /// <summary>Media types, without parameters, that are worth compressing.</summary>
    public static IEnumerable<string> CompressedTypes
        => Structures1.Concat(Data1).Concat(Data2).Concat(Schemas1).Concat(Schemas2).Select(f => f.Type).Distinct();
}
