using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry;

/// <summary>What would happen to an artefact.</summary>
public enum PlannedKind
{
    /// <summary>It is new.</summary>
    Add,

    /// <summary>It becomes another.</summary>
    Change,

    /// <summary>It goes.</summary>
    Delete,

    /// <summary>Nothing: it is there as asked for.</summary>
    Same,
}

/// <summary>What a submission would do to one artefact.</summary>
public sealed record PlannedChange
{
    /// <summary>The artefact.</summary>
    public required StructureReference Reference { get; init; }

    /// <summary>What would happen.</summary>
    public required PlannedKind Kind { get; init; }

    /// <summary>The artefact now; null when it is not there.</summary>
    public Maintainable? Before { get; init; }

    /// <summary>The artefact then; null when it goes.</summary>
    public Maintainable? After { get; init; }

    /// <summary>
    /// The differences: of a change to <see cref="Before"/>, of a new artefact to the version that comes before it. Null when there is
    /// nothing to compare with.
    /// </summary>
    public ArtefactComparison? Comparison { get; init; }

    /// <summary>The smallest version that the differences need; null when there is nothing to compare with.</summary>
    public SdmxVersion? RequiredVersion { get; init; }

    /// <summary>Artefacts that refer to it, before or after.</summary>
    public ImmutableArray<StructureReference> Referrers { get; init; } = [];

    /// <summary>What is to be said about it; an error forbids the whole submission.</summary>
    public ImmutableArray<Issue> Issues { get; init; } = [];
}
