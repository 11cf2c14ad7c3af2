using System.Text;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Rest;

namespace Dsm.Fuzz.Targets;

/// <summary>Addresses of REST services: what is understood prints as an address that means the same; what is not has a reason.</summary>
public static class RestTargets
{
    private delegate RestOutcome Parser(string path, string? query, IssueList issues, out RestQuery? result);

    /// <summary>REST 1.5.</summary>
    public static void Rest15(ReadOnlySpan<byte> input) => Check(input, Sdmx.Rest.Rest15.Parse, Sdmx.Rest.Rest15.Print);

    /// <summary>REST 2.x.</summary>
    public static void Rest2(ReadOnlySpan<byte> input) => Check(input, Sdmx.Rest.Rest2.Parse, query => Sdmx.Rest.Rest2.Print(query));

    private static void Check(ReadOnlySpan<byte> input, Parser parse, Func<RestQuery, string?> print)
    {
        IssueList issues = new();
        RestQuery? query = Parse(parse, Encoding.UTF8.GetString(input), issues, out RestOutcome outcome);
        if (outcome == RestOutcome.Understood ? query is null : issues.Count == 0)
        {
            throw new FuzzFailure($"{outcome}, query {query}, {issues.Count} findings");
        }

        if (outcome == RestOutcome.Understood && print(query!) is { } first)
        {
            RestQuery? again = Parse(parse, first, issues, out RestOutcome second);
            if (second != RestOutcome.Understood)
            {
                throw new FuzzFailure($"{first} is {second}: {string.Join('\n', issues.Kept)}");
            }

            FuzzFailure.ThrowIfDifferent("addresses", first, print(again!) ?? "");
        }
    }

    private static RestQuery? Parse(Parser parse, string address, IssueList issues, out RestOutcome outcome)
    {
        int question = address.IndexOf('?', StringComparison.Ordinal);
        outcome = parse(question < 0 ? address : address[..question], question < 0 ? null : address[question..], issues, out RestQuery? query);
        return query;
    }
}
