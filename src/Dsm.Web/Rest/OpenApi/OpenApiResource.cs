using System.Text.Json;
using System.Text.Json.Nodes;
using Dsm.Exchange;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Model;

namespace Dsm.Web.Rest.OpenApi;

/// <summary>Serves the OpenAPI documents: <c>/sdmx/v1/openapi.json</c> and <c>/sdmx/v2/openapi.json</c>.</summary>
internal static class OpenApiResource
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Adds the addresses.</summary>
    public static void MapOpenApi(this IEndpointRouteBuilder routes)
    {
        foreach (RestLine line in new[] { RestLine.V1, RestLine.V2 })
        {
            routes.MapGet(line.Prefix + "/openapi.json", (HttpContext http, StructureRegistry registry, RegionOptions region, EndpointDataSource endpoints) =>
            {
                StructureSet structures = registry.For(HubRights.Reading(http.User)).Structures;
                JsonObject document = OpenApiDocument.Of(line, RestCatalogue.Of(line, Flow(structures, region)), endpoints.Endpoints.OfType<RouteEndpoint>(), region.Name.GetValueOrDefault("en") ?? region.Agency);
                http.Response.Headers.AccessControlAllowOrigin = "*";
                http.Response.Headers.CacheControl = "no-cache";
                return Results.Text(document.ToJsonString(Readable), "application/json");
            }).AllowAnonymous();
        }
    }

    /// <summary>The flow of the examples: the first of the region, else any.</summary>
    public static Dataflow? Flow(StructureSet structures, RegionOptions region)
        => region.Flows.Select(urn => StructureReference.TryParseUrn(urn, out StructureReference? reference) ? structures.Find<Dataflow>(reference) : null).OfType<Dataflow>().FirstOrDefault()
            ?? structures.Of<Dataflow>().FirstOrDefault();
}
