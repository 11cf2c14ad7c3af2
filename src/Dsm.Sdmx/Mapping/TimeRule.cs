using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Mapping;

/// <summary>A date pattern or epoch map: a text or number of the source to a time period of the target's frequency.</summary>
internal sealed record TimeRule : MapRule
{
    /// <summary>The source.</summary>
    public required ColumnSlot Source { get; init; }

    /// <summary>The conversion.</summary>
    public required TimeConversion Conversion { get; init; }

    /// <summary>The frequency when it is fixed; null when a component of the target says it.</summary>
    public string? Frequency { get; init; }

    /// <summary>The component of the target that says the frequency.</summary>
    public ColumnSlot? FrequencySlot { get; init; }

    /// <summary>Name of the structure map, for messages.</summary>
    public required string MapName { get; init; }

    /// <inheritdoc/>
    public override MapFunction Start(StructureMapper mapper) => new Function(this, mapper);

    private sealed class Function(TimeRule rule, StructureMapper mapper) : MapFunction
    {
        private readonly Dictionary<(string Text, string Frequency), (TargetValue Value, MapFault? Fault)> _outcomes = [];

        public override MapFault? Apply(ObservationBatch batch, int series, int row)
        {
            string frequency = rule.Frequency ?? mapper.StagedText(rule.FrequencySlot!.Value) ?? "";
            string? text = rule.Source.TextOf(batch, series, row);
            if (text is null && mapper.IsDeletion)
            {
                mapper.Stage(rule.Targets[0], default);
                return null;
            }

            if (!_outcomes.TryGetValue((text ?? "", frequency), out (TargetValue Value, MapFault? Fault) outcome))
            {
                if (_outcomes.Count > SourceReader.MaxValues)
                {
                    _outcomes.Clear();
                }

                _outcomes.Add((text ?? "", frequency), outcome = Convert(text ?? "", frequency));
            }

            mapper.Stage(rule.Targets[0], outcome.Value);
            return outcome.Fault;
        }

        private (TargetValue Value, MapFault? Fault) Convert(string text, string frequency)
        {
            string? period = rule.Conversion.Convert(text, frequency);
            return period is null
                ? (default, new MapFault(MapFaultKind.Unmapped, frequency.Length == 0 ? text : $"{text} ({frequency})", rule.SourceIds, rule.MapName))
                : TargetValue.TryMake(rule.Targets[0], mapper.Target, period, out TargetValue value)
                    ? (value, null)
                    : (default, new MapFault(MapFaultKind.Invalid, period, rule.Targets[0].Component.Id, rule.MapName));
        }
    }
}
