using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Fuzz.Targets;

/// <summary>Values with a syntax of their own: what is read prints as a text that reads as the same value.</summary>
public static class NameTargets
{
    private static readonly SdmxVersion[] Versions = [.. new[] { "1.0", "1.0.0", "1.2.3", "1.2.3-draft", "2.0.0", "2.10.0" }.Select(SdmxVersion.Parse)];

    /// <summary>URNs, versions, version queries, time periods, observation values.</summary>
    public static void Names(ReadOnlySpan<byte> input)
    {
        string text = Encoding.UTF8.GetString(input);
        Urn(text);
        Version(text);
        Query(text);
        Period(text);
        Value(text);
    }

    private static void Urn(string text)
    {
        if (StructureReference.TryParseUrn(text, out StructureReference? urn)
            && !(StructureReference.TryParseUrn(urn.Urn, out StructureReference? again) && again == urn))
        {
            throw new FuzzFailure($"URN {text} prints as {urn.Urn}");
        }
    }

    private static void Version(string text)
    {
        if (SdmxVersion.TryParse(text, out SdmxVersion version)
            && !(SdmxVersion.TryParse(version.ToString(), out SdmxVersion again) && again == version && version.CompareTo(again) == 0))
        {
            throw new FuzzFailure($"version {text} prints as {version}");
        }
    }

    private static void Query(string text)
    {
        // Each is told once, whatever is asked.
        if (VersionQuery.TryParse(text, out VersionQuery? query))
        {
            SdmxVersion[] selected = [.. query.Select(Versions, v => v)];
            if (selected.Length != selected.Distinct().Count())
            {
                throw new FuzzFailure($"version query {text} gives {string.Join(' ', selected)}");
            }
        }
    }

    private static void Period(string text)
    {
        if (!TimePeriod.TryParse(text, out TimePeriod period))
        {
            return;
        }

        if (!TimePeriod.TryParse(period.ToString(), out TimePeriod again) || again != period || again.ToString() != period.ToString())
        {
            throw new FuzzFailure($"period {text} prints as {period}");
        }

        if (period.End < period.Start)
        {
            throw new FuzzFailure($"period {text} ends {period.End:O} before it starts {period.Start:O}");
        }
    }

    private static void Value(string text)
    {
        ObservationValue value = ObservationValue.Parse(text);
        FuzzFailure.ThrowIfDifferent("values", text, value.ToString());
        Span<char> small = stackalloc char[3];
        value.TryFormat(small, out _);
    }
}
