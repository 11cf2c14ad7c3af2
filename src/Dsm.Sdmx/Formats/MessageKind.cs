namespace Dsm.Sdmx.Formats;

/// <summary>What a message is, in which syntax.</summary>
public enum MessageKind
{
    /// <summary>Structures in XML.</summary>
    Structure,

    /// <summary>Generic data in XML (SDMX 2.1 only).</summary>
    GenericData,

    /// <summary>Structure-specific data in XML.</summary>
    StructureSpecificData,

    /// <summary>Data in CSV.</summary>
    CsvData,

    /// <summary>Data in JSON.</summary>
    JsonData,

    /// <summary>Structures in JSON.</summary>
    JsonStructure,

    /// <summary>Reference metadata in XML.</summary>
    Metadata,

    /// <summary>Reference metadata in JSON.</summary>
    JsonMetadata,

    /// <summary>Reference metadata in CSV.</summary>
    CsvMetadata,

    /// <summary>Message to or from a registry, in XML: registrations, submissions, notifications.</summary>
    Registry,

    /// <summary>Schema of structure-specific messages: XML Schema or JSON Schema.</summary>
    Schema,

    /// <summary>SDMX error message, in XML or JSON, whatever was asked for.</summary>
    Error,
}
