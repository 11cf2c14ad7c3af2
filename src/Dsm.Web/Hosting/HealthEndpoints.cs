using Dsm.Exchange.Storage;

namespace Dsm.Web.Hosting;

/// <summary>
/// What monitors ask. <c>/health/live</c>: the process answers. <c>/health/ready</c>: 200 when migrated, structures loaded, job server
/// up and the database answering, else 503; both with the parts as JSON.
/// </summary>
public static class HealthEndpoints
{
    private static readonly TimeSpan DatabasePatience = TimeSpan.FromSeconds(3);

    /// <summary>Adds the two addresses.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder health = routes.MapGroup("/health").AllowAnonymous();
        health.MapGet("/live", () => TypedResults.Json(new { status = "live" }));
        health.MapGet("/ready", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(
        HttpContext http, HubReadiness readiness, HubDatabase database, CancellationToken ct)
    {
        bool answers = await database.AnswersAsync(DatabasePatience, ct);
        bool ready = answers && readiness.Migrated && readiness.StructuresLoaded && readiness.JobsRunning;
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(
            new
            {
                status = ready ? "ready" : readiness.Failure is not null ? "failed" : readiness.CanServe && !answers ? "database does not answer" : "starting",
                database = answers,
                migrated = readiness.Migrated,
                structures = readiness.StructuresLoaded,
                jobs = readiness.JobsRunning,
            },
            statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
