using System.Collections.Concurrent;
using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Impact;

/// <summary>One artefact that is to change.</summary>
/// <param name="Before">What it is compared with: the same version for a change in place, the version before for a new one; null when there was none.</param>
/// <param name="After">The artefact after; null when it is to be deleted.</param>
public sealed record PlannedStep(Maintainable? Before, Maintainable? After)
{
    /// <summary>Reference to the artefact after, or before when it is deleted.</summary>
    public StructureReference Reference => (After ?? Before)!.Reference;

    /// <summary>True when a version is added and the one before stays.</summary>
    public bool IsNewVersion => Before is not null && After is not null && Before.Version != After.Version;
}

/// <summary>
/// The structures at three moments: as they are, once the change is made, and once everything that refers to an earlier version of what
/// changes has moved on to the new one. Where references are fixed to a version (<c>1.0.0</c>) nothing happens before they move; those
/// with a wildcard (<c>1.0+.0</c>) follow at once.
/// </summary>
public sealed class PlannedStructures
{
    private readonly ConcurrentDictionary<(string Urn, string Dimension), string?> _states = [];

    private PlannedStructures(RegistrySnapshot now, StructureSet atOnce, ImmutableArray<PlannedStep> steps)
    {
        NowSnapshot = now;
        Steps = steps;
        StructureSet moved = atOnce.With(steps.Where(s => s is { Before: not null, After: not null }).SelectMany(s => Earlier(atOnce, s.After!).Select(e => s.After! with { Version = e.Version })));
        AtOnceSnapshot = ReferenceEquals(atOnce, now.Structures) ? now : new RegistrySnapshot(atOnce, "at once");
        MovedSnapshot = new RegistrySnapshot(moved, "moved");
    }

    /// <summary>The structures as they are.</summary>
    public StructureSet Now => NowSnapshot.Structures;

    /// <summary>The structures right after the change.</summary>
    public StructureSet AtOnce => AtOnceSnapshot.Structures;

    /// <summary>The structures with every reference to an earlier version moved: the content of the new version stands under the numbers of the earlier ones.</summary>
    public StructureSet Moved => MovedSnapshot.Structures;

    /// <summary>What changes.</summary>
    public ImmutableArray<PlannedStep> Steps { get; }

    internal RegistrySnapshot NowSnapshot { get; }

    internal RegistrySnapshot AtOnceSnapshot { get; }

    internal RegistrySnapshot MovedSnapshot { get; }

    /// <summary>The structures before and after some changes, each an artefact before (null when it is new) and after (null when it is deleted).</summary>
    public static PlannedStructures Of(StructureSet now, IEnumerable<(Maintainable? Before, Maintainable? After)> changes)
    {
        ArgumentNullException.ThrowIfNull(now);
        return Of(new RegistrySnapshot(now, "now"), changes);
    }

    /// <summary>The structures if everything that refers to one version moved on to another; both are there already, so nothing happens at once.</summary>
    public static PlannedStructures Between(RegistrySnapshot now, Maintainable from, Maintainable to)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return new PlannedStructures(now, now.Structures, [new PlannedStep(Own(now.Structures, from), Own(now.Structures, to))]);
    }

    /// <summary>The same over a state of the registry, whose schemas are there already.</summary>
    public static PlannedStructures Of(RegistrySnapshot snapshot, IEnumerable<(Maintainable? Before, Maintainable? After)> changes)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(changes);
        StructureSet now = snapshot.Structures;
        (Maintainable? Before, Maintainable? After)[] all = [.. changes.Select(c => (c.Before is null ? null : Own(now, c.Before), c.After))];
        HashSet<string> deleted = [.. all.Where(c => c.After is null).Select(c => c.Before!.Urn)];
        StructureSet atOnce = new StructureSet(now.All.Where(a => !deleted.Contains(a.Urn))).With(all.Select(c => c.After).OfType<Maintainable>());
        return new PlannedStructures(snapshot, atOnce, [.. all.Select(c => c.After is null ? new PlannedStep(c.Before, null) : new PlannedStep(c.Before ?? Earlier(now, c.After).LastOrDefault(), c.After))]);
    }

    internal RegistrySnapshot SnapshotOf(ImpactTiming timing) => timing == ImpactTiming.AtOnce ? AtOnceSnapshot : MovedSnapshot;

    /// <summary>URN of what a URN means now, which may have a wildcard; null when it is not there.</summary>
    internal string? UrnNow(string? urn) => StructureReference.TryParseUrn(urn, out StructureReference? reference) ? Now.Find(reference)?.Urn : null;

    /// <summary>Code of the reporting state of an agreement; null when it has none.</summary>
    internal string? StateOf(string agreementUrn, string stateDimension) => _states.GetOrAdd((agreementUrn, stateDimension), _ =>
        NowSnapshot.Schema(agreementUrn) is { Agreement: { } agreement } schema ? AgreementState.Of(Now, agreement, schema, stateDimension) : null);

    // What depends on an artefact is found by the very object that the set holds.
    private static Maintainable Own(StructureSet structures, Maintainable artefact)
        => structures.Versions(artefact.Type, artefact.AgencyId, artefact.Id).FirstOrDefault(v => v.Version == artefact.Version) ?? artefact;

    // Drafts are nobody's version before: no stable artefact can refer to one.
    private static IEnumerable<Maintainable> Earlier(StructureSet structures, Maintainable after) => structures
        .Versions(after.Type, after.AgencyId, after.Id)
        .Where(v => v.Version < after.Version && v.Version.Extension is null);
}
