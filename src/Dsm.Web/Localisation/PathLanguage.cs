using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace Dsm.Web.Localisation;

/// <summary>
/// The language of a page is the first part of its path (<c>/en/...</c>, <c>/ru/...</c>), so that a link keeps it. The last one chosen
/// is remembered in a cookie and used, before Accept-Language, where a path has none.
/// </summary>
public static class PathLanguage
{
    private const string Cookie = "dsm-language";

    /// <summary>Puts the language in front of the routes of all pages but the one that stands in for a page that failed.</summary>
    public static void AddLanguageToRoutes(PageConventionCollection conventions, IReadOnlyList<string> languages)
    {
        string template = $"{{language:regex(^({string.Join('|', languages)})$)}}";
        conventions.AddFolderRouteModelConvention("/", model =>
        {
            if (model.ViewEnginePath == "/Problem")
            {
                return;
            }

            foreach (SelectorModel selector in model.Selectors)
            {
                selector.AttributeRouteModel = AttributeRouteModel.CombineAttributeRouteModel(
                    new AttributeRouteModel { Template = template }, selector.AttributeRouteModel);
            }
        });
    }

    /// <summary>Sets the cultures of a request from its path and sends <c>/</c> to the reader's language.</summary>
    public static IApplicationBuilder UsePathLanguage(this IApplicationBuilder app, IReadOnlyList<string> languages) => app.Use(async (context, next) =>
    {
        if (context.Request.Path == "/")
        {
            context.Response.Headers.Vary = "Accept-Language, Cookie";
            context.Response.Redirect($"{context.Request.PathBase}/{Preferred(context.Request, languages)}/");
            return;
        }

        string first = AskedPath(context).Split('/', 3).ElementAtOrDefault(1) ?? "";
        string language = languages.Contains(first) ? first : Preferred(context.Request, languages);
        CultureInfo culture = CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : language);
        CultureInfo.CurrentCulture = culture;
        CultureInfo.CurrentUICulture = culture;
        if (language == first && context.Request.Cookies[Cookie] != language && HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.Cookies.Append(Cookie, language, new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true, Path = "/",
            });
        }

        await next(context);
    });

    /// <summary>The current path in another language.</summary>
    public static string InLanguage(this HttpRequest request, string language)
    {
        string[] parts = AskedPath(request.HttpContext).Split('/', 3);
        return $"{request.PathBase}/{language}/{(parts.Length > 2 ? parts[2] : "")}{request.QueryString}";
    }

    // The problem page runs in place of the page asked for, whose path says the language.
    private static string AskedPath(HttpContext context)
        => context.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath
            ?? context.Features.Get<IExceptionHandlerPathFeature>()?.Path
            ?? context.Request.Path.Value ?? "/";

    private static string Preferred(HttpRequest request, IReadOnlyList<string> languages)
    {
        if (request.Cookies[Cookie] is { } chosen && languages.Contains(chosen))
        {
            return chosen;
        }

        return request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.Value?.Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(l => l is not null && languages.Contains(l)) ?? "en";
    }
}
