using System.Runtime.CompilerServices;
using Dsm.Exchange.Access;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Rest;

namespace Dsm.Exchange.Warehouse;

/// <content>Order and paging of what is read.</content>
public sealed partial class WarehouseReader
{
    /// <summary>Most observations that are sorted in memory for one answer; some 100 bytes each.</summary>
    public const int MostSorted = 1_000_000;

    // Two large answers are sorted at once, further ones wait: memory is for all.
    private const int LargeSort = 50_000;
    private readonly SemaphoreSlim _largeSorts = new(2);

    /// <summary>
    /// True when the order a query asks for is not one in which the warehouse can stream: then its observations are sorted in memory,
    /// all of them, or as many as the window reaches to.
    /// </summary>
    public static bool SortsInMemory(WarehouseQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.Data.Order is { } order && !Streams(query, order);
    }

    /// <summary>Streams what a query asks for in the order it asks for, cut to a window.</summary>
    public async IAsyncEnumerable<ObservationBatch> ReadAsync(WarehouseQuery query, ReaderAccess access, AnswerShape shape, [EnumeratorCancellation] CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(shape);
        if (query.Data.Order is { } order && !Streams(query, order))
        {
            await foreach (ObservationBatch batch in SortedAsync(query, access, order, shape, ct).ConfigureAwait(false))
            {
                yield return batch;
            }

            yield break;
        }

        await foreach (ObservationBatch batch in ReadAsync(query, access, ct).ConfigureAwait(false))
        {
            if (shape.Window.Apply(batch, shape.BySeries && batch.Space.Header.Action != DataSetAction.Delete) > 0)
            {
                yield return batch;
            }

            if (shape.Window.IsOver)
            {
                yield break;
            }
        }
    }

    private async IAsyncEnumerable<ObservationBatch> SortedAsync(
        WarehouseQuery query, ReaderAccess access, ObservationOrder order, AnswerShape shape, [EnumeratorCancellation] CancellationToken ct)
    {
        ObservationSort? sort = null;
        bool isLarge = false;
        long read = 0;
        try
        {
            await foreach (ObservationBatch batch in ReadAsync(query, access, ct).ConfigureAwait(false))
            {
                if (sort is null || !ReferenceEquals(sort.Space, batch.Space))
                {
                    foreach (ObservationBatch sorted in sort?.Batches() ?? [])
                    {
                        yield return sorted;
                    }

                    if (shape.Window.IsOver)
                    {
                        yield break;
                    }

                    sort = new ObservationSort(batch.Space, order, shape);
                }

                read += batch.Count;
                if (!isLarge && read > LargeSort)
                {
                    await _largeSorts.WaitAsync(ct).ConfigureAwait(false);
                    isLarge = true;
                }

                sort.Add(batch);
            }

            foreach (ObservationBatch sorted in sort?.Batches() ?? [])
            {
                yield return sorted;
            }
        }
        finally
        {
            if (isLarge)
            {
                _largeSorts.Release();
            }
        }
    }

    private static bool Streams(WarehouseQuery query, ObservationOrder order)
        => query is { AsOf: null, UpdatedAfter: null, IncludeHistory: false } && order.KeepsSeriesTogether(query.Data.Schema);
}
