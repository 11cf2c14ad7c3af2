namespace Dsm.Exchange.Submissions;

/// <summary>
/// What became of every observation of a message. <see cref="Read"/> counts the observations received plus those a snapshot no longer
/// has (<see cref="Withdrawn"/>, contained in <see cref="Removed"/>), so that the counts must balance. Observations that were summed
/// into one each count as what became of the sum.
/// </summary>
public sealed record MergeCounts
{
    /// <summary>Observations read, withdrawn ones included.</summary>
    public long Read { get; init; }

    /// <summary>New in the warehouse.</summary>
    public long Added { get; init; }

    /// <summary>Other value or attributes than before.</summary>
    public long Changed { get; init; }

    /// <summary>Deleted by the message, or absent from a snapshot.</summary>
    public long Removed { get; init; }

    /// <summary>As before.</summary>
    public long Same { get; init; }

    /// <summary>Not taken, each with a finding that says why.</summary>
    public long Refused { get; init; }

    /// <summary>Of the removed, those that a snapshot no longer has.</summary>
    public long Withdrawn { get; init; }

    /// <summary>True when every observation read ended in exactly one place.</summary>
    public bool IsBalanced => Read == Added + Changed + Removed + Same + Refused;

    /// <summary>True when the warehouse changed.</summary>
    public bool HasChanges => Added + Changed + Removed > 0;

    /// <summary>Sum of two counts.</summary>
    public static MergeCounts operator +(MergeCounts left, MergeCounts right) => new()
    {
        Read = left.Read + right.Read,
        Added = left.Added + right.Added,
        Changed = left.Changed + right.Changed,
        Removed = left.Removed + right.Removed,
        Same = left.Same + right.Same,
        Refused = left.Refused + right.Refused,
        Withdrawn = left.Withdrawn + right.Withdrawn,
    };
}
