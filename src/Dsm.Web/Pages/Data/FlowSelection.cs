using System.Collections.Immutable;
using System.Globalization;
using Dsm.Exchange.Overview;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;

namespace Dsm.Web.Pages.Data;

/// <summary>What a reader asked a flow page for; a value of the address, so that it can be shared.</summary>
public sealed record FlowSelection
{
    /// <summary>Codes chosen by dimension position; empty for all.</summary>
    public required ImmutableArray<ImmutableArray<string>> Codes { get; init; }

    /// <summary>First year; null for all.</summary>
    public int? From { get; init; }

    /// <summary>Last year; null for all.</summary>
    public int? To { get; init; }

    /// <summary>True for every series; false for totals.</summary>
    public bool EverySeries { get; init; }

    /// <summary>Page of the series, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>
    /// Reads the address. Left out, the frequency is the one most states have and the first year lies ten periods before the last:
    /// something useful at once, and small. An empty <c>from</c> is all years. States that end earlier or report by another frequency
    /// than most are met by the last period of the states chosen.
    /// </summary>
    public static FlowSelection Read(IQueryCollection query, DataSchema schema, FlowContents contents, TimePeriod lastOfStates = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(contents);
        Availability there = contents.All;
        ImmutableArray<ImmutableArray<string>> codes = [.. schema.Dimensions.Select(d => query[d.Id]
            .SelectMany(v => (v ?? "").Split([' ', '+', ','], StringSplitOptions.RemoveEmptyEntries)).Distinct().Take(50).ToImmutableArray())];
        if (schema.Frequency is { } frequency && codes[frequency.Index].IsEmpty && Usual(contents, frequency, lastOfStates) is { } usual)
        {
            codes = codes.SetItem(frequency.Index, [usual]);
        }

        int years = schema.Frequency is { } f && codes[f.Index] is { Length: 1 } one ? PeriodsBack.Years(one[0]) : 10;
        int? lastYear = lastOfStates.IsNone ? there.Last?.AddDays(-1).Year : lastOfStates.Year;
        int? first = there.First is { } start && lastYear is { } last ? Math.Max(start.Year, last - years + 1) : null;
        return new FlowSelection
        {
            Codes = codes,
            From = query.ContainsKey("from") ? Year(query["from"]) : first,
            To = Year(query["to"]),
            EverySeries = query["view"] == "series",
            Page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out int page) && page > 0 ? page : 1,
        };
    }

    /// <summary>The query over SDMX REST that gives the same observations.</summary>
    public DataQuery ToQuery(Dataflow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return new DataQuery
        {
            Agencies = [flow.AgencyId],
            Ids = [flow.Id],
            Version = flow.Version.ToString(),
            Keys = Codes.All(c => c.IsEmpty) ? [] : [new KeyQuery(Codes)],
            StartPeriod = Period(From),
            EndPeriod = Period(To),
        };
    }

    /// <summary>The address of this selection.</summary>
    public string Address(DataSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        IEnumerable<string> parts = schema.Dimensions.Where(d => !Codes[d.Index].IsEmpty).Select(d => $"{d.Id}={string.Join('+', Codes[d.Index].Select(Uri.EscapeDataString))}")
            .Append(string.Create(CultureInfo.InvariantCulture, $"from={From}"));
        parts = To is { } to ? parts.Append(string.Create(CultureInfo.InvariantCulture, $"to={to}")) : parts;
        parts = EverySeries ? parts.Append("view=series") : parts;
        parts = Page > 1 ? parts.Append(string.Create(CultureInfo.InvariantCulture, $"page={Page}")) : parts;
        return "?" + string.Join('&', parts);
    }

    private static string? Usual(FlowContents contents, SchemaComponent frequency, TimePeriod last)
        => contents.All.Codes[frequency.Index].Where(code => !last.IsNone && last.FitsFrequency(code)).FirstOrDefault() ?? contents.Frequency;

    private static TimePeriod? Period(int? year) => year is { } y ? TimePeriod.Parse(y.ToString("D4", CultureInfo.InvariantCulture)) : null;

    private static int? Year(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int year) && year is > 0 and < 10000 ? year : null;

    private static class PeriodsBack
    {
        // The code's letter says the length (CL_FREQ); what is unknown is shown like years.
        public static int Years(string frequency) => frequency.Length == 0 ? 10 : frequency[0] switch { 'Q' or 'T' or 'S' => 3, 'M' => 2, 'W' or 'D' or 'B' or 'H' or 'I' or 'N' => 1, _ => 10 };
    }
}
