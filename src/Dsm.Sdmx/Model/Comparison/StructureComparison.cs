using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>
/// Compares structures property by property, and says which version the changes require (SDMX 3.0 technical notes, "Semantic
/// versioning"): the first number when what was valid may no longer be, the second for additions, the third for texts.
/// </summary>
public static class StructureComparison
{
    /// <summary>
    /// Compares two sets. Artefacts are the same by type, agency and id; of several versions those of one number are compared, and what
    /// is left over as the latest with the latest. Artefacts without a difference are left out.
    /// </summary>
    public static ImmutableArray<ArtefactComparison> Compare(StructureSet before, StructureSet after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ILookup<(string, string, string), Maintainable> left = before.All.ToLookup(Identity), right = after.All.ToLookup(Identity);
        return [.. left.Select(g => g.Key).Union(right.Select(g => g.Key))
            .SelectMany(key => Pairs([.. left[key]], [.. right[key]]))
            .Select(p => p.Before is null || p.After is null ? new ArtefactComparison(p.Before, p.After, []) : Compare(p.Before, p.After))
            .Where(c => c.Kind is not null)];
    }

    /// <summary>Compares two artefacts of one type.</summary>
    /// <exception cref="ArgumentException">They are of different types.</exception>
    public static ArtefactComparison Compare(Maintainable before, Maintainable after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return before.GetType() == after.GetType()
            ? new ArtefactComparison(before, after, ModelComparer.Compare(before, after))
            : throw new ArgumentException($"{before.Reference} and {after.Reference} are of different types.", nameof(after));
    }

    private static (string, string, string) Identity(Maintainable artefact) => (artefact.Type.Class, artefact.AgencyId, artefact.Id);

    private static IEnumerable<(Maintainable? Before, Maintainable? After)> Pairs(List<Maintainable> before, List<Maintainable> after)
    {
        foreach (Maintainable same in before.Where(b => after.Any(a => a.Version == b.Version)).ToArray())
        {
            Maintainable other = after.First(a => a.Version == same.Version);
            before.Remove(same);
            after.Remove(other);
            yield return (same, other);
        }

        Maintainable[] left = [.. before.OrderByDescending(b => b.Version)], right = [.. after.OrderByDescending(a => a.Version)];
        for (int i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            yield return (i < left.Length ? left[i] : null, i < right.Length ? right[i] : null);
        }
    }
}
