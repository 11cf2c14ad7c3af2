using System.Collections.Concurrent;
using System.Collections.Immutable;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Warehouse;

namespace Dsm.Web.Rest;

/// <summary>
/// What is known of answers given before to callers who were not signed in: whoever asks again with the tag of an answer that is still
/// the same is told so (304) before anything else is done for him. Known means in memory: the structures are those of then, and none of
/// the flows has changed, as <see cref="WarehouseReader.KnownFlowState"/> tells without a look at the database. Thread-safe.
/// </summary>
internal sealed class UnchangedAnswers(StructureRegistry registry, WarehouseReader warehouse)
{
    private const int MostKnown = 10_000;
    private const int LongestTarget = 2_000;
    private readonly ConcurrentDictionary<Question, Known> _known = new();
    private int _put;

    /// <summary>Keeps in mind an answer whose validators are set.</summary>
    public void Keep(RestCall call, RegistrySnapshot structures, ImmutableArray<(string Urn, FlowState State)> flows)
    {
        if (call.IsSignedIn || Question.Of(call.Http.Request) is not { } question || question.Target.Length > LongestTarget)
        {
            return;
        }

        IHeaderDictionary headers = call.Http.Response.Headers;
        _known[question] = new Known(structures, [.. flows], headers.ETag.ToString(), headers.LastModified.ToString());

        // Counting those kept would lock them all: what was put there since the last clearing is never fewer.
        if (Interlocked.Increment(ref _put) >= MostKnown)
        {
            Interlocked.Exchange(ref _put, 0);
            _known.Clear();
        }
    }

    /// <summary>Answers with 304 when the caller is known to have the answer; false when that has to be found out.</summary>
    public bool Answers(HttpContext http)
    {
        string tag = http.Request.Headers.IfNoneMatch.ToString();
        if (tag.Length == 0 || Question.Of(http.Request) is not { } question || !_known.TryGetValue(question, out Known? known)
            || known.Tag != tag || !ReferenceEquals(known.Structures, registry.For(ReaderAccess.Public)))
        {
            return false;
        }

        foreach ((string urn, FlowState state) in known.Flows)
        {
            if (!ReferenceEquals(warehouse.KnownFlowState(urn), state))
            {
                return false;
            }
        }

        IHeaderDictionary headers = http.Response.Headers;
        RestCall.Announce(headers);
        headers.ETag = known.Tag;
        headers.CacheControl = Caching.ForEverybody;
        if (known.LastModified.Length > 0)
        {
            headers.LastModified = known.LastModified;
        }

        http.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    /// <summary>What an answer to somebody who is not signed in depends on beside the state of structures and data.</summary>
    private sealed record Question(string Target, string Accept, string Language)
    {
        /// <summary>The question of a request; null when who asks may be somebody in particular.</summary>
        public static Question? Of(HttpRequest request)
            => !HttpMethods.IsGet(request.Method) || request.Headers.Cookie.Count > 0 || request.Headers.Authorization.Count > 0 ? null
                : new Question(
                    request.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()?.RawTarget ?? "",
                    request.Headers.Accept.ToString(),
                    request.Headers.AcceptLanguage.ToString());
    }

    private sealed record Known(RegistrySnapshot Structures, (string Urn, FlowState State)[] Flows, string Tag, string LastModified);
}

/// <summary>Where <see cref="UnchangedAnswers"/> stand among what a request meets.</summary>
internal static class UnchangedAnswersPipeline
{
    /// <summary>Answers what is known not to have changed; comes before everything that costs time.</summary>
    public static void UseUnchangedAnswers(this WebApplication app)
    {
        UnchangedAnswers unchanged = app.Services.GetRequiredService<UnchangedAnswers>();
        app.Use((context, next) => context.Request.Path.StartsWithSegments("/sdmx", StringComparison.Ordinal) && unchanged.Answers(context) ? Task.CompletedTask : next(context));
    }
}
