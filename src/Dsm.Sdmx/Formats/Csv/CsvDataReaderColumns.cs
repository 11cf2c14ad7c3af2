using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>How the columns of a CSV message serve one data set: several data sets of one message can have several structures.</summary>
internal sealed class CsvDataReaderColumns
{
    private CsvDataReaderColumns(CsvDataReaderColumn[] columns, int[] unknown, CsvSegment[] segments)
    {
        Dimensions = [.. columns.Where(c => c.Slot.Kind == SlotKind.Dimension)];
        OfSeries = [.. columns.Where(c => c.Slot.Kind == SlotKind.SeriesAttribute)];
        OfObservation = [.. columns.Where(c => c.Slot.Kind is SlotKind.Measure or SlotKind.ObservationAttribute)];
        Time = Array.Find(columns, c => c.Slot.Kind == SlotKind.Time);
        Unknown = unknown;
        Segments = segments;
    }

    /// <summary>Columns of dimensions other than time.</summary>
    public CsvDataReaderColumn[] Dimensions { get; }

    /// <summary>Columns of attributes above the observation.</summary>
    public CsvDataReaderColumn[] OfSeries { get; }

    /// <summary>Columns of measures and attributes of the observation.</summary>
    public CsvDataReaderColumn[] OfObservation { get; }

    /// <summary>Column of time; null for none.</summary>
    public CsvDataReaderColumn? Time { get; }

    /// <summary>Columns of no component.</summary>
    public int[] Unknown { get; }

    /// <summary>All columns of the message, by whether they are expected to repeat.</summary>
    public CsvSegment[] Segments { get; }

    /// <summary>Finds the columns of a data set's components; null with issues when dimensions have none or a component has two.</summary>
    public static CsvDataReaderColumns? Find(CsvDataReaderHeader header, DataSetSpace space, ComponentSlots slots, char delimiter, IssueList issues)
    {
        CsvColumnMatcher matcher = new(header, space.Schema, slots);
        List<CsvDataReaderColumn> columns = [];
        List<int> unknown = [];
        bool[] isStable = new bool[header.Ids.Length];
        bool isComplete = true;
        for (int ordinal = 0; ordinal < header.Ids.Length; ordinal++)
        {
            isStable[ordinal] = header.IsIgnored(ordinal) && !header.Ids[ordinal].StartsWith("OBS", StringComparison.OrdinalIgnoreCase);
            if (header.IsIgnored(ordinal))
            {
                continue;
            }

            if (matcher.IsNameOfLast(ordinal))
            {
                isStable[ordinal] = isStable[ordinal - 1];
                continue;
            }

            ComponentSlot slot = matcher.Take(ordinal, out bool isSecond);
            if (slot.Kind == SlotKind.Unknown)
            {
                unknown.Add(ordinal);
                continue;
            }

            if (isSecond)
            {
                issues.Add(IssueCodes.CsvHeader, new Location(1, ordinal + 1), header.Ids[ordinal]);
                isComplete = false;
            }

            isStable[ordinal] = slot.Kind is SlotKind.Dimension or SlotKind.SeriesAttribute;
            columns.Add(new CsvDataReaderColumn(header, space, slot, ordinal, delimiter));
        }

        // Records of attributes of partial keys, and deletions, need only the dimensions they name.
        bool mayLackDimensions = space.Header.Action == DataSetAction.Delete || !columns.Exists(c => c.Slot.Kind == SlotKind.Measure);
        foreach (SchemaComponent missing in mayLackDimensions ? [] : matcher.MissingDimensions())
        {
            issues.Add(IssueCodes.CsvHeader, new Location(1, 0, null, null, missing.Id), missing.Id);
            isComplete = false;
        }

        return isComplete ? new CsvDataReaderColumns([.. columns], [.. unknown], SegmentsOf(isStable)) : null;
    }

    /// <summary>One segment for each run of columns of one kind.</summary>
    public static CsvSegment[] SegmentsOf(bool[] isStable)
    {
        List<CsvSegment> segments = [];
        for (int first = 0, end = 0; first < isStable.Length; first = end)
        {
            while (end < isStable.Length && isStable[end] == isStable[first])
            {
                end++;
            }

            segments.Add(new CsvSegment(first, end - first, isStable[first]));
        }

        return [.. segments];
    }
}
