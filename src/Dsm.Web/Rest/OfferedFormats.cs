using System.Collections.Immutable;
using Dsm.Sdmx.Formats;
using static Dsm.Sdmx.Formats.MediaTypes;

namespace Dsm.Web.Rest;

/// <summary>
/// Which formats each resource offers, in the order of the specification; the first of a list is the default, also of <c>*/*</c>.
/// Both lines take the media types of the other one, too: real clients mix them.
/// </summary>
internal static class OfferedFormats
{
    private static readonly ImmutableArray<SdmxFormat> Structures1 =
        [StructureXml21, StructureJson1, StructureXml31, StructureXml30, StructureJson21, StructureJson20];

    private static readonly ImmutableArray<SdmxFormat> Structures2 =
        [StructureJson21, StructureXml31, StructureJson20, StructureXml30, StructureXml21, StructureJson1];

    private static readonly ImmutableArray<SdmxFormat> Data21 =
        [GenericData21, StructureSpecificData21, GenericTimeSeries21, StructureSpecificTimeSeries21];

    private static readonly ImmutableArray<SdmxFormat> Data3 = [DataJson21, DataXml31, DataCsv21, DataJson20, DataXml30, DataCsv20];
    private static readonly ImmutableArray<SdmxFormat> Data1 = [.. Data21, DataJson1, DataCsv1, .. Data3];
    private static readonly ImmutableArray<SdmxFormat> Data2 = [.. Data3, StructureSpecificData21, GenericData21, GenericTimeSeries21, StructureSpecificTimeSeries21, DataJson1, DataCsv1];

    private static readonly ImmutableArray<SdmxFormat> Metadata21 = [GenericMetadata21, StructureSpecificMetadata21];
    private static readonly ImmutableArray<SdmxFormat> Metadata3 = [MetadataJson21, MetadataXml31, MetadataCsv21, MetadataJson20, MetadataXml30, MetadataCsv20];
    private static readonly ImmutableArray<SdmxFormat> Metadata1 = [.. Metadata21, .. Metadata3];
    private static readonly ImmutableArray<SdmxFormat> Metadata2 = [.. Metadata3, .. Metadata21];

    private static readonly ImmutableArray<SdmxFormat> Schemas21 = [SchemaXml21, StructureXml21, StructureJson1];

    private static readonly ImmutableArray<SdmxFormat> Schemas3 =
        [SchemaJson21, SchemaXml31, StructureXml31, StructureJson21, SchemaJson20, SchemaXml30, StructureXml30, StructureJson20];

    private static readonly ImmutableArray<SdmxFormat> Schemas1 = [.. Schemas21, .. Schemas3];
    private static readonly ImmutableArray<SdmxFormat> Schemas2 = [.. Schemas3, .. Schemas21];
    private static readonly ImmutableArray<SdmxFormat> MetadataSchemas1 = [.. Schemas1.Where(f => f != SchemaXml31 && f != SchemaXml30)];
    private static readonly ImmutableArray<SdmxFormat> MetadataSchemas2 = [.. Schemas2.Where(f => f != SchemaXml31 && f != SchemaXml30)];

    private static readonly ImmutableArray<SdmxFormat> Registry2 = [MediaTypes.Registry31, Registry30, Registry21];

    // Beside what was found no order decides: an error says the same in all of them.
    private static readonly ImmutableArray<SdmxFormat> Any1 = [.. Structures1, .. Data1, .. Metadata1, .. Schemas1, Registry21, Registry31, Registry30];
    private static readonly ImmutableArray<SdmxFormat> Any2 = [.. Structures2, .. Data2, .. Metadata2, .. Schemas2, .. Registry2];

    /// <summary>Structures and availability, in a line.</summary>
    public static ImmutableArray<SdmxFormat> Structures(RestLine line) => line == RestLine.V1 ? Structures1 : Structures2;

    /// <summary>Data, in a line.</summary>
    public static ImmutableArray<SdmxFormat> Data(RestLine line) => line == RestLine.V1 ? Data1 : Data2;

    /// <summary>Reference metadata, in a line.</summary>
    public static ImmutableArray<SdmxFormat> Metadata(RestLine line) => line == RestLine.V1 ? Metadata1 : Metadata2;

    /// <summary>Schemas of messages of reference metadata, in a line; XML Schemas for SDMX-ML 2.1 only.</summary>
    public static ImmutableArray<SdmxFormat> MetadataSchemas(RestLine line) => line == RestLine.V1 ? MetadataSchemas1 : MetadataSchemas2;

    /// <summary>Schemas of data messages, in a line.</summary>
    public static ImmutableArray<SdmxFormat> Schemas(RestLine line) => line == RestLine.V1 ? Schemas1 : Schemas2;

    /// <summary>Messages from a registry: registrations.</summary>
    public static ImmutableArray<SdmxFormat> Registry => Registry2;

    /// <summary>Every format of a line, whatever the resource.</summary>
    public static ImmutableArray<SdmxFormat> Any(RestLine line) => line == RestLine.V1 ? Any1 : Any2;

    /// <summary>The format of an error message for somebody who wants a format: its version; JSON for JSON, SDMX-ML for all else.</summary>
    public static SdmxFormat ErrorOf(SdmxFormat wanted) => (wanted.Syntax == "json", wanted.Standard) switch
    {
        (true, "2.1") => ErrorJson1,
        (true, "3.0") => ErrorJson20,
        (true, _) => ErrorJson21,
        (_, "2.1") => Error21,
        (_, "3.0") => Error30,
        _ => Error31,
    };

    /// <summary>Media types, without parameters, that are worth compressing.</summary>
    public static IEnumerable<string> CompressedTypes => Any1.Select(f => f.Type).Distinct();
}
