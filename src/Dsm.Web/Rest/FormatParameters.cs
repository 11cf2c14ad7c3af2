using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;

namespace Dsm.Web.Rest;

/// <summary>
/// The parameters by which browsers say what programs say in the Accept header: <c>format</c>, <c>formatVersion</c>, <c>labels</c>,
/// <c>keys</c>, <c>timeFormat</c>.
/// </summary>
internal static class FormatParameters
{
    /// <summary>
    /// The Accept header that the parameters stand for; null when there are none. <c>format</c> is a whole media type, its part after
    /// <c>vnd.sdmx.</c> (<c>data+csv</c>), or one of the words that services use (<c>csv</c>, <c>jsondata</c>, <c>sdmx-2.1</c> ...).
    /// </summary>
    public static string? Accept(RestAddress address)
    {
        string? format = address.Parameter("format"), version = address.Parameter("formatVersion");
        if (string.IsNullOrEmpty(format))
        {
            return string.IsNullOrEmpty(version) ? null : "*/*;version=" + version;
        }

        int semicolon = format.IndexOf(';', StringComparison.Ordinal);
        string name = semicolon < 0 ? format : format[..semicolon];
        string parameters = semicolon < 0 ? "" : format[semicolon..];
        return TypeOf(name.Trim()) + parameters + (string.IsNullOrEmpty(version) ? "" : ";version=" + version);
    }

    /// <summary>A format with what the parameters say about CSV; a problem when they say what does not exist there.</summary>
    public static (ChosenFormat? Chosen, RestProblem? Problem) Apply(RestAddress address, ChosenFormat chosen)
    {
        if (chosen.Format.Kind != MessageKind.CsvData || address.Query.Length == 0)
        {
            return (chosen, null);
        }

        bool later = chosen.Format.IsVersion3;
        foreach ((string name, string[] words) in new[]
        {
            ("labels", later ? new[] { "id", "name", "both" } : ["id", "both"]),
            ("timeFormat", ["original", "normalized"]),
            ("keys", later ? ["none", "obs", "series", "both"] : ["none"]),
        })
        {
            if (address.Parameter(name) is not { Length: > 0 } value)
            {
                continue;
            }

            int word = Array.IndexOf(words, value);
            if (word < 0)
            {
                return (null, RestProblem.Of(RestFault.Syntax, IssueCodes.InvalidParameter, name, value, string.Join(" | ", words)));
            }

            chosen = name switch
            {
                "labels" => chosen with { Labels = Enum.Parse<CsvLabels>(value, true) },
                "keys" => chosen with { Keys = Enum.Parse<CsvKeys>(value, true) },
                _ => chosen with { TimeFormat = Enum.Parse<CsvTimeFormat>(value, true) },
            };
        }

        return (chosen, null);
    }

    private static string TypeOf(string name)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            return name;
        }

        return name.Contains('+', StringComparison.Ordinal) ? "application/vnd.sdmx." + name : name.ToLowerInvariant() switch
        {
            "csv" or ".csv" or "csvdata" or "csvfile" or "sdmx-csv" => "text/csv",
            "csvfilewithlabels" => "text/csv;labels=both",
            "json" or ".json" or "jsondata" or "jsonstructure" or "sdmx-json" => "application/json",
            "xml" or ".xml" or "sdmx" or "sdmx-ml" => "application/xml",
            "sdmx-2.1" or "sdmx21" => "application/xml;version=2.1",
            "sdmx-3.0" or "sdmx30" => "application/xml;version=3.0.0",
            "sdmx-3.1" or "sdmx31" => "application/xml;version=3.1.0",
            "structure" or "genericdata" or "structurespecificdata" or "generictimeseriesdata" or "structurespecifictimeseriesdata"
                or "genericmetadata" or "structurespecificmetadata" or "schema" => $"application/vnd.sdmx.{name.ToLowerInvariant()}+xml",
            _ => "application/" + name,
        };
    }
}
