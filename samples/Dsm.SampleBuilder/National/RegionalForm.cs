using System.Globalization;
using Dsm.SampleBuilder.Published;

namespace Dsm.SampleBuilder.National;

/// <summary>
/// Published UNHCR rows in the regional structures: the files of the states that report in them, and for all states the answer the hub
/// must give for a published row.
/// </summary>
public static class RegionalForm
{
    /// <summary>The applications of one state; rows that meet in one regional key are added, as the maps of the other states do.</summary>
    public static IReadOnlyList<SampleRow> Applications(IEnumerable<PublishedApplication> rows, string organisation)
    {
        return rows.GroupBy(r => (r.Year, r.State, Citizenship: Citizenship(r.Origin), Type: ApplicationType(r.Type), r.Procedure, Unit: Unit(r.Unit)))
            .Select(g => new SampleRow(
                new Dictionary<string, string>
                {
                    ["FREQ"] = "A", ["REF_AREA"] = g.Key.State, ["CITIZENSHIP"] = g.Key.Citizenship, ["SEX"] = "_T", ["AGE"] = "_T", ["APPL_TYPE"] = g.Key.Type,
                    ["PROC_AUTH"] = g.Key.Procedure, ["CASE_EVENT"] = "LODGED", ["UNIT_MEASURE"] = g.Key.Unit, ["TIME_PERIOD"] = Text(g.Key.Year),
                },
                Text(g.Sum(r => r.Applied)),
                Attributes(organisation, string.Join("; ", g.Select(r => r.Type).Distinct().Order(StringComparer.Ordinal).SelectMany(t => AsylumForms.Notes(t).Values)))))
            .ToArray();
    }

    /// <summary>The decisions of one state.</summary>
    public static IReadOnlyList<SampleRow> Decisions(IEnumerable<PublishedDecision> rows, string organisation)
    {
        return rows.SelectMany(r => AsylumForms.Outcomes(r).Select(o => (Row: r, o.Outcome, o.Figure)))
            .GroupBy(x => (x.Row.Year, x.Row.State, Citizenship: Citizenship(x.Row.Origin), Level: Level(x.Row.Level), x.Row.Procedure, Outcome: Outcome(x.Row.Level, x.Outcome), Unit: Unit(x.Row.Unit)))
            .Select(g => new SampleRow(
                new Dictionary<string, string>
                {
                    ["FREQ"] = "A", ["REF_AREA"] = g.Key.State, ["CITIZENSHIP"] = g.Key.Citizenship, ["SEX"] = "_T", ["AGE"] = "_T", ["DEC_LEVEL"] = g.Key.Level,
                    ["PROC_AUTH"] = g.Key.Procedure, ["OUTCOME"] = g.Key.Outcome, ["UNIT_MEASURE"] = g.Key.Unit, ["TIME_PERIOD"] = Text(g.Key.Year),
                },
                Text(g.Sum(x => x.Figure)),
                Attributes(organisation, "")))
            .ToArray();
    }

    /// <summary>Regional citizenship of a published origin.</summary>
    public static string Citizenship(string origin)
    {
        return origin switch { "XXA" => "STLS", "UNK" => "_U", "TIB" => "_X", _ => origin };
    }

    /// <summary>Regional type of application: V does not separate the stage, the other codes are not among the regional ones.</summary>
    public static string ApplicationType(string type)
    {
        return type switch { "N" or "R" or "A" => type, "V" => "_U", _ => "_O" };
    }

    /// <summary>Regional level: temporary asylum (TA) is decided in the first instance.</summary>
    public static string Level(string level)
    {
        return level == "TA" ? "FI" : level;
    }

    /// <summary>Regional outcome of a figure (REC, COMP, NEG, CLO, TOT): what is "recognized" at the level TA is temporary asylum.</summary>
    public static string Outcome(string level, string outcome)
    {
        return (level, outcome) switch { ("TA", "REC") => "TEMP", (_, "TOT") => "_T", _ => outcome };
    }

    /// <summary>Regional unit: persons or cases.</summary>
    public static string Unit(string unit)
    {
        return unit == "C" ? "CS" : "PS";
    }

    private static Dictionary<string, string> Attributes(string organisation, string comment)
    {
        Dictionary<string, string> attributes = new()
        {
            ["OBS_STATUS"] = "A", ["CONF_STATUS"] = "F", ["TIME_PER_COLLECT"] = "S", ["SOURCE_TYPE"] = "ASYL", ["COMPILING_ORG"] = organisation,
            ["ROUNDING"] = "FLOOR5", ["UNIT_MULT"] = "0", ["DECIMALS"] = "0",
        };
        if (comment.Length > 0)
        {
            attributes["COMMENT_OBS"] = comment;
        }

        return attributes;
    }

    private static string Text(long number)
    {
        return number.ToString(CultureInfo.InvariantCulture);
    }
}
