using System.Collections.Immutable;

namespace Dsm.Web.Rest;

/// <summary>Languages asked for by parameter <c>lang</c> or the Accept-Language header (RFC 9110, section 12.5.4).</summary>
internal static class LanguageNegotiation
{
    /// <summary>
    /// Languages in order of preference; a language with a region is followed by itself without. Empty when any will do: nothing was
    /// said, or <c>*</c> comes first.
    /// </summary>
    public static ImmutableArray<string> Asked(RestCall call)
    {
        (string Tag, double Weight)[] asked = [.. Header(call).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split(';', StringSplitOptions.TrimEntries))
            .Select(part => (part[0].ToLowerInvariant(), part.Length > 1 && part[1].StartsWith("q=", StringComparison.OrdinalIgnoreCase) ? Negotiation.Weight(part[1][2..]) : 1))
            .Where(l => l is { Item2: > 0, Item1.Length: > 0 })
            .OrderByDescending(l => l.Item2)];
        return asked.Length == 0 || asked[0].Tag == "*"
            ? []
            : [.. asked.Where(l => l.Tag != "*").SelectMany(l => l.Tag.Contains('-', StringComparison.Ordinal) ? [l.Tag, l.Tag.Split('-')[0]] : new[] { l.Tag }).Distinct()];
    }

    /// <summary>Languages in order of preference for an answer that has one name each; English when any will do.</summary>
    public static ImmutableArray<string> Preferred(RestCall call) => Asked(call) is { IsEmpty: false } asked ? asked : ["en"];

    private static string Header(RestCall call)
        => call.Address.Parameter("lang") is { Length: > 0 } lang ? lang : call.Http.Request.Headers.AcceptLanguage.ToString();
}
