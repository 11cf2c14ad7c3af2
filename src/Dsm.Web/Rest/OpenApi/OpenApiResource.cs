using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dsm.Exchange;
using Dsm.Sdmx.Model;

namespace Dsm.Web.Rest.OpenApi;

/// <summary>Serves the OpenAPI documents: <c>/sdmx/v1/openapi.json</c> and <c>/sdmx/v2/openapi.json</c>.</summary>
internal static class OpenApiResource
{
    private const string MediaType = "application/json";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Adds the addresses.</summary>
    public static void MapOpenApi(this IEndpointRouteBuilder routes)
    {
        foreach (RestLine line in new[] { RestLine.V1, RestLine.V2 })
        {
            routes.MapDocument(line, "/openapi.json", AnswerAsync);
        }
    }

    private static async Task<RestProblem?> AnswerAsync(RestCall call, RestServices services, CancellationToken ct)
    {
        IServiceProvider all = call.Http.RequestServices;
        RegionOptions region = all.GetRequiredService<RegionOptions>();
        IEnumerable<RouteEndpoint> routes = all.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
        Dataflow? flow = Flow(services.Registry.For(call.Access).Structures, region);
        byte[] document = Encoding.UTF8.GetBytes(
            OpenApiDocument.Of(call.Line, RestCatalogue.Of(call.Line, flow), routes, region.Name.GetValueOrDefault("en") ?? region.Agency).ToJsonString(Readable));

        // It changes with the hub as much as with the structures: its content is its state.
        if (Caching.IsKnown(call, MediaType, "", Convert.ToHexStringLower(SHA256.HashData(document)), null, services.Now))
        {
            return null;
        }

        HttpResponse response = call.Http.Response;
        response.ContentType = MediaType;
        response.ContentLength = call.IsHead ? document.Length : null;
        if (!call.IsHead)
        {
            await response.Body.WriteAsync(document, ct);
        }

        return null;
    }

    /// <summary>The flow of the examples: the first of the region, else any.</summary>
    public static Dataflow? Flow(StructureSet structures, RegionOptions region)
        => region.Flows.Select(urn => StructureReference.TryParseUrn(urn, out StructureReference? reference) ? structures.Find<Dataflow>(reference) : null).OfType<Dataflow>().FirstOrDefault()
            ?? structures.Of<Dataflow>().FirstOrDefault();
}
