using Microsoft.AspNetCore.Http.Features;

namespace Dsm.Web.Hosting;

/// <summary>
/// What people send that is larger than a page takes: they are told so, with the limit, instead of losing the connection. The limit is
/// that of the page (<c>RequestSizeLimit</c>), else the server's. SDMX REST has limits of its own.
/// </summary>
public static class BodyLimit
{
    private static readonly object Key = new();

    /// <summary>Adds the check; after routing, which knows the page.</summary>
    public static void UseBodyLimit(this WebApplication app) => app.UseWhen(
        context => !context.Request.Path.StartsWithSegments("/sdmx", StringComparison.OrdinalIgnoreCase),
        pages => pages.Use((context, next) =>
        {
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false, MaxRequestBodySize: { } limit } size || !(context.Request.ContentLength > limit))
            {
                return next(context);
            }

            // What is still being sent is passed over, so that the answer arrives.
            size.MaxRequestBodySize = null;
            context.Items[Key] = limit;
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return Task.CompletedTask;
        }));

    /// <summary>The limit that a request went beyond, in bytes; null when it did not.</summary>
    public static long? Exceeded(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items.TryGetValue(Key, out object? limit) ? (long?)limit : null;
    }
}
