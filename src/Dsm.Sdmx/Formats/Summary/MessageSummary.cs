using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Summary;

/// <summary>
/// What a message is and how much is in it, told from the message alone: no structures are needed, and memory stays flat.
/// Any SDMX message is counted: SDMX-ML 1.0 to 3.1, SDMX-JSON 1.0 to 2.1, SDMX-CSV 1.0 to 2.1, also inside SOAP envelopes.
/// </summary>
public sealed record MessageSummary
{
    /// <summary>Syntax and kind without version, e.g. <c>SDMX-ML Structure</c> (the name of the root element) or <c>SDMX-CSV data</c>; null when it is no SDMX.</summary>
    public string? Format { get; init; }

    /// <summary>Version of the format, e.g. <c>2.1</c>; null when the message does not tell.</summary>
    public string? Version { get; init; }

    /// <summary>The format among those with a media type; null for others (SDMX 1.0, queries, SOAP ...).</summary>
    public SdmxFormat? Known { get; init; }

    /// <summary>
    /// Number of artefacts and their parts by class, in order of first occurrence, e.g. <c>Codelist</c>, <c>Code</c>, <c>Dimension</c>.
    /// Items are counted at any depth; a <c>Dimension</c> is neither a <c>TimeDimension</c> nor a <c>MeasureDimension</c>.
    /// </summary>
    public IReadOnlyDictionary<string, long> Artefacts { get; init; } = new Dictionary<string, long>();

    /// <summary>Number of data sets, empty ones included.</summary>
    public long DataSets { get; init; }

    /// <summary>Number of series as they stand in the message; flat data (CSV among them) have none.</summary>
    public long Series { get; init; }

    /// <summary>Number of observations as they stand in the message, with or without a value; in CSV the rows.</summary>
    public long Observations { get; init; }

    /// <summary>Reads a message to its end, plain or packed with gzip or zip, and counts what is in it; bad input gives issues and what could be counted.</summary>
    /// <param name="open">Opens the message at its beginning; called again when a broken message needs a second look. Each stream is disposed of.</param>
    /// <param name="issues">Where findings go.</param>
    /// <param name="options">Limits.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="IOException">The stream failed.</exception>
    public static MessageSummary Read(Func<Stream> open, IssueList issues, DataReaderOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(issues);
        return new MessageSummaryReader(open, issues, options ?? DataReaderOptions.Default, cancellationToken).Read();
    }
}
