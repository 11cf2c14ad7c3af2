using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Mapping;

/// <content>The observations of a run all at once: a column at a time, where every rule knows how.</content>
public sealed partial class StructureMapper
{
    /// <summary>Columns of observations that no rule fills row by row: they have what is staged for the series, or nothing.</summary>
    private readonly ColumnSlot[] _staged;

    /// <summary>
    /// Maps all rows of a run into the rows behind the last. False, with nothing added, when some rule or value does not allow it; what
    /// was written into the columns until then is written over.
    /// </summary>
    private bool TryMapColumns(ObservationBatch source, ObservationBatch target, int first, int count)
    {
        int to = target.Count;
        foreach (MapFunction rule in _rowRules)
        {
            if (!rule.TryMapColumn(source, first, count, target, to))
            {
                return false;
            }
        }

        foreach (ref readonly ColumnSlot slot in _staged.AsSpan())
        {
            FillStaged(slot, target, to, count);
        }

        target.SeriesOf.AsSpan(to, count).Fill(target.SeriesCount - 1);
        target.BadPeriods.AsSpan(to, count).Clear();
        target.Refused.AsSpan(to, count).Clear();
        source.Lines.AsSpan(first, count).CopyTo(target.Lines.AsSpan(to));
        source.Columns.AsSpan(first, count).CopyTo(target.Columns.AsSpan(to));
        if (target.Schema.TimeDimension is null)
        {
            target.Periods.AsSpan(to, count).Clear();
        }

        target.Count += count;
        return true;
    }

    private void FillStaged(in ColumnSlot slot, ObservationBatch target, int to, int count)
    {
        switch (slot.Place)
        {
            case ColumnPlace.Measure:
                target.Measures[slot.Index].AsSpan(to, count).Fill(StagedMeasures[slot.Index]);
                break;
            case ColumnPlace.Time:
                target.Periods.AsSpan(to, count).Fill(StagedPeriod);
                break;
            case ColumnPlace.ObservationAttribute when slot.HasNumbers:
                target.ObservationAttributes[slot.Index].Codes.AsSpan(to, count).Fill(_rowCodes[slot.Index]);
                break;
            case ColumnPlace.ObservationAttribute:
                target.ObservationAttributes[slot.Index].Texts.AsSpan(to, count).Fill(_rowTexts[slot.Index]);
                break;
        }
    }
}
