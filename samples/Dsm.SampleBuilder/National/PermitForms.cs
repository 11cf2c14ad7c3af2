using static Dsm.SampleBuilder.National.SyntheticPermits;

namespace Dsm.SampleBuilder.National;

/// <summary>The synthetic work permits in the national form of each state.</summary>
public static class PermitForms
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();
    private static readonly string[] Roman = ["I", "II", "III", "IV"];

    // The employment service writes the Roman numerals of the even quarters with Cyrillic letters.
    private static readonly string[] MixedRoman = ["I", "ІІ", "III", "ІV"];

    /// <summary>Russian Federation: documents, event and kind in one code, "III квартал 2024 г.".</summary>
    public static IReadOnlyList<SampleRow> Russia(Func<string, string> country)
    {
        SyntheticPermits permits = new("RUS", "UZB", "TJK", "CHN", "TUR", "VNM");
        Dictionary<string, string> events = new() { ["LODGED"] = "PODANO", ["GRANTED"] = "VYDANO", ["REFUSED"] = "OTKAZ", ["CLOSED"] = "PREKR", ["DECIDED"] = "RESHENO" };
        List<SampleRow> rows = [];
        foreach (string citizenship in permits.Citizenships)
        {
            foreach (string document in citizenship is "UZB" or "TJK" ? (string[])["PATENT"] : ["RNR", "VKS"])
            {
                foreach ((int year, int part) in Periods(4))
                {
                    foreach (string kind in (string[])["PERV", "PROD"])
                    {
                        rows.AddRange(permits.Events(citizenship, kind, year, part, document).Select(e => Row(
                            e.Value, ("PERIOD", $"{Roman[part - 1]} квартал {year} г."), ("STRANA", country(citizenship)), ("DOKUMENT", document), ("SOBYTIE", $"{events[e.Key]}_{kind}"))));
                    }
                }
            }
        }

        return rows;
    }

    /// <summary>Ukraine: the employment service, "III кв. 2024 р.", no sex, with the applications pending.</summary>
    public static IReadOnlyList<SampleRow> Ukraine(Func<string, string> country)
    {
        SyntheticPermits permits = new("UKR", "TUR", "CHN", "IND", "UZB", "AZE", "BGD");
        Dictionary<string, string> events = new() { ["LODGED"] = "ZAIAV", ["GRANTED"] = "VYD", ["REFUSED"] = "VIDM", ["CLOSED"] = "PRYP", ["DECIDED"] = "USOHO" };
        List<SampleRow> rows = [];
        foreach (string citizenship in permits.Citizenships)
        {
            foreach (string kind in (string[])["PERSH", "PROD"])
            {
                long pending = 30;
                foreach ((int year, int part) in Periods(4))
                {
                    Dictionary<string, long> figures = permits.Events(citizenship, kind, year, part);
                    pending += figures["LODGED"] - figures["DECIDED"];
                    string quarter = $"{MixedRoman[part - 1]} кв. {year} р.";
                    rows.AddRange(figures.Select(e => Row(e.Value, ("KVARTAL", quarter), ("HROMADIANSTVO", country(citizenship)), ("VYD_ZAIAVY", kind), ("PODIIA", events[e.Key]))));
                    rows.Add(Row(pending, ("KVARTAL", quarter), ("HROMADIANSTVO", country(citizenship)), ("VYD_ZAIAVY", kind), ("PODIIA", "ZAL")));
                }
            }
        }

        return rows;
    }

    /// <summary>Kazakhstan: by region and category of worker, half-years in Kazakh; the regions add up to the country.</summary>
    public static IReadOnlyList<SampleRow> Kazakhstan(Func<string, string> country)
    {
        SyntheticPermits permits = new("KAZ", "CHN", "UZB", "TUR", "IND");
        Dictionary<string, string> events = new() { ["LODGED"] = "USYNYLDY", ["GRANTED"] = "BERILDI", ["REFUSED"] = "BASTARTU", ["CLOSED"] = "TOQTATU", ["DECIDED"] = "BARLYGY" };
        List<SampleRow> rows = [];
        foreach (string citizenship in permits.Citizenships)
        {
            foreach (string region in (string[])["71", "75", "23", "99"])
            {
                foreach (string category in (string[])["1", "2", "3", "4", "MAUSYM"])
                {
                    foreach ((int year, int part) in Periods(2))
                    {
                        foreach (string kind in (string[])["1", "2"])
                        {
                            rows.AddRange(permits.Events(citizenship, kind, year, part, region + category).Select(e => Row(
                                e.Value, ("KEZENG", $"{year} ж. {Roman[part - 1]} жартыжылдық"), ("AIMAQ", region), ("AZAMATTYQ", country(citizenship)), ("SANAT", category), ("OQIGA", $"{events[e.Key]}-{kind}"))));
                        }
                    }
                }
            }
        }

        return rows;
    }

    /// <summary>Kyrgyzstan: months, one combined key of country digits, frequency and sex.</summary>
    public static IReadOnlyList<SampleRow> Kyrgyzstan(Func<string, string> country)
    {
        SyntheticPermits permits = new("KGZ", "CHN", "TUR", "UZB", "IND", "PAK", "BGD");
        Dictionary<string, string> events = new() { ["LODGED"] = "BER", ["GRANTED"] = "URU", ["REFUSED"] = "BAS", ["CLOSED"] = "JAB", ["DECIDED"] = "BAR" };
        return permits.Citizenships.SelectMany(citizenship => ((string[])["1", "2"]).SelectMany(sex => Periods(12).SelectMany(p =>
            permits.Events(citizenship, sex, p.Year, p.Part).Select(e => Row(
                e.Value, ("AI", $"{p.Part:00}.{p.Year}"), ("ACHKYCH", $"KG-{country(citizenship)}-M-{sex}"), ("OKUIA", events[e.Key])))))).ToArray();
    }

    /// <summary>Moldova: country names in Romanian, "trim. III 2024", no totals.</summary>
    public static IReadOnlyList<SampleRow> Moldova(Func<string, string> country)
    {
        SyntheticPermits permits = new("MDA", "TUR", "UKR", "IND", "BGD", "UZB");
        Dictionary<string, string> events = new() { ["LODGED"] = "DEPUSE", ["GRANTED"] = "APROBATE", ["REFUSED"] = "RESPINSE", ["CLOSED"] = "INCETATE" };
        return permits.Citizenships.SelectMany(citizenship => ((string[])["ACORDARE", "PRELUNGIRE"]).SelectMany(kind => Periods(4).SelectMany(p =>
            permits.Events(citizenship, kind, p.Year, p.Part).Where(e => events.ContainsKey(e.Key)).Select(e => Row(
                e.Value, ("TRIMESTRU", $"trim. {Roman[p.Part - 1]} {p.Year}"), ("CETATENIE", country(citizenship)), ("OPERATIUNE", kind), ("STARE", events[e.Key])))))).ToArray();
    }

    /// <summary>A state that reports in the regional structure: quarters, or years only with figures under 25 suppressed.</summary>
    public static IReadOnlyList<SampleRow> Regional(string state, string organisation, bool yearly, params string[] citizenships)
    {
        SyntheticPermits permits = new(state, citizenships);
        List<SampleRow> rows = [];
        foreach ((int year, int part) in Periods(yearly ? 1 : 4))
        {
            Dictionary<(string Citizenship, string Kind, string Event), long> cells = [];
            foreach (string citizenship in permits.Citizenships)
            {
                foreach (string kind in (string[])["FIRST", "RENEW"])
                {
                    foreach ((string name, long figure) in permits.Events(citizenship, kind, year, part))
                    {
                        foreach (string sumCitizenship in (string[])[citizenship, "FOR"])
                        {
                            foreach (string sumKind in (string[])[kind, "_T"])
                            {
                                cells[(sumCitizenship, sumKind, name)] = cells.GetValueOrDefault((sumCitizenship, sumKind, name)) + figure;
                            }
                        }
                    }
                }
            }

            string period = yearly ? Text(year) : $"{year}-Q{part}";
            rows.AddRange(cells.Where(c => !yearly || c.Key.Kind == "_T").Select(c => RegionalRow(state, organisation, yearly ? "A" : "Q", period, c.Key, c.Value, yearly && c.Value < 25)));
        }

        return rows;
    }

    private static SampleRow RegionalRow(string state, string organisation, string frequency, string period, (string Citizenship, string Kind, string Event) cell, long figure, bool suppressed)
    {
        return new SampleRow(
            new Dictionary<string, string>
            {
                ["FREQ"] = frequency, ["REF_AREA"] = state, ["CITIZENSHIP"] = cell.Citizenship, ["SEX"] = "_T", ["AGE"] = "_T", ["APPL_TYPE"] = cell.Kind,
                ["CASE_EVENT"] = cell.Event, ["PERMIT_TYPE"] = "_T", ["UNIT_MEASURE"] = "AP", ["TIME_PERIOD"] = period,
            },
            suppressed ? null : Text(figure),
            new Dictionary<string, string>
            {
                ["OBS_STATUS"] = suppressed ? "Q" : "G", ["CONF_STATUS"] = suppressed ? "A" : "F", ["COMMENT_OBS"] = Note, ["TIME_PER_COLLECT"] = "S",
                ["SOURCE_TYPE"] = "PERM", ["COMPILING_ORG"] = organisation, ["UNIT_MULT"] = "0", ["DECIMALS"] = "0",
            });
    }

    private static SampleRow Row(long figure, params (string Dimension, string Value)[] key)
    {
        return new SampleRow(key.ToDictionary(k => k.Dimension, k => k.Value, StringComparer.Ordinal), Text(figure), None);
    }
}
