using System.Globalization;

namespace Dsm.SampleBuilder.National;

/// <summary>
/// Work permits of one state, made up: no state of the region publishes them by citizenship. The figures follow from the names alone (the same on
/// every machine), hold together (decided = granted + refused + closed; pending carries over) and are marked as synthetic wherever they go.
/// </summary>
public sealed class SyntheticPermits
{
    /// <summary>The note every synthetic observation carries.</summary>
    public const string Note = "Synthetic demonstration figure, not an official statistic. Синтетические данные для демонстрации, не официальная статистика.";

    private readonly string state;

    /// <summary>Permits of <paramref name="state"/> for the citizens of <paramref name="citizenships"/>.</summary>
    public SyntheticPermits(string state, params string[] citizenships)
    {
        this.state = state;
        Citizenships = citizenships;
    }

    /// <summary>The citizenships there are figures for.</summary>
    public IReadOnlyList<string> Citizenships { get; }

    /// <summary>Periods of a frequency in the years 2022 to 2024: number of the period within the year, counted from 1.</summary>
    public static IEnumerable<(int Year, int Part)> Periods(int partsPerYear)
    {
        return Enumerable.Range(2022, 3).SelectMany(year => Enumerable.Range(1, partsPerYear).Select(part => (year, part)));
    }

    /// <summary>The case events of one citizenship, kind of application and period.</summary>
    public Dictionary<string, long> Events(string citizenship, string kind, int year, int part, string extra = "")
    {
        long lodged = 20 + (Hash(state, citizenship, kind, extra) % 380) + (Hash(state, citizenship, kind, extra, Text(year), Text(part)) % 60);
        long decided = lodged - (Hash(state, citizenship, Text(year), Text(part), kind, "decided") % 9);
        long refused = decided * (3 + (Hash(state, citizenship, kind) % 9)) / 100;
        long closed = decided / 50;
        return new Dictionary<string, long> { ["LODGED"] = lodged, ["GRANTED"] = decided - refused - closed, ["REFUSED"] = refused, ["CLOSED"] = closed, ["DECIDED"] = decided };
    }

    /// <summary>FNV-1a over the texts: stable over machines and versions, which string.GetHashCode is not.</summary>
    public static long Hash(params string[] texts)
    {
        uint hash = 2166136261;
        foreach (char c in string.Join('|', texts))
        {
            hash = (hash ^ c) * 16777619;
        }

        return hash;
    }

    /// <summary>A number as it is written.</summary>
    public static string Text(long number)
    {
        return number.ToString(CultureInfo.InvariantCulture);
    }
}
