using Dsm.Sdmx.Data;

namespace Dsm.Exchange.Warehouse;

/// <summary>Observations of one data set kept in memory, to be sorted: copies of batches in pages.</summary>
internal sealed class KeptObservations(DataSetSpace space)
{
    private const int PageBits = 13;
    private const int PageSize = 1 << PageBits;
    private readonly List<ObservationBatch> _pages = [];
    private readonly List<int> _series = [];
    private int _seriesCount;

    /// <summary>How many there are.</summary>
    public int Count => _series.Count;

    /// <summary>The data set.</summary>
    public DataSetSpace Space => space;

    /// <summary>Where an observation is.</summary>
    public (ObservationBatch Page, int Row) this[int number] => (_pages[number >> PageBits], number & (PageSize - 1));

    /// <summary>Number of the series an observation belongs to.</summary>
    public int SeriesOf(int number) => _series[number];

    /// <summary>Copies the observations of a batch; only the first of each series when series are wanted.</summary>
    public void Add(ObservationBatch batch, bool bySeries)
    {
        int run = -1;
        for (int row = 0; row < batch.Count; row++)
        {
            bool isNew = batch.SeriesOf[row] != run;
            if (isNew || !bySeries)
            {
                run = batch.SeriesOf[row];
                Add(batch, row, isNew ? _seriesCount++ : _seriesCount - 1, isNew);
            }
        }
    }

    /// <summary>The same with only some of the observations, in an order of their own.</summary>
    public KeptObservations Of(ReadOnlySpan<int> numbers)
    {
        KeptObservations kept = new(space) { _seriesCount = _seriesCount };
        int last = -1;
        foreach (int number in numbers)
        {
            (ObservationBatch page, int row) = this[number];
            kept.Add(page, row, _series[number], _series[number] != last);
            last = _series[number];
        }

        return kept;
    }

    /// <summary>Copies an observation to the end of a batch of the same data set.</summary>
    public static void Copy(ObservationBatch from, int row, ObservationBatch to)
    {
        int copy = to.AddObservation(0, 0);
        to.Periods[copy] = from.Periods[row];
        for (int m = 0; m < to.Measures.Length; m++)
        {
            to.Measures[m][copy] = from.Measures[m][row];
        }

        for (int a = 0; a < to.ObservationAttributes.Length; a++)
        {
            to.ObservationAttributes[a].Copy(copy, from.ObservationAttributes[a], row);
        }
    }

    private void Add(ObservationBatch batch, int row, int series, bool startsRun)
    {
        if (_pages.Count == 0 || _pages[^1].IsFull)
        {
            _pages.Add(new ObservationBatch(space, PageSize));
            startsRun = true;
        }

        ObservationBatch page = _pages[^1];
        if (startsRun)
        {
            page.CopySeries(batch, batch.SeriesOf[row]);
        }

        Copy(batch, row, page);
        _series.Add(series);
    }
}
