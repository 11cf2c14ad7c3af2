using Dsm.Sdmx.Data;

namespace Dsm.Exchange.Warehouse;

/// <summary>
/// Observations of one series in columns: period, value of the first measure, and a cell for each further measure and attribute of the
/// observation, in the order of a <see cref="StoredLayout"/>. Reused; grows as needed.
/// </summary>
internal sealed class SeriesColumns
{
    public SeriesColumns(int cells)
    {
        Periods = [];
        Values = [];
        Cells = new string?[cells][];
        Array.Fill(Cells, []);
    }

    public int Count { get; private set; }

    public TimePeriod[] Periods { get; private set; }

    public ObservationValue[] Values { get; private set; }

    public string?[][] Cells { get; }

    public void Clear() => Count = 0;

    public void RemoveLast() => Count--;

    /// <summary>Makes room for further rows, whose content is what was there before; returns the first of them.</summary>
    public int Extend(int rows)
    {
        int first = Count;
        Count += rows;
        if (Count > Periods.Length)
        {
            // A chunk that comes as a whole is often all there is; rows that come one by one are followed by more.
            int size = Math.Max(Count, rows > 1 ? Periods.Length * 2 : Math.Max(32, Periods.Length * 2));
            Periods = Grow(Periods, size);
            Values = Grow(Values, size);
            for (int i = 0; i < Cells.Length; i++)
            {
                Cells[i] = Grow(Cells[i], size);
            }
        }

        return first;
    }

    /// <summary>Adds a copy of a row of the same layout.</summary>
    public void Add(SeriesColumns from, int row)
    {
        int to = Extend(1);
        Periods[to] = from.Periods[row];
        Values[to] = from.Values[row];
        for (int i = 0; i < Cells.Length; i++)
        {
            Cells[i][to] = from.Cells[i][row];
        }
    }

    public void Add(SeriesColumns from, int first, int end)
    {
        int to = Extend(end - first);
        Array.Copy(from.Periods, first, Periods, to, end - first);
        Array.Copy(from.Values, first, Values, to, end - first);
        for (int i = 0; i < Cells.Length; i++)
        {
            Array.Copy(from.Cells[i], first, Cells[i], to, end - first);
        }
    }

    /// <summary>True when two rows say the same, spelling included.</summary>
    public static bool RowsEqual(SeriesColumns left, int leftRow, SeriesColumns right, int rightRow)
    {
        if (left.Periods[leftRow] != right.Periods[rightRow] || left.Values[leftRow] != right.Values[rightRow])
        {
            return false;
        }

        for (int i = 0; i < left.Cells.Length; i++)
        {
            if (left.Cells[i][leftRow] != right.Cells[i][rightRow])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when the periods ascend without repetition.</summary>
    public bool IsSorted()
    {
        for (int i = 1; i < Count; i++)
        {
            if (PeriodOrder.Compare(Periods[i - 1], Periods[i]) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private static T[] Grow<T>(T[] array, int size)
    {
        Array.Resize(ref array, size);
        return array;
    }
}
