using Dsm.Web.Localisation;
using Microsoft.AspNetCore.HttpOverrides;

namespace Dsm.Web.Hosting;

/// <summary>What a request meets, in order. Rest/ and Pages/ add their addresses in <see cref="MapHub"/>.</summary>
public static class HubPipeline
{
    /// <summary>Composes the pipeline.</summary>
    public static WebApplication UseHub(this WebApplication app, HubOptions options)
    {
        if (options.BehindProxy)
        {
            app.UseForwardedHeaders(new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            });
        }

        app.UseSecurityHeaders(options.Oidc);
        app.UseReadinessGate();
        app.UseResponseCompression();
        app.UseStaticFiles();
        app.UsePathLanguage(app.Services.GetRequiredService<TextCatalogue>().Languages);
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHub();
        return app;
    }

    private static void MapHub(this WebApplication app)
    {
        app.MapHealth();
        app.MapRazorPages();
    }

    // Before the registry is loaded nothing but health has a true answer to give.
    private static void UseReadinessGate(this WebApplication app)
    {
        HubReadiness readiness = app.Services.GetRequiredService<HubReadiness>();
        app.Use((context, next) =>
        {
            if (readiness.CanServe || context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "2";
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync("The hub is starting.\nХаб запускается.\n", context.RequestAborted);
        });
    }
}
