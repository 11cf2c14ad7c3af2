using Dsm.Sdmx.Data;

namespace Dsm.Exchange.Warehouse;

/// <summary>
/// Paging (REST 2.2, <c>offset</c> and <c>limit</c>): counts observations, or series where only series are wanted, over all data sets of
/// an answer in the order in which they come. That order does not change between requests as long as the data do not.
/// </summary>
/// <param name="offset">How many to pass over.</param>
/// <param name="limit">How many at most; null for all.</param>
public sealed class ObservationWindow(long offset, long? limit)
{
    private long _toSkip = offset;
    private long _toTake = limit ?? long.MaxValue;

    /// <summary>True when nothing is cut off.</summary>
    public bool IsOpen { get; } = offset == 0 && limit is null;

    /// <summary>How many have to be looked at to fill it; null for all.</summary>
    public long? Reach { get; } = limit is { } most ? offset + most : null;

    /// <summary>True when nothing further is wanted.</summary>
    public bool IsOver => _toTake <= 0;

    /// <summary>Takes up the next ones: how many of them to pass over, and how many then to take.</summary>
    public (int Skip, int Take) Next(int count)
    {
        int skip = (int)Math.Min(_toSkip, count);
        _toSkip -= skip;
        int take = (int)Math.Min(_toTake, count - skip);
        _toTake -= take;
        return (skip, take);
    }

    /// <summary>Marks what is outside the window as refused. Returns how many are inside.</summary>
    /// <param name="batch">A batch, in which every series is whole.</param>
    /// <param name="bySeries">True to count series.</param>
    public int Apply(ObservationBatch batch, bool bySeries)
    {
        ArgumentNullException.ThrowIfNull(batch);
        int count = bySeries ? batch.SeriesCount : batch.Count;
        if (IsOpen)
        {
            return count;
        }

        (int skip, int take) = Next(count);
        for (int row = 0; row < batch.Count; row++)
        {
            int number = bySeries ? batch.SeriesOf[row] : row;
            batch.Refused[row] |= number < skip || number >= skip + take;
        }

        return take;
    }
}
