using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>
/// An immutable, indexed set of artefacts: a registry's content at one moment, or that of one structure message.
/// Resolves references, version wildcards included. Of two artefacts with one identity the later wins.
/// </summary>
public sealed class StructureSet
{
    private readonly FrozenDictionary<(string Class, string Agency, string Id), ImmutableArray<Maintainable>> _byIdentity;
    private readonly Lazy<ILookup<(string Class, string Agency, string Id), Maintainable>> _referrers;

    /// <summary>Makes a set.</summary>
    public StructureSet(IEnumerable<Maintainable> artefacts)
    {
        ArgumentNullException.ThrowIfNull(artefacts);
        Dictionary<(string, string, string, string), Maintainable> unique = [];
        foreach (Maintainable artefact in artefacts)
        {
            unique[(artefact.Type.Class, artefact.AgencyId, artefact.Id, artefact.Version.ToString())] = artefact;
        }

        _byIdentity = unique.Values.GroupBy(a => (a.Type.Class, a.AgencyId, a.Id))
            .ToFrozenDictionary(g => g.Key, g => g.OrderBy(a => a.Version).ToImmutableArray());
        All = [.. unique.Values];
        _referrers = new(() => All
            .SelectMany(a => a.References.Select(r => (r.Type.Class, r.AgencyId, r.Id)).Distinct().Select(key => (Key: key, Artefact: a)))
            .ToLookup(p => p.Key, p => p.Artefact));
    }

    /// <summary>The set without artefacts.</summary>
    public static StructureSet Empty { get; } = new([]);

    /// <summary>All artefacts, in the order they were given.</summary>
    public ImmutableArray<Maintainable> All { get; }

    /// <summary>All artefacts of a class, e.g. <c>Of&lt;Codelist&gt;()</c>.</summary>
    public IEnumerable<T> Of<T>()
        where T : Maintainable => All.OfType<T>();

    /// <summary>The artefact a reference means (its item part is ignored); null when it is not here. A wildcard gives the latest that matches.</summary>
    public Maintainable? Find(StructureReference reference) => Meant(reference, fromDraft: false).LastOrDefault();

    /// <summary>
    /// The artefact that a reference within an artefact means. Late-bound references (<c>1.0+.0</c>) mean stable versions, but in a version
    /// with an extension (<c>1.1.0-draft</c>) such versions, too.
    /// </summary>
    public Maintainable? FindFrom(Maintainable from, StructureReference reference)
    {
        ArgumentNullException.ThrowIfNull(from);
        return Meant(reference, from.Version.Extension is not null).LastOrDefault();
    }

    /// <summary>The artefact that a reference within an artefact means, as a type.</summary>
    public T? FindFrom<T>(Maintainable from, StructureReference? reference)
        where T : Maintainable => reference is null ? null : FindFrom(from, reference) as T;

    /// <summary>The artefact a reference means, as a type.</summary>
    public T? Find<T>(StructureReference? reference)
        where T : Maintainable => reference is null ? null : Find(reference) as T;

    /// <summary>All versions of an artefact, oldest first.</summary>
    public ImmutableArray<Maintainable> Versions(StructureType type, string agencyId, string id)
    {
        ArgumentNullException.ThrowIfNull(type);
        return _byIdentity.GetValueOrDefault((type.Class, agencyId, id), []);
    }

    /// <summary>The concept a reference means; null when it is not here.</summary>
    public Concept? FindConcept(StructureReference reference)
        => Find<ConceptScheme>(reference)?.Concepts.FirstOrDefault(c => c.Id == reference.ItemId);

    /// <summary>The concept that a reference within an artefact means, with its scheme; null when it is not here.</summary>
    public (ConceptScheme Scheme, Concept Concept)? FindConceptFrom(Maintainable from, StructureReference reference)
        => FindFrom<ConceptScheme>(from, reference) is { } scheme && scheme.Concepts.FirstOrDefault(c => c.Id == reference.ItemId) is { } concept ? (scheme, concept) : null;

    /// <summary>Artefacts that refer to one (<c>references=parents</c>).</summary>
    public IEnumerable<Maintainable> ReferrersOf(Maintainable artefact)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        return _referrers.Value[(artefact.Type.Class, artefact.AgencyId, artefact.Id)]
            .Where(r => r.References.Any(reference => Means(reference, artefact, r)));
    }

    /// <summary>True when a reference means an artefact of this set: of all versions (<c>*</c>) any.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="artefact">The artefact.</param>
    /// <param name="from">In which artefact it stands, when that is known: see <see cref="FindFrom(Maintainable, StructureReference)"/>.</param>
    public bool Means(StructureReference reference, Maintainable artefact, Maintainable? from = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(artefact);
        if (reference.Type != artefact.Type || reference.AgencyId != artefact.AgencyId || reference.Id != artefact.Id)
        {
            return false;
        }

        IEnumerable<Maintainable> meant = Meant(reference, from?.Version.Extension is not null);
        return VersionQuery.TryParse(reference.Version, out VersionQuery? query) && query.MeansSeveral
            ? meant.Any(m => ReferenceEquals(m, artefact))
            : ReferenceEquals(meant.LastOrDefault(), artefact);
    }

    private IEnumerable<Maintainable> Meant(StructureReference reference, bool fromDraft)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return _byIdentity.TryGetValue((reference.Type.Class, reference.AgencyId, reference.Id), out ImmutableArray<Maintainable> versions)
            && VersionQuery.TryParse(reference.Version, out VersionQuery? query) ? query.Select(versions, a => a.Version, fromDraft) : [];
    }

    /// <summary>A set with further artefacts; they replace those of the same identity.</summary>
    public StructureSet With(IEnumerable<Maintainable> artefacts) => new(All.Concat(artefacts));
}
