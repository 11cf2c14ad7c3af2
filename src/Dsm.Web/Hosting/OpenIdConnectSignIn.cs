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
            options.MapInboundClaims = false;
            options.GetClaimsFromUserInfoEndpoint = true;
            options.Scope.Add("email");
            options.ClaimActions.MapAllExcept("iss", "nbf", "exp", "aud", "nonce", "iat", "c_hash", "at_hash");
            options.TokenValidationParameters.NameClaimType = "name";
            options.TokenValidationParameters.RoleClaimType = oidc.RoleClaim;
            // A provider on this machine, for trials, may speak http; any other must not.
            options.RequireHttpsMetadata = !new Uri(oidc.Authority).IsLoopback;
            // The tokens are not needed after the sign-in, and would split the cookie.
            options.SaveTokens = false;
        });
    }
}
