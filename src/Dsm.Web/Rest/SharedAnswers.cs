using System.Collections.Concurrent;

namespace Dsm.Web.Rest;

/// <summary>Makes an answer; returns a problem when there is nothing to answer with.</summary>
internal delegate Task<RestProblem?> AnswerMaker(IAnswerSink sink, CancellationToken ct);

/// <summary>
/// Equal queries that come while one of them is being answered get the same answer: it is read from the warehouse and written once.
/// Equal means the same query, format and languages by readers with the same rights on the same state of the data: all that is in the
/// key. The work ends when the last of its readers has gone, not when the first has.
/// </summary>
internal sealed class SharedAnswers
{
    private readonly ConcurrentDictionary<string, SharedAnswer> _running = new(StringComparer.Ordinal);
    private long _made;

    /// <summary>How many answers were made so far.</summary>
    public long Made => Interlocked.Read(ref _made);

    /// <summary>Answers a call, alone or together with others.</summary>
    /// <param name="call">The call.</param>
    /// <param name="key">What the answer depends on, the rights of the reader included.</param>
    /// <param name="make">Makes the answer.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<RestProblem?> ServeAsync(RestCall call, string key, AnswerMaker make, CancellationToken ct)
    {
        using SharedAnswer.Reader reader = Join(key, make);
        (AnswerHead? head, RestProblem? problem) = await reader.OpenedAsync(ct);
        if (head is null)
        {
            return problem;
        }

        head.Apply(call.Http.Response);
        if (!call.IsHead)
        {
            await reader.CopyToAsync(call.Http.Response.BodyWriter, ct);
        }

        return null;
    }

    private SharedAnswer.Reader Join(string key, AnswerMaker make)
    {
        SharedAnswer answer = new();
        SharedAnswer.Reader first = answer.Join()!;
        bool isOwn = false;
        while (!isOwn)
        {
            if (!_running.TryGetValue(key, out SharedAnswer? running))
            {
                isOwn = _running.TryAdd(key, answer);
            }
            else if (running.Join() is { } joined)
            {
                return joined;
            }
            else
            {
                // One that cannot be joined any more makes room; its readers keep it.
                isOwn = _running.TryUpdate(key, answer, running);
            }
        }

        _ = MakeAsync(key, answer, make);
        return first;
    }

    private async Task MakeAsync(string key, SharedAnswer answer, AnswerMaker make)
    {
        Interlocked.Increment(ref _made);
        RestProblem? problem = null;
        Exception? failure = null;
        try
        {
            problem = await make(answer, answer.Abandoned);
        }
        catch (Exception e)
        {
            failure = e;
        }

        // First it is taken away: whoever waits for the answer goes on at once, on this thread.
        _running.TryRemove(KeyValuePair.Create(key, answer));
        if (failure is null)
        {
            answer.End(problem);
        }
        else
        {
            // Those who wait for the answer are told, and they log it.
            answer.Fail(failure);
        }
    }
}
