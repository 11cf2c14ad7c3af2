using System.Collections.Concurrent;
using System.Globalization;
using Dsm.Exchange.Access;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Mapping;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry;

/// <summary>
/// All current artefacts at one moment, with the schemas and maps made of them. Immutable; schemas and maps are made when they are
/// first asked for and kept as long as the snapshot.
/// </summary>
public sealed class RegistrySnapshot
{
    private readonly ConcurrentDictionary<string, Lazy<DataSchema?>> _schemas = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Map, string Source, string Target), Lazy<CompiledMap>> _maps = [];

    private readonly ConcurrentDictionary<string, RegistrySnapshot> _cuts = new(StringComparer.Ordinal);

    private readonly AgencyChanges _changes;

    internal RegistrySnapshot(StructureSet structures, AgencySpaces spaces, long transaction, DateTimeOffset changedAt, AgencyChanges changes)
    {
        _changes = changes;
        Structures = structures;
        Spaces = spaces;
        Transaction = transaction;
        ChangedAt = changedAt;
        Version = string.Create(CultureInfo.InvariantCulture, $"{transaction}");
    }

    /// <summary>A state that is not that of the registry, only thought of; <paramref name="name"/> is its version.</summary>
    internal RegistrySnapshot(StructureSet structures, string name)
        : this(structures, AgencySpaces.None, 0, DateTimeOffset.MinValue, AgencyChanges.None) => Version = name;

    internal static RegistrySnapshot Empty { get; } = new(StructureSet.Empty, AgencySpaces.None, -1, DateTimeOffset.MinValue, AgencyChanges.None);

    /// <summary>The artefacts.</summary>
    public StructureSet Structures { get; }

    /// <summary>The spaces of agencies as they are now, whatever the moment of the artefacts.</summary>
    public AgencySpaces Spaces { get; }

    /// <summary>Number of the last transaction whose changes are here; 0 when there was none.</summary>
    public long Transaction { get; }

    /// <summary>When it was; of a cut for a reader, when what he sees last changed.</summary>
    public DateTimeOffset ChangedAt { get; }

    /// <summary>Changes whenever an artefact or a space does; the same on all nodes. Another one for readers who see less. For caches and ETags.</summary>
    public string Version { get; private init; }

    /// <summary>The schema of a provision agreement, dataflow or data structure; null when it is not here or cannot be resolved.</summary>
    public DataSchema? Schema(StructureReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);

        // One schema an artefact, however it is referred to: maps and readers compare schemas by reference.
        Maintainable? artefact = Structures.Find(reference);
        return artefact is null
            ? null
            : _schemas.GetOrAdd(artefact.Urn, urn => new Lazy<DataSchema?>(() => DataSchema.Resolve(Structures, artefact.Reference, new IssueList()))).Value;
    }

    /// <summary>The schema of an artefact by its URN; null when it is not here.</summary>
    public DataSchema? Schema(string urn) => StructureReference.TryParseUrn(urn, out StructureReference? reference) ? Schema(reference) : null;

    /// <summary>A structure map made ready between two schemas of this snapshot; null with its findings when that cannot be done.</summary>
    public CompiledStructureMap? Map(string mapUrn, DataSchema source, DataSchema target, IssueList issues)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(issues);
        CompiledMap compiled = _maps.GetOrAdd(
            (mapUrn, source.Reference.Urn, target.Reference.Urn), _ => new Lazy<CompiledMap>(() => Compile(mapUrn, source, target))).Value;
        foreach (Issue issue in compiled.Issues.Kept)
        {
            issues.Add(issue);
        }

        return compiled.Map;
    }

    /// <summary>What a reader may see of it: artefacts of restricted spaces are absent, and so are schemas and maps made of them.</summary>
    internal RegistrySnapshot For(AgencySpaces spaces, ReaderAccess access)
    {
        string hidden = spaces.Hidden(access);
        return hidden.Length == 0 ? this : _cuts.GetOrAdd(hidden, _ => Cut(spaces, access, hidden));
    }

    private RegistrySnapshot Cut(AgencySpaces spaces, ReaderAccess access, string hidden)
    {
        (long number, DateTimeOffset at) = _changes.Last(agency => spaces.IsSeen(agency, access));
        return new RegistrySnapshot(new StructureSet(Structures.All.Where(a => spaces.IsSeen(a.AgencyId, access))), spaces, Transaction, at, _changes)
        {
            Version = string.Create(CultureInfo.InvariantCulture, $"{number}~{hidden}"),
        };
    }

    private CompiledMap Compile(string mapUrn, DataSchema source, DataSchema target)
    {
        IssueList issues = new();
        StructureMap? map = StructureReference.TryParseUrn(mapUrn, out StructureReference? reference) ? Structures.Find<StructureMap>(reference) : null;
        if (map is null)
        {
            issues.Add(IssueCodes.UnknownStructure, Location.None, mapUrn);
            return new CompiledMap(null, issues);
        }

        return new CompiledMap(CompiledStructureMap.Compile(map, Structures, source, target, issues), issues);
    }

    private sealed record CompiledMap(CompiledStructureMap? Map, IssueList Issues);
}
