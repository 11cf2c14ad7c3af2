using Dsm.Web.Localisation;
using Dsm.Web.Pages.Structures.Subscriptions;
using Dsm.Web.Rest;
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
        app.UseUnchangedAnswers();
        app.UseCompressionParameter();
        app.UseResponseCompression();
        app.UsePageProblems();
        app.UsePageParts();
        app.UseRouting();
        app.UseBodyLimit();
        app.UseSignIn();
        app.UseBasicSignIn();
        app.UseAuthorization();
        app.MapHub();
        return app;
    }

    // Most programs bring neither a cookie nor a name: there is nobody to be recognised.
    private static void UseSignIn(this WebApplication app)
    {
        // Else the host itself adds the recognition for all requests, since it does not see the one within the branch.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        app.UseWhen(
            context => context.Request.Headers is var headers && (headers.Cookie.Count > 0 || headers.Authorization.Count > 0
                || !context.Request.Path.StartsWithSegments("/sdmx", StringComparison.OrdinalIgnoreCase)),
            named => named.UseAuthentication());
    }

    // SDMX REST has no files, and its answers no culture.
    private static void UsePageParts(this WebApplication app) => app.UseWhen(
        context => !context.Request.Path.StartsWithSegments("/sdmx", StringComparison.Ordinal),
        pages => pages.UseStaticFiles(StaticFiles).UsePathLanguage(app.Services.GetRequiredService<TextCatalogue>().Languages));

    // Addresses carry the hash of the file, so that a file never changes under its address.
    private static StaticFileOptions StaticFiles { get; } = new()
    {
        OnPrepareResponse = context => context.Context.Response.Headers.CacheControl =
            context.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "public, max-age=3600",
    };

    // People get a page in their language; programs (SDMX REST, health) make their own answers.
    private static void UsePageProblems(this WebApplication app) => app.UseWhen(
        context => !context.Request.Path.StartsWithSegments("/sdmx", StringComparison.Ordinal)
            && !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal),
        pages => pages.UseExceptionHandler("/problem/500").UseStatusCodePagesWithReExecute("/problem/{0}"));

    private static void MapHub(this WebApplication app)
    {
        app.MapHealth();
        app.MapSdmxRest();
        app.MapRazorPages();
        app.MapChangesFeed();
        app.MapGet("/{language:length(2)}/sign-in/return", ExternalSignIn.ReturnAsync);
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
