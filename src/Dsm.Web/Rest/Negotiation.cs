using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;

namespace Dsm.Web.Rest;

/// <summary>The format an answer is written in.</summary>
/// <param name="Format">The format.</param>
/// <param name="Labels">Codes and names in CSV.</param>
/// <param name="Keys">Columns of whole keys in CSV 2.x.</param>
/// <param name="TimeFormat">Periods in CSV.</param>
internal sealed record ChosenFormat(SdmxFormat Format, CsvLabels Labels = CsvLabels.Id, CsvKeys Keys = CsvKeys.None, CsvTimeFormat TimeFormat = CsvTimeFormat.Original)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Format.Name}|{Format.MediaType}|{(int)Labels}{(int)Keys}{(int)TimeFormat}");
}

/// <summary>Chooses the format by the Accept header of a request or by the parameters that browsers send instead (RFC 9110, section 12.5).</summary>
internal static class Negotiation
{
    private const int LongestKnown = 200;
    private const int MostKnown = 1000;
    private static readonly ConcurrentDictionary<(string Accept, ImmutableArray<SdmxFormat> Offered), ChosenFormat?> Known = new();

    private sealed record Candidate(ChosenFormat Chosen, double Weight, int Specificity, int HeaderOrder, int OfferOrder);

    /// <summary>The format to answer in; a problem when none of those asked for is offered.</summary>
    public static (ChosenFormat? Chosen, RestProblem? Problem) Format(RestCall call, ImmutableArray<SdmxFormat> offered)
    {
        if (RestCompression.Unserved(call) is { } compression)
        {
            return (null, RestProblem.NotImplemented(compression));
        }

        string accept = FormatParameters.Accept(call.Address) ?? call.Http.Request.Headers.Accept.ToString();
        ChosenFormat? chosen = Choose(accept, offered);
        return chosen is null
            ? (null, RestProblem.Of(RestFault.NotAcceptable, IssueCodes.NotAcceptable, accept, All(offered)))
            : FormatParameters.Apply(call.Address, chosen);
    }

    /// <summary>
    /// The format for former versions: one that can tell when they were valid. SDMX-CSV cannot yet (sdmx-csv, issue 33): who asks for it
    /// learns which formats can.
    /// </summary>
    public static (ChosenFormat? Chosen, RestProblem? Problem) OfHistory(RestCall call, ImmutableArray<SdmxFormat> offered, ImmutableArray<SdmxFormat> histories)
    {
        (ChosenFormat? chosen, RestProblem? problem) = Format(call, histories);
        return chosen is null && Format(call, offered).Chosen is { Format: { Syntax: "csv" } csv }
            ? (null, RestProblem.Of(RestFault.NotAcceptable, IssueCodes.NoHistoryInFormat, csv.Name, All(histories)))
            : (chosen, problem);
    }

    /// <summary>The media types of formats, for a message that says what may be asked for.</summary>
    internal static string All(IEnumerable<SdmxFormat> formats) => string.Join(", ", formats.Select(f => f.MediaType));

    /// <summary>The format for an error message: that of the answer asked for, as far as it can be told.</summary>
    public static SdmxFormat ErrorFormat(RestCall call)
    {
        string accept = FormatParameters.Accept(call.Address) ?? call.Http.Request.Headers.Accept.ToString();
        ImmutableArray<SdmxFormat> any = OfferedFormats.Any(call.Line);
        return OfferedFormats.ErrorOf(Choose(accept, any)?.Format ?? any[0]);
    }

    /// <summary>The best of the formats offered for an Accept header; null when none is acceptable.</summary>
    internal static ChosenFormat? Choose(string accept, ImmutableArray<SdmxFormat> offered)
    {
        // Programs send the same few headers again and again.
        if (accept.Length > LongestKnown)
        {
            return Judge(accept, offered);
        }

        if (Known.TryGetValue((accept, offered), out ChosenFormat? known))
        {
            return known;
        }

        ChosenFormat? chosen = Judge(accept, offered);
        if (Known.Count < MostKnown)
        {
            Known.TryAdd((accept, offered), chosen);
        }

        return chosen;
    }

    private static ChosenFormat? Judge(string accept, ImmutableArray<SdmxFormat> offered)
    {
        List<MediaType> ranges = [.. Split(accept).Select(t => MediaType.TryParse(t, out MediaType? range) ? range : null).OfType<MediaType>()];
        if (string.IsNullOrWhiteSpace(accept))
        {
            return new ChosenFormat(offered[0]);
        }

        return offered.SelectMany((format, order) => Judge(format, order, ranges))
            .OrderByDescending(c => c.Weight).ThenByDescending(c => c.Specificity).ThenBy(c => c.HeaderOrder).ThenBy(c => c.OfferOrder)
            .FirstOrDefault()?.Chosen;
    }

    // Of the ranges that admit a format the most specific decides, also when it forbids (q=0).
    private static IEnumerable<Candidate> Judge(SdmxFormat format, int order, List<MediaType> ranges)
    {
        Candidate? best = null;
        for (int i = 0; i < ranges.Count; i++)
        {
            MediaType range = ranges[i];
            if (MediaTypes.Matches(format, range) && Options(format, range) is { } chosen)
            {
                int specificity = range.Type == format.Type ? (range["version"] is null ? 3 : 4) : range.Type == "*/*" ? 0 : range.Type.EndsWith("/*", StringComparison.Ordinal) ? 1 : 2;
                if (best is null || specificity > best.Specificity)
                {
                    best = new Candidate(chosen, range["q"] is { } q ? Weight(q) : 1, specificity, i, order);
                }
            }
        }

        return best is { Weight: > 0 } ? [best] : [];
    }

    /// <summary>What the parameters of a CSV type ask for; null when that is not offered.</summary>
    private static ChosenFormat? Options(SdmxFormat format, MediaType range)
    {
        if (format.Kind != MessageKind.CsvData)
        {
            return new ChosenFormat(format);
        }

        CsvLabels? labels = range["labels"] switch
        {
            null or "id" => CsvLabels.Id,
            "both" => CsvLabels.Both,
            "name" when format.IsVersion3 => CsvLabels.Name,
            _ => null,
        };
        CsvKeys? keys = range["keys"] switch
        {
            null or "none" => CsvKeys.None,
            "obs" when format.IsVersion3 => CsvKeys.Obs,
            "series" when format.IsVersion3 => CsvKeys.Series,
            "both" when format.IsVersion3 => CsvKeys.Both,
            _ => null,
        };
        CsvTimeFormat? time = range["timeFormat"] switch
        {
            null or "original" => CsvTimeFormat.Original,
            "normalized" => CsvTimeFormat.Normalized,
            _ => null,
        };
        return labels is { } l && keys is { } k && time is { } t ? new ChosenFormat(format, l, k, t) : null;
    }

    internal static double Weight(string text)
        => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double weight) ? Math.Clamp(weight, 0, 1) : 1;

    // A comma inside quotes does not separate.
    private static IEnumerable<string> Split(string text)
    {
        int start = 0;
        bool quoted = false;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && !quoted))
            {
                yield return text[start..i].Trim();
                start = i + 1;
            }
            else if (text[i] == '"')
            {
                quoted = !quoted;
            }
        }
    }
}
