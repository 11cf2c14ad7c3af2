using System.Collections.Concurrent;

namespace Dsm.Web.Rest;

/// <summary>Does equal work that is asked for at the same time once. It ends when the last who waits for it has gone, not the first.</summary>
internal sealed class SingleFlight<T>
{
    private readonly ConcurrentDictionary<string, Flight> _running = new(StringComparer.Ordinal);

    /// <summary>The result of some work, perhaps of work begun for somebody else.</summary>
    /// <param name="key">What the result depends on, the rights of the reader included.</param>
    /// <param name="work">The work.</param>
    /// <param name="ct">Ends the waiting, and the work when nobody else waits.</param>
    public async Task<T> RunAsync(string key, Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        Flight flight = Board(key, work);
        try
        {
            return await flight.Result.WaitAsync(ct);
        }
        finally
        {
            if (flight.Leave())
            {
                _running.TryRemove(KeyValuePair.Create(key, flight));
            }
        }
    }

    private Flight Board(string key, Func<CancellationToken, Task<T>> work)
    {
        Flight own = new();
        while (true)
        {
            Flight flight = _running.GetOrAdd(key, own);
            if (ReferenceEquals(flight, own))
            {
                own.Start(work);
                return own;
            }

            if (flight.TryBoard())
            {
                return flight;
            }

            // Its last passenger has just left.
            _running.TryRemove(KeyValuePair.Create(key, flight));
        }
    }

    private sealed class Flight
    {
        private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly CancellationTokenSource _end = new();
        private readonly Lock _lock = new();
        private int _passengers = 1;

        public Task<T> Result => _result.Task;

        public bool TryBoard()
        {
            lock (_lock)
            {
                _passengers += _passengers > 0 && !_result.Task.IsCompleted ? 1 : 0;
                return _passengers > 1 && !_result.Task.IsCompleted;
            }
        }

        /// <summary>True when nobody is left.</summary>
        public bool Leave()
        {
            lock (_lock)
            {
                if (--_passengers > 0)
                {
                    return false;
                }
            }

            _end.Cancel();
            return true;
        }

        public void Start(Func<CancellationToken, Task<T>> work) => _ = RunAsync(work);

        private async Task RunAsync(Func<CancellationToken, Task<T>> work)
        {
            try
            {
                _result.TrySetResult(await work(_end.Token));
            }
            catch (Exception e)
            {
                _result.TrySetException(e);
                _ = _result.Task.Exception; // seen, even when nobody waits any more
            }
        }
    }
}
