using System.Collections.Immutable;
using System.Globalization;
using Dsm.Exchange.Access;
using Dsm.Exchange.Overview;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;
using Dsm.Web.Charts;
using Dsm.Web.Localisation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Data;

/// <summary>The figures of an indicator: filter, table, chart, notes, downloads, the address behind it.</summary>
public sealed class FlowModel(
    StructureRegistry registry, WarehouseReader warehouse, FlowAvailability availability, FlowProvenance provenance, RegionView region, PageTexts texts) : PageModel
{
    /// <summary>Series on a page.</summary>
    public const int PageSize = 50;

    /// <summary>Most observations totals are made of while a reader waits.</summary>
    public const int MaxForTotals = 100_000;

    /// <summary>The dataflow.</summary>
    public Dataflow Flow { get; private set; } = null!;

    /// <summary>Its schema.</summary>
    public DataSchema Schema { get; private set; } = null!;

    /// <summary>What the whole flow holds.</summary>
    public Availability There { get; private set; } = null!;

    /// <summary>What was asked for.</summary>
    public FlowSelection Selection { get; private set; } = null!;

    /// <summary>The figures.</summary>
    public FigureTable Table { get; private set; } = null!;

    /// <summary>Number of series that fit.</summary>
    public int Series { get; private set; }

    /// <summary>Number of observations that fit.</summary>
    public long Observations { get; private set; }

    /// <summary>True when there is too much to be reduced to totals.</summary>
    public bool IsTooMuch { get; private set; }

    /// <summary>Who provides the figures, of the states chosen.</summary>
    public IReadOnlyList<Provenance> Providers { get; private set; } = [];

    /// <summary>Names of the region.</summary>
    public RegionView Region => region;

    /// <summary>Number of pages of series.</summary>
    public int Pages => Math.Max(1, (Series + PageSize - 1) / PageSize);

    /// <summary>Path and parameters of the same observations over SDMX REST 2.x; null when they cannot be expressed there.</summary>
    public string? Rest2Address { get; private set; }

    /// <summary>The same over SDMX REST 1.5.</summary>
    public string? Rest1Address { get; private set; }

    /// <summary>Downloads: name and address.</summary>
    public IEnumerable<(string Name, string Url)> Downloads =>
    [
        .. Download(Rest2Address, MediaTypes.DataCsv20), .. Download(Rest2Address, MediaTypes.DataXml30),
        .. Download(Rest1Address, MediaTypes.DataCsv1), .. Download(Rest1Address, MediaTypes.StructureSpecificData21),
    ];

    /// <summary>Shows the figures.</summary>
    public async Task<IActionResult> OnGetAsync(string agency, string flow, string version, CancellationToken ct)
    {
        StructureReference reference = new(StructureType.Dataflow, agency, flow, version);
        ReaderAccess reader = HubRights.Reading(User);
        RegistrySnapshot structures = registry.For(reader);
        if (structures.Structures.Find<Dataflow>(reference) is not { } found || structures.Schema(found.Reference) is not { } schema)
        {
            return NotFound();
        }

        (Flow, Schema) = (found, schema);
        FlowContents contents = await availability.OfAsync(found.Urn, schema, reader, ct);
        There = contents.All;
        IReadOnlyList<Provenance> providers = await provenance.OfAsync(found.Urn, reader, ct);
        Selection = FlowSelection.Read(Request.Query, schema, contents);
        ImmutableArray<string> states = StateIndex < 0 ? [] : Selection.Codes[StateIndex];
        Providers = [.. providers.Where(p => states.IsEmpty || (p.Coverage.State is { } state && states.Contains(state)))];
        if (!states.IsEmpty)
        {
            Selection = FlowSelection.Read(Request.Query, schema, contents, LastOf(Providers));
        }

        DataQuery query = Selection.ToQuery(found);
        WarehouseQuery wanted = new() { FlowUrn = found.Urn, Data = query.Resolve(schema, new IssueList()) };
        Rest2Address = Rest2.Print(query, schema) is { } rest2 ? "/sdmx/v2/" + rest2.TrimStart('/') : null;
        Rest1Address = Rest15.Print(query) is { } rest1 ? "/sdmx/v1/" + rest1.TrimStart('/') : null;
        IReadOnlyList<FigureRow> rows = await ReadAsync(wanted, reader, ct);
        Table = new FigureTable(schema, rows, StateIndex, texts);
        return Page();
    }

    /// <summary>Years from the first to the last period there is.</summary>
    public IEnumerable<int> Years => There is { First: { } first, Last: { } last } ? Enumerable.Range(first.Year, last.AddDays(-1).Year - first.Year + 1) : [];

    /// <summary>Codes of a dimension that occur, by name; the total first.</summary>
    public IEnumerable<(string Code, string Name)> Codes(SchemaComponent dimension)
    {
        ArgumentNullException.ThrowIfNull(dimension);
        return There.Codes[dimension.Index].Union(Selection.Codes[dimension.Index])
            .Select(c => (c, FigureTable.CodeName(dimension, c, texts)))
            .OrderBy(c => c.c == TotalsBuilder.TotalCode ? 0 : 1).ThenBy(c => c.Item2, StringComparer.CurrentCulture);
    }

    /// <summary>Address of every series behind a total.</summary>
    public string SeriesBehind(FigureRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        ImmutableArray<ImmutableArray<string>> codes = [.. row.Key.Select((code, i) => code is null ? Selection.Codes[i] : [code])];
        return (Selection with { Codes = codes, EverySeries = true, Page = 1 }).Address(Schema);
    }

    /// <summary>One row as a chart, or all rows together.</summary>
    public ChartData Chart(IReadOnlyList<FigureRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ImmutableArray<TimePeriod> periods = Table.Periods;
        ImmutableArray<ChartSeries> series = [.. rows.Select(r => new ChartSeries(Table.Name(r), [.. periods.Select((p, i) => Point(r, p, i))]))];
        string title = rows.Count == 1 ? Table.Name(rows[0]) : region.ShortName(Flow);
        (TimePeriod At, decimal Value)[] known = rows.Count == 1
            ? [.. periods.Where(p => rows[0].Figures.TryGetValue(p, out Figure f) && f.Value is not null).Select(p => (p, rows[0].Figures[p].Value!.Value))] : [];
        string description = known.Length == 0 ? texts.Format("chart.several", rows.Count, periods[0], periods[^1])
            : texts.Format("chart.one", known[0].At, known[0].Value, known[^1].At, known[^1].Value, known.MaxBy(k => k.Value).At, known.Max(k => k.Value));
        return new ChartData(title, description, [.. periods.Select(p => p.ToString())], series);
    }

    /// <summary>True when all rows count the same thing, so that they may share one scale: persons and cases never do.</summary>
    public bool HasOneUnit => Schema.Find("UNIT_MEASURE") is not { Role: ComponentRole.Dimension } unit || Table.Rows.Select(r => r.Key[unit.Index]).Distinct().Count() <= 1;

    /// <summary>Address that shows what there is of the one state chosen, whatever else was chosen; null without such a state.</summary>
    public string? StateAlone => StateIndex >= 0 && Selection.Codes[StateIndex] is [{ } state] && Providers.Count > 0 ? region.FlowPage(Flow, state) : null;

    private static TimePeriod LastOf(IEnumerable<Provenance> providers)
        => providers.Select(p => TimePeriod.TryParse(p.Coverage.LastPeriod, out TimePeriod last) ? last : default).Where(p => !p.IsNone).OrderBy(p => p.End).LastOrDefault();

    private int StateIndex => Schema.Find(region.StateDimension) is { Role: ComponentRole.Dimension } d ? d.Index : -1;

    private static IEnumerable<(string Name, string Url)> Download(string? address, SdmxFormat format)
    {
        string type = Uri.EscapeDataString(format.Type["application/vnd.sdmx.".Length..]);
        return address is null ? [] : [(format.Name, $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}format={type}&formatVersion={format.Version}")];
    }

    private static ChartPoint Point(FigureRow row, TimePeriod period, int position)
        => row.Figures.TryGetValue(period, out Figure figure)
            ? new ChartPoint(position, figure.Value, !figure.Statuses.IsDefault && figure.Statuses.Contains("P"), !figure.Statuses.IsDefault && figure.Statuses.Contains("B"))
            : new ChartPoint(position, null);

    private async Task<IReadOnlyList<FigureRow>> ReadAsync(WarehouseQuery wanted, ReaderAccess reader, CancellationToken ct)
    {
        SeriesPage page = new(Schema, (Selection.Page - 1) * PageSize, Selection.EverySeries ? PageSize : 0);
        TotalsBuilder totals = new(Schema);
        await foreach (ObservationBatch batch in warehouse.ReadAsync(wanted, reader, ct))
        {
            page.Add(batch);
            if (!Selection.EverySeries && !(IsTooMuch |= totals.Count > MaxForTotals))
            {
                totals.Add(batch);
            }
        }

        (Series, Observations) = (page.Series, page.Observations);
        return Selection.EverySeries ? page.Rows : IsTooMuch ? [] : [.. totals.Build().Select(FigureTable.Of)
            .OrderBy(r => StateIndex < 0 ? 0 : region.States.ToList().IndexOf(r.Key[StateIndex] ?? ""))];
    }
}
