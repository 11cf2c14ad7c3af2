using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;

namespace Dsm.Exchange.Registry.Impact;

/// <summary>
/// Puts stored observations into the columns of another schema, component by component of the same id, whatever they are there; what
/// the other schema lacks is left out, what it has in addition stays empty. Values are not judged: that is for validation. Rows stay in
/// their order, one for one.
/// </summary>
internal sealed class SchemaTransfer
{
    private readonly List<(ValueColumn From, ValueColumn To, int[] Numbers)> _series = [];
    private readonly List<(ValueColumn From, ValueColumn To, int[] Numbers)> _rows = [];
    private readonly List<Action<int, int>> _others = [];
    private readonly List<ValueColumn> _rowsToSeries = [];
    private readonly ObservationBatch _from;

    /// <summary>Makes the transfer between two batches.</summary>
    /// <param name="from">Batch as read.</param>
    /// <param name="target">Schema of what comes out.</param>
    /// <param name="space">Data set it belongs to; null to make one.</param>
    public SchemaTransfer(ObservationBatch from, DataSchema target, DataSetSpace? space = null)
    {
        _from = from;
        space ??= new DataSetSpace(from.Space.Header with { Structure = target.Reference }, target);
        To = new ObservationBatch(space, from.Capacity);
        foreach (SchemaComponent component in from.Schema.Components)
        {
            if (target.Find(component.Id) is { } other)
            {
                Connect(component, other);
            }
        }
    }

    /// <summary>What comes out; reused from batch to batch.</summary>
    public ObservationBatch To { get; }

    /// <summary>Fills the target with the rows of the source; what was refused there is refused here.</summary>
    public void Run()
    {
        To.Clear();
        for (int run = 0, row = 0; run < _from.SeriesCount; run++)
        {
            int first = row;
            for (; row < _from.Count && _from.SeriesOf[row] == run; row++)
            {
                // A value that stood at the observation and is to stand above it may differ within the series.
                if (row == first || _rowsToSeries.Any(c => c[row] != c[row - 1]))
                {
                    AddRun(run, row);
                }

                AddRow(run, row);
            }
        }
    }

    private void AddRun(int run, int row)
    {
        int to = To.AddSeries(0, 0);
        foreach ((ValueColumn from, ValueColumn target, int[] numbers) in _series)
        {
            bool isOfSeries = !_rowsToSeries.Contains(from);
            Copy(from, isOfSeries ? run : row, target, to, numbers);
        }
    }

    private void AddRow(int run, int row)
    {
        int to = To.AddObservation(0, 0);
        To.Periods[to] = To.Schema.TimeDimension is null ? default : _from.Periods[row];
        To.Refused[to] = _from.Refused[row];
        foreach ((ValueColumn from, ValueColumn target, int[] numbers) in _rows)
        {
            Copy(from, IsOfSeries(from) ? run : row, target, to, numbers);
        }

        foreach (Action<int, int> other in _others)
        {
            other(row, to);
        }
    }

    private static void Copy(ValueColumn from, int row, ValueColumn target, int to, int[] numbers)
    {
        if (from.Dictionary is null || target.Dictionary is null || (uint)from.Codes[row] >= (uint)numbers.Length)
        {
            target.Set(to, from[row]);
            return;
        }

        // Known codes are looked up once.
        int code = from.Codes[row];
        if (numbers[code] < 0)
        {
            numbers[code] = target.Dictionary.GetOrAdd(from.Dictionary[code]);
        }

        target.Codes[to] = numbers[code];
    }

    private bool IsOfSeries(ValueColumn column) => column.Component.Role == ComponentRole.Dimension || column.Component.Level != AttachmentLevel.Observation;

    private void Connect(SchemaComponent component, SchemaComponent other)
    {
        ValueColumn? from = ColumnOf(_from, component), to = ColumnOf(To, other);
        if (from is not null && to is not null)
        {
            int[] numbers = new int[from.Dictionary?.KnownCount ?? 0];
            Array.Fill(numbers, -1);
            (IsOfSeries(to) ? _series : _rows).Add((from, to, numbers));
            if (IsOfSeries(to) && !IsOfSeries(from))
            {
                _rowsToSeries.Add(from);
            }
        }
        else if (component.Role == ComponentRole.Measure && other.Role == ComponentRole.Measure)
        {
            ObservationValue[] values = _from.Measures[component.Index], target = To.Measures[other.Index];
            _others.Add((row, at) => target[at] = values[row]);
        }
        else if (component.Role == ComponentRole.Measure && to is not null && !IsOfSeries(to))
        {
            ObservationValue[] values = _from.Measures[component.Index];
            _others.Add((row, at) => to.Set(at, values[row].Kind == ObservationValueKind.Absent ? null : values[row].ToString()));
        }
        else if (from is not null && other.Role == ComponentRole.Measure && !IsOfSeries(from))
        {
            ObservationValue[] target = To.Measures[other.Index];
            _others.Add((row, at) => target[at] = ObservationValue.Parse(from[row]));
        }
    }

    private static ValueColumn? ColumnOf(ObservationBatch batch, SchemaComponent component) => component.Role switch
    {
        ComponentRole.Dimension => batch.Dimensions[component.Index],
        ComponentRole.Attribute => batch.SeriesAttributes.Concat(batch.ObservationAttributes).First(c => c.Component.Id == component.Id),
        _ => null,
    };
}
