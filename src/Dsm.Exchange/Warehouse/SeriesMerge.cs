using System.Runtime.InteropServices;
using Dsm.Exchange.Submissions;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;

namespace Dsm.Exchange.Warehouse;

/// <summary>
/// Brings what a message says of a series together with what the warehouse has: decides which chunks get a new version and what became
/// of every observation. No database here.
/// </summary>
internal sealed class SeriesMerge(StoredLayout layout, bool isSummed, bool isSnapshot, bool withdraws)
{
    private readonly PartCombiner _combiner = new(layout, isSummed);
    private readonly PackedWriter _scratch = new();

    /// <summary>Counts of all series merged so far. <see cref="MergeCounts.Read"/> holds only what the message itself does not count.</summary>
    public Tally Counts { get; } = new();

    /// <summary>Why a row of <see cref="StagedPart.Collides"/> is not taken.</summary>
    public IssueCode Collision { get; } = isSummed ? ExchangeIssues.IncompleteSum : IssueCodes.MappingCollision;

    /// <summary>
    /// Merges by hashes alone where they suffice. Null when the current content is needed: then load it and call <see cref="Merge"/>.
    /// </summary>
    public SeriesChange? TryMergeByHash(StagedSeries series, List<StagedPart> parts)
    {
        if (parts.Count != 1 || parts[0].Kind >= RunKind.Delete || parts[0].Collides is not null || series.Refused.Count > 0)
        {
            return null;
        }

        StagedPart part = parts[0];
        SeriesColumns rows = part.Rows;
        SeriesChange change = new(series) { Rows = rows };
        long added = 0, same = 0;
        int current = 0;
        for (int first = 0, end; first < rows.Count; first = end)
        {
            int chunk = Slice(rows, first, out end);
            byte[] hash = StoredChunk.HashOf(layout, rows, first, end, _scratch);
            int at = series.CurrentChunks.FindIndex(current, c => c.Number == chunk);
            if (at < 0)
            {
                change.Written.Add((first, end, hash));
                added += part.SourcesOf(first, end);
            }
            else if (series.CurrentChunks[at].Hash.AsSpan().SequenceEqual(hash))
            {
                same += part.SourcesOf(first, end);
                current = at + 1;
            }
            else
            {
                return null;
            }
        }

        if (withdraws)
        {
            Withdraw(change, rows);
        }

        Counts.Added += added;
        Counts.Same += same;
        change.Attributes = Attributes(series, parts, rows.Count > 0);
        return change;
    }

    /// <summary>Merges row by row; the current content must be loaded when there is any.</summary>
    public SeriesChange Merge(StagedSeries series, List<StagedPart> parts)
    {
        SeriesColumns before = series.CurrentContent ?? new SeriesColumns(layout.CellIds.Length), now = before;
        foreach (StagedPart part in parts)
        {
            now = part.Kind >= RunKind.Delete ? Delete(now, part) : Upsert(now, part);
        }

        if (withdraws)
        {
            now = Withdraw(now, series, parts);
        }

        SeriesChange change = new(series) { Rows = now };
        int current = 0;
        for (int first = 0, end; first < now.Count; first = end)
        {
            int chunk = Slice(now, first, out end);
            for (; current < series.CurrentChunks.Count && series.CurrentChunks[current].Number < chunk; current++)
            {
                change.Closed.Add(series.CurrentChunks[current].Number);
            }

            byte[] hash = StoredChunk.HashOf(layout, now, first, end, _scratch);
            bool exists = current < series.CurrentChunks.Count && series.CurrentChunks[current].Number == chunk;
            if (!exists || !series.CurrentChunks[current].Hash.AsSpan().SequenceEqual(hash))
            {
                change.Written.Add((first, end, hash));
                if (exists)
                {
                    change.Closed.Add(chunk);
                }
            }

            current += exists ? 1 : 0;
        }

        change.Closed.AddRange(CollectionsMarshal.AsSpan(series.CurrentChunks)[current..].ToArray().Select(c => c.Number));
        change.Attributes = Attributes(series, parts, now.Count > 0);
        return change;
    }

    public List<StagedPart> Combine(StagedSeries series) => _combiner.Combine(series);

    /// <summary>End of the rows that belong to the chunk of the first; returns its number.</summary>
    private static int Slice(SeriesColumns rows, int first, out int end)
    {
        int chunk = PeriodOrder.ChunkOf(rows.Periods[first]);
        for (end = first + 1; end < rows.Count && PeriodOrder.ChunkOf(rows.Periods[end]) == chunk; end++)
        {
        }

        return chunk;
    }

    private SeriesColumns Upsert(SeriesColumns now, StagedPart part)
    {
        SeriesColumns next = new(layout.CellIds.Length), rows = part.Rows;
        bool replaces = part.Kind == RunKind.Replace || isSnapshot;
        int at = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            for (; at < now.Count && PeriodOrder.Compare(now.Periods[at], rows.Periods[row]) < 0; at++)
            {
                next.Add(now, at);
            }

            bool exists = at < now.Count && PeriodOrder.Compare(now.Periods[at], rows.Periods[row]) == 0;
            int sources = part.SourcesOf(row);
            if (part.Collides?[row] == true)
            {
                Counts.Refused += sources;
                if (exists)
                {
                    next.Add(now, at++);
                }

                continue;
            }

            if (!exists)
            {
                next.Add(rows, row);
                Counts.Added += sources;
                continue;
            }

            next.Add(now, at);
            Overlay(next, next.Count - 1, rows, row, replaces);
            bool same = SeriesColumns.RowsEqual(next, next.Count - 1, now, at++);
            Counts.Same += same ? sources : 0;
            Counts.Changed += same ? 0 : sources;
        }

        next.Add(now, at, now.Count);
        return next;
    }

    private static void Overlay(SeriesColumns to, int row, SeriesColumns from, int fromRow, bool replaces)
    {
        to.Periods[row] = from.Periods[fromRow];
        if (replaces || from.Values[fromRow].Kind != ObservationValueKind.Absent)
        {
            to.Values[row] = from.Values[fromRow];
        }

        for (int c = 0; c < to.Cells.Length; c++)
        {
            if (replaces || from.Cells[c][fromRow] is not null)
            {
                to.Cells[c][row] = from.Cells[c][fromRow];
            }
        }
    }

    private SeriesColumns Delete(SeriesColumns now, StagedPart part)
    {
        SeriesColumns next = new(layout.CellIds.Length), rows = part.Rows;
        bool all = rows.Count == 0;
        int row = 0;
        for (int at = 0; at < now.Count; at++)
        {
            for (; row < rows.Count && PeriodOrder.Compare(rows.Periods[row], now.Periods[at]) < 0; row++)
            {
                Absent(part, row);
            }

            bool named = row < rows.Count && PeriodOrder.Compare(rows.Periods[row], now.Periods[at]) == 0;
            if (!named && !all)
            {
                next.Add(now, at);
                continue;
            }

            bool bulk = all || part.Kind == RunKind.BulkDelete;
            if (!bulk && NamesParts(rows, row))
            {
                DeleteParts(now, at, next, part, row++);
                continue;
            }

            // A bulk deletion is one instruction, not an observation: what it removes counts as read and removed.
            int sources = bulk ? 1 : part.SourcesOf(row);
            Counts.Removed += sources;
            Counts.Bulk += bulk ? 1 : 0;
            row += named ? 1 : 0;
        }

        for (; row < rows.Count; row++)
        {
            Absent(part, row);
        }

        return next;
    }

    // A deletion that names a measure or attributes deletes those and leaves the rest (SDMX 3.0, technical notes, "Dataset actions").
    // Mandatory attributes cannot be deleted by themselves: an observation has them or is not there.
    private bool NamesParts(SeriesColumns rows, int row)
    {
        if (rows.Values[row].Kind != ObservationValueKind.Absent)
        {
            return true;
        }

        for (int c = 0; c < rows.Cells.Length; c++)
        {
            if (rows.Cells[c][row] is not null && !layout.MandatoryCells.Contains(c))
            {
                return true;
            }
        }

        return false;
    }

    private void DeleteParts(SeriesColumns now, int at, SeriesColumns next, StagedPart part, int row)
    {
        next.Add(now, at);
        int to = next.Count - 1;
        if (part.Rows.Values[row].Kind != ObservationValueKind.Absent)
        {
            next.Values[to] = default;
        }

        for (int c = 0; c < next.Cells.Length; c++)
        {
            if (part.Rows.Cells[c][row] is not null && !layout.MandatoryCells.Contains(c))
            {
                next.Cells[c][to] = null;
            }
        }

        int sources = part.SourcesOf(row);
        if (!NamesParts(next, to))
        {
            // Nothing is left of it: senders who repeat the whole observation mean the same as those who name its key.
            next.RemoveLast();
            Counts.Removed += sources;
            return;
        }

        bool same = SeriesColumns.RowsEqual(next, to, now, at);
        Counts.Same += same ? sources : 0;
        Counts.Changed += same ? 0 : sources;
    }

    // What is to be deleted and is not there stays as it was.
    private void Absent(StagedPart part, int row) => Counts.Same += part.Kind == RunKind.BulkDelete ? 0 : part.SourcesOf(row);

    private SeriesColumns Withdraw(SeriesColumns now, StagedSeries series, List<StagedPart> parts)
    {
        SeriesColumns next = new(layout.CellIds.Length);
        int[] at = new int[parts.Count];
        for (int row = 0; row < now.Count; row++)
        {
            // Sent and refused is not absent: the sender still has a figure there, so the last good one stays.
            bool told = series.IsRefused(now.Periods[row]);
            for (int p = 0; p < parts.Count; p++)
            {
                SeriesColumns rows = parts[p].Rows;
                while (at[p] < rows.Count && PeriodOrder.Compare(rows.Periods[at[p]], now.Periods[row]) < 0)
                {
                    at[p]++;
                }

                told |= at[p] < rows.Count && PeriodOrder.Compare(rows.Periods[at[p]], now.Periods[row]) == 0;
            }

            if (told)
            {
                next.Add(now, row);
            }
            else
            {
                Counts.Withdrawn++;
            }
        }

        return next;
    }

    private void Withdraw(SeriesChange change, SeriesColumns rows)
    {
        HashSet<int> told = [];
        for (int first = 0, end; first < rows.Count; first = end)
        {
            told.Add(Slice(rows, first, out end));
        }

        foreach (CurrentChunk chunk in change.Series.CurrentChunks.Where(c => !told.Contains(c.Number)))
        {
            change.Closed.Add(chunk.Number);
            Counts.Withdrawn += chunk.Observations;
        }
    }

    private string?[]? Attributes(StagedSeries series, List<StagedPart> parts, bool hasObservations)
    {
        string?[]? attributes = series.CurrentAttributes;
        foreach (StagedPart part in parts.Where(p => p.Kind < RunKind.Delete && p.Attributes is not null))
        {
            attributes = part.Kind == RunKind.Replace || isSnapshot ? part.Attributes : PartCombiner.Overlay(attributes, [.. part.Attributes!]);
        }

        // A series that has no observation yet is not begun.
        bool isNew = series.CurrentAttributes is null;
        return attributes is null || (series.SeriesId == 0 && !hasObservations) || (!isNew && attributes.AsSpan().SequenceEqual(series.CurrentAttributes))
            ? null
            : attributes;
    }
}

/// <summary>Running counts of a merge, in observations.</summary>
internal sealed class Tally
{
    public long Added { get; set; }

    public long Changed { get; set; }

    public long Same { get; set; }

    public long Refused { get; set; }

    /// <summary>Deleted by the message.</summary>
    public long Removed { get; set; }

    /// <summary>Of the removed, those that a partial key named.</summary>
    public long Bulk { get; set; }

    /// <summary>Absent from a snapshot.</summary>
    public long Withdrawn { get; set; }
}
