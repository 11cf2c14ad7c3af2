using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats;

/// <summary>A message of reference metadata: its header and the metadata sets in it.</summary>
/// <param name="Header">The header; null when the message has none (SDMX-CSV).</param>
/// <param name="Sets">The metadata sets in order; each report of SDMX 2.1 is one.</param>
public sealed record MetadataMessage(MessageHeader? Header, ImmutableArray<MetadataSet> Sets)
{
    private readonly MetadataLocations? _locations;

    internal MetadataMessage(MessageHeader? header, ImmutableArray<MetadataSet> sets, MetadataLocations locations)
        : this(header, sets) => _locations = locations;

    /// <summary>Format of the message; null when it could not be told.</summary>
    public SdmxFormat? Format { get; init; }

    /// <summary>Notes in the footer (SDMX-ML).</summary>
    public ImmutableArray<FooterNote> Footer { get; init; } = [];

    /// <summary>Line and column of a metadata set of this message, or of an attribute in one; none when not known.</summary>
    public Location LocationOf(object part) => _locations?.Of(part) ?? Location.None;
}

/// <summary>Where metadata sets and their attributes stand in a message. Accumulates while it is read.</summary>
internal sealed class MetadataLocations
{
    private readonly Dictionary<object, Location> _locations = new(ReferenceEqualityComparer.Instance);

    /// <summary>Keeps the location of a part and gives the part back.</summary>
    public T Keep<T>(T part, Location location)
        where T : class
    {
        _locations[part] = location;
        return part;
    }

    /// <summary>The location of a part; none when it is not known.</summary>
    public Location Of(object part) => _locations.GetValueOrDefault(part, Location.None);
}
