using Dsm.Sdmx.Data;

namespace Dsm.Web.Rest;

/// <summary>Paging (REST 2.2, <c>offset</c> and <c>limit</c>): counts observations in the order of the warehouse, which does not change between requests.</summary>
internal sealed class ObservationWindow(long offset, long limit)
{
    private readonly bool _isOpen = offset == 0 && limit == long.MaxValue;
    private long _skipped;
    private long _taken;

    /// <summary>True when nothing further is wanted.</summary>
    public bool IsOver => _taken >= limit;

    /// <summary>Marks the observations outside the window as refused. Returns how many are inside.</summary>
    public int Apply(ObservationBatch batch)
    {
        if (_isOpen)
        {
            return Math.Max(batch.Count, batch.SeriesCount);
        }

        int inside = 0;
        for (int row = 0; row < batch.Count; row++)
        {
            if (batch.Refused[row])
            {
                continue;
            }

            bool before = _skipped < offset;
            if (before || IsOver)
            {
                batch.Refused[row] = true;
                _skipped += before ? 1 : 0;
            }
            else
            {
                _taken++;
                inside++;
            }
        }

        return inside;
    }
}
