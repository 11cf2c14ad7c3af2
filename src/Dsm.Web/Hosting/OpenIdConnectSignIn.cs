using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Dsm.Web.Hosting;

/// <summary>Registers sign-in with an OpenID Connect provider when one is configured.</summary>
public static class OpenIdConnectSignIn
{
    /// <summary>Name of the authentication scheme; a page challenges it to begin the sign-in.</summary>
    public const string Scheme = OpenIdConnectDefaults.AuthenticationScheme;

    /// <summary>Adds the scheme; nothing without an authority.</summary>
    public static void AddOpenIdConnectSignIn(this IServiceCollection services, OidcOptions oidc)
    {
        if (!oidc.IsConfigured)
        {
            return;
        }

        services.AddAuthentication().AddOpenIdConnect(Scheme, oidc.DisplayName, options =>
        {
            options.SignInScheme = IdentityConstants.ExternalScheme;
            options.Authority = oidc.Authority;
            options.ClientId = oidc.ClientId;
            options.ClientSecret = oidc.ClientSecret.Length > 0 ? oidc.ClientSecret : null;
            options.ResponseType = OpenIdConnectResponseType.Code;
            options.UsePkce = true;
            // The answer comes as a plain redirection, so that its cookies may be Lax and also reach a hub that speaks http; a form posted
            // from the provider's page would need cookies that browsers keep for https.
            options.ResponseMode = OpenIdConnectResponseMode.Query;
            foreach (CookieBuilder cookie in new[] { options.CorrelationCookie, options.NonceCookie })
            {
                cookie.SameSite = SameSiteMode.Lax;
                cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            }

            options.MapInboundClaims = false;
            options.GetClaimsFromUserInfoEndpoint = true;
            options.Scope.Add("email");
            foreach (string scope in oidc.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                options.Scope.Add(scope);
            }

            MapUserInfo(options, oidc);
            options.TokenValidationParameters.NameClaimType = "name";
            options.TokenValidationParameters.RoleClaimType = oidc.RoleClaim;
            // A provider on this machine, for trials, may speak http; any other must not.
            options.RequireHttpsMetadata = !new Uri(oidc.Authority).IsLoopback;
            // The tokens are not needed after the sign-in, and would split the cookie.
            options.SaveTokens = false;
            options.Events.OnRemoteFailure = BackToSignInAsync;
        });
    }

    // Of what the user-info endpoint adds only that which is asked for later; each value of a list becomes a claim of its own.
    private static void MapUserInfo(OpenIdConnectOptions options, OidcOptions oidc)
    {
        options.ClaimActions.MapUniqueJsonKey("email_verified", "email_verified");
        options.ClaimActions.MapJsonKey(oidc.RoleClaim, oidc.RoleClaim);
        if (oidc.CountryClaim.Length > 0)
        {
            options.ClaimActions.MapUniqueJsonKey(oidc.CountryClaim, oidc.CountryClaim);
        }
    }

    // The provider said no, the person went back, or the answer is too old: all of them end where another try begins.
    private static Task BackToSignInAsync(RemoteFailureContext context)
    {
        ILogger log = context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(OpenIdConnectSignIn));
        log.LogWarning("Sign-in by the provider failed: {Reason}", context.Failure?.Message);
        context.Response.Redirect($"{context.Request.PathBase}/{CultureInfo.CurrentUICulture.TwoLetterISOLanguageName}/sign-in?failed=true");
        context.HandleResponse();
        return Task.CompletedTask;
    }
}
