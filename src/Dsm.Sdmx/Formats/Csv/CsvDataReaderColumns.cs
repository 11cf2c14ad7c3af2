using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>How the columns of a CSV message serve one data set: several data sets of one message can have several structures.</summary>
internal sealed class CsvDataReaderColumns
{
    private CsvDataReaderColumns(CsvDataReaderColumn[] columns, int[] unknown)
    {
        All = columns;
        Unknown = unknown;
        Time = columns.Where(c => c.Slot.Kind == SlotKind.Time).Select(c => c.Ordinal).DefaultIfEmpty(-1).First();
        Dimensions = [.. columns.Where(c => c.Slot.Kind == SlotKind.Dimension).Select(c => c.Ordinal)];
        OfObservation = [.. columns.Where(c => c.Slot.Kind is SlotKind.Measure or SlotKind.ObservationAttribute).Select(c => c.Ordinal)];
        OfSeries = [.. columns.Where(c => c.Slot.Kind == SlotKind.SeriesAttribute).Select(c => c.Ordinal)];
    }

    /// <summary>Columns of components.</summary>
    public CsvDataReaderColumn[] All { get; }

    /// <summary>Columns of dimensions other than time.</summary>
    public int[] Dimensions { get; }

    /// <summary>Columns of measures and attributes of the observation.</summary>
    public int[] OfObservation { get; }

    /// <summary>Columns of attributes above the observation.</summary>
    public int[] OfSeries { get; }

    /// <summary>Column of time; -1 for none.</summary>
    public int Time { get; }

    /// <summary>Columns of no component.</summary>
    public int[] Unknown { get; }

    /// <summary>Finds the columns of a data set's components; null with issues when dimensions have none or a component has two.</summary>
    public static CsvDataReaderColumns? Find(CsvDataReaderHeader header, DataSchema schema, ComponentSlots slots, bool mayLackDimensions, char delimiter, IssueList issues)
    {
        List<CsvDataReaderColumn> columns = [];
        List<int> unknown = [];
        HashSet<ComponentSlot> found = [];
        bool isComplete = true;
        int lastComponent = -1;
        for (int ordinal = 0; ordinal < header.Ids.Length; ordinal++)
        {
            ComponentSlot slot = slots.Find(header.Ids[ordinal]);
            bool isName = header.HasNames && lastComponent == ordinal - 1 && (slot.Kind == SlotKind.Unknown || found.Contains(slot));
            if (header.IsIgnored(ordinal) || isName)
            {
                continue;
            }

            if (slot.Kind == SlotKind.Unknown)
            {
                unknown.Add(ordinal);
                continue;
            }

            if (!found.Add(slot))
            {
                issues.Add(IssueCodes.CsvHeader, new Location(1, ordinal + 1), header.Ids[ordinal]);
                isComplete = false;
            }

            lastComponent = ordinal;
            columns.Add(Column(header, schema, slot, ordinal, delimiter));
        }

        for (int d = 0; d < schema.Dimensions.Length && !mayLackDimensions; d++)
        {
            isComplete &= Require(new ComponentSlot(SlotKind.Dimension, d), schema.Dimensions[d]);
        }

        if (schema.TimeDimension is { } time && !mayLackDimensions)
        {
            isComplete &= Require(new ComponentSlot(SlotKind.Time, 0), time);
        }

        return isComplete ? new CsvDataReaderColumns([.. columns], [.. unknown]) : null;

        bool Require(ComponentSlot slot, SchemaComponent component)
        {
            if (!found.Contains(slot))
            {
                issues.Add(IssueCodes.CsvHeader, new Location(1, 0, null, null, component.Id), component.Id);
                return false;
            }

            return true;
        }
    }

    private static CsvDataReaderColumn Column(CsvDataReaderHeader header, DataSchema schema, ComponentSlot slot, int ordinal, char delimiter)
    {
        SchemaComponent component = slot.Kind switch
        {
            SlotKind.Dimension => schema.Dimensions[slot.Index],
            SlotKind.Time => schema.TimeDimension!,
            SlotKind.Measure => schema.Measures[slot.Index],
            SlotKind.SeriesAttribute => schema.SeriesAttributes[slot.Index],
            _ => schema.ObservationAttributes[slot.Index],
        };
        bool hasLabels = header.IsLabelled(ordinal) && (component.IsCoded || slot.Kind == SlotKind.Time);
        bool isNumber = component.Format?.DataType is SdmxDataType.Decimal or SdmxDataType.Float or SdmxDataType.Double or SdmxDataType.Numeric;
        return new CsvDataReaderColumn(
            ordinal,
            slot,
            component.Id,
            hasLabels,
            header.IsMultiple(ordinal) && (hasLabels || header.SubSeparator != ';'),
            delimiter == ';' && slot.Kind == SlotKind.Measure && isNumber,
            header.IsMultiple(ordinal));
    }
}

/// <summary>A column of a component.</summary>
/// <param name="Ordinal">Zero-based position.</param>
/// <param name="Slot">Column of the batch.</param>
/// <param name="Id">Id of the component.</param>
/// <param name="HasLabels">True when its fields hold code and name.</param>
/// <param name="IsSplit">True when its fields hold several values that must be taken apart: to lose their labels, or for another separator than the usual semicolon.</param>
/// <param name="HasDecimalComma">True when numbers may have a decimal comma (localised CSV has semicolons between its fields).</param>
/// <param name="IsCell">True when its fields are cell texts: several values, or texts by language.</param>
internal readonly record struct CsvDataReaderColumn(int Ordinal, ComponentSlot Slot, string Id, bool HasLabels, bool IsSplit, bool HasDecimalComma, bool IsCell)
{
    /// <summary>True when a field cannot be taken as it is.</summary>
    public bool IsRewritten => HasLabels || IsSplit || HasDecimalComma;

    /// <summary>The value of a field.</summary>
    public string Rewrite(string field, char subSeparator)
    {
        if (HasDecimalComma)
        {
            int comma = field.IndexOf(',', StringComparison.Ordinal);
            string number = field.Replace(',', '.');
            return comma > 0 && ObservationValue.Parse(number).Kind == ObservationValueKind.Number ? number : field;
        }

        bool hasLabels = HasLabels;
        if (!IsSplit)
        {
            return hasLabels ? WithoutLabel(field) : field;
        }

        return MultipleValues.Join([.. MultipleValues.Split(field, subSeparator).Select(v => hasLabels ? WithoutLabel(v) : v)]);
    }

    private static string WithoutLabel(string field)
    {
        int label = field.IndexOf(": ", StringComparison.Ordinal);
        return label < 0 ? field : field[..label];
    }
}
