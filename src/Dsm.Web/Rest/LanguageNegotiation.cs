using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Dsm.Sdmx.Model;

namespace Dsm.Web.Rest;

/// <summary>Languages asked for by parameter <c>lang</c> or the Accept-Language header (RFC 9110, section 12.5.4).</summary>
internal static partial class LanguageNegotiation
{
    /// <summary>
    /// Languages in order of preference; a language with a region is followed by itself without. Empty when any will do: nothing was
    /// said, or <c>*</c> comes first.
    /// </summary>
    public static ImmutableArray<string> Asked(RestCall call)
    {
        string header = Header(call);
        if (header.Length == 0)
        {
            return [];
        }

        (string Tag, double Weight)[] asked = [.. header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split(';', StringSplitOptions.TrimEntries))
            .Select(part => (part[0].ToLowerInvariant(), part.Length > 1 && part[1].StartsWith("q=", StringComparison.OrdinalIgnoreCase) ? Negotiation.Weight(part[1][2..]) : 1))
            .Where(l => l.Item2 > 0 && (l.Item1 == "*" || TagPattern().IsMatch(l.Item1)))
            .OrderByDescending(l => l.Item2)];
        return asked.Length == 0 || asked[0].Tag == "*"
            ? []
            : [.. asked.Where(l => l.Tag != "*").SelectMany(l => l.Tag.Contains('-', StringComparison.Ordinal) ? [l.Tag, l.Tag.Split('-')[0]] : new[] { l.Tag }).Distinct()];
    }

    /// <summary>Languages in order of preference for an answer that has one name each; English when any will do.</summary>
    public static ImmutableArray<string> Preferred(RestCall call) => Asked(call) is { IsEmpty: false } asked ? asked : ["en"];

    /// <summary>
    /// Those of the languages that there are, in the same order; where there is none of them the one that names are then shown in: English,
    /// or the first of all (see <see cref="LocalisedText.Best"/>).
    /// </summary>
    /// <param name="asked">Languages asked for.</param>
    /// <param name="known">Languages that there are, a set for each structure.</param>
    public static ImmutableArray<string> Spoken(ImmutableArray<string> asked, IEnumerable<FrozenSet<string>> known)
    {
        FrozenSet<string>[] sets = [.. known];
        ImmutableArray<string> spoken = asked.RemoveAll(l => !Array.Exists(sets, s => s.Contains(l)));
        return !spoken.IsEmpty ? spoken
            : sets.Length == 0 || Array.Exists(sets, s => s.Contains("en")) ? ["en"]
            : [.. sets.SelectMany(s => s).Order(StringComparer.Ordinal).Take(1)];
    }

    /// <summary>Languages to cut the texts of structures to, in order of preference; empty when all are wanted: nothing was said, or <c>*</c>.</summary>
    public static ImmutableArray<string> OfStructures(RestCall call)
        => Header(call).Split(',', ';').Any(p => p.Trim() == "*") ? [] : Asked(call);

    // What is no tag is not there: it would go into headers and messages.
    [GeneratedRegex("^[a-z]{2,8}(-[a-z0-9]{1,8})*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex TagPattern();

    private static string Header(RestCall call)
        => call.Address.Parameter("lang") is { Length: > 0 } lang ? lang : call.Http.Request.Headers.AcceptLanguage.ToString();
}
