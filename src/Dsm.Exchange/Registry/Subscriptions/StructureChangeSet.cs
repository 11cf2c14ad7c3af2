using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Subscriptions;

/// <summary>What one transaction did to one artefact.</summary>
/// <param name="Reference">The artefact.</param>
/// <param name="Kind">Added, changed or deleted.</param>
public sealed record StructureChangeEntry(StructureReference Reference, PlannedKind Kind);

/// <summary>What one applied transaction changed.</summary>
/// <param name="Number">Number of the transaction; ascending in the order of commits.</param>
/// <param name="At">When.</param>
/// <param name="Entries">What it did, an entry an artefact.</param>
public sealed record StructureChangeSet(long Number, DateTimeOffset At, ImmutableArray<StructureChangeEntry> Entries);
