using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats;

/// <summary>Limits and defaults for reading data messages.</summary>
public sealed record DataReaderOptions
{
    /// <summary>The usual limits.</summary>
    public static DataReaderOptions Default { get; } = new();

    /// <summary>Most bytes of a message after decompression; a larger one is fatal. 8 GiB.</summary>
    public long MaxBytes { get; init; } = 8L * 1024 * 1024 * 1024;

    /// <summary>Most characters of one value (XML attribute, element text, CSV field, JSON string); a longer one is fatal. 1 Mi.</summary>
    public int MaxValueLength { get; init; } = 1024 * 1024;

    /// <summary>Deepest nesting of XML elements, and of JSON objects and arrays (there at most 64); a deeper one is fatal.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Structure that holds for data sets that name none, e.g. the agreed dataflow; null for none.</summary>
    public StructureReference? FallbackStructure { get; init; }

    /// <summary>True to read XML with the framework's parser alone: the reference that the faster way is compared with.</summary>
    public bool UsesXmlParserOnly { get; init; }

    /// <summary>True to read JSON with the framework's parser alone, for the same reason.</summary>
    public bool UsesJsonParserOnly { get; init; }
}
