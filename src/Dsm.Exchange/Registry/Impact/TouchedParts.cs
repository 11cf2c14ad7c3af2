using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Impact;

/// <summary>Finds the parts of artefacts that no longer fit once codes or components are gone or new.</summary>
internal sealed class TouchedParts
{
    private static readonly TimeSpan MatchTime = TimeSpan.FromMilliseconds(100);
    private readonly PlannedStructures _planned;
    private readonly Dictionary<string, (ImmutableHashSet<string> Removed, ImmutableArray<string> Added)> _lists = [];
    private readonly (DataStructure Before, DataStructure After)? _structure;

    /// <param name="planned">The structures before and after.</param>
    /// <param name="step">The change.</param>
    /// <param name="derived">Codelists that take the changed one in.</param>
    public TouchedParts(PlannedStructures planned, PlannedStep step, IEnumerable<Codelist> derived)
    {
        _planned = planned;
        _structure = step is { Before: DataStructure before, After: DataStructure after } ? (before, after) : null;
        foreach (ItemScheme list in derived.Cast<ItemScheme>().Prepend(step.Before as ItemScheme ?? new Codelist { AgencyId = "", Id = "" }))
        {
            if (list.Id.Length > 0)
            {
                Compare(list, ReferenceEquals(list, step.Before) ? step.After as ItemScheme : planned.Moved.Find(list.Reference) as ItemScheme);
            }
        }
    }

    /// <summary>The parts of an artefact that no longer fit.</summary>
    public ImmutableArray<TouchedPart> Of(Maintainable artefact) => artefact switch
    {
        RepresentationMap map => [.. Rows(map)],
        Hierarchy hierarchy => [.. Places(hierarchy.Codes)],
        DataConstraint constraint => [.. Values(constraint)],
        StructureMap map when _structure is { } change => [.. Components(map, change.Before, change.After)],
        _ => [],
    };

    private void Compare(ItemScheme before, ItemScheme? after)
    {
        string[] left = Ids(before, _planned.Now), right = after is null ? [] : Ids(after, _planned.Moved);
        _lists[before.Urn] = ([.. left.Except(right)], [.. right.Except(left)]);
    }

    private static string[] Ids(ItemScheme list, StructureSet structures)
        => [.. (list is Codelist codelist ? CodelistExtensions.Resolve(structures, codelist).Codes : list.AllItems).Select(i => i.Id)];

    private (ImmutableHashSet<string> Removed, ImmutableArray<string> Added)? ChangesOf(StructureReference? list)
        => list is not null && _planned.Now.Find(list) is { } found && _lists.TryGetValue(found.Urn, out (ImmutableHashSet<string>, ImmutableArray<string>) changes) ? changes : null;

    private IEnumerable<TouchedPart> Rows(RepresentationMap map)
    {
        var sources = map.Sources.Select(s => ChangesOf(s.List)).ToArray();
        var targets = map.Targets.Select(s => ChangesOf(s.List)).ToArray();
        foreach (RepresentationMapping row in map.Mappings)
        {
            string text = $"{string.Join(", ", row.Sources.Select(s => s.IsRegEx ? $"/{s.Value}/" : s.Value))} → {string.Join(", ", row.Targets)}";
            for (int i = 0; i < Math.Min(sources.Length, row.Sources.Length); i++)
            {
                MappedValue value = row.Sources[i];
                if (!value.IsRegEx && value is { StartIndex: null, EndIndex: null } && sources[i]?.Removed.Contains(value.Value) == true)
                {
                    yield return new TouchedPart(TouchedPartKind.RowFromRemovedCode, text, value.Value);
                }
            }

            for (int i = 0; i < Math.Min(targets.Length, row.Targets.Length); i++)
            {
                if (targets[i]?.Removed.Contains(row.Targets[i]) == true)
                {
                    yield return new TouchedPart(TouchedPartKind.RowToRemovedCode, text, row.Targets[i]);
                }
            }
        }

        // With several sources a row speaks of a combination; only of one source it can be said that a code has no row.
        if (sources is [{ } only])
        {
            foreach (string code in only.Added.Where(c => !map.Mappings.Any(m => Takes(m.Sources[0], c))))
            {
                yield return new TouchedPart(TouchedPartKind.UnmappedCode, code, code);
            }
        }
    }

    private static bool Takes(in MappedValue row, string code)
    {
        int start = Math.Clamp(row.StartIndex ?? 0, 0, code.Length), end = Math.Clamp(row.EndIndex ?? code.Length, start, code.Length);
        string part = code[start..end];
        if (!row.IsRegEx)
        {
            return part == row.Value;
        }

        try
        {
            return Regex.IsMatch(part, $"^(?:{row.Value})$", RegexOptions.CultureInvariant, MatchTime);
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            return false; // an expression that cannot be read takes nothing; the map itself is reported elsewhere
        }
    }

    private IEnumerable<TouchedPart> Places(ImmutableArray<HierarchicalCode> codes) => codes.SelectMany(c => Places(c.Children)
        .Concat(ChangesOf(c.Code.Maintainable)?.Removed.Contains(c.Code.ItemId ?? "") == true ? [new TouchedPart(TouchedPartKind.HierarchyCode, c.Id, c.Code.ItemId!)] : []));

    private IEnumerable<TouchedPart> Values(DataConstraint constraint)
    {
        DataSchema[] schemas = [.. constraint.Attachments.Select(a => DataSchema.Resolve(_planned.Now, a, new Sdmx.Issues.IssueList())).OfType<DataSchema>()];
        IEnumerable<MemberSelection> selections = constraint.Regions.SelectMany(r => r.Selections)
            .Concat(constraint.KeySets.SelectMany(k => k.Keys).SelectMany(k => k.Selections));
        return selections
            .SelectMany(s => s.Values
                .Where(v => schemas.Any(schema => ChangesOf(schema.Find(s.ComponentId)?.Representation.Enumeration)?.Removed.Contains(v.Value) == true))
                .Select(v => new TouchedPart(TouchedPartKind.ConstraintValue, $"{s.ComponentId} = {v.Value}", v.Value)))
            .Distinct();
    }

    private IEnumerable<TouchedPart> Components(StructureMap map, DataStructure before, DataStructure after)
    {
        HashSet<string> removed = [.. Ids(before).Except(Ids(after))];
        bool isSource = Follows(map.Source, before), isTarget = Follows(map.Target, before);
        IEnumerable<string> named = map.ComponentMaps.SelectMany(m => (isSource ? m.Sources : []).Concat(isTarget ? m.Targets : []))
            .Concat(map.TimeMaps.SelectMany(m => (isSource ? new[] { m.Source } : []).Concat(isTarget ? [m.Target] : [])))
            .Concat(map.FixedValues.Where(f => f.IsTarget ? isTarget : isSource).Select(f => f.ComponentId));
        foreach (string id in named.Where(removed.Contains).Distinct())
        {
            yield return new TouchedPart(TouchedPartKind.MapOfRemovedComponent, id, id);
        }

        HashSet<string> filled = [.. map.ComponentMaps.SelectMany(m => m.Targets), .. map.TimeMaps.Select(m => m.Target), .. map.FixedValues.Where(f => f.IsTarget).Select(f => f.ComponentId)];
        HashSet<string> demanded = [.. Demanded(before)];
        foreach (string id in isTarget ? Demanded(after).Where(id => !filled.Contains(id) && !demanded.Contains(id)) : [])
        {
            yield return new TouchedPart(TouchedPartKind.UnfilledComponent, id, id);
        }
    }

    private bool Follows(StructureReference side, DataStructure structure) => _planned.Now.Find(side) switch
    {
        DataStructure found => found.Urn == structure.Urn,
        Dataflow flow => _planned.Now.Find<DataStructure>(flow.Structure)?.Urn == structure.Urn,
        _ => false,
    };

    private static IEnumerable<string> Ids(DataStructure structure)
        => structure.Dimensions.Select(d => d.Id).Concat(structure.Measures.Select(m => m.Id)).Concat(structure.Attributes.Select(a => a.Id));

    private static IEnumerable<string> Demanded(DataStructure structure)
        => structure.Dimensions.Select(d => d.Id).Concat(structure.Measures.Where(m => m.IsMandatory).Select(m => m.Id)).Concat(structure.Attributes.Where(a => a.IsMandatory).Select(a => a.Id));
}
