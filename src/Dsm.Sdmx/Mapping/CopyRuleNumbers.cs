using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Mapping;

/// <content>Values that are numbers of a dictionary, through a table.</content>
internal sealed partial record CopyRule
{
    private sealed class NumberFunction : MapFunction
    {
        private readonly CopyRule _rule;
        private readonly StructureMapper _mapper;
        private readonly ColumnSlot _source, _target;
        private readonly bool _needed;
        private readonly NumberColumn? _column;
        private (bool IsKnown, TargetValue Value, MapFault? Fault)[] _table = new (bool, TargetValue, MapFault?)[64];

        public NumberFunction(CopyRule rule, StructureMapper mapper)
        {
            (_rule, _mapper, _source, _target, _needed) = (rule, mapper, rule.Source, rule.Target, rule.IsNeeded());
            _column = NumberColumn.For(rule.Source, rule.Target);
        }

        public override bool TryMapColumn(ObservationBatch source, int first, int count, ObservationBatch target, int to)
            => _column?.TryMap(this, source, first, count, target, to) == true;

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
                else if (!TargetValue.TryMake(_target, _mapper.Target, text is null ? "" : CellConversion.Convert(_source.Component, _target.Component, text)!, out outcome.Value))
                {
                    outcome.Fault = new MapFault(MapFaultKind.Invalid, text!, _target.Component.Id, _rule.MapName);
                }
            }

            if (outcome.Fault is null)
            {
                _mapper.Stage(_target, outcome.Value);
                _column?.Learn(number - 1, outcome.Value);
            }

            return outcome.Fault;
        }
    }
}
