using System.Collections.Immutable;
using Dsm.Sdmx.Issues;

namespace Dsm.Exchange.Submissions;

/// <summary>The findings about one message, a list for each stage that makes some.</summary>
internal sealed class StageIssues
{
    public IssueList Read { get; } = new();

    public IssueList Validate { get; } = new();

    /// <summary>Of the map itself and of what comes out of it against the regional structure.</summary>
    public IssueList Map { get; } = new();

    public IssueList Check { get; } = new();

    public IssueList Merge { get; } = new();

    /// <summary>True when the message as a whole must not be used.</summary>
    public bool AreFatal => Read.HasErrors || Validate.HasErrors || Map.HasFatal || Check.HasFatal || Merge.HasFatal;

    /// <summary>Number of findings that forbid the use of the message.</summary>
    public long Forbidding => new[] { Read, Validate }.Sum(l => l.CountOf(Severity.Error)) + new[] { Read, Validate, Map, Check, Merge }.Sum(l => l.CountOf(Severity.Fatal));

    /// <summary>The findings for the database, in the order of the stages.</summary>
    public ImmutableArray<Finding> ToFindings(long submissionId)
    {
        List<Finding> findings = [];
        foreach ((string stage, IssueList list) in new[] { ("read", Read), ("validate", Validate), ("map", Map), ("check", Check), ("merge", Merge) })
        {
            foreach (IssueGroup group in list.Groups)
            {
                findings.Add(new Finding
                {
                    SubmissionId = submissionId,
                    Ordinal = findings.Count,
                    Stage = stage,
                    Code = group.Code.Id,
                    Severity = group.Severity,
                    Component = group.Component,
                    Arguments = group.Code.Arguments.Zip(group.Arguments).ToDictionary(p => p.First, p => p.Second),
                    Total = group.Total,
                    Observations = group.Observations,
                    Samples = [.. group.Samples.Select(s => s.Location)],
                });
            }
        }

        return [.. findings];
    }
}
