using System.Collections.Immutable;
using Dsm.Exchange.Queries;
using Dsm.Sdmx.Issues;

namespace Dsm.Exchange.Registry.Impact;

/// <summary>What becomes of a saved query, the mildest first.</summary>
public enum QueryVerdict
{
    /// <summary>It would be answered as before, by the structure that changed.</summary>
    StillRight,

    /// <summary>It asks for several flows, structures or agreements, and some of them would not answer any more.</summary>
    AnswersLess,

    /// <summary>It names codes that would be gone; they would match nothing.</summary>
    NamesGoneCodes,

    /// <summary>The codes of its key would stand at the places of other dimensions, so that it asks for something else.</summary>
    KeyMeansOther,

    /// <summary>It would be refused, because it names a component that would be gone, or its key would not fit.</summary>
    Refused,

    /// <summary>Nothing of what it names would be there.</summary>
    Gone,
}

/// <summary>A number of saved queries that a change touches alike.</summary>
/// <param name="State">Code of the state their owners work for; null for the region's people and for readers.</param>
/// <param name="Organisation">Id of the data provider they work for, when it is one; else null.</param>
/// <param name="Timing">When.</param>
/// <param name="Verdict">What becomes of them.</param>
/// <param name="Queries">How many.</param>
public sealed record QueryCount(string? State, string? Organisation, ImpactTiming Timing, QueryVerdict Verdict, int Queries);

/// <summary>An address that people keep and that a change touches. Names that they gave it are theirs alone and not told.</summary>
public sealed record QueryImpact
{
    /// <summary>The address on this hub, from <c>/sdmx</c> on, as it is printed from the query.</summary>
    public required string Address { get; init; }

    /// <summary>When: at once if it is wrong then already, else when references move if that makes it wrong, else when it first feels the change.</summary>
    public required ImpactTiming Timing { get; init; }

    /// <summary>What becomes of it.</summary>
    public required QueryVerdict Verdict { get; init; }

    /// <summary>Codes it names that would be gone.</summary>
    public required ImmutableArray<NamedCode> Codes { get; init; }

    /// <summary>Short references of what would not answer any more.</summary>
    public required ImmutableArray<string> Lost { get; init; }

    /// <summary>Why it would be refused.</summary>
    public required ImmutableArray<Issue> Issues { get; init; }

    /// <summary>How many keep it, by state and organisation.</summary>
    public required ImmutableArray<(string? State, string? Organisation, int Queries)> Keepers { get; init; }

    /// <summary>Who keeps it, by the name shown to others; only for readers of everything (system administrator, coordinator), who write to them.</summary>
    public required ImmutableArray<string> Owners { get; init; }
}

/// <summary>
/// The saved queries that a change touches, of flows that the reader may see. Everybody is told numbers by state, and addresses that name
/// nothing but what he sees himself; readers of everything are told whose they are; nobody is told the names that others gave them.
/// </summary>
public sealed record QueryImpacts
{
    /// <summary>No query is touched.</summary>
    public static QueryImpacts None { get; } = new();

    /// <summary>The numbers.</summary>
    public ImmutableArray<QueryCount> Counts { get; init; } = [];

    /// <summary>The addresses, the worst first; not more than <see cref="QueryTrials.MaxListed"/>.</summary>
    public ImmutableArray<QueryImpact> Addresses { get; init; } = [];

    /// <summary>Number of addresses touched that are not among <see cref="Addresses"/>: there are too many, or they name more than the reader sees.</summary>
    public int NotListed { get; init; }

    /// <summary>True when there was no time for all queries that people keep, or there are too many.</summary>
    public bool IsCut { get; init; }

    /// <summary>True when no query is known to be touched.</summary>
    public bool IsEmpty => Counts.IsEmpty;

    /// <summary>Queries of a state that are touched, and those of them that would not be right any more.</summary>
    public (int All, int Wrong) Of(string? state) => Sum(Counts.Where(c => c.State == state));

    /// <summary>The same over all states.</summary>
    public (int All, int Wrong) Total => Sum(Counts);

    private static (int All, int Wrong) Sum(IEnumerable<QueryCount> counts)
    {
        (int all, int wrong) = (0, 0);
        foreach (QueryCount count in counts)
        {
            all += count.Queries;
            wrong += count.Verdict == QueryVerdict.StillRight ? 0 : count.Queries;
        }

        return (all, wrong);
    }
}
