using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Mapping;

/// <summary>
/// A representation map made ready for look-ups: plain values in a table, then substrings and regular expressions in document order
/// (standard: "moving down the list until a match is found"), then both once more with evened-out spelling.
/// </summary>
internal sealed class RepresentationTable
{
    private readonly Dictionary<string, List<Row>> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Row>?> _loose = new(StringComparer.Ordinal); // null: spellings that mean different things
    private readonly List<Row> _patterns = [];
    private readonly bool _normalizes;

    private RepresentationTable(RepresentationMap map, bool normalizes) => (Name, _normalizes) = (map.Reference.ToString(), normalizes);

    /// <summary>Short reference of the map, for messages.</summary>
    public string Name { get; }

    /// <summary>True when mappings are valid in spans of time, so that a period is part of the question.</summary>
    public bool HasValidity { get; private set; }

    /// <summary>Compiles a map with a number of sources and targets; faults go to a list.</summary>
    public static RepresentationTable Compile(RepresentationMap map, int sources, int targets, bool normalizes, List<string> faults)
    {
        RepresentationTable table = new(map, normalizes);
        foreach (RepresentationMapping mapping in map.Mappings)
        {
            if (mapping.Sources.Length != sources || (mapping.Targets.Length != targets && !mapping.Targets.IsEmpty))
            {
                faults.Add($"{table.Name}: {mapping.Sources.Length}→{mapping.Targets.Length} ≠ {sources}→{targets}");
                continue;
            }

            if (!TryPeriod(mapping.ValidFrom, out TimePeriod from) || !TryPeriod(mapping.ValidTo, out TimePeriod to))
            {
                faults.Add($"{table.Name}: {mapping.ValidFrom}…{mapping.ValidTo}");
                continue;
            }

            Row row = new(mapping.Targets, from.IsNone ? null : from.Start, to.IsNone ? null : to.End);
            table.HasValidity |= row.From is not null || row.To is not null;
            if (mapping.Sources.All(s => s is { IsRegEx: false, StartIndex: null, EndIndex: null }))
            {
                table.AddExact([.. mapping.Sources.Select(s => s.Value)], row);
            }
            else
            {
                table.AddPattern(mapping, row, faults);
            }
        }

        return table;
    }

    /// <summary>
    /// The target values for source values (empty text for none) in a period; empty when they are mapped to nothing, null when no
    /// mapping fits.
    /// </summary>
    public IReadOnlyList<string>? Find(ReadOnlySpan<string> sources, TimePeriod period)
    {
        if (FirstValid(_exact.GetValueOrDefault(Key(sources)), period) is { } exact)
        {
            return exact.Targets;
        }

        string[] folded = [];
        if (_normalizes)
        {
            folded = Each(sources, static s => SourceText.Fold(SourceText.Normalize(s)));
            if (FirstValid(_loose.GetValueOrDefault(Key(folded)), period) is { } loose)
            {
                return loose.Targets;
            }
        }

        if (FindPattern(sources, period) is { } found)
        {
            return found;
        }

        if (!_normalizes)
        {
            return null;
        }

        string[] normalized = Each(sources, SourceText.Normalize);
        return FindPattern(normalized, period) ?? FindPattern(folded, period)
            ?? FirstValid(_loose.GetValueOrDefault(Key(Each(normalized, static s => SourceText.Fold(SourceText.WithoutFootnote(s))))), period)?.Targets;
    }

    private static bool TryPeriod(string? text, out TimePeriod period)
    {
        period = default;
        return text is null || TimePeriod.TryParse(text, out period);
    }

    private static string Key(ReadOnlySpan<string> values) => values.Length == 1 ? values[0] : string.Join('\u001f', values.ToArray());

    private static string[] Each(ReadOnlySpan<string> values, Func<string, string> change)
    {
        string[] changed = values.ToArray();
        for (int i = 0; i < changed.Length; i++)
        {
            changed[i] = change(changed[i]);
        }

        return changed;
    }

    private static Row? FirstValid(List<Row>? rows, TimePeriod period) => rows?.Find(r => r.IsValid(period));

    private void AddExact(string[] sources, Row row)
    {
        string key = Key(sources);
        if (!_exact.TryGetValue(key, out List<Row>? rows))
        {
            _exact.Add(key, rows = []);
        }

        rows.Add(row);
        string loose = Key(Each(sources, static s => SourceText.Fold(SourceText.Normalize(s))));
        if (!_loose.TryGetValue(loose, out List<Row>? same) || ReferenceEquals(same, rows))
        {
            _loose[loose] = rows;
        }
        else if (same is not null && !same.SelectMany(r => r.Targets).SequenceEqual(rows.SelectMany(r => r.Targets)))
        {
            _loose[loose] = null;
        }
    }

    private void AddPattern(RepresentationMapping mapping, Row row, List<string> faults)
    {
        List<MappedPattern> patterns = [];
        foreach (MappedValue source in mapping.Sources)
        {
            if (MappedPattern.TryCreate(source, out MappedPattern? pattern, out string? fault))
            {
                patterns.Add(pattern);
            }
            else
            {
                faults.Add($"{Name}: {fault}");
            }
        }

        _patterns.Add(row with { Patterns = [.. patterns] });
    }

    private IReadOnlyList<string>? FindPattern(ReadOnlySpan<string> sources, TimePeriod period)
    {
        List<string> groups = [];
        foreach (Row row in _patterns)
        {
            groups.Clear();
            bool matches = row.IsValid(period);
            for (int i = 0; i < sources.Length && matches; i++)
            {
                matches = row.Patterns[i].IsMatch(sources[i], groups);
            }

            if (matches)
            {
                return groups.Count == 0 ? row.Targets : [.. row.Targets.Select(t => Expand(t, groups))];
            }
        }

        return null;
    }

    /// <summary>Puts groups in for <c>\1</c> to <c>\9</c>; groups of several sources are numbered on.</summary>
    private static string Expand(string target, List<string> groups)
    {
        StringBuilder result = new(target.Length);
        for (int i = 0; i < target.Length; i++)
        {
            if (target[i] == '\\' && i + 1 < target.Length && char.IsAsciiDigit(target[i + 1]) && target[i + 1] - '1' < groups.Count && target[i + 1] != '0')
            {
                result.Append(groups[target[++i] - '1']);
            }
            else
            {
                result.Append(target[i]);
            }
        }

        return result.ToString();
    }

    private sealed record Row(ImmutableArray<string> Targets, DateTime? From, DateTime? To)
    {
        public ImmutableArray<MappedPattern> Patterns { get; init; } = [];

        /// <summary>True when a period lies wholly in the span of validity (standard, "Time span mapping rules using validity periods").</summary>
        public bool IsValid(TimePeriod period)
            => (From is null && To is null) || (!period.IsNone && !(period.Start < From) && !(period.End > To));
    }
}
