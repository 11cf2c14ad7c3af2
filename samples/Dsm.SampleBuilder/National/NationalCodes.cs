namespace Dsm.SampleBuilder.National;

/// <summary>How one state writes the codes of the asylum procedure; keys are the codes of the published UNHCR files.</summary>
/// <param name="Type">Type of application.</param>
/// <param name="Level">Level of the decision.</param>
/// <param name="Procedure">Authority.</param>
/// <param name="Unit">Persons or cases.</param>
/// <param name="Outcome">Outcome: REC recognised, COMP other protection, NEG rejected, CLO closed, TOT total.</param>
public sealed record NationalCodes(
    Dictionary<string, string> Type,
    Dictionary<string, string> Level,
    Dictionary<string, string> Procedure,
    Dictionary<string, string> Unit,
    Dictionary<string, string> Outcome)
{
    /// <summary>The codes per state, as in the code lists under structures/national.</summary>
    public static IReadOnlyDictionary<string, NationalCodes> Of { get; } = new Dictionary<string, NationalCodes>
    {
        ["RUS"] = new NationalCodes(
            new() { ["N"] = "PERV", ["R"] = "POVT", ["A"] = "ZHAL", ["J"] = "SUD", ["V"] = "NEVYD", ["NR"] = "PERPOV", ["NA"] = "NEUK" },
            new() { ["FI"] = "1", ["AR"] = "2", ["FA"] = "3", ["JR"] = "4", ["RA"] = "5", ["TA"] = "6" },
            new() { ["G"] = "GOS", ["J"] = "SOVM", ["U"] = "UVKB" },
            new() { ["P"] = "CHEL", ["C"] = "DELO" },
            new() { ["REC"] = "POLOZH", ["COMP"] = "INAYA", ["NEG"] = "OTKAZ", ["CLO"] = "PREKR", ["TOT"] = "VSEGO" }),
        ["UKR"] = new NationalCodes(
            new() { ["N"] = "PERV", ["R"] = "POVT", ["A"] = "SKAR", ["J"] = "SUD", ["V"] = "NEVYD", ["NR"] = "PERPOV", ["NA"] = "NEVK" },
            new() { ["FI"] = "1", ["AR"] = "2", ["FA"] = "3", ["JR"] = "4", ["RA"] = "5", ["TA"] = "6" },
            new() { ["G"] = "DERZH", ["J"] = "SPIL", ["U"] = "UVKB" },
            new() { ["P"] = "OSIB", ["C"] = "SPRAV" },
            new() { ["REC"] = "STATUS", ["COMP"] = "DODZAH", ["NEG"] = "VIDM", ["CLO"] = "PRYP", ["TOT"] = "USOHO" }),
        ["BLR"] = new NationalCodes(
            new() { ["N"] = "01", ["R"] = "02", ["A"] = "03", ["J"] = "04", ["V"] = "05", ["NR"] = "06", ["NA"] = "07" },
            new() { ["FI"] = "10", ["AR"] = "20", ["FA"] = "30", ["JR"] = "40", ["RA"] = "50", ["TA"] = "60" },
            new() { ["G"] = "D", ["J"] = "S", ["U"] = "U" },
            new() { ["P"] = "AS", ["C"] = "SP" },
            new() { ["REC"] = "BEZH", ["COMP"] = "DAD", ["NEG"] = "ADM", ["CLO"] = "ZAK", ["TOT"] = "USIAHO" }),
        ["MDA"] = new NationalCodes(
            new() { ["N"] = "NOUA", ["R"] = "REPETATA", ["A"] = "CONTEST", ["J"] = "JUDEC", ["V"] = "NEDEF", ["NR"] = "NOUREP", ["NA"] = "NEIND" },
            new() { ["FI"] = "PRIMA", ["AR"] = "ADMIN", ["FA"] = "PRIMCONT", ["JR"] = "JUDEC", ["RA"] = "REP", ["TA"] = "TEMP" },
            new() { ["G"] = "STAT", ["J"] = "COMUN", ["U"] = "UNHCR" },
            new() { ["P"] = "PERS", ["C"] = "DOSAR" },
            new() { ["REC"] = "REFUGIAT", ["COMP"] = "UMANITAR", ["NEG"] = "RESPINS", ["CLO"] = "INCETAT", ["TOT"] = "TOTAL" }),
        ["KAZ"] = new NationalCodes(
            new() { ["N"] = "ALG", ["R"] = "QAI", ["A"] = "SHAG", ["J"] = "SOT", ["V"] = "BOL", ["NR"] = "ALGQAI", ["NA"] = "KOR" },
            new() { ["FI"] = "S1", ["AR"] = "S2", ["FA"] = "S3", ["JR"] = "S4", ["RA"] = "S5", ["TA"] = "S6" },
            new() { ["G"] = "MEM", ["J"] = "BIR", ["U"] = "BJKB" },
            new() { ["P"] = "ADAM", ["C"] = "IS" },
            new() { ["REC"] = "MART", ["COMP"] = "OZGE", ["NEG"] = "BAS", ["CLO"] = "JAB", ["TOT"] = "BARL" }),
        ["KGZ"] = new NationalCodes(
            new() { ["N"] = "N", ["R"] = "R", ["A"] = "A", ["J"] = "J", ["V"] = "V", ["NR"] = "NR", ["NA"] = "NA" },
            new() { ["FI"] = "FI", ["AR"] = "AR", ["FA"] = "FA", ["JR"] = "JR", ["RA"] = "RA", ["TA"] = "TA" },
            new() { ["G"] = "G", ["J"] = "J", ["U"] = "U" },
            new() { ["P"] = "P", ["C"] = "C" },
            new() { ["REC"] = "STATUS", ["COMP"] = "BASHKA", ["NEG"] = "BASH", ["CLO"] = "JABYK", ["TOT"] = "BARDYK" }),
        ["ARM"] = new NationalCodes(
            new() { ["N"] = "N_", ["R"] = "R_", ["A"] = "A_", ["J"] = "J_", ["V"] = "V_", ["NR"] = "NR", ["NA"] = "NA" },
            new() { ["FI"] = "FI", ["AR"] = "AR", ["FA"] = "FA", ["JR"] = "JR", ["RA"] = "RA", ["TA"] = "TA" },
            new() { ["G"] = "G", ["J"] = "J", ["U"] = "U" },
            new() { ["P"] = "P", ["C"] = "C" },
            new() { ["REC"] = "PAKH", ["COMP"] = "AYL", ["NEG"] = "MERZH", ["CLO"] = "PAK", ["TOT"] = "ENDAM" }),
        ["GEO"] = new NationalCodes(
            new() { ["N"] = "N", ["R"] = "R", ["A"] = "A", ["J"] = "J", ["V"] = "V", ["NR"] = "NR", ["NA"] = "NA" },
            new() { ["FI"] = "FI", ["AR"] = "AR", ["FA"] = "FA", ["JR"] = "JR", ["RA"] = "RA", ["TA"] = "TA" },
            new() { ["G"] = "G", ["J"] = "J", ["U"] = "U" },
            new() { ["P"] = "P", ["C"] = "C" },
            new() { ["REC"] = "LTO", ["COMP"] = "SKH", ["NEG"] = "UARI", ["CLO"] = "DAKH", ["TOT"] = "SUL" }),
    };
}
