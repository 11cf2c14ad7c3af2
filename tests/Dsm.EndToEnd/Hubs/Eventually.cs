using System.Diagnostics;

namespace Dsm.EndToEnd.Hubs;

/// <summary>Waits for what a background job brings about.</summary>
public static class Eventually
{
    /// <summary>Asks until there is an answer.</summary>
    /// <param name="what">What is waited for, told when it does not come.</param>
    /// <param name="seconds">Patience; the machine may be busy.</param>
    /// <param name="ask">Null for not yet.</param>
    public static async Task<T> GetAsync<T>(string what, int seconds, Func<Task<T?>> ask)
        where T : class
    {
        Stopwatch waiting = Stopwatch.StartNew();
        while (true)
        {
            if (await ask() is { } answer)
            {
                return answer;
            }

            if (waiting.Elapsed.TotalSeconds > seconds)
            {
                throw new TimeoutException($"Waited {seconds} s for {what}.");
            }

            await Task.Delay(150);
        }
    }

    /// <summary>Asks until it is so.</summary>
    public static Task IsTrueAsync(string what, int seconds, Func<Task<bool>> ask)
        => GetAsync(what, seconds, async () => await ask() ? "" : null);
}
