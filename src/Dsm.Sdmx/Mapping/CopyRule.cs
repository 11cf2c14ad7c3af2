using Dsm.Sdmx.Data;
using Dsm.Sdmx.Validation;

namespace Dsm.Sdmx.Mapping;

/// <summary>
/// A component map without representation map: the value is copied as it is (information model, "Structure Map"). Coded values go
/// through a table of numbers, which is the identity when both codelists are one.
/// </summary>
internal sealed record CopyRule : MapRule
{
    /// <summary>The source.</summary>
    public required ColumnSlot Source { get; init; }

    /// <summary>True when national forms of numbers are read.</summary>
    public bool NormalizesNumbers { get; init; }

    /// <summary>Name of the structure map, for messages.</summary>
    public required string MapName { get; init; }

    private ColumnSlot Target => Targets[0];

    /// <inheritdoc/>
    public override MapFunction Start(StructureMapper mapper) => (Source.Place, Target.Place) switch
    {
        (ColumnPlace.Time, ColumnPlace.Time) => new PeriodFunction(this, mapper),
        (ColumnPlace.Measure, ColumnPlace.Measure) when !Target.Component.IsCoded => new MeasureFunction(this, mapper),
        _ when Source.HasNumbers => new NumberFunction(this, mapper),
        _ => new TextFunction(this, mapper),
    };

    private MapFault? Copy(StructureMapper mapper, string? text, bool needed)
    {
        if (text is null && needed && !mapper.IsDeletion)
        {
            return new MapFault(MapFaultKind.Unmapped, "", SourceIds, MapName);
        }

        if (!TargetValue.TryMake(Target, mapper.Target, text ?? "", out TargetValue value))
        {
            return new MapFault(MapFaultKind.Invalid, text!, Target.Component.Id, MapName);
        }

        mapper.Stage(Target, value);
        return null;
    }

    private bool IsNeeded() => Target.Place is ColumnPlace.Dimension or ColumnPlace.Time;

    private sealed class PeriodFunction(CopyRule rule, StructureMapper mapper) : MapFunction
    {
        public override MapFault? Apply(ObservationBatch batch, int series, int row)
        {
            if (batch.BadPeriods[row] is null && !batch.Periods[row].IsNone)
            {
                mapper.StagedPeriod = batch.Periods[row];
                return null;
            }

            return rule.Copy(mapper, rule.Source.TextOf(batch, series, row), true);
        }
    }

    private sealed class MeasureFunction(CopyRule rule, StructureMapper mapper) : MapFunction
    {
        private readonly bool _isNumeric = TextTypes.IsNumeric(rule.Target.Component.Format?.DataType ?? default);
        private readonly int _from = rule.Source.Index, _to = rule.Target.Index;

        public override MapFault? Apply(ObservationBatch batch, int series, int row)
        {
            ref readonly ObservationValue value = ref batch.Measures[_from][row];
            mapper.StagedMeasures[_to] = value.Kind == ObservationValueKind.Text && _isNumeric && rule.NormalizesNumbers
                && SourceText.TryNumber(value.ToString(), out ObservationValue number) ? number : value;
            return null;
        }
    }

    private sealed class TextFunction(CopyRule rule, StructureMapper mapper) : MapFunction
    {
        public override MapFault? Apply(ObservationBatch batch, int series, int row)
            => rule.Copy(mapper, rule.Source.TextOf(batch, series, row), rule.IsNeeded());
    }

    private sealed class NumberFunction : MapFunction
    {
        private readonly CopyRule _rule;
        private readonly StructureMapper _mapper;
        private readonly ColumnSlot _source, _target;
        private readonly bool _needed;
        private (bool IsKnown, TargetValue Value, MapFault? Fault)[] _table = new (bool, TargetValue, MapFault?)[64];

        public NumberFunction(CopyRule rule, StructureMapper mapper)
            => (_rule, _mapper, _source, _target, _needed) = (rule, mapper, rule.Source, rule.Target, rule.IsNeeded());

        public override MapFault? Apply(ObservationBatch batch, int series, int row)
        {
            int number = _source.NumberOf(batch, series, row) + 1;
            if (number >= _table.Length)
            {
                Array.Resize(ref _table, Math.Max(number + 1, _table.Length * 2));
            }

            ref (bool IsKnown, TargetValue Value, MapFault? Fault) outcome = ref _table[number];
            if (!outcome.IsKnown)
            {
                string? text = _source.TextOf(batch, series, row);
                outcome = (true, default, null);
                if (text is null && _needed && !_mapper.IsDeletion)
                {
                    outcome.Fault = new MapFault(MapFaultKind.Unmapped, "", _rule.SourceIds, _rule.MapName);
                }
                else if (!TargetValue.TryMake(_target, _mapper.Target, text ?? "", out outcome.Value))
                {
                    outcome.Fault = new MapFault(MapFaultKind.Invalid, text!, _target.Component.Id, _rule.MapName);
                }
            }

            if (outcome.Fault is null)
            {
                _mapper.Stage(_target, outcome.Value);
            }

            return outcome.Fault;
        }
    }
}
