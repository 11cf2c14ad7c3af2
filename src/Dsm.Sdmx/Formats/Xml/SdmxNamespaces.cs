namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Namespaces of SDMX-ML by version.</summary>
/// <param name="Standard"><c>1.0</c>, <c>2.0</c>, <c>2.1</c>, <c>3.0</c> or <c>3.1</c>.</param>
/// <param name="Root">What the namespaces of the version begin with.</param>
public sealed record SdmxNamespaces(string Standard, string Root)
{
    private const string Base = "http://www.sdmx.org/resources/sdmxml/schemas/";

    /// <summary>SDMX-ML 1.0; read only.</summary>
    public static readonly SdmxNamespaces V10 = new("1.0", "http://www.SDMX.org/resources/SDMXML/schemas/v1_0");

    /// <summary>SDMX-ML 2.0; read only. Its namespaces differ from the later ones also in their capitals.</summary>
    public static readonly SdmxNamespaces V20 = new("2.0", "http://www.SDMX.org/resources/SDMXML/schemas/v2_0");

    /// <summary>SDMX-ML 2.1.</summary>
    public static readonly SdmxNamespaces V21 = new("2.1", Base + "v2_1");

    /// <summary>SDMX-ML 3.0.</summary>
    public static readonly SdmxNamespaces V30 = new("3.0", Base + "v3_0");

    /// <summary>SDMX-ML 3.1.</summary>
    public static readonly SdmxNamespaces V31 = new("3.1", Base + "v3_1");

    /// <summary>Messages.</summary>
    public string Message { get; } = Root + "/message";

    /// <summary>Footer of messages.</summary>
    public string Footer { get; } = Root + "/message/footer";

    /// <summary>Structures.</summary>
    public string Structure { get; } = Root + "/structure";

    /// <summary>What all have in common.</summary>
    public string Common { get; } = Root + "/common";

    /// <summary>Generic data (2.1).</summary>
    public string Generic { get; } = Root + "/data/generic";

    /// <summary>Structure-specific data.</summary>
    public string StructureSpecific { get; } = Root + "/data/structurespecific";

    /// <summary>Reference metadata; in 2.1 its generic form.</summary>
    public string GenericMetadata { get; } = Root + "/metadata/generic";

    /// <summary>Reference metadata in the form of their structure (2.1).</summary>
    public string StructureSpecificMetadata { get; } = Root + "/metadata/structurespecific";

    /// <summary>Registry messages.</summary>
    public string Registry { get; } = Root + "/registry";

    /// <summary>The version a namespace belongs to; null when it is none of these.</summary>
    public static SdmxNamespaces? Of(string? uri) => uri is null ? null
        : uri.StartsWith(V21.Root, StringComparison.Ordinal) ? V21
        : uri.StartsWith(V30.Root, StringComparison.Ordinal) ? V30
        : uri.StartsWith(V31.Root, StringComparison.Ordinal) ? V31
        : uri.StartsWith(V20.Root, StringComparison.OrdinalIgnoreCase) ? V20 // some services write the capitals of later versions
        : uri.StartsWith(V10.Root, StringComparison.OrdinalIgnoreCase) ? V10
        : null;
}
