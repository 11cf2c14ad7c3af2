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
        string path = (http.Request.Path.Value ?? "").TrimEnd('/');
        IEnumerable<string> writing = http.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText is { } pattern && (pattern == own || pattern.Equals(path, StringComparison.OrdinalIgnoreCase)))
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []);
        return string.Join(", ", Reading.Concat(writing).Distinct());
    }
}
