using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Rest;

namespace Dsm.Exchange.Warehouse;

/// <summary>Orders the observations of one series.</summary>
internal sealed class RowOrder
{
    private readonly ImmutableArray<(OrderTerm Term, int Cell)> _terms;

    private RowOrder(ImmutableArray<(OrderTerm, int)> terms) => _terms = terms;

    /// <summary>What of an order concerns the observations of one series; null when that is nothing.</summary>
    public static RowOrder? Of(ObservationOrder? order, StoredLayout layout)
    {
        ImmutableArray<(OrderTerm, int)> terms = [.. (order?.Terms ?? []).Select(t => (t, CellOf(t.Component, layout))).Where(t => t.Item2 != NotOfRows)];
        return terms.IsEmpty ? null : new RowOrder(terms);
    }

    /// <summary>Sorts numbers of rows; rows that are equal keep their sequence.</summary>
    public void Sort(List<int> rows, SeriesColumns columns)
    {
        bool isSorted = true;
        for (int i = 1; i < rows.Count && isSorted; i++)
        {
            isSorted = Compare(columns, rows[i - 1], rows[i]) <= 0;
        }

        if (!isSorted)
        {
            rows.Sort((left, right) => Compare(columns, left, right) is int order and not 0 ? order : left.CompareTo(right));
        }
    }

    private const int NotOfRows = -3;
    private const int Time = -2;
    private const int Value = -1;

    private static int CellOf(SchemaComponent component, StoredLayout layout) => component.Role switch
    {
        ComponentRole.TimeDimension => Time,
        ComponentRole.Measure when component.Index == 0 => Value,
        ComponentRole.Measure => layout.CellOf(component.Id),
        ComponentRole.Attribute when component.Level == AttachmentLevel.Observation => layout.CellOf(component.Id),
        _ => NotOfRows,
    };

    private int Compare(SeriesColumns columns, int left, int right)
    {
        foreach ((OrderTerm term, int cell) in _terms)
        {
            int order = cell switch
            {
                Time => term.IsDescending ? columns.Periods[right].CompareTo(columns.Periods[left]) : columns.Periods[left].CompareTo(columns.Periods[right]),
                Value => ComponentOrder.Compare(columns.Values[left], columns.Values[right], term.IsDescending),
                _ when term.Component.Role == ComponentRole.Measure
                    => ComponentOrder.Compare(ObservationValue.Parse(columns.Cells[cell][left]), ObservationValue.Parse(columns.Cells[cell][right]), term.IsDescending),
                _ => ComponentOrder.Compare(term.Component.Codes is not null, columns.Cells[cell][left], columns.Cells[cell][right], term.IsDescending),
            };
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }
}
