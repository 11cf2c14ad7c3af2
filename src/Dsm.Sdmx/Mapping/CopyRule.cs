using Dsm.Sdmx.Data;
using Dsm.Sdmx.Validation;

namespace Dsm.Sdmx.Mapping;

/// <summary>
/// A component map without representation map: the value is copied as it is (information model, "Structure Map"). Coded values go
/// through a table of numbers, which is the identity when both codelists are one.
/// </summary>
internal sealed partial record CopyRule : MapRule
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
        (ColumnPlace.Measure, ColumnPlace.Measure) when !Target.Component.IsCoded && CellConversion.AreAlike(Source.Component, Target.Component) => new MeasureFunction(this, mapper),
        _ when Source.HasNumbers => new NumberFunction(this, mapper),
        _ => new TextFunction(this, mapper),
    };

    private MapFault? Copy(StructureMapper mapper, string? text, bool needed)
    {
        if (text is null && needed && !mapper.IsDeletion)
        {
            return new MapFault(MapFaultKind.Unmapped, "", SourceIds, MapName);
        }

        string? cell = text is null ? "" : CellConversion.Convert(Source.Component, Target.Component, text);
        if (cell is null || !TargetValue.TryMake(Target, mapper.Target, cell, out TargetValue value))
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

        public override bool TryMapColumn(ObservationBatch source, int first, int count, ObservationBatch target, int to)
        {
            foreach (ref readonly TimePeriod period in source.Periods.AsSpan(first, count))
            {
                if (period.IsNone)
                {
                    return false;
                }
            }

            Array.Copy(source.Periods, first, target.Periods, to, count);
            return !source.BadPeriods.AsSpan(first, count).ContainsAnyExcept((string?)null);
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

        public override bool TryMapColumn(ObservationBatch source, int first, int count, ObservationBatch target, int to)
        {
            ObservationValue[] values = source.Measures[_from];
            for (int row = first; row < first + count && rule.NormalizesNumbers; row++)
            {
                if (values[row].Kind == ObservationValueKind.Text)
                {
                    return false;
                }
            }

            Array.Copy(values, first, target.Measures[_to], to, count);
            return true;
        }
    }

    private sealed class TextFunction(CopyRule rule, StructureMapper mapper) : MapFunction
    {
        public override MapFault? Apply(ObservationBatch batch, int series, int row)
            => rule.Copy(mapper, rule.Source.TextOf(batch, series, row), rule.IsNeeded());

        public override bool TryMapColumn(ObservationBatch source, int first, int count, ObservationBatch target, int to)
        {
            if (rule.Source.Place != ColumnPlace.ObservationAttribute || rule.Target.Place != ColumnPlace.ObservationAttribute || rule.Target.Component.IsCoded
                || !CellConversion.AreAlike(rule.Source.Component, rule.Target.Component))
            {
                return false;
            }

            string?[] from = source.ObservationAttributes[rule.Source.Index].Texts, into = target.ObservationAttributes[rule.Target.Index].Texts;
            for (int i = 0; i < count; i++)
            {
                into[to + i] = from[first + i] is { Length: > 0 } text ? text : null;
            }

            return true;
        }
    }
}
