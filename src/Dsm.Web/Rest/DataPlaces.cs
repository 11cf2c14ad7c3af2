using System.Threading.RateLimiting;

namespace Dsm.Web.Rest;

/// <summary>
/// How many answers may read the warehouse at once, in all and for one caller. An answer holds a connection and a snapshot of the
/// database as long as its caller reads, however slowly; without a limit some hundred idle callers would take every connection of the
/// hub, those of its harvests and pages too. Who finds no place waits a little and is then told to come again.
/// </summary>
internal sealed class DataPlaces(int places, int placesPerCaller, TimeSpan patience) : IAsyncDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<string, string>(caller => RateLimitPartition.GetConcurrencyLimiter(caller, _ => Of(placesPerCaller))),
        PartitionedRateLimiter.Create<string, string>(_ => RateLimitPartition.GetConcurrencyLimiter("", _ => Of(places))));

    /// <summary>The limits of a hub: they leave two thirds of the connections of a pool to everything else.</summary>
    public static DataPlaces OfHub() => new(32, 8, TimeSpan.FromSeconds(10));

    /// <summary>Takes a place, to be given back by disposing of it; null when there is none in time.</summary>
    /// <param name="caller">Who asks: the network address.</param>
    /// <param name="ct">Ends the waiting.</param>
    public async Task<IDisposable?> TakeAsync(string caller, CancellationToken ct)
    {
        RateLimitLease free = _limiter.AttemptAcquire(caller);
        if (free.IsAcquired)
        {
            return free;
        }

        free.Dispose();
        using CancellationTokenSource waiting = CancellationTokenSource.CreateLinkedTokenSource(ct);
        waiting.CancelAfter(patience);
        try
        {
            RateLimitLease lease = await _limiter.AcquireAsync(caller, 1, waiting.Token);
            if (lease.IsAcquired)
            {
                return lease;
            }

            lease.Dispose();
            return null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    public ValueTask DisposeAsync() => _limiter.DisposeAsync();

    private static ConcurrencyLimiterOptions Of(int permits)
        => new() { PermitLimit = permits, QueueLimit = 256, QueueProcessingOrder = QueueProcessingOrder.OldestFirst };
}
