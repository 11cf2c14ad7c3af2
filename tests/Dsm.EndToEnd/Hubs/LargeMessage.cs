using System.Globalization;

namespace Dsm.EndToEnd.Hubs;

/// <summary>A large regional message: monthly entries by citizenship, purpose and sex, as SDMX-CSV 1.0.</summary>
public static class LargeMessage
{
    /// <summary>The agreement it is for; the demonstration has no data under it.</summary>
    public const string Agreement = "urn:sdmx:org.sdmx.infomodel.registry.ProvisionAgreement=EECA:PA_ENTRY_UZB_BT(1.0.0)";

    private static readonly string[] Citizenships = "AFG ARM AUS AUT AZE BEL BGR BLR BRA CAN CHE CHN CZE DEU DNK EGY ESP EST FIN FRA GBR GEO GRC HUN IND IRN IRQ ISR ITA JPN KAZ KGZ KOR LTU LVA MDA".Split(' ');
    private static readonly string[] Purposes = ["TOUR", "STUD", "WORK", "PRIV", "_O"];
    private static readonly string[] Sexes = ["F", "M"];

    /// <summary>Observations it has.</summary>
    public static int Observations => Citizenships.Length * Purposes.Length * Sexes.Length * Years * 12;

    private const int Years = 25;

    /// <summary>Writes it.</summary>
    public static void Write(string file)
    {
        using StreamWriter csv = new(file);
        csv.Write("DATAFLOW,FREQ,REF_AREA,DIRECTION,CITIZENSHIP,COUNTERPART_AREA,PURPOSE,STAY_DURATION,SEX,UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,CONF_STATUS,TIME_PER_COLLECT,SOURCE_TYPE,COMPILING_ORG,UNIT_MULT\n");
        int figure = 0;
        foreach (string citizenship in Citizenships)
        {
            foreach (string purpose in Purposes)
            {
                foreach (string sex in Sexes)
                {
                    for (int month = 0; month < Years * 12; month++)
                    {
                        csv.Write(string.Create(
                            CultureInfo.InvariantCulture,
                            $"EECA:DF_ENTRY(1.0.0),M,UZB,IN,{citizenship},_T,{purpose},_T,{sex},PS,{2000 + (month / 12)}-{(month % 12) + 1:00},{figure++ % 9973},A,F,S,BORD,UZB_BT,0\n"));
                    }
                }
            }
        }
    }
}
