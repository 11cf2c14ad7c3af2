using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats;

/// <summary>How codes and names stand in CSV (parameter <c>labels</c> of the media type).</summary>
public enum CsvLabels
{
    /// <summary>Codes.</summary>
    Id,

    /// <summary>Codes and names in one field: <c>ARM: Armenia</c>.</summary>
    Both,

    /// <summary>A column of codes and a column of names (SDMX-CSV 2.x).</summary>
    Name,
}

/// <summary>Which columns of whole keys stand in CSV 2.x (parameter <c>keys</c> of the media type).</summary>
[Flags]
public enum CsvKeys
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Column <c>OBS_KEY</c>.</summary>
    Obs = 1,

    /// <summary>Column <c>SERIES_KEY</c>.</summary>
    Series = 2,

    /// <summary>Both columns.</summary>
    Both = Obs | Series,
}

/// <summary>How periods stand in CSV (parameter <c>timeFormat</c> of the media type).</summary>
public enum CsvTimeFormat
{
    /// <summary>As they were sent.</summary>
    Original,

    /// <summary>The first day of each period as ISO 8601 date, so that periods of all frequencies compare; instants stay as they are.</summary>
    Normalized,
}

/// <summary>What a data writer may be told; change by <c>with</c>.</summary>
public sealed record DataWriterOptions
{
    /// <summary>The defaults: time at the observation, everything written, codes without names.</summary>
    public static readonly DataWriterOptions Default = new();

    /// <summary>Dimension at the observation, or <c>AllDimensions</c>; null for time, or all dimensions where there is no time. Not for CSV.</summary>
    public string? DimensionAtObservation { get; init; }

    /// <summary>Which attributes and measures are written.</summary>
    public DataSelection Selection { get; init; } = DataSelection.Everything;

    /// <summary>Codes and names in CSV.</summary>
    public CsvLabels Labels { get; init; }

    /// <summary>Columns of whole keys in CSV 2.x.</summary>
    public CsvKeys Keys { get; init; }

    /// <summary>How periods stand in CSV.</summary>
    public CsvTimeFormat TimeFormat { get; init; }

    /// <summary>Character between the fields of CSV: ASCII, no letter, digit, blank or quotation mark; a comma unless told otherwise.</summary>
    public char CsvDelimiter { get; init; } = ',';

    /// <summary>
    /// Character between several values, or texts by language, in one field of CSV 2.x; must not be the delimiter, a colon or a quotation
    /// mark. Null for a semicolon, or a vertical bar where the semicolon is the delimiter.
    /// </summary>
    public char? CsvSubSeparator { get; init; }

    /// <summary>Where writers say what a format cannot carry (<see cref="IssueCodes.NotCarried"/>), once a component; null for nowhere.</summary>
    public IssueList? Issues { get; init; }

    /// <summary>Notes for the footer of the message, e.g. that the data are cut; only SDMX-ML has one, other formats pass over them.</summary>
    public ImmutableArray<FooterNote> Footer { get; init; } = [];

    /// <summary>Languages of names in order of preference.</summary>
    public ImmutableArray<string> Languages { get; init; } = ["en"];

    /// <summary>
    /// These options with what a media type asks for in its parameters: <c>labels=id|both|name</c>, <c>keys=none|obs|series|both</c>,
    /// <c>timeFormat=original|normalized</c>. Values that are not known are passed over.
    /// </summary>
    public DataWriterOptions With(MediaType mediaType)
    {
        ArgumentNullException.ThrowIfNull(mediaType);
        return this with
        {
            Labels = Enum.TryParse(mediaType["labels"], true, out CsvLabels labels) && Enum.IsDefined(labels) ? labels : Labels,
            Keys = Enum.TryParse(mediaType["keys"], true, out CsvKeys keys) && Enum.IsDefined(keys) ? keys : Keys,
            TimeFormat = Enum.TryParse(mediaType["timeFormat"], true, out CsvTimeFormat time) && Enum.IsDefined(time) ? time : TimeFormat,
        };
    }
}
