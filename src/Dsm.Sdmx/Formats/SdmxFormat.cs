namespace Dsm.Sdmx.Formats;

/// <summary>A format in which messages are read or written: kind of content, standard and media type.</summary>
/// <param name="Name">Name for people, e.g. <c>SDMX-ML 3.0 structure</c>.</param>
/// <param name="Kind">What the message is, in which syntax.</param>
/// <param name="Standard">SDMX standard the format belongs to: <c>1.0</c>, <c>2.0</c>, <c>2.1</c>, <c>3.0</c> or <c>3.1</c>.</param>
/// <param name="MediaType">Media type with its version, exactly as the REST specification writes it.</param>
public sealed record SdmxFormat(string Name, MessageKind Kind, string Standard, string MediaType)
{
    /// <summary>True when the time dimension is at the observation by definition (time series formats of SDMX 2.1).</summary>
    public bool IsTimeSeries { get; init; }

    /// <summary>File extension with the dot.</summary>
    public string Extension => Syntax switch { "json" => ".json", "csv" => ".csv", _ => Kind == MessageKind.Schema ? ".xsd" : ".xml" };

    /// <summary>Syntax: <c>xml</c>, <c>json</c> or <c>csv</c>.</summary>
    public string Syntax => Type[(Type.LastIndexOf('+') + 1)..];

    /// <summary>Media type without parameters.</summary>
    public string Type => MediaType[..MediaType.IndexOf(';', StringComparison.Ordinal)];

    /// <summary>Version parameter of the media type.</summary>
    public string Version => MediaType[(MediaType.IndexOf('=', StringComparison.Ordinal) + 1)..];

    /// <summary>True for formats of SDMX 3.0 and later.</summary>
    public bool IsVersion3 => Standard[0] == '3';

    /// <summary>True for formats of SDMX 2.0 and 1.0, which are read but not written.</summary>
    public bool IsBefore21 => Standard is "2.0" or "1.0";

    /// <inheritdoc/>
    public override string ToString() => Name;
}
