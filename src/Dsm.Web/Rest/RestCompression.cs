namespace Dsm.Web.Rest;

/// <summary>
/// Parameters <c>compression</c>, <c>compress</c> and <c>compressed</c>, by which browsers and spreadsheets say what programs say in
/// Accept-Encoding. The compression of answers looks at that header before any resource does, so it is set at the very start.
/// </summary>
internal static class RestCompression
{
    private static readonly string[] Parameters = ["compression", "compress", "compressed"];

    /// <summary>Puts what the parameters ask for into the header; comes before the compression of answers.</summary>
    public static void UseCompressionParameter(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.Path.StartsWithSegments("/sdmx", StringComparison.OrdinalIgnoreCase)
            && context.Request.QueryString is { HasValue: true, Value: { } query }
            && CodingOf(Asked(new RestAddress("", query[1..])).Value) is { } coding)
        {
            context.Request.Headers.AcceptEncoding = coding;
        }

        return next(context);
    });

    /// <summary>A coding asked for that is not offered, with its parameter; null when there is none.</summary>
    public static string? Unserved(RestCall call)
    {
        (string? name, string? value) = Asked(call.Address);
        return value is null || CodingOf(value) is not null ? null : $"{name}={value}";
    }

    private static (string? Name, string? Value) Asked(RestAddress address)
        => Parameters.Select(p => ((string?)p, address.Parameter(p))).FirstOrDefault(p => p.Item2 is not null);

    private static string? CodingOf(string? word) => word?.ToLowerInvariant() switch
    {
        "gzip" => "gzip",
        "br" or "brotli" => "br",
        "" or "true" => "gzip, br",
        "none" or "identity" or "false" => "identity",
        _ => null,
    };
}
