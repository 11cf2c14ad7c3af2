using System.Text;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Rest;

namespace Dsm.Exchange.Queries;

/// <summary>The address of a query over SDMX REST, taken apart.</summary>
/// <param name="Line">The line of REST.</param>
/// <param name="Path">Path after the prefix of the line, not decoded.</param>
/// <param name="Parameters">Parameters without their question mark, not decoded; empty for none.</param>
public sealed record QueryAddress(QueryLine Line, string Path, string Parameters)
{
    /// <summary>Most characters of an address; a little less than the service itself takes.</summary>
    public const int MaxLength = 7000;

    /// <summary>
    /// Takes an address apart that begins with <c>/sdmx/v1/</c> or <c>/sdmx/v2/</c>; null when it does not, or holds what no request can
    /// hold. What browsers show decoded, such as blanks and letters other than Latin ones, is encoded again.
    /// </summary>
    public static QueryAddress? Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string? rest = null;
        QueryLine line = default;
        foreach (QueryLine one in Enum.GetValues<QueryLine>())
        {
            if (text.StartsWith(Prefix(one), StringComparison.OrdinalIgnoreCase))
            {
                (line, rest) = (one, text[Prefix(one).Length..]);
            }
        }

        if (rest is null || rest.Any(char.IsControl))
        {
            return null;
        }

        int fragment = rest.IndexOf('#', StringComparison.Ordinal);
        rest = Encode(fragment < 0 ? rest : rest[..fragment]);

        // The service takes "&format=..." after an address without parameters, too.
        int question = rest.IndexOf('?', StringComparison.Ordinal);
        question = question < 0 ? rest.IndexOf('&', StringComparison.Ordinal) : question;
        string path = (question < 0 ? rest : rest[..question]).TrimStart('/');
        return path.Length == 0 ? null : new QueryAddress(line, path, question < 0 ? "" : rest[(question + 1)..]);
    }

    /// <summary>Reads it with the parser of the service; null when that does not understand it, with its findings.</summary>
    public RestQuery? Parse(IssueList issues)
    {
        RestOutcome outcome = Line == QueryLine.V1 ? Rest15.Parse(Path, Parameters, issues, out RestQuery? query) : Rest2.Parse(Path, Parameters, issues, out query);
        return outcome == RestOutcome.Understood ? query : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Prefix(Line) + Path + (Parameters.Length == 0 ? "" : "?" + Parameters);

    private static string Prefix(QueryLine line) => line == QueryLine.V1 ? "/sdmx/v1/" : "/sdmx/v2/";

    private static string Encode(string text)
    {
        StringBuilder encoded = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isAllowed = rune.Value is > ' ' and < 0x7F && !"\"<>\\^`{|}".Contains((char)rune.Value, StringComparison.Ordinal);
            encoded.Append(isAllowed ? rune.ToString() : Uri.EscapeDataString(rune.ToString()));
        }

        return encoded.ToString();
    }
}
