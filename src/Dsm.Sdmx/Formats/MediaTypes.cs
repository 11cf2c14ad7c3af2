using System.Collections.Immutable;
using Dsm.Sdmx.Model;
using static Dsm.Sdmx.Formats.MessageKind;

namespace Dsm.Sdmx.Formats;

/// <summary>Every media type of the standard, once (SDMX REST 1.5 and 2.2, "Content negotiation").</summary>
public static class MediaTypes
{
#pragma warning disable CS1591 // the names say it
    public static readonly SdmxFormat StructureXml21 = new("SDMX-ML 2.1 structure", Structure, "2.1", "application/vnd.sdmx.structure+xml;version=2.1");
    public static readonly SdmxFormat StructureXml30 = new("SDMX-ML 3.0 structure", Structure, "3.0", "application/vnd.sdmx.structure+xml;version=3.0.0");
    public static readonly SdmxFormat StructureXml31 = new("SDMX-ML 3.1 structure", Structure, "3.1", "application/vnd.sdmx.structure+xml;version=3.1.0");
    public static readonly SdmxFormat StructureJson1 = new("SDMX-JSON 1.0 structure", JsonStructure, "2.1", "application/vnd.sdmx.structure+json;version=1.0.0");
    public static readonly SdmxFormat StructureJson20 = new("SDMX-JSON 2.0 structure", JsonStructure, "3.0", "application/vnd.sdmx.structure+json;version=2.0.0");
    public static readonly SdmxFormat StructureJson21 = new("SDMX-JSON 2.1 structure", JsonStructure, "3.1", "application/vnd.sdmx.structure+json;version=2.1.0");

    public static readonly SdmxFormat GenericData21 = new("SDMX-ML 2.1 generic data", GenericData, "2.1", "application/vnd.sdmx.genericdata+xml;version=2.1");
    public static readonly SdmxFormat GenericTimeSeries21 = new("SDMX-ML 2.1 generic time series", GenericData, "2.1", "application/vnd.sdmx.generictimeseriesdata+xml;version=2.1") { IsTimeSeries = true };
    public static readonly SdmxFormat StructureSpecificData21 = new("SDMX-ML 2.1 structure-specific data", StructureSpecificData, "2.1", "application/vnd.sdmx.structurespecificdata+xml;version=2.1");
    public static readonly SdmxFormat StructureSpecificTimeSeries21 = new("SDMX-ML 2.1 structure-specific time series", StructureSpecificData, "2.1", "application/vnd.sdmx.structurespecifictimeseriesdata+xml;version=2.1") { IsTimeSeries = true };
    public static readonly SdmxFormat DataXml30 = new("SDMX-ML 3.0 data", StructureSpecificData, "3.0", "application/vnd.sdmx.data+xml;version=3.0.0");
    public static readonly SdmxFormat DataXml31 = new("SDMX-ML 3.1 data", StructureSpecificData, "3.1", "application/vnd.sdmx.data+xml;version=3.1.0");
    public static readonly SdmxFormat DataJson1 = new("SDMX-JSON 1.0 data", JsonData, "2.1", "application/vnd.sdmx.data+json;version=1.0.0");
    public static readonly SdmxFormat DataJson20 = new("SDMX-JSON 2.0 data", JsonData, "3.0", "application/vnd.sdmx.data+json;version=2.0.0");
    public static readonly SdmxFormat DataJson21 = new("SDMX-JSON 2.1 data", JsonData, "3.1", "application/vnd.sdmx.data+json;version=2.1.0");
    public static readonly SdmxFormat DataCsv1 = new("SDMX-CSV 1.0 data", CsvData, "2.1", "application/vnd.sdmx.data+csv;version=1.0.0");
    public static readonly SdmxFormat DataCsv20 = new("SDMX-CSV 2.0 data", CsvData, "3.0", "application/vnd.sdmx.data+csv;version=2.0.0");
    public static readonly SdmxFormat DataCsv21 = new("SDMX-CSV 2.1 data", CsvData, "3.1", "application/vnd.sdmx.data+csv;version=2.1.0");

    public static readonly SdmxFormat GenericMetadata21 = new("SDMX-ML 2.1 generic metadata", Metadata, "2.1", "application/vnd.sdmx.genericmetadata+xml;version=2.1");
    public static readonly SdmxFormat StructureSpecificMetadata21 = new("SDMX-ML 2.1 structure-specific metadata", Metadata, "2.1", "application/vnd.sdmx.structurespecificmetadata+xml;version=2.1");
    public static readonly SdmxFormat MetadataXml30 = new("SDMX-ML 3.0 metadata", Metadata, "3.0", "application/vnd.sdmx.metadata+xml;version=3.0.0");
    public static readonly SdmxFormat MetadataXml31 = new("SDMX-ML 3.1 metadata", Metadata, "3.1", "application/vnd.sdmx.metadata+xml;version=3.1.0");
    public static readonly SdmxFormat MetadataJson20 = new("SDMX-JSON 2.0 metadata", JsonMetadata, "3.0", "application/vnd.sdmx.metadata+json;version=2.0.0");
    public static readonly SdmxFormat MetadataJson21 = new("SDMX-JSON 2.1 metadata", JsonMetadata, "3.1", "application/vnd.sdmx.metadata+json;version=2.1.0");
    public static readonly SdmxFormat MetadataCsv20 = new("SDMX-CSV 2.0 metadata", CsvMetadata, "3.0", "application/vnd.sdmx.metadata+csv;version=2.0.0");
    public static readonly SdmxFormat MetadataCsv21 = new("SDMX-CSV 2.1 metadata", CsvMetadata, "3.1", "application/vnd.sdmx.metadata+csv;version=2.1.0");

    public static readonly SdmxFormat SchemaXml21 = new("XML Schema for SDMX-ML 2.1", Schema, "2.1", "application/vnd.sdmx.schema+xml;version=2.1");
    public static readonly SdmxFormat SchemaXml30 = new("XML Schema for SDMX-ML 3.0", Schema, "3.0", "application/vnd.sdmx.schema+xml;version=3.0.0");
    public static readonly SdmxFormat SchemaXml31 = new("XML Schema for SDMX-ML 3.1", Schema, "3.1", "application/vnd.sdmx.schema+xml;version=3.1.0");
    public static readonly SdmxFormat SchemaJson20 = new("JSON Schema for SDMX-JSON 2.0", Schema, "3.0", "application/vnd.sdmx.schema+json;version=2.0.0");
    public static readonly SdmxFormat SchemaJson21 = new("JSON Schema for SDMX-JSON 2.1", Schema, "3.1", "application/vnd.sdmx.schema+json;version=2.1.0");

    public static readonly SdmxFormat Registry21 = new("SDMX-ML 2.1 registry message", Registry, "2.1", "application/vnd.sdmx.registry+xml;version=2.1");
    public static readonly SdmxFormat Registry30 = new("SDMX-ML 3.0 registry message", Registry, "3.0", "application/vnd.sdmx.registry+xml;version=3.0.0");
    public static readonly SdmxFormat Registry31 = new("SDMX-ML 3.1 registry message", Registry, "3.1", "application/vnd.sdmx.registry+xml;version=3.1.0");

    // An error message has no media type of its own: it is sent as the structure type of its version.
    public static readonly SdmxFormat Error21 = new("SDMX-ML 2.1 error message", Error, "2.1", "application/vnd.sdmx.structure+xml;version=2.1");
    public static readonly SdmxFormat Error30 = new("SDMX-ML 3.0 error message", Error, "3.0", "application/vnd.sdmx.structure+xml;version=3.0.0");
    public static readonly SdmxFormat Error31 = new("SDMX-ML 3.1 error message", Error, "3.1", "application/vnd.sdmx.structure+xml;version=3.1.0");

    // SDMX-ML 2.0 and 1.0, read only. They are older than the media types: these are what services use for them; a message group has none.
    public static readonly SdmxFormat StructureXml20 = new("SDMX-ML 2.0 structure", Structure, "2.0", "application/vnd.sdmx.structure+xml;version=2.0");
    public static readonly SdmxFormat GenericData20 = new("SDMX-ML 2.0 generic data", GenericData, "2.0", "application/vnd.sdmx.genericdata+xml;version=2.0");
    public static readonly SdmxFormat CompactData20 = new("SDMX-ML 2.0 compact data", StructureSpecificData, "2.0", "application/vnd.sdmx.compact+xml;version=2.0");
    public static readonly SdmxFormat UtilityData20 = new("SDMX-ML 2.0 utility data", StructureSpecificData, "2.0", "application/vnd.sdmx.utility+xml;version=2.0");
    public static readonly SdmxFormat CrossSectionalData20 = new("SDMX-ML 2.0 cross-sectional data", StructureSpecificData, "2.0", "application/vnd.sdmx.cross+xml;version=2.0");
    public static readonly SdmxFormat MessageGroup20 = new("SDMX-ML 2.0 message group", StructureSpecificData, "2.0", "application/vnd.sdmx.messagegroup+xml;version=2.0");
    public static readonly SdmxFormat GenericMetadata20 = new("SDMX-ML 2.0 generic metadata", Metadata, "2.0", "application/vnd.sdmx.genericmetadata+xml;version=2.0");
    public static readonly SdmxFormat MetadataReport20 = new("SDMX-ML 2.0 metadata report", Metadata, "2.0", "application/vnd.sdmx.metadatareport+xml;version=2.0");
    public static readonly SdmxFormat Query20 = new("SDMX-ML 2.0 query message", Registry, "2.0", "application/vnd.sdmx.query+xml;version=2.0");
    public static readonly SdmxFormat Registry20 = new("SDMX-ML 2.0 registry message", Registry, "2.0", "application/vnd.sdmx.registry+xml;version=2.0");
    public static readonly SdmxFormat StructureXml10 = new("SDMX-ML 1.0 structure", Structure, "1.0", "application/vnd.sdmx.structure+xml;version=1.0");
    public static readonly SdmxFormat GenericData10 = new("SDMX-ML 1.0 generic data", GenericData, "1.0", "application/vnd.sdmx.genericdata+xml;version=1.0");
    public static readonly SdmxFormat CompactData10 = new("SDMX-ML 1.0 compact data", StructureSpecificData, "1.0", "application/vnd.sdmx.compact+xml;version=1.0");
    public static readonly SdmxFormat UtilityData10 = new("SDMX-ML 1.0 utility data", StructureSpecificData, "1.0", "application/vnd.sdmx.utility+xml;version=1.0");
    public static readonly SdmxFormat CrossSectionalData10 = new("SDMX-ML 1.0 cross-sectional data", StructureSpecificData, "1.0", "application/vnd.sdmx.cross+xml;version=1.0");
    public static readonly SdmxFormat MessageGroup10 = new("SDMX-ML 1.0 message group", StructureSpecificData, "1.0", "application/vnd.sdmx.messagegroup+xml;version=1.0");
    public static readonly SdmxFormat Query10 = new("SDMX-ML 1.0 query message", Registry, "1.0", "application/vnd.sdmx.query+xml;version=1.0");
    // A draft of SDMX-JSON that never was a standard; read only.
    public static readonly SdmxFormat MetadataJson1 = new("SDMX-JSON 1.0 metadata", JsonMetadata, "2.1", "application/vnd.sdmx.metadata+json;version=1.0.0");
    public static readonly SdmxFormat ErrorJson1 = new("SDMX-JSON 1.0 error message", Error, "2.1", "application/vnd.sdmx.structure+json;version=1.0.0");
    public static readonly SdmxFormat ErrorJson20 = new("SDMX-JSON 2.0 error message", Error, "3.0", "application/vnd.sdmx.structure+json;version=2.0.0");
    public static readonly SdmxFormat ErrorJson21 = new("SDMX-JSON 2.1 error message", Error, "3.1", "application/vnd.sdmx.structure+json;version=2.1.0");
#pragma warning restore CS1591

    /// <summary>All formats, in the order above.</summary>
    public static ImmutableArray<SdmxFormat> All { get; } =
        [.. typeof(MediaTypes).GetFields().Where(f => f.FieldType == typeof(SdmxFormat)).Select(f => (SdmxFormat)f.GetValue(null)!)];

    /// <summary>
    /// The format a media type names, e.g. a Content-Type; null when it is none of SDMX. Without a version parameter the oldest
    /// version since 2.1 is meant, as clients written before the parameter existed send none.
    /// </summary>
    public static SdmxFormat? Find(string? mediaType)
        => Formats.MediaType.TryParse(mediaType, out MediaType? parsed) ? All.FirstOrDefault(f => f.Kind != Error && Matches(f, parsed)) : null;

    /// <summary>
    /// True when a media range asks for, or admits, a format: the same type; <c>*/*</c>; <c>application/*</c>; the plain type of the
    /// syntax (<c>application/xml</c>, <c>text/csv</c> ...). The version parameter may hold wildcards (<c>2.0.0+</c>, <c>2+.0.1</c>).
    /// </summary>
    public static bool Matches(SdmxFormat format, MediaType range)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(range);
        bool type = range.Type == format.Type || range.Type switch
        {
            "*/*" or "application/*" => true,
            "application/xml" or "text/xml" => format.Syntax == "xml",
            "application/json" or "text/json" => format.Syntax == "json",
            "text/csv" or "application/csv" or "text/*" => format.Syntax == "csv",
            _ => false,
        };
        return type && (range["version"] is not { } version || VersionMatches(format.Version, version));
    }

    // Many a client writes 1.0 for 1.0.0 and 2.1.0 for 2.1.
    private static bool VersionMatches(string actual, string asked)
        => actual == asked || actual == asked + ".0" || actual + ".0" == asked
            || (SdmxVersion.TryParse(actual, out SdmxVersion version) && VersionQuery.TryParse(asked, out VersionQuery? query)
                && asked.AsSpan().IndexOfAny('+', '*', '~') >= 0 && query.Select([version], v => v).Any());
}
