using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Editing;

/// <summary>An artefact that refers to a version that is about to be followed by another.</summary>
/// <param name="Before">The artefact as it is.</param>
/// <param name="After">It with its references moved: a next version, or the same number of a draft.</param>
/// <param name="Required">Smallest version that the moved references require.</param>
/// <param name="Because">What it refers to.</param>
/// <param name="Depth">1 when it refers to the published artefact itself, 2 when to one of those, and so on.</param>
public sealed record CascadeStep(Maintainable Before, Maintainable After, SdmxVersion Required, ImmutableArray<StructureReference> Because, int Depth)
{
    /// <summary>True when it is a draft, which is changed as it is.</summary>
    public bool IsDraft => DraftVersions.IsDraft(Before.Version);
}

/// <summary>
/// What must get a next version so that a new version of an artefact is used. References to an exact version stay with it for ever;
/// references with a wildcard (<c>1.0+.0</c>) follow by themselves.
/// </summary>
public sealed class Cascade
{
    private readonly StructureSet _structures;
    private readonly StructureReference _published;
    private readonly ImmutableHashSet<string> _former;
    private readonly List<(Maintainable Artefact, int Depth)> _order = [];

    /// <summary>Finds what refers to earlier versions of an artefact, directly or through others, dependencies first.</summary>
    /// <param name="structures">All artefacts.</param>
    /// <param name="published">The version that is about to be published.</param>
    /// <param name="replaced">A version that goes when it is published, whatever its number: the draft it was made from; null for none.</param>
    public Cascade(StructureSet structures, Maintainable published, StructureReference? replaced = null)
    {
        ArgumentNullException.ThrowIfNull(structures);
        ArgumentNullException.ThrowIfNull(published);
        (_structures, _published) = (structures, published.Reference);
        _former = [.. structures.Versions(published.Type, published.AgencyId, published.Id).Where(v => v.Version < published.Version).Select(v => v.Urn), .. replaced is null ? Array.Empty<string>() : [replaced.Urn]];
        Followers = [.. Latest().Where(a => a.References.Any(r => r.HasWildcard && Means(r, published)))];
        Collect();
    }

    /// <summary>Artefacts whose references have a wildcard and will mean the new version without being touched.</summary>
    public ImmutableArray<Maintainable> Followers { get; }

    /// <summary>Identities of all artefacts that could be moved, dependencies first.</summary>
    public IReadOnlyList<Maintainable> Candidates => [.. _order.Select(o => o.Artefact)];

    /// <summary>The next versions of the chosen artefacts; what depends on an artefact that is not chosen keeps its reference to it.</summary>
    /// <param name="isChosen">Says for each candidate whether it is to be moved.</param>
    public ImmutableArray<CascadeStep> Steps(Func<Maintainable, bool> isChosen)
    {
        ArgumentNullException.ThrowIfNull(isChosen);
        Dictionary<string, string> moved = _former.ToDictionary(urn => urn, _ => _published.Version);
        ImmutableArray<CascadeStep>.Builder steps = ImmutableArray.CreateBuilder<CascadeStep>();
        foreach ((Maintainable before, int depth) in _order)
        {
            HashSet<StructureReference> because = [];
            Maintainable after = ReferenceMove.Apply(before, r =>
            {
                if (r.HasWildcard || !moved.TryGetValue(r.Maintainable.Urn, out string? version))
                {
                    return r;
                }

                because.Add(r.Maintainable);
                return r with { Version = version };
            });
            if (because.Count == 0 || !isChosen(before))
            {
                continue;
            }

            SdmxVersion required = DraftVersions.IsDraft(before.Version)
                ? before.Version
                : DraftVersions.Required(_structures.Versions(before.Type, before.AgencyId, before.Id), before, after);
            steps.Add(new CascadeStep(before, after with { Version = required }, required, [.. because], depth));
            moved[before.Urn] = required.ToString();
        }

        return steps.ToImmutable();
    }

    // Those that refer to what is moved, then those that refer to these, each once and after all that it depends on.
    private void Collect()
    {
        Maintainable[] latest = [.. Latest()];
        Dictionary<string, int> depth = _former.ToDictionary(urn => urn, _ => 0);
        List<Maintainable> found = [];
        for (int before = -1; before != found.Count;)
        {
            before = found.Count;
            foreach (Maintainable artefact in latest)
            {
                if (depth.ContainsKey(artefact.Urn))
                {
                    continue;
                }

                int[] through = [.. artefact.References.Where(r => !r.HasWildcard).Select(r => depth.GetValueOrDefault(r.Maintainable.Urn, -1)).Where(d => d >= 0)];
                if (through.Length > 0)
                {
                    found.Add(artefact);
                    depth[artefact.Urn] = through.Max() + 1;
                }
            }
        }

        HashSet<string> placed = [];
        Dictionary<string, Maintainable> byUrn = found.ToDictionary(f => f.Urn);
        void Place(Maintainable artefact)
        {
            if (!placed.Add(artefact.Urn))
            {
                return;
            }

            foreach (StructureReference reference in artefact.References)
            {
                if (byUrn.TryGetValue(reference.Maintainable.Urn, out Maintainable? other))
                {
                    Place(other);
                }
            }

            _order.Add((artefact, depth[artefact.Urn]));
        }

        foreach (Maintainable artefact in found.OrderBy(f => depth[f.Urn]).ThenBy(f => f.Type.Class, StringComparer.Ordinal).ThenBy(f => f.AgencyId, StringComparer.Ordinal).ThenBy(f => f.Id, StringComparer.Ordinal))
        {
            Place(artefact);
        }
    }

    // Of each artefact its latest finished version, and its drafts; the artefact itself is not its own user.
    private IEnumerable<Maintainable> Latest() => _structures.All
        .Where(a => (a.Type, a.AgencyId, a.Id) != (_published.Type, _published.AgencyId, _published.Id))
        .GroupBy(a => (a.Type.Class, a.AgencyId, a.Id))
        .SelectMany(g => g.Where(a => DraftVersions.IsDraft(a.Version)).Concat(DraftVersions.Base(g) is { } last ? [last] : []));

    private static bool Means(StructureReference reference, Maintainable published)
        => reference.Type == published.Type && reference.AgencyId == published.AgencyId && reference.Id == published.Id
            && VersionQuery.TryParse(reference.Version, out VersionQuery? query) && query.Select([published], a => a.Version).Any();
}
