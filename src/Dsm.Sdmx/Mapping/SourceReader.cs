using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Mapping;

/// <summary>
/// Reads one source component: as text, and as a number that is the same for the same value, so that outcomes can be cached by
/// numbers. A component that the source lacks has a fixed value.
/// </summary>
internal sealed class SourceReader(ColumnSlot? slot, string? fixedValue)
{
    /// <summary>After so many values of an uncoded component the numbers start anew, so that memory stays bounded.</summary>
    public const int MaxValues = 100_000;

    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<TimePeriod, int> _periods = [];
    private readonly Dictionary<ObservationValue, int> _values = [];

    /// <summary>How many numbers of its own were given out.</summary>
    public int Count => _texts.Count + _periods.Count + _values.Count;

    /// <summary>The value as text; empty when there is none.</summary>
    public string TextOf(ObservationBatch batch, int series, int row) => slot is { } s ? CellConversion.Match(s.Component, s.TextOf(batch, series, row) ?? "") : fixedValue ?? "";

    /// <summary>Number of the value; -1 when there is none.</summary>
    public int NumberOf(ObservationBatch batch, int series, int row)
    {
        if (slot is not { } s)
        {
            return 0;
        }

        if (s.HasNumbers)
        {
            return s.NumberOf(batch, series, row);
        }

        // Ordinary periods and measures are told apart without making text of them; the three kinds of numbers stay apart by their remainder.
        if (s.Place == ColumnPlace.Time && batch.BadPeriods[row] is null)
        {
            return batch.Periods[row].IsNone ? -1 : 3 * NumberIn(_periods, batch.Periods[row]);
        }

        if (s.Place == ColumnPlace.Measure)
        {
            ObservationValue value = batch.Measures[s.Index][row];
            return value.Kind == ObservationValueKind.Absent ? -1 : (3 * NumberIn(_values, value)) + 1;
        }

        return s.TextOf(batch, series, row) is { } text ? (3 * NumberIn(_texts, text)) + 2 : -1;
    }

    /// <summary>Forgets the numbers given out.</summary>
    public void Reset()
    {
        _texts.Clear();
        _periods.Clear();
        _values.Clear();
    }

    private static int NumberIn<T>(Dictionary<T, int> numbers, T value)
        where T : notnull
    {
        if (!numbers.TryGetValue(value, out int number))
        {
            numbers.Add(value, number = numbers.Count);
        }

        return number;
    }
}
