using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Mapping;

/// <summary>Turns a structure map into rules over columns, collecting everything that is wrong with it.</summary>
internal sealed class StructureMapCompiler(StructureMap map, StructureSet structures, DataSchema source, DataSchema target, IssueList issues, MappingOptions options)
{
    private readonly List<string> _faults = [];
    private readonly HashSet<string> _filled = [];
    private readonly List<MapRule> _rules = [];
    private readonly List<(ColumnSlot Slot, string Text)> _fixed = [];

    private string Name => map.Reference.ToString();

    public CompiledStructureMap? Compile()
    {
        Require(Fits(map.Source, source), $"source {map.Source} ≠ {source.Reference}");
        Require(Fits(map.Target, target), $"target {map.Target} ≠ {target.Reference}");
        foreach (ComponentMap component in map.ComponentMaps)
        {
            AddComponentMap(component);
        }

        foreach (TimePatternMap time in map.TimeMaps)
        {
            AddTimeMap(time);
        }

        foreach (FixedValueMap value in map.FixedValues.Where(f => f.IsTarget))
        {
            AddFixedValue(value);
        }

        foreach (SchemaComponent dimension in target.Components.Where(c => c.Role is ComponentRole.Dimension or ComponentRole.TimeDimension))
        {
            Require(_filled.Contains(dimension.Id), $"{target.Structure.Reference} {dimension.Id} ← ?");
        }

        foreach (string fault in _faults)
        {
            issues.Add(IssueCodes.MapDefinition, Location.None, Name, fault);
        }

        return _faults.Count > 0 ? null : new CompiledStructureMap(Name, source, target, map.IsSummed, [.. Ordered()], [.. _fixed]);
    }

    private static bool Fits(StructureReference reference, DataSchema schema)
        => new Maintainable?[] { schema.Structure, schema.Dataflow, schema.Agreement }.OfType<Maintainable>().Any(a =>
            a.Type == reference.Type && a.AgencyId == reference.AgencyId && a.Id == reference.Id
            && VersionQuery.TryParse(reference.Version, out VersionQuery? query) && query.Select([a.Version], v => v).Any());

    private void AddComponentMap(ComponentMap component)
    {
        (ColumnSlot? Slot, string? Fixed)[] sources = [.. component.Sources.Select(Source)];
        ImmutableArray<ColumnSlot> targets = [.. component.Targets.Select(Fill).OfType<ColumnSlot>()];
        string ids = string.Join("+", component.Sources);
        string arrow = $"{ids} → {string.Join("+", component.Targets)}";
        if (!Require(sources.Length > 0 && component.Targets.Length > 0, arrow) || targets.Length != component.Targets.Length || sources.Any(s => s is { Slot: null, Fixed: null }))
        {
            return;
        }

        bool ofSeries = sources.All(s => s.Slot?.IsOfSeries != false);
        if (component.RepresentationMap is null)
        {
            if (Require(sources.Length == 1 && targets.Length == 1, $"{arrow}: RepresentationMap = ?"))
            {
                AddCopy(sources[0], targets, ids, ofSeries);
            }

            return;
        }

        if (structures.FindFrom<RepresentationMap>(map, component.RepresentationMap) is not { } representation)
        {
            _faults.Add($"{arrow}: {component.RepresentationMap} = ?");
            return;
        }

        if (Require((representation.Sources.IsEmpty || representation.Sources.Length == sources.Length) && (representation.Targets.IsEmpty || representation.Targets.Length == targets.Length),
            $"{arrow}: {representation.Reference} {representation.Sources.Length}→{representation.Targets.Length}"))
        {
            _rules.Add(new LookupRule
            {
                SourceIds = ids,
                Sources = [.. sources],
                Targets = targets,
                IsOfSeries = ofSeries,
                Table = RepresentationTable.Compile(representation, sources.Length, targets.Length, options.NormalizesSource, _faults),
                SourcePeriod = source.TimeDimension is { } time ? ColumnSlot.Of(source, time) : null,
            });
        }
    }

    private void AddCopy((ColumnSlot? Slot, string? Fixed) from, ImmutableArray<ColumnSlot> targets, string ids, bool ofSeries)
    {
        if (from.Slot is not { } slot)
        {
            _fixed.Add((targets[0], ComplexValue.Cell(targets[0].Component, from.Fixed!)));
            return;
        }

        _rules.Add(new CopyRule { SourceIds = ids, Source = slot, Targets = targets, IsOfSeries = ofSeries, MapName = Name, NormalizesNumbers = options.NormalizesSource });
    }

    private void AddTimeMap(TimePatternMap time)
    {
        (ColumnSlot? slot, _) = Source(time.Source);
        ColumnSlot? to = Fill(time.Target);
        SchemaComponent? frequency = time.FrequencyDimension is null ? null : target.Find(time.FrequencyDimension);
        Require(time.TargetFrequencyId is not null || frequency is not null, $"{time.Source} → {time.Target}: {time.FrequencyDimension ?? "FREQ"} = ?");
        if (!TimeConversion.TryCreate(time, out TimeConversion? conversion, out string? fault))
        {
            _faults.Add($"{time.Source} → {time.Target}: {fault}");
        }
        else if (slot is { } from && to is { } target1)
        {
            _rules.Add(new TimeRule
            {
                SourceIds = time.Source,
                Source = from,
                Targets = [target1],
                Conversion = conversion,
                Frequency = time.TargetFrequencyId,
                FrequencySlot = frequency is null ? null : ColumnSlot.Of(target, frequency),
                IsOfSeries = from.IsOfSeries,
                MapName = Name,
            });
        }
    }

    private void AddFixedValue(FixedValueMap value)
    {
        if (Fill(value.ComponentId) is { } slot && Require(value.Values.Length <= 1 || slot.Component.Representation.MaxOccurs != 1, $"{value.ComponentId} = {string.Join(", ", value.Values)}")
            && value.Values.Length > 0)
        {
            _fixed.Add((slot, ComplexValue.Of(value.Values).ToCell(slot.Component)));
        }
    }

    /// <summary>
    /// Rules in the order of what they need: what says a frequency before the time, the time before what has spans of validity. A rule
    /// is one of series only when everything it needs is.
    /// </summary>
    private IEnumerable<MapRule> Ordered()
    {
        HashSet<string> frequencies = [.. _rules.OfType<TimeRule>().Select(r => r.FrequencySlot?.Component.Id).OfType<string>()];
        MapRule[] first = [.. _rules.Where(r => r is not TimeRule && (!HasValidity(r) || IsFrequency(r)) && !FillsTime(r))
            .Select(r => HasValidity(r) ? r with { IsOfSeries = r.IsOfSeries && source.TimeDimension is null } : r)];
        HashSet<string> rowFrequencies = [.. first.Where(r => !r.IsOfSeries).SelectMany(r => r.Targets).Select(t => t.Component.Id)];
        MapRule[] times = [.. _rules.Where(r => r is TimeRule || (FillsTime(r) && !IsFrequency(r)))
            .Select(r => r is TimeRule { FrequencySlot.Component.Id: { } id } && rowFrequencies.Contains(id) ? r with { IsOfSeries = false } : r)];
        bool timeOfRow = times.Any(r => !r.IsOfSeries && FillsTime(r)) || source.TimeDimension is not null;
        IEnumerable<MapRule> last = _rules.Where(r => r is not TimeRule && HasValidity(r) && !IsFrequency(r) && !FillsTime(r))
            .Select(r => r with { IsOfSeries = r.IsOfSeries && !timeOfRow });
        return first.Concat(_rules.Where(r => r is not TimeRule && FillsTime(r) && IsFrequency(r))).Concat(times).Concat(last);

        static bool HasValidity(MapRule rule) => rule is LookupRule { Table.HasValidity: true };
        static bool FillsTime(MapRule rule) => rule.Targets.Any(t => t.Place == ColumnPlace.Time);
        bool IsFrequency(MapRule rule) => rule.Targets.Any(t => frequencies.Contains(t.Component.Id));
    }

    private (ColumnSlot? Slot, string? Fixed) Source(string id)
    {
        if (source.Find(id) is { } component)
        {
            return (ColumnSlot.Of(source, component), null);
        }

        string? value = map.FixedValues.FirstOrDefault(f => !f.IsTarget && f.ComponentId == id)?.Values.FirstOrDefault();
        Require(value is not null, $"{source.Structure.Reference} {id} = ?");
        return (null, value);
    }

    private ColumnSlot? Fill(string id)
    {
        SchemaComponent? component = target.Find(id);
        if (!Require(component is not null, $"{target.Structure.Reference} {id} = ?") || !Require(_filled.Add(id), $"{id} ← 2"))
        {
            return null;
        }

        return ColumnSlot.Of(target, component!);
    }

    private bool Require(bool condition, string fault)
    {
        if (!condition)
        {
            _faults.Add(fault);
        }

        return condition;
    }
}
