using System.Collections.Immutable;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Mapping;

/// <summary>A component map with a representation map: n source values to m target values.</summary>
internal sealed record LookupRule : MapRule
{
    /// <summary>The sources: a slot, or the fixed value of a component that the source lacks.</summary>
    public required ImmutableArray<(ColumnSlot? Slot, string? Fixed)> Sources { get; init; }

    /// <summary>The representation map.</summary>
    public required RepresentationTable Table { get; init; }

    /// <summary>Where the period for spans of validity comes from: a slot of the source, or null for the period of the target.</summary>
    public ColumnSlot? SourcePeriod { get; init; }

    /// <inheritdoc/>
    public override MapFunction Start(StructureMapper mapper) => new Function(this, mapper);

    private sealed class Function : MapFunction
    {
        private readonly LookupRule _rule;
        private readonly StructureMapper _mapper;
        private readonly ImmutableArray<SourceReader> _sources;
        private readonly ColumnSlot[] _targets;
        private readonly bool _hasValidity;
        private readonly OutcomeCache<Outcome> _cache;
        private readonly NumberColumn? _column;

        public Function(LookupRule rule, StructureMapper mapper)
        {
            (_rule, _mapper) = (rule, mapper);
            _sources = [.. rule.Sources.Select(s => new SourceReader(s.Slot, s.Fixed))];
            _targets = [.. rule.Targets];
            _hasValidity = rule.Table.HasValidity;
            _cache = new OutcomeCache<Outcome>(_sources);
            _column = !_hasValidity && rule.Sources is [{ Slot: var source }] && rule.Targets is [var target] ? NumberColumn.For(source, target) : null;
        }

        public override bool TryMapColumn(ObservationBatch source, int first, int count, ObservationBatch target, int to)
            => _column?.TryMap(this, source, first, count, target, to) == true;

        public override MapFault? Apply(ObservationBatch batch, int series, int row)
        {
            // With spans of validity the outcome depends on the period too; such maps are rare and not cached.
            Outcome outcome = _hasValidity
                ? Find(batch, series, row, PeriodOf(batch, row))
                : _cache[batch, series, row] ??= Find(batch, series, row, default);
            TargetValue[] values = outcome.Values;
            for (int t = 0; t < values.Length; t++)
            {
                _mapper.Stage(in _targets[t], in values[t]);
            }

            if (outcome.Fault is null)
            {
                _column?.Learn(_rule.Sources[0].Slot!.Value.NumberOf(batch, series, row), values.Length > 0 ? values[0] : default);
            }

            return outcome.Fault;
        }

        private TimePeriod PeriodOf(ObservationBatch batch, int row)
            => _rule.SourcePeriod is not null && row >= 0 && !batch.Periods[row].IsNone ? batch.Periods[row] : _mapper.StagedPeriod;

        private Outcome Find(ObservationBatch batch, int series, int row, TimePeriod period)
        {
            string[] values = [.. _sources.Select(s => s.TextOf(batch, series, row))];
            IReadOnlyList<string>? found = _rule.Table.Find(values, period);
            bool needsValue = _rule.Targets.Any(t => t.Place is ColumnPlace.Dimension or ColumnPlace.Time) && !_mapper.IsDeletion;
            if (found is null)
            {
                // Nothing sent, nothing mapped: an optional target stays without value.
                return !needsValue && values.All(v => v.Length == 0) ? Outcome.Nothing(_rule.Targets.Length) : Outcome.Of(Fault(MapFaultKind.Unmapped, values));
            }

            TargetValue[] outcome = new TargetValue[_rule.Targets.Length];
            for (int t = 0; t < outcome.Length && found.Count > 0; t++)
            {
                if (!TargetValue.TryMake(_rule.Targets[t], _mapper.Target, CellConversion.Result(_rule.Targets[t].Component, found[t]), out outcome[t]))
                {
                    return Outcome.Of(new MapFault(MapFaultKind.Invalid, found[t], _rule.Targets[t].Component.Id, _rule.Table.Name));
                }
            }

            bool leftOut = needsValue && _rule.Targets.Where((t, i) => t.Place is ColumnPlace.Dimension or ColumnPlace.Time && outcome[i].Text is null).Any();
            return leftOut ? Outcome.Of(Fault(MapFaultKind.LeftOut, values)) : new Outcome(outcome, null);
        }

        private MapFault Fault(MapFaultKind kind, string[] values) => new(kind, string.Join(", ", values), _rule.SourceIds, _rule.Table.Name);
    }

    private sealed record Outcome(TargetValue[] Values, MapFault? Fault)
    {
        public static Outcome Of(MapFault fault) => new([], fault);

        public static Outcome Nothing(int targets) => new(new TargetValue[targets], null);
    }
}
