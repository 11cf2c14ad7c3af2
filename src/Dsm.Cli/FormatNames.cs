using System.Collections.Immutable;
using Dsm.Sdmx.Formats;

namespace Dsm.Cli;

/// <summary>Short names of formats, as users type them; a media type is understood as well.</summary>
internal static class FormatNames
{
    /// <summary>Formats messages can be written in, each with its short names. The list follows <see cref="MediaTypes"/> and what has a writer.</summary>
    public static ImmutableArray<(SdmxFormat Format, string Name)> Writable { get; } =
        [.. MediaTypes.All.Where(f => StructureMessages.CanWrite(f) || DataWriters.CanWrite(f) || MetadataMessageWriters.CanWrite(f)).Select(f => (f, NameOf(f)))];

    /// <summary>The short name of a format.</summary>
    public static string NameOf(SdmxFormat format)
    {
        string version = format.Syntax == "xml" ? format.Standard : format.Version[..3];
        string digits = version.Replace(".", "", StringComparison.Ordinal);
        return format.Kind switch
        {
            MessageKind.Structure => $"xml{digits}",
            MessageKind.JsonStructure => $"json{digits}",
            MessageKind.GenericData => format.IsTimeSeries ? $"generictimeseries{digits}" : $"generic{digits}",
            MessageKind.StructureSpecificData => format.IsTimeSeries ? $"timeseries{digits}" : $"xml{digits}",
            MessageKind.JsonData => $"json{digits}",
            MessageKind.CsvData => $"csv{digits}",
            MessageKind.Metadata => format == MediaTypes.GenericMetadata21 ? $"generic{digits}" : $"xml{digits}",
            MessageKind.JsonMetadata => $"json{digits}",
            MessageKind.CsvMetadata => $"csv{digits}",
            _ => format.MediaType,
        };
    }

    /// <summary>The formats a name means: one for structures, one for data, one for reference metadata, or several; none when it is not known.</summary>
    public static ImmutableArray<SdmxFormat> Find(string name)
    {
        string lower = name.Trim().ToLowerInvariant();
        string full = lower switch
        {
            "xml2.1" => "xml21",
            "csv1" => "csv10",
            "csv2" => "csv20",
            "json1" => "json10",
            "json2" => "json20",
            _ => lower.Replace(".", "", StringComparison.Ordinal),
        };
        ImmutableArray<SdmxFormat> found = [.. Writable.Where(w => w.Name == full).Select(w => w.Format)];
        return !found.IsEmpty ? found
            : name.Contains('/', StringComparison.Ordinal) && MediaTypes.Find(name) is { } format && Writable.Any(w => w.Format == format) ? [format] : [];
    }

    /// <summary>All short names in one line.</summary>
    public static string List => string.Join(", ", Writable.Select(w => w.Name).Distinct());
}
