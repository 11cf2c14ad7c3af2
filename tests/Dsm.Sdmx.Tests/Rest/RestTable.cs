using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Rest;

namespace Dsm.Sdmx.Tests.Rest;

/// <summary>
/// Rows <c>address -> result</c>. The result is the address as it is printed again (<c>=</c> for the same), <c>501</c>, <c>404</c>,
/// or the ids of the issues with the parameter or part they point at.
/// </summary>
internal static class RestTable
{
    public delegate RestOutcome Parser(string path, string? queryString, IssueList issues, out RestQuery? query);

    public static TheoryData<string, string> Rows(string table)
    {
        TheoryData<string, string> rows = [];
        foreach (string line in table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(l => l[0] != '#'))
        {
            string[] parts = line.Split(" -> ", 2);
            rows.Add(parts[0].Trim(), parts[1].Trim());
        }

        return rows;
    }

    public static void Check(string address, string expected, Parser parse, Func<RestQuery, string?> print)
    {
        IssueList issues = new();
        string[] parts = address.Split('?', 2);
        RestOutcome outcome = parse(parts[0], parts.Length > 1 ? parts[1] : null, issues, out RestQuery? query);
        string actual = outcome switch
        {
            RestOutcome.Understood => print(query!) ?? "(cannot be printed)",
            RestOutcome.NotImplemented => "501",
            RestOutcome.NoSuchResource => "404",
            _ => string.Join(' ', issues.Kept.Select(i => i.Code.Id + (i.Location.Component is { } at ? ":" + at : ""))),
        };
        actual.Should().Be(expected == "=" ? address : expected);
        (query is not null).Should().Be(outcome == RestOutcome.Understood);
        issues.HasErrors.Should().Be(outcome != RestOutcome.Understood);
        foreach (Issue issue in issues.Kept)
        {
            IssueText.For(issue, "ru").Should().NotBe(IssueText.For(issue, "en")).And.NotContain("{");
        }
    }
}
