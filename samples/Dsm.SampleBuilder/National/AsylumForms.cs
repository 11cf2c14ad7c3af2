using System.Globalization;
using Dsm.SampleBuilder.Published;

namespace Dsm.SampleBuilder.National;

/// <summary>Writes one published row of UNHCR the way each national office writes it. Every published row becomes rows of its own: nothing is summed here.</summary>
public sealed class AsylumForms(IReadOnlyDictionary<string, CountryCodes> countries)
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();
    private static readonly DateTime SpreadsheetZero = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>The published row of an application in the national form of its state.</summary>
    public SampleRow Application(PublishedApplication row)
    {
        Dictionary<string, string> key = row.State is "TJK" or "UZB" ? UnhcrKey(row) : NationalKey(row, NationalCodes.Of[row.State]);
        return new SampleRow(key, Text(row.Applied), Notes(row.Type));
    }

    /// <summary>The five figures of a published decision in the national form of its state.</summary>
    public IEnumerable<SampleRow> Decision(PublishedDecision row)
    {
        foreach ((string outcome, long figure) in Outcomes(row))
        {
            Dictionary<string, string> key = row.State is "TJK" or "UZB" ? UnhcrKey(row, outcome) : NationalKey(row, NationalCodes.Of[row.State], outcome);
            yield return new SampleRow(key, Text(figure), None);
        }
    }

    /// <summary>
    /// The five figures by outcome. At the level TA (temporary asylum) the published column "recognized" counts temporary asylum granted;
    /// it is a kind of complementary protection, so the figure of COMP includes it there.
    /// </summary>
    public static IEnumerable<(string Outcome, long Figure)> Outcomes(PublishedDecision row)
    {
        yield return ("REC", row.Recognized);
        yield return ("COMP", row.Level == "TA" ? row.Other + row.Recognized : row.Other);
        yield return ("NEG", row.Rejected);
        yield return ("CLO", row.Closed);
        yield return ("TOT", row.Total);
    }

    /// <summary>The comment that tells which published type is behind the regional code "other".</summary>
    public static IReadOnlyDictionary<string, string> Notes(string type)
    {
        return type is "J" or "NR" or "NA"
            ? new Dictionary<string, string> { ["NOTE"] = $"Application type {type} in the UNHCR file. Вид ходатайства {type} в файле УВКБ ООН." }
            : None;
    }

    private Dictionary<string, string> NationalKey(PublishedApplication r, NationalCodes c)
    {
        string type = c.Type[r.Type];
        string level = c.Level[r.Level];
        string procedure = c.Procedure[r.Procedure];
        string unit = c.Unit[r.Unit];
        string country = Country(r.State, r.Origin, r.Year);
        return r.State switch
        {
            "RUS" => Key(r.Year, ("STRANA", country), ("VID", type), ("STADIYA", level), ("PROTSEDURA", procedure), ("EDINITSA", unit)),
            "UKR" => Key(null, ("RIK", $"{r.Year} р."), ("HROMADIANSTVO", country), ("ZVERNENNIA", $"{type}-{level}"), ("ORHAN", procedure), ("ODYNYTSIA", unit)),
            "ARM" => Key(r.Year, ("SHARK", $"{country}-{procedure}-{type}-{level}-{unit}")),
            "GEO" => Key(r.Year, ("ERTEULI", unit), ("MOKALAKEOBA", country), ("ORGANO", procedure), ("TIPI", type), ("INSTANCIA", level)),
            "KAZ" => Key(null, ("KEZENG", $"{r.Year} ж."), ("AZAMATTYQ", country), ("OTINISH", type), ("SATY", level), ("RASIM", procedure), ("OLSHEM", unit)),
            "KGZ" => Key(null, ("KUN", $"31.12.{r.Year}"), ("JARANDYK", country), ("ACHKYCH", $"{procedure}-{type}-{level}-{unit}")),
            "MDA" => Key(r.Year, ("CETATENIE", country), ("TIP_CERERE", type), ("INSTANTA", level), ("AUTORITATE", procedure), ("UNITATE", unit)),
            "BLR" => Key(null, ("HRAMADZIANSTVA", country), ("VID", type), ("INSTANCYIA", level), ("ORHAN", procedure), ("ADZINKA", unit), ("DATA", Serial(r.Year))),
            _ => throw new InvalidOperationException($"No national form for {r.State}."),
        };
    }

    private Dictionary<string, string> NationalKey(PublishedDecision r, NationalCodes c, string outcome)
    {
        string level = c.Level[r.Level];
        string procedure = c.Procedure[r.Procedure];
        string unit = c.Unit[r.Unit];
        string result = c.Outcome[outcome];
        string country = Country(r.State, r.Origin, r.Year);
        return r.State switch
        {
            "RUS" => Key(r.Year, ("STRANA", country), ("STADIYA", level), ("RESHENIE", result), ("PROTSEDURA", procedure), ("EDINITSA", unit)),
            "UKR" => Key(null, ("RIK", $"{r.Year} р."), ("HROMADIANSTVO", country), ("RISHENNIA", $"{result}-{level}"), ("ORHAN", procedure), ("ODYNYTSIA", unit)),
            "ARM" => Key(r.Year, ("SHARK", $"{country}-{procedure}-{level}-{unit}"), ("VOROSHUM", result)),
            "GEO" => Key(r.Year, ("ERTEULI", unit), ("MOKALAKEOBA", country), ("ORGANO", procedure), ("INSTANCIA", level), ("SHEDEGI", result)),
            "KAZ" => Key(null, ("KEZENG", $"{r.Year} ж."), ("AZAMATTYQ", country), ("SATY", level), ("SHESHIM", result), ("RASIM", procedure), ("OLSHEM", unit)),
            "KGZ" => Key(null, ("KUN", $"31.12.{r.Year}"), ("JARANDYK", country), ("ACHKYCH", $"{procedure}-{level}-{unit}"), ("CHECHIM", result)),
            "MDA" => Key(r.Year, ("CETATENIE", country), ("INSTANTA", level), ("DECIZIE", result), ("AUTORITATE", procedure), ("UNITATE", unit)),
            "BLR" => Key(null, ("HRAMADZIANSTVA", country), ("INSTANCYIA", level), ("RASHENNE", result), ("ORHAN", procedure), ("ADZINKA", unit), ("DATA", Serial(r.Year))),
            _ => throw new InvalidOperationException($"No national form for {r.State}."),
        };
    }

    private static Dictionary<string, string> UnhcrKey(PublishedApplication r)
    {
        return Key(r.Year, ("COA", r.StateUnhcr), ("COO", r.OriginUnhcr), ("PROCEDURE_TYPE", r.Procedure), ("APP_TYPE", r.Type), ("DEC_LEVEL", r.Level), ("PC", r.Unit));
    }

    private static Dictionary<string, string> UnhcrKey(PublishedDecision r, string outcome)
    {
        string decision = outcome switch { "REC" => "RECOGNIZED", "COMP" => "OTHER", "NEG" => "REJECTED", "CLO" => "CLOSED", _ => "TOTAL" };
        return Key(r.Year, ("COA", r.StateUnhcr), ("COO", r.OriginUnhcr), ("PROCEDURE_TYPE", r.Procedure), ("DEC_LEVEL", r.Level), ("PC", r.Unit), ("DECISION", decision));
    }

    /// <summary>The country in the code or the words of the state; UNK unknown, XXA stateless, TIB Tibetan.</summary>
    public string Country(string state, string origin, int year)
    {
        int special = Array.IndexOf(["XXA", "UNK", "TIB"], origin);
        return state switch
        {
            "RUS" => special < 0 ? countries[origin].M49 : ((string[])["LBG", "NEUST", "VNE"])[special],
            "UKR" => special < 0 ? countries[origin].Alpha2 : ((string[])["XA", "XX", "XT"])[special],
            "ARM" => special < 0 ? origin : ((string[])["STA", "UNK", "TIB"])[special],
            "GEO" => origin,
            "KAZ" => special < 0 ? countries[origin].Alpha2 : ((string[])["X0", "X9", "X8"])[special],
            "KGZ" => special < 0 ? countries[origin].M49.TrimStart('0') : ((string[])["9001", "9009", "9008"])[special],
            "MDA" => special < 0 ? Letters(countries[origin].Romanian, year) : ((string[])["Apatrizi", "Necunoscut", "Alt teritoriu"])[special],
            "BLR" => special < 0 ? origin : ((string[])["APA", "NEV", "TYB"])[special],
            _ => throw new InvalidOperationException($"No country codes for {state}."),
        };
    }

    /// <summary>Older Moldovan files have the letters with cedilla, newer ones with comma below.</summary>
    private static string Letters(string name, int year)
    {
        return year < 2012
            ? name.Replace('ș', 'ş').Replace('ț', 'ţ').Replace('Ș', 'Ş').Replace('Ț', 'Ţ')
            : name.Replace('ş', 'ș').Replace('ţ', 'ț').Replace('Ş', 'Ș').Replace('Ţ', 'Ț');
    }

    private static string Serial(int year)
    {
        return Text((new DateTime(year, 12, 31, 0, 0, 0, DateTimeKind.Unspecified) - SpreadsheetZero).Days);
    }

    private static string Text(long number)
    {
        return number.ToString(CultureInfo.InvariantCulture);
    }

    private static Dictionary<string, string> Key(int? year, params (string Dimension, string Value)[] values)
    {
        Dictionary<string, string> key = values.ToDictionary(v => v.Dimension, v => v.Value, StringComparer.Ordinal);
        if (year is int y)
        {
            key["TIME_PERIOD"] = Text(y);
        }

        return key;
    }
}
