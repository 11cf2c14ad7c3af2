namespace Dsm.Web.Hosting;

/// <summary>Headers that forbid browsers what the hub's pages never need.</summary>
public static class SecurityHeaders
{
    /// <summary>Adds them to every answer. A page that needs more sets the header itself before.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app, OidcOptions oidc)
    {
        // The sign-in form ends at the identity provider by redirection, which browsers count as a target of the form.
        string provider = oidc.IsConfigured ? " " + new Uri(oidc.Authority).GetLeftPart(UriPartial.Authority) : "";
        string policy =
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'" + provider;
        app.Use((context, next) =>
        {
            IHeaderDictionary headers = context.Response.Headers;
            headers.ContentSecurityPolicy = policy;
            headers.XContentTypeOptions = "nosniff";
            if (context.Request.Path.StartsWithSegments("/sdmx", StringComparison.Ordinal))
            {
                // Messages are no documents: they have no links to follow, no devices to ask for and open no windows.
                return next(context);
            }

            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            return next(context);
        });
    }
}
