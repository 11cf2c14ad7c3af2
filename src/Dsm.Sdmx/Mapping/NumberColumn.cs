using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Mapping;

/// <summary>
/// What becomes of the codes of one attribute of observations when they become codes of one attribute of observations: a table of
/// numbers, filled as values occur, so that a column is mapped without looking at a rule.
/// </summary>
internal sealed class NumberColumn
{
    private const int Unknown = int.MinValue;

    private readonly int _source, _target;
    private int[] _numbers = [];

    private NumberColumn(int source, int target) => (_source, _target) = (source, target);

    /// <summary>The table of a rule; null when it is not about such attributes.</summary>
    public static NumberColumn? For(ColumnSlot? source, ColumnSlot target)
        => source is { Place: ColumnPlace.ObservationAttribute, HasNumbers: true } from && target is { Place: ColumnPlace.ObservationAttribute, HasNumbers: true }
            ? new NumberColumn(from.Index, target.Index) : null;

    /// <summary>Maps a column; false when a value has no outcome. Values not met before are mapped by the function first.</summary>
    public bool TryMap(MapFunction function, ObservationBatch batch, int first, int count, ObservationBatch into, int to)
    {
        ReadOnlySpan<int> from = batch.ObservationAttributes[_source].Codes.AsSpan(first, count);
        Span<int> codes = into.ObservationAttributes[_target].Codes.AsSpan(to, count);
        int[] numbers = _numbers;
        for (int i = 0; i < from.Length; i++)
        {
            int number = from[i] + 1;
            if ((uint)number >= (uint)numbers.Length || numbers[number] == Unknown)
            {
                if (function.Apply(batch, batch.SeriesOf[first + i], first + i) is not null)
                {
                    return false;
                }

                numbers = _numbers;
            }

            codes[i] = numbers[number];
        }

        return true;
    }

    /// <summary>Notes the outcome of a source number; -1 for no value.</summary>
    public void Learn(int number, in TargetValue outcome)
    {
        if (number + 1 >= _numbers.Length)
        {
            int known = _numbers.Length;
            Array.Resize(ref _numbers, Math.Max(number + 2, _numbers.Length * 2));
            _numbers.AsSpan(known).Fill(Unknown);
        }

        _numbers[number + 1] = outcome.Number;
    }
}
