using Dsm.Sdmx.Data;

namespace Dsm.Exchange.Warehouse;

/// <summary>
/// Puts the runs of one data set about one series together, in order of their periods. Observations that fall on one period are added
/// up where the map declares it; otherwise none of them is taken.
/// </summary>
internal sealed class PartCombiner(StoredLayout layout, bool isSummed)
{
    private readonly PackedReader _reader = new();

    public List<StagedPart> Combine(StagedSeries series)
    {
        List<StagedPart> parts = [];
        int dataSet = -1;
        StagedPart? part = null;
        foreach (StagedRun run in series.Runs)
        {
            if (run.Kind == RunKind.Refused)
            {
                ReadRefused(series, run);
                continue;
            }

            if (part is null || run.DataSet != dataSet || run.Kind != part.Kind)
            {
                part = new StagedPart(layout.CellIds.Length) { Kind = run.Kind };
                parts.Add(part);
                dataSet = run.DataSet;
            }

            _reader.Open(run.Packed);
            string?[] attributes = new string?[layout.SeriesIds.Length];
            _reader.Texts(attributes);
            part.Attributes = Overlay(part.Attributes, attributes);
            _reader.Rows(part.Rows);
        }

        foreach (StagedPart each in parts)
        {
            if (!each.Rows.IsSorted())
            {
                Sort(each);
            }
        }

        series.Refused.Sort(PeriodOrder.Comparer);
        if (isSummed && series.Refused.Count > 0)
        {
            RefuseIncomplete(series, parts);
        }

        return parts;
    }

    // A sum without one of its parts is a wrong figure, not a smaller one.
    private static void RefuseIncomplete(StagedSeries series, List<StagedPart> parts)
    {
        foreach (StagedPart part in parts.Where(p => p.Kind < RunKind.Delete))
        {
            bool[] incomplete = [.. part.Rows.Periods.Take(part.Rows.Count).Select(p => series.IsRefused(p))];
            part.Collides = incomplete.Contains(true) ? incomplete : null;
        }
    }

    private void ReadRefused(StagedSeries series, StagedRun run)
    {
        SeriesColumns rows = new(layout.CellIds.Length);
        _reader.Open(run.Packed);
        _reader.Texts(new string?[layout.SeriesIds.Length]);
        int count = _reader.Rows(rows);
        series.Refused.AddRange(rows.Periods.AsSpan(0, count));
    }

    /// <summary>The second over the first: a value wins over none.</summary>
    public static string?[] Overlay(string?[]? below, string?[] above)
    {
        for (int i = 0; below is not null && i < above.Length; i++)
        {
            above[i] ??= below[i];
        }

        return above;
    }

    private void Sort(StagedPart part)
    {
        SeriesColumns from = part.Rows;
        int[] order = [.. Enumerable.Range(0, from.Count)];
        Array.Sort(order, (a, b) => PeriodOrder.Compare(from.Periods[a], from.Periods[b]) is int c and not 0 ? c : a.CompareTo(b));
        SeriesColumns to = new(from.Cells.Length);
        List<int> sources = [];
        foreach (int row in order)
        {
            int last = to.Count - 1;
            if (last >= 0 && PeriodOrder.Compare(to.Periods[last], from.Periods[row]) == 0)
            {
                sources[last]++;
                if (isSummed)
                {
                    ObservationSum.Add(layout, to, last, from, row);
                }
            }
            else
            {
                to.Add(from, row);
                sources.Add(1);
            }
        }

        part.Rows = to;
        part.Sources = [.. sources];

        // Deleting twice is deleting once.
        part.Collides = isSummed || part.Kind >= RunKind.Delete ? null : [.. sources.Select(s => s > 1)];
    }
}
