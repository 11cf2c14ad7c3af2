using System.Globalization;
using System.Text;
using Sylvan.Data.Csv;

namespace Dsm.SampleBuilder.Published;

/// <summary>One row of the UNHCR file of asylum applications.</summary>
public sealed record PublishedApplication(int Year, string Origin, string OriginUnhcr, string State, string StateUnhcr, string Procedure, string Type, string Level, string Unit, long Applied);

/// <summary>One row of the UNHCR file of asylum decisions.</summary>
public sealed record PublishedDecision(int Year, string Origin, string OriginUnhcr, string State, string StateUnhcr, string Procedure, string Level, string Unit, long Recognized, long Other, long Rejected, long Closed, long Total);

/// <summary>Reads the published files as they lie in ../shared/realdata.</summary>
public sealed class PublishedFigures(string shared)
{
    /// <summary>All 4,692 rows of asylum_applications_coa12.csv.</summary>
    public IReadOnlyList<PublishedApplication> Applications()
    {
        return Rows("unhcr/asylum_applications_coa12.csv").Select(r => new PublishedApplication(
            (int)Number(r["year"]), r["coo_iso"], r["coo"], r["coa_iso"], r["coa"], r["procedure_type"], r["app_type"], r["dec_level"], r["app_pc"], Number(r["applied"]))).ToArray();
    }

    /// <summary>All 4,703 rows of asylum_decisions_coa12.csv.</summary>
    public IReadOnlyList<PublishedDecision> Decisions()
    {
        return Rows("unhcr/asylum_decisions_coa12.csv").Select(r => new PublishedDecision(
            (int)Number(r["year"]), r["coo_iso"], r["coo"], r["coa_iso"], r["coa"], r["procedure_type"], r["dec_level"], r["dec_pc"],
            Number(r["dec_recognized"]), Number(r["dec_other"]), Number(r["dec_rejected"]), Number(r["dec_closed"]), Number(r["dec_total"]))).ToArray();
    }

    /// <summary>The Russian ministry's table of 2016 by citizenship: column name to text per row.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> RussianMinistry2016()
    {
        return Rows("russia-mvd-2016/mvd_2016_by_citizenship.csv");
    }

    /// <summary>Armenian visitors that are tourists: direction, freq, period_as_published, tourists.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> ArmenianTourists()
    {
        return Rows("armenia-tourism/armstat_tourists_long.csv");
    }

    /// <summary>Georgian monthly trips by citizens of Russia.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> GeorgianMonthlyTrips()
    {
        return Rows("georgia-mia-gnta/salukvadze_fig_1_russia_trips.csv");
    }

    /// <summary>Georgian yearly trips by kind.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> GeorgianYearlyTrips()
    {
        return Rows("georgia-mia-gnta/khokhobaia_gugushvili_fig_3_tourism_trips_1995.csv");
    }

    /// <summary>Country codes: alpha-3 to alpha-2, M49 and the Romanian name.</summary>
    public IReadOnlyDictionary<string, CountryCodes> Countries()
    {
        Dictionary<string, string> romanian = Rows("iso3166-national-languages.csv").ToDictionary(r => r["alpha3"], r => r["name_ro"]);
        return Rows("../domain/cl_citizenship_crosswalk.csv")
            .Where(r => r["m49"].Length > 0)
            .Select(r => new CountryCodes(r["regional"] == "XKK" ? "XKX" : r["regional"], r["regional"] == "XKK" ? "XK" : r["sdmx_cl_area"], r["m49"].PadLeft(3, '0'), romanian.GetValueOrDefault(r["regional"], "")))
            .ToDictionary(c => c.Alpha3);
    }

    /// <summary>A published figure; blanks inside it do not occur in these files.</summary>
    public static long Number(string text)
    {
        return long.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture);
    }

    private IReadOnlyDictionary<string, string>[] Rows(string file)
    {
        using StreamReader text = new(Path.Combine(shared, "realdata", file), Encoding.UTF8);
        using CsvDataReader reader = CsvDataReader.Create(text);
        List<IReadOnlyDictionary<string, string>> rows = [];
        while (reader.Read())
        {
            Dictionary<string, string> row = new(StringComparer.Ordinal);
            for (int i = 0; i < reader.FieldCount; i++)
            {
                row[reader.GetName(i)] = reader.GetString(i);
            }

            rows.Add(row);
        }

        return [.. rows];
    }
}

/// <summary>The codes of one country in other systems.</summary>
public sealed record CountryCodes(string Alpha3, string Alpha2, string M49, string Romanian);
