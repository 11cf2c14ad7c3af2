using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Rest;
using Microsoft.AspNetCore.Http.Features;

namespace Dsm.Web.Rest;

/// <summary>Answers a query, or says why not; null when it was answered.</summary>
internal delegate Task<RestProblem?> RestHandler<in TQuery>(RestCall call, TQuery query, RestServices services, CancellationToken ct)
    where TQuery : RestQuery;

/// <summary>Takes what a caller sends, or says why not; null when it was answered.</summary>
internal delegate Task<RestProblem?> SubmissionHandler(RestCall call, RestServices services, CancellationToken ct);

/// <summary>What happens to every request around its handler: method, address, parsing, errors.</summary>
internal static class RestExchange
{
    /// <summary>What answers have to come to their end when the hub stops. A caller that reads slowly must not keep it from stopping.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    /// <summary>Maps a resource of a line to its handler, for every method: what is not served must say so in the standard's way.</summary>
    public static void MapResource<TQuery>(this IEndpointRouteBuilder routes, RestLine line, string pattern, RestHandler<TQuery> handler)
        where TQuery : RestQuery
    {
        SubmissionHandler answer = (call, work, ct) => AnswerAsync(call, work, handler, ct);
        routes.Map(line.Prefix + pattern, Delegate(routes, http => new RestCall(http, line), answer)).AllowAnonymous();
    }

    /// <summary>Maps what is posted to an address to its handler, which asks for the rights itself.</summary>
    public static void MapSubmission(this IEndpointRouteBuilder routes, RestLine line, string pattern, SubmissionHandler handler)
        => routes.MapSubmission(line, pattern, handler, HttpMethods.Post);

    /// <summary>Maps what is sent to an address by some methods to its handler, which asks for the rights itself.</summary>
    public static void MapSubmission(this IEndpointRouteBuilder routes, RestLine line, string pattern, SubmissionHandler handler, params string[] methods)
        => routes.MapMethods(line.Prefix + pattern, methods, Delegate(routes, http => new RestCall(http, line), handler)).AllowAnonymous();

    /// <summary>Maps a document about a line to its handler; it is only read.</summary>
    public static void MapDocument(this IEndpointRouteBuilder routes, RestLine line, string pattern, SubmissionHandler handler)
        => routes.Map(line.Prefix + pattern, (HttpContext http, RestServices services) =>
            RunAsync(new RestCall(http, line), services, async (call, work, ct) =>
            {
                if (HttpMethods.IsOptions(call.Http.Request.Method))
                {
                    Preflight(call.Http);
                    return null;
                }

                return IsReading(call) ? await handler(call, work, ct) : NotAllowed(call);
            }))
            .AllowAnonymous();

    /// <summary>Answers what stands below the interface but belongs to none of its lines.</summary>
    public static void MapNothingElse(this IEndpointRouteBuilder routes)
        => routes.Map("/sdmx/{**rest}", Delegate(
            routes,
            http => new RestCall(http, IsFirst(http) ? RestLine.V1 : RestLine.V2),
            (call, _, _) => Task.FromResult<RestProblem?>(RestProblem.Of(RestFault.NoSuchResource, IssueCodes.NoSuchResource, call.Address.Path)))).AllowAnonymous();

    // The services are the same for all requests: none needs a scope of its own for them.
    private static RequestDelegate Delegate(IEndpointRouteBuilder routes, Func<HttpContext, RestCall> take, SubmissionHandler handler)
    {
        RestServices? services = null;
        return http => RunAsync(take(http), services ??= routes.ServiceProvider.GetRequiredService<RestServices>(), handler);
    }

    // Two dots in an address lead out of its line before it is routed.
    private static bool IsFirst(HttpContext http)
        => http.Features.Get<IHttpRequestFeature>()?.RawTarget.StartsWith("/sdmx/v1", StringComparison.OrdinalIgnoreCase) == true;

    private static async Task RunAsync(RestCall call, RestServices services, SubmissionHandler handler)
    {
        // The server would cut the connection at its own limit; ours are told in an answer, and what is still sent then is passed over.
        if (call.Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(call.Http.RequestAborted);
        await using CancellationTokenRegistration stop = services.Stopping.Register(() => end.CancelAfter(StopPatience));
        CancellationToken ct = end.Token;
        try
        {
            if ((call.HasWrongPassword ? call.SignInNeeded : await handler(call, services, ct)) is { } problem)
            {
                await RestErrors.WriteAsync(call, problem, services, ct);
            }
        }
        catch (OperationCanceledException e) when (ct.IsCancellationRequested || e.CancellationToken == ct)
        {
            // The caller has gone, which is sometimes seen before it is told, or the hub stops: half a message must not look whole.
            call.Http.Abort();
        }
        catch (BadHttpRequestException e) when (!call.Http.Response.HasStarted)
        {
            services.Log.LogDebug(e, "The body of {Path} broke off.", call.Address.Path);
            await RestErrors.WriteAsync(call, RestProblem.Of(RestFault.Syntax, IssueCodes.UnreadableBody), services, ct);
        }
        catch (Exception e)
        {
            services.Log.LogError(e, "SDMX request {Path} failed.", call.Address.Path);
            await EndAsync(call, services, ct);
        }
    }

    // An answer that has begun is broken off, so that nobody takes half a message for a whole one.
    private static async Task EndAsync(RestCall call, RestServices services, CancellationToken ct)
    {
        if (call.Http.Response.HasStarted)
        {
            call.Http.Abort();
        }
        else
        {
            call.Http.Response.Headers.ContentLength = null;
            await RestErrors.WriteAsync(call, RestProblem.Of(RestFault.Internal, IssueCodes.InternalError), services, ct);
        }
    }

    private static async Task<RestProblem?> AnswerAsync<TQuery>(RestCall call, RestServices services, RestHandler<TQuery> handler, CancellationToken ct)
        where TQuery : RestQuery
    {
        HttpRequest request = call.Http.Request;
        if (HttpMethods.IsOptions(request.Method))
        {
            Preflight(call.Http);
            return null;
        }

        if (call.Address.Path.Length + call.Address.Query.Length > RestAddress.MaxLength)
        {
            return RestProblem.Of(RestFault.AddressTooLong, IssueCodes.AddressTooLong, RestAddress.MaxLength);
        }
        IssueList issues = new();
        RestOutcome outcome = call.Line.Parse(call.Address.Path, call.Address.Query, issues, out RestQuery? query);
        if (!IsReading(call) && (outcome != RestOutcome.NoSuchResource || AllowedMethods.AreNamed(call.Http)))
        {
            return NotAllowed(call);
        }

        if (outcome != RestOutcome.Understood)
        {
            return RestErrors.Of(outcome, issues);
        }

        // Routing and parsing can differ only about needless slashes before the resource.
        if (query is not TQuery understood)
        {
            return RestProblem.Of(RestFault.NoSuchResource, IssueCodes.NoSuchResource, call.Address.Path);
        }

        return await handler(call, understood, services, ct);
    }

    private static bool IsReading(RestCall call) => call.IsHead || HttpMethods.IsGet(call.Http.Request.Method);

    // The standard has no such method here, so there is nothing that could be offered one day (501).
    private static RestProblem NotAllowed(RestCall call)
    {
        string allowed = AllowedMethods.Of(call.Http);
        call.Http.Response.Headers.Allow = allowed;
        return RestProblem.Of(RestFault.MethodNotAllowed, IssueCodes.MethodNotAllowed, call.Http.Request.Method, allowed);
    }

    private static void Preflight(HttpContext http)
    {
        HttpResponse response = http.Response;
        string allowed = AllowedMethods.Of(http);
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.Allow = allowed;
        response.Headers.AccessControlAllowMethods = allowed;
        response.Headers.AccessControlAllowHeaders = "Accept, Accept-Language, Authorization, Content-Type, If-None-Match, If-Modified-Since";
        response.Headers.AccessControlMaxAge = "86400";
    }
}
