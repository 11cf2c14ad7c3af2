using Dsm.SampleBuilder.Published;

namespace Dsm.SampleBuilder.National;

/// <summary>The published tables of the Russian ministry, of Armstat and of the Georgian tourism administration in their national forms.</summary>
public static class BorderForms
{
    private const string RussianPeriod = "январь - декабрь 2016 года";

    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    private static readonly (string Column, string Code)[] Stays =
    [
        ("REG_STAY_PRIMARY", "G06"), ("PURP_TOURISM", "G07"), ("PURP_STUDY", "G08"), ("PURP_WORK", "G09"), ("PURP_PRIVATE", "G10"), ("PURP_OTHER", "G11"),
    ];

    private static readonly (string Column, string Code)[] Holders = [("TRP_HOLDERS", "G14"), ("PRP_HOLDERS", "G16")];

    /// <summary>Registrations at the place of stay by country and purpose; the names as published, without the blanks around them.</summary>
    public static IReadOnlyList<SampleRow> RussianStays(PublishedFigures figures)
    {
        return Ministry(figures, Stays);
    }

    /// <summary>Holders of residence permits at the end of 2016.</summary>
    public static IReadOnlyList<SampleRow> RussianHolders(PublishedFigures figures)
    {
        return Ministry(figures, Holders);
    }

    /// <summary>Armenian tourists in one direction; a dash is no value.</summary>
    public static IReadOnlyList<SampleRow> ArmenianTourists(PublishedFigures figures, string direction)
    {
        return figures.ArmenianTourists().Where(r => r["direction"] == direction).Select(r =>
        {
            string? value = r["tourists"].Trim() == "-" ? null : r["tourists"].Trim();
            return new SampleRow(
                new Dictionary<string, string> { ["ZHAMANAK"] = r["period_as_published"].Trim() },
                value,
                new Dictionary<string, string> { ["NSHAN"] = value is null ? "G" : "K" });
        }).ToArray();
    }

    /// <summary>Monthly trips of citizens of Russia to Georgia.</summary>
    public static IReadOnlyList<SampleRow> GeorgianMonths(PublishedFigures figures)
    {
        return figures.GeorgianMonthlyTrips().Select(r => new SampleRow(
            new Dictionary<string, string> { ["KVEKANA"] = r["country"], ["TARIGI"] = r["month_year"] },
            r["int_travelers_trip"],
            None)).ToArray();
    }

    /// <summary>Yearly trips to Georgia: all international travellers, and of these tourists staying overnight.</summary>
    public static IReadOnlyList<SampleRow> GeorgianYears(PublishedFigures figures)
    {
        return figures.GeorgianYearlyTrips()
            .Select(r => (Row: r, Kind: r["type_trips"] switch { "International Traveller Trips" => "TRAV", "Tourist (Overnight) Trips" => "TOUR", _ => null }))
            .Where(x => x.Kind is not null)
            .Select(x => new SampleRow(
                new Dictionary<string, string> { ["MOGZAUROBA"] = x.Kind!, ["TIME_PERIOD"] = x.Row["year"] },
                x.Row["trips"],
                None)).ToArray();
    }

    private static SampleRow[] Ministry(PublishedFigures figures, (string Column, string Code)[] columns)
    {
        return figures.RussianMinistry2016()
            .SelectMany(r => columns.Select(c => new SampleRow(
                new Dictionary<string, string> { ["PERIOD"] = RussianPeriod, ["STRANA_NAIM"] = r["name_ru_as_published"].Trim(), ["POKAZATEL"] = c.Code },
                r[c.Column],
                None)))
            .ToArray();
    }
}
