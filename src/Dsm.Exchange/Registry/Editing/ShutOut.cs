using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Editing;

/// <summary>New codes that a constraint will not let pass although their codelist has them: it lists the codes that are allowed.</summary>
/// <param name="Constraint">The constraint.</param>
/// <param name="Component">The component whose codes it lists.</param>
/// <param name="Codes">The new codes that are not among them.</param>
public sealed record ShutOut(DataConstraint Constraint, string Component, ImmutableArray<string> Codes)
{
    /// <summary>What shuts out the codes that a new version of a list adds; each constraint in its latest finished version.</summary>
    /// <param name="structures">All artefacts.</param>
    /// <param name="before">The list as it is in use.</param>
    /// <param name="after">The list with the new codes.</param>
    public static ImmutableArray<ShutOut> Of(StructureSet structures, Maintainable? before, Maintainable after)
    {
        ArgumentNullException.ThrowIfNull(structures);
        ArgumentNullException.ThrowIfNull(after);
        if (before is not ItemScheme old || after is not ItemScheme list)
        {
            return [];
        }

        ImmutableArray<string> added = [.. list.AllItems.Select(i => i.Id).Except(old.AllItems.Select(i => i.Id))];
        return added.IsEmpty ? [] : [.. structures.Of<DataConstraint>().Where(c => c.Role == ConstraintRole.Allowed && !DraftVersions.IsDraft(c.Version)).GroupBy(c => (c.AgencyId, c.Id)).Select(g => g.MaxBy(c => c.Version)!)
            .SelectMany(c => In(c, structures, list, added))];
    }

    private static IEnumerable<ShutOut> In(DataConstraint constraint, StructureSet structures, ItemScheme list, ImmutableArray<string> added)
    {
        DataStructure? structure = ConstraintParts.StructureOf(constraint, structures);
        foreach (MemberSelection selection in constraint.Regions.Where(r => r.IsIncluded).SelectMany(r => r.Selections).Where(s => s.IsIncluded && !s.Values.IsEmpty))
        {
            if (ConstraintParts.CodesOf(structure, selection.ComponentId, structures) is not { } codes || (codes.AgencyId, codes.Id, codes.Type) != (list.AgencyId, list.Id, list.Type))
            {
                continue;
            }

            // A value may stand for all codes below it, or be a pattern.
            ImmutableArray<string> missing = [.. added.Where(code => !selection.Values.Any(v => Allows(v, code, list)))];
            if (!missing.IsEmpty)
            {
                yield return new ShutOut(constraint, selection.ComponentId, missing);
            }
        }
    }

    private static bool Allows(MemberValue value, string code, ItemScheme list)
        => (value.Value == code && value.Cascade != CascadeValues.ExcludeRoot)
            || (value.Cascade != CascadeValues.None && Above(list, code).Contains(value.Value))
            || (value.Value.EndsWith('%') && code.StartsWith(value.Value[..^1], StringComparison.Ordinal));

    private static IEnumerable<string> Above(ItemScheme list, string code)
    {
        Dictionary<string, string?> parents = list.AllItems.DistinctBy(i => i.Id).ToDictionary(i => i.Id, i => i.ParentId);
        HashSet<string> seen = [];
        for (string? at = parents.GetValueOrDefault(code); at is not null && seen.Add(at); at = parents.GetValueOrDefault(at))
        {
            yield return at;
        }
    }
}
