using Microsoft.AspNetCore.Routing;

namespace Dsm.Web.Rest;

/// <summary>Which methods an address of the interface takes (RFC 9110, "Allow"): all are read from, some are written to.</summary>
internal static class AllowedMethods
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Options];

    /// <summary>The methods, joined: those of reading first, then those that other endpoints take at the same address.</summary>
    public static string Of(HttpContext http)
    {
        string? own = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        IEnumerable<string> writing = Endpoints(http)
            .Where(e => e.RoutePattern.RawText == own || IsAt(e, http))
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []);
        return string.Join(", ", Reading.Concat(writing).Distinct());
    }

    /// <summary>True when something is written to this very address.</summary>
    public static bool AreNamed(HttpContext http) => Endpoints(http).Any(e => IsAt(e, http));

    private static IEnumerable<RouteEndpoint> Endpoints(HttpContext http) => http.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static bool IsAt(RouteEndpoint endpoint, HttpContext http)
        => endpoint.RoutePattern.RawText?.Equals((http.Request.Path.Value ?? "").TrimEnd('/'), StringComparison.OrdinalIgnoreCase) == true;
}
