using System.Runtime.InteropServices;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Rest;

namespace Dsm.Exchange.Warehouse;

/// <summary>
/// Sorts the observations of one data set in memory. With a window that ends somewhere only as many are kept as it reaches to, however
/// many there are.
/// </summary>
internal sealed class ObservationSort(DataSetSpace space, ObservationOrder order, AnswerShape shape)
{
    private const int LeastKept = 1 << 16;
    private readonly bool _bySeries = shape.BySeries && space.Header.Action != DataSetAction.Delete;
    private KeptObservations _kept = new(space);

    /// <summary>The data set.</summary>
    public DataSetSpace Space => space;

    /// <summary>Takes the observations of a batch.</summary>
    public void Add(ObservationBatch batch)
    {
        _kept.Add(batch, _bySeries);
        if (shape.Window.Reach is { } reach && _kept.Count > Math.Max(reach * 2, LeastKept))
        {
            _kept = _kept.Of(Sorted().AsSpan(0, (int)Math.Min(reach, _kept.Count)));
        }
    }

    /// <summary>The observations inside the window, in order. A batch is valid until the next one is asked for.</summary>
    public IEnumerable<ObservationBatch> Batches()
    {
        int[] sorted = Sorted();
        (int skip, int take) = shape.Window.Next(sorted.Length);
        int[] wanted = sorted[skip..(skip + take)];
        if (shape.GroupedBy is { } at)
        {
            wanted = Grouped(wanted, at);
        }

        ObservationBatch batch = new(space);
        int series = -1;
        foreach (int number in wanted)
        {
            if (batch.IsFull)
            {
                yield return batch;
                batch.Clear();
                series = -1;
            }

            (ObservationBatch page, int row) = _kept[number];
            if (_kept.SeriesOf(number) != series)
            {
                batch.CopySeries(page, page.SeriesOf[row]);
                series = _kept.SeriesOf(number);
            }

            KeptObservations.Copy(page, row, batch);
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private int[] Sorted()
    {
        int[] numbers = [.. Enumerable.Range(0, _kept.Count)];
        Func<int, int, int>[] terms = [.. order.Terms.Where(t => !_bySeries || IsOfSeries(t.Component)).Select(Comparison)];
        Array.Sort(numbers, (left, right) =>
        {
            foreach (Func<int, int, int> term in terms)
            {
                if (term(left, right) is int decided and not 0)
                {
                    return decided;
                }
            }

            // They were kept in the order of keys and time, or of an earlier sorting.
            return left.CompareTo(right);
        });
        return numbers;
    }

    private static bool IsOfSeries(SchemaComponent component)
        => component.Role == ComponentRole.Dimension || component is { Role: ComponentRole.Attribute, Level: not AttachmentLevel.Observation };

    private Func<int, int, int> Comparison(OrderTerm term)
    {
        (SchemaComponent component, bool descending) = term;
        DataSchema schema = space.Schema;
        switch (component.Role)
        {
            case ComponentRole.TimeDimension:
                return (left, right) => descending ? Period(right).CompareTo(Period(left)) : Period(left).CompareTo(Period(right));
            case ComponentRole.Measure:
                return (left, right) => ComponentOrder.Compare(Value(left, component.Index), Value(right, component.Index), descending);
            case ComponentRole.Dimension:
                return Column(b => b.Dimensions[component.Index], true, component, descending);
            default:
                int attribute = IndexOf(schema.SeriesAttributes, component);
                return attribute >= 0
                    ? Column(b => b.SeriesAttributes[attribute], true, component, descending)
                    : Column(b => b.ObservationAttributes[IndexOf(schema.ObservationAttributes, component)], false, component, descending);
        }
    }

    private Func<int, int, int> Column(Func<ObservationBatch, ValueColumn> column, bool isOfSeries, SchemaComponent component, bool descending)
    {
        // Ids in keys are texts, as in the order of the warehouse.
        bool isCoded = component.Codes is not null || component.Role == ComponentRole.Dimension;
        if (_kept.Count > 0 && column(_kept[0].Page).Dictionary is { } dictionary)
        {
            int[] ranks = Ranks(dictionary, isCoded, descending);
            return (left, right) => Rank(left).CompareTo(Rank(right));

            int Rank(int number)
            {
                (ObservationBatch page, int row) = _kept[number];
                int code = column(page).Codes[isOfSeries ? page.SeriesOf[row] : row];
                return code < 0 ? int.MaxValue : ranks[code];
            }
        }

        return (left, right) => ComponentOrder.Compare(isCoded, Text(left), Text(right), descending);

        string? Text(int number)
        {
            (ObservationBatch page, int row) = _kept[number];
            return column(page)[isOfSeries ? page.SeriesOf[row] : row];
        }
    }

    /// <summary>Places of the values of a dictionary in their order; equal ones have one place.</summary>
    private static int[] Ranks(ValueDictionary dictionary, bool isCoded, bool descending)
    {
        int[] codes = [.. Enumerable.Range(0, dictionary.Count)];
        Array.Sort(codes, (left, right) => ComponentOrder.Compare(isCoded, dictionary[left], dictionary[right], descending));
        int[] ranks = new int[codes.Length];
        for (int i = 1; i < codes.Length; i++)
        {
            bool isEqual = ComponentOrder.Compare(isCoded, dictionary[codes[i - 1]], dictionary[codes[i]], descending) == 0;
            ranks[codes[i]] = isEqual ? ranks[codes[i - 1]] : i;
        }

        return ranks;
    }

    // Series, or cross-sections, in the order of their first observations.
    private int[] Grouped(int[] numbers, string dimensionAtObservation)
    {
        int at = space.Schema.Find(dimensionAtObservation) is { Role: ComponentRole.Dimension } dimension ? dimension.Index : -1;
        Dictionary<string, int> sections = [];
        Dictionary<int, List<int>> groups = [];
        List<int> order = [];
        foreach (int number in numbers)
        {
            int group = at < 0 ? _kept.SeriesOf(number) : SectionOf(number);
            ref List<int>? members = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, group, out bool isKnown);
            if (!isKnown)
            {
                members = [];
                order.Add(group);
            }

            members!.Add(number);
        }

        return [.. order.SelectMany(g => groups[g])];

        int SectionOf(int number)
        {
            (ObservationBatch page, int row) = _kept[number];
            string key = string.Join('.', page.Dimensions.Where((_, d) => d != at).Select(d => d.Codes[page.SeriesOf[row]])) + "/" + page.Periods[row];
            sections.TryAdd(key, sections.Count);
            return sections[key];
        }
    }

    private TimePeriod Period(int number)
    {
        (ObservationBatch page, int row) = _kept[number];
        return page.Periods[row];
    }

    private ObservationValue Value(int number, int measure)
    {
        (ObservationBatch page, int row) = _kept[number];
        return page.Measures[measure][row];
    }

    private static int IndexOf(IReadOnlyList<SchemaComponent> components, SchemaComponent component)
    {
        for (int i = 0; i < components.Count; i++)
        {
            if (components[i].Id == component.Id)
            {
                return i;
            }
        }

        return -1;
    }
}
