using System.Net;

namespace Dsm.NationalServer;

/// <summary>Makes sources misbehave or change; answers on loopback only.</summary>
internal static class ControlResource
{
    private static readonly Dictionary<string, Behaviour> Modes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["normal"] = Behaviour.Normal,
        ["slow"] = Behaviour.Slow,
        ["error500"] = Behaviour.Error500,
        ["truncated"] = Behaviour.Truncated,
        ["html"] = Behaviour.Html,
        ["changed-code"] = Behaviour.ChangedCode,
        ["mass-deletion"] = Behaviour.MassDeletion,
    };

    public static void MapControlResource(this WebApplication app)
    {
        RouteGroupBuilder control = app.MapGroup("/control").AddEndpointFilter(async (context, next) =>
            context.HttpContext.Connection.RemoteIpAddress is IPAddress caller && IPAddress.IsLoopback(caller)
                ? await next(context)
                : Results.StatusCode(StatusCodes.Status403Forbidden));
        control.MapGet("/", (SourceCatalogue catalogue) => Results.Text(string.Concat(catalogue.Sources.Select(s => $"{s.Entry.State} {s.Entry.Flow} {s.Behaviour}\n"))));
        control.MapPost("/reset", (SourceCatalogue catalogue) =>
        {
            foreach (NationalSource source in catalogue.Sources)
            {
                source.Reset();
            }

            return Results.NoContent();
        });
        control.MapPost("/{state}/{flow}", SetMode);
        control.MapPost("/{state}/{flow}/change-one", ChangeOne);
    }

    private static IResult SetMode(string state, string flow, string mode, int? seconds, string? component, string? code, SourceCatalogue catalogue)
    {
        if (!Modes.TryGetValue(mode, out Behaviour behaviour))
        {
            return Results.BadRequest($"Unknown mode '{mode}'. Known: {string.Join(", ", Modes.Keys)}.");
        }

        IReadOnlyList<NationalSource> sources = catalogue.Select(state, flow);
        if (sources.Count == 0)
        {
            return Results.NotFound($"No source {state}/{flow}.");
        }

        foreach (NationalSource source in sources)
        {
            source.Behaviour = behaviour;
            source.SlowSeconds = seconds ?? 300;
            source.ChangedComponent = component;
            source.ChangedCode = code ?? "QQQ";
        }

        return Results.Text($"{sources.Count} source(s): {mode}\n");
    }

    private static IResult ChangeOne(string state, string flow, int? index, long? delta, SourceCatalogue catalogue)
    {
        NationalSource? source = catalogue.Find(state, flow);
        if (source is null)
        {
            return Results.NotFound($"No source {state}/{flow}.");
        }

        FigureChange? change = source.Change(index ?? 0, delta ?? 1);
        return change is null
            ? Results.BadRequest($"Observation {index ?? 0} has no figure to change.")
            : Results.Json(new { change.Index, change.Old, change.New, change.At });
    }
}
