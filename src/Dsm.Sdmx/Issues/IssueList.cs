namespace Dsm.Sdmx.Issues;

/// <summary>
/// Collects findings. Every finding is counted; of each group (same code, component and arguments) only the first few are kept,
/// so that memory stays bounded however bad the message. Not thread-safe: one list a message.
/// </summary>
public sealed class IssueList
{
    private readonly Dictionary<(string Code, string? Component, string Arguments), IssueGroup> _groups = [];
    private readonly Dictionary<string, IssueGroup> _overflow = [];
    private readonly long[] _bySeverity = new long[4];

    /// <summary>How many findings of one group are kept as samples.</summary>
    public int SamplesPerGroup { get; init; } = 20;

    /// <summary>How many groups are kept apart; later ones are counted in one group a code.</summary>
    public int MaxGroups { get; init; } = 2000;

    /// <summary>Number of all findings.</summary>
    public long Count => _bySeverity.Sum();

    /// <summary>Worst severity found; null when there is no finding.</summary>
    public Severity? Worst
    {
        get
        {
            for (int s = 3; s >= 0; s--)
            {
                if (_bySeverity[s] > 0)
                {
                    return (Severity)s;
                }
            }

            return null;
        }
    }

    /// <summary>True when a finding of severity Error or Fatal was made.</summary>
    public bool HasErrors => Worst >= Severity.Error;

    /// <summary>True when the message as a whole cannot be used.</summary>
    public bool HasFatal => Worst == Severity.Fatal;

    /// <summary>The groups in the order they first occurred.</summary>
    public IEnumerable<IssueGroup> Groups => _groups.Values.Concat(_overflow.Values);

    /// <summary>The kept findings, group by group.</summary>
    public IEnumerable<Issue> Kept => Groups.SelectMany(g => g.Samples);

    /// <summary>Number of findings of a severity.</summary>
    public long CountOf(Severity severity) => _bySeverity[(int)severity];

    /// <summary>Number of findings of a code.</summary>
    public long CountOf(IssueCode code) => Groups.Where(g => g.Code == code).Sum(g => g.Total);

    /// <summary>Adds a finding.</summary>
    public void Add(Issue issue)
    {
        ArgumentNullException.ThrowIfNull(issue);
        _bySeverity[(int)issue.Severity]++;
        (string, string?, string) id = (issue.Code.Id, issue.Location.Component, string.Join('\u001f', issue.Arguments));
        if (!_groups.TryGetValue(id, out IssueGroup? group))
        {
            if (_groups.Count < MaxGroups)
            {
                _groups.Add(id, group = new IssueGroup(issue.Code, issue.Location.Component, issue.Arguments));
            }
            else if (!_overflow.TryGetValue(issue.Code.Id, out group))
            {
                _overflow.Add(issue.Code.Id, group = new IssueGroup(issue.Code, null, issue.Arguments) { IsOverflow = true });
            }
        }

        group.Add(issue, SamplesPerGroup);
    }

    /// <summary>Adds a finding by its parts.</summary>
    public void Add(IssueCode code, Location location, params object?[] arguments) => Add(new Issue(code, location, arguments));
}
