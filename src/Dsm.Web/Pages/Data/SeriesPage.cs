using System.Collections.Immutable;
using Dsm.Sdmx.Data;

namespace Dsm.Web.Pages.Data;

/// <summary>Picks one page of series out of a stream and counts the others; holds no more than the page.</summary>
public sealed class SeriesPage(DataSchema schema, int first, int size)
{
    private readonly int _status = schema.ObservationAttributes.ToList().FindIndex(a => a.Id == "OBS_STATUS");
    private readonly int _confidentiality = schema.ObservationAttributes.ToList().FindIndex(a => a.Id == "CONF_STATUS");
    private readonly List<(string Key, FigureRow Row, Dictionary<TimePeriod, Figure> Figures)> _rows = [];
    private string? _last;

    /// <summary>Number of series seen.</summary>
    public int Series { get; private set; }

    /// <summary>Number of observations seen.</summary>
    public long Observations { get; private set; }

    /// <summary>The series of the page.</summary>
    public IReadOnlyList<FigureRow> Rows => [.. _rows.Select(r => r.Row)];

    /// <summary>Takes a batch; series come one after the other, perhaps over several batches.</summary>
    public void Add(ObservationBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        int run = -1;
        for (int row = 0; row < batch.Count; row++)
        {
            if (batch.SeriesOf[row] != run)
            {
                Begin(batch, run = batch.SeriesOf[row]);
            }

            Observations++;
            if (Series > first && Series <= first + size && !batch.Periods[row].IsNone)
            {
                _rows[^1].Figures[batch.Periods[row]] = FigureOf(batch, row);
            }
        }
    }

    private void Begin(ObservationBatch batch, int run)
    {
        string key = batch.KeyOf(run);
        if (key == _last)
        {
            return;
        }

        _last = key;
        Series++;
        if (Series > first && Series <= first + size)
        {
            Dictionary<TimePeriod, Figure> figures = [];
            _rows.Add((key, new FigureRow([.. batch.Dimensions.Select(d => d[run])], figures), figures));
        }
    }

    private Figure FigureOf(ObservationBatch batch, int row)
    {
        string? status = _status < 0 ? null : batch.ObservationAttributes[_status][row];
        string? confidentiality = _confidentiality < 0 ? null : batch.ObservationAttributes[_confidentiality][row];
        return new Figure(
            batch.Measures.IsEmpty ? null : batch.Measures[0][row].Number,
            status is null or "A" ? [] : [.. ComplexValue.Items(schema.ObservationAttributes[_status], status).Where(s => s != "A")],
            confidentiality is null or "F" ? null : string.Join(", ", ComplexValue.Items(schema.ObservationAttributes[_confidentiality], confidentiality)));
    }
}
