using System.Collections.Immutable;

namespace Dsm.Sdmx.Issues;

/// <summary>Findings with the same cause: same code, component and arguments. Accumulates; made by <see cref="IssueList"/>.</summary>
public sealed class IssueGroup
{
    private readonly List<Issue> _samples = [];

    internal IssueGroup(IssueCode code, string? component, ImmutableArray<string> arguments)
    {
        Code = code;
        Component = component;
        Arguments = arguments;
    }

    /// <summary>The kind of finding.</summary>
    public IssueCode Code { get; }

    /// <summary>The component concerned, or null.</summary>
    public string? Component { get; }

    /// <summary>Arguments shared by the group (those of the first finding in an overflow group).</summary>
    public ImmutableArray<string> Arguments { get; }

    /// <summary>True when the group gathers findings of one code with various causes, because there were too many groups.</summary>
    public bool IsOverflow { get; init; }

    /// <summary>Number of findings.</summary>
    public long Total { get; private set; }

    /// <summary>Number of observations the findings stand for.</summary>
    public long Observations { get; private set; }

    /// <summary>The first findings, with their locations.</summary>
    public IReadOnlyList<Issue> Samples => _samples;

    /// <summary>Severity of the code.</summary>
    public Severity Severity => Code.Severity;

    /// <summary>The group's text in a language.</summary>
    public string Text(string language) => IssueText.Format(Code, Arguments.AsSpan(), language);

    internal void Add(Issue issue, int keep)
    {
        Total++;
        Observations += issue.Observations;
        if (_samples.Count < keep)
        {
            _samples.Add(issue);
        }
    }
}
