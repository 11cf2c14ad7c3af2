using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Impact;

/// <summary>When a change takes effect on something.</summary>
public enum ImpactTiming
{
    /// <summary>With the change: references have a wildcard, or the artefact changes in place.</summary>
    AtOnce,

    /// <summary>Not before references that are fixed to an earlier version have moved to the new one.</summary>
    WhenReferencesMove,
}

/// <summary>
/// What a change of structures touches, as far as the reader may see: the counts are of the observations he may read, so that nothing
/// restricted can be inferred from them, neither from a count nor from its absence.
/// </summary>
public sealed record ImpactReport
{
    /// <summary>What each changed artefact touches among the structures.</summary>
    public required ImmutableArray<ArtefactImpact> Artefacts { get; init; }

    /// <summary>Flows whose data are judged otherwise, whether there are data or not.</summary>
    public required ImmutableArray<FlowImpact> Flows { get; init; }

    /// <summary>What happens to stored data, an entry for each agreement whose data are judged otherwise, the worst first.</summary>
    public required ImmutableArray<DataImpact> Data { get; init; }

    /// <summary>Where codes that change are carried by stored observations, the most first.</summary>
    public required ImmutableArray<CodeUse> Codes { get; init; }

    /// <summary>Sources that are harvested by the structures concerned.</summary>
    public required ImmutableArray<TouchedSource> Sources { get; init; }

    /// <summary>What the last messages concerned would become, those that lose most first; only of states whose restricted data the reader may see.</summary>
    public required ImmutableArray<MessageTrial> Trials { get; init; }

    /// <summary>Reports of reference metadata that would no longer fit their metadata structure.</summary>
    public required ImmutableArray<ReportImpact> Reports { get; init; }

    /// <summary>Saved queries that ask for what changes.</summary>
    public required QueryImpacts Queries { get; init; }

    /// <summary>URNs of agreements whose data or last messages were not looked at for want of time; empty when all were.</summary>
    public required ImmutableArray<string> NotLookedAt { get; init; }

    /// <summary>True when the reader sees all data, so that the counts are those of the whole warehouse.</summary>
    public required bool SeesEverything { get; init; }

    /// <summary>Observations that were read for the report.</summary>
    public required long Read { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Took { get; init; }

    /// <summary>True when nothing that is there is touched.</summary>
    public bool IsEmpty => Data.IsEmpty && Flows.IsEmpty && Codes.IsEmpty && Sources.IsEmpty && Trials.IsEmpty && Reports.IsEmpty && Queries.IsEmpty && Artefacts.All(a => a.Touched.IsEmpty);

    /// <summary>The same by reporting state, the worst first.</summary>
    public ImmutableArray<CountryImpact> Countries => CountryImpact.Of(this);
}

/// <summary>What happened to an item of a changed list.</summary>
/// <param name="Change">What.</param>
/// <param name="Id">Id of the item.</param>
/// <param name="Before">The item before; null when it is new.</param>
/// <param name="After">The item after; null when it is gone.</param>
public sealed record ItemChange(SchemaChange Change, string Id, Item? Before, Item? After);

/// <summary>A changed artefact with what depends on it.</summary>
/// <param name="Step">The change.</param>
/// <param name="Items">Changes of its items, for lists.</param>
/// <param name="Touched">Artefacts that depend on it, directly or through others.</param>
public sealed record ArtefactImpact(PlannedStep Step, ImmutableArray<ItemChange> Items, ImmutableArray<TouchedArtefact> Touched)
{
    /// <summary>Code of the reporting state the artefact belongs to; null for the region's own.</summary>
    public string? State { get; init; }

    /// <summary>The map from the codes of the version before to those of the new one, drafted; null when no codelist gets a new version.</summary>
    public CodeMapDraft? CodeMap { get; init; }
}

/// <summary>A flow whose data are judged otherwise.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="State">Code of the state whose national flow it is; null for the region's own.</param>
/// <param name="Timing">When.</param>
/// <param name="Differences">What is other in its schema.</param>
public sealed record FlowImpact(Dataflow Flow, string? State, ImpactTiming Timing, ImmutableArray<SchemaDifference> Differences);

/// <summary>An artefact that depends on a changed one.</summary>
public sealed record TouchedArtefact
{
    /// <summary>The artefact.</summary>
    public required Maintainable Artefact { get; init; }

    /// <summary>Code of the reporting state it belongs to; null for the region's own.</summary>
    public string? State { get; init; }

    /// <summary>When it feels the change.</summary>
    public required ImpactTiming Timing { get; init; }

    /// <summary>The reference through which it depends on the change, as written.</summary>
    public required StructureReference Through { get; init; }

    /// <summary>Its parts that no longer fit, e.g. rows of a map.</summary>
    public ImmutableArray<TouchedPart> Parts { get; init; } = [];
}

/// <summary>Kinds of parts of artefacts that a change makes void.</summary>
public enum TouchedPartKind
{
    /// <summary>A row of a representation map from a code that is gone.</summary>
    RowFromRemovedCode,

    /// <summary>A row of a representation map to a code that is gone.</summary>
    RowToRemovedCode,

    /// <summary>A new code of the source that no row of the map takes.</summary>
    UnmappedCode,

    /// <summary>A place of a hierarchy with a code that is gone.</summary>
    HierarchyCode,

    /// <summary>A value of a constraint that is gone.</summary>
    ConstraintValue,

    /// <summary>A component that a structure map names and that is gone.</summary>
    MapOfRemovedComponent,

    /// <summary>A component that must be given and that no rule of the structure map fills.</summary>
    UnfilledComponent,
}

/// <summary>A part of an artefact that no longer fits.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The part, e.g. <c>AFG → 004</c>.</param>
/// <param name="Code">Id of the code or component that is gone or missing.</param>
public sealed record TouchedPart(TouchedPartKind Kind, string Text, string Code);

/// <summary>A source whose harvest depends on a changed artefact.</summary>
/// <param name="Id">Id of the source.</param>
/// <param name="Name">Its name by language.</param>
/// <param name="AgreementUrn">URN of its agreement.</param>
/// <param name="State">Code of its state; null when it has none.</param>
/// <param name="Timing">When it feels the change.</param>
/// <param name="NextRunAt">When it is harvested next by itself; null for never.</param>
public sealed record TouchedSource(string Id, IReadOnlyDictionary<string, string> Name, string AgreementUrn, string? State, ImpactTiming Timing, DateTimeOffset? NextRunAt);

/// <summary>Stored observations that carry a code that changes.</summary>
public sealed record CodeUse
{
    /// <summary>What happens to the code.</summary>
    public required SchemaChange Change { get; init; }

    /// <summary>When.</summary>
    public required ImpactTiming Timing { get; init; }

    /// <summary>The code.</summary>
    public required string Code { get; init; }

    /// <summary>The code it becomes by the drafted map, when it is removed and has a counterpart; else null.</summary>
    public string? Becomes { get; init; }

    /// <summary>Id of the dimension or attribute that carries it.</summary>
    public required string Component { get; init; }

    /// <summary>URN of the list it is of, as the component refers to it.</summary>
    public required string ListUrn { get; init; }

    /// <summary>URN of the dataflow.</summary>
    public required string FlowUrn { get; init; }

    /// <summary>URN of the agreement.</summary>
    public required string AgreementUrn { get; init; }

    /// <summary>Code of the reporting state; null where neither data nor agreement name one.</summary>
    public required string? State { get; init; }

    /// <summary>Series with it, and their observations.</summary>
    public required ObservationCount Count { get; init; }
}

/// <summary>A number of observations with where they lie in time.</summary>
/// <param name="Series">Number of series.</param>
/// <param name="Observations">Number of observations.</param>
/// <param name="First">The period that begins first; null without any.</param>
/// <param name="Last">The period that ends last; null without any.</param>
public readonly record struct ObservationCount(long Series, long Observations, string? First, string? Last);

/// <summary>What becomes of the stored data of one agreement.</summary>
public sealed record DataImpact
{
    /// <summary>When.</summary>
    public required ImpactTiming Timing { get; init; }

    /// <summary>URN of the dataflow under which the data are kept.</summary>
    public required string FlowUrn { get; init; }

    /// <summary>URN of the agreement they came under.</summary>
    public required string AgreementUrn { get; init; }

    /// <summary>What is other in their schema.</summary>
    public required ImmutableArray<SchemaDifference> Differences { get; init; }

    /// <summary>By reporting state.</summary>
    public required ImmutableArray<StateImpact> States { get; init; }

    /// <summary>Why observations would become invalid, the costliest cause first, with sample keys.</summary>
    public required ImmutableArray<IssueGroup> Causes { get; init; }

    /// <summary>Observations that would become invalid.</summary>
    public long Invalid => States.Sum(s => s.Invalid.Observations);
}

/// <summary>Stored data of one agreement and reporting state.</summary>
/// <param name="State">Code of the state; null where neither data nor agreement name one.</param>
/// <param name="Stored">Observations there are.</param>
/// <param name="Invalid">Those of them that are valid now and would not be any more.</param>
public sealed record StateImpact(string? State, long Stored, ObservationCount Invalid);
