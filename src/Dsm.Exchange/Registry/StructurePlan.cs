using System.Collections.Immutable;
using Dsm.Sdmx.Issues;

namespace Dsm.Exchange.Registry;

/// <summary>What a submission would do, and whether it may.</summary>
public sealed record StructurePlan
{
    /// <summary>A change an artefact, in the order of the tasks.</summary>
    public required ImmutableArray<PlannedChange> Changes { get; init; }

    /// <summary>All that is to be said: about each artefact and about the submission as a whole.</summary>
    public required ImmutableArray<Issue> Issues { get; init; }

    /// <summary><see cref="RegistrySnapshot.Transaction"/> of the state that was looked at; to be given as <see cref="StructureSubmission.BasedOn"/>.</summary>
    public long BasedOn { get; init; }

    /// <summary>True when no issue is an error.</summary>
    public bool CanBeApplied => Issues.All(i => i.Severity < Severity.Error);

    /// <summary>True when something would change.</summary>
    public bool ChangesAnything => Changes.Any(c => c.Kind != PlannedKind.Same);
}
