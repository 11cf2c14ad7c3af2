using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Dsm.Web.Tests.Hosting;

/// <summary>What the identity provider knows of a person.</summary>
public sealed record ProviderPerson(string Subject, string Name)
{
    public string? Email { get; init; }

    public bool IsEmailVerified { get; init; } = true;

    public string[] Roles { get; init; } = [];

    public string? Country { get; init; }

    /// <summary>True when only the user-info endpoint tells the roles, as a list; else the ID token does.</summary>
    public bool RolesInUserInfo { get; init; }
}

/// <summary>
/// A real OpenID Connect provider over HTTP on loopback (OpenIddict): discovery, signed tokens, code flow with PKCE required, a confidential
/// client, user info. Its person is signed in there already, so that it answers without a page.
/// </summary>
public sealed class TestIdentityProvider : IAsyncDisposable
{
    public const string ClientId = "dsm-hub";
    public const string ClientSecret = "only for this test";

    private readonly WebApplication app;

    private TestIdentityProvider() => app = Build();

    public string Authority => app.Urls.First();

    /// <summary>Who signs in next; nobody: the provider denies.</summary>
    public ProviderPerson? Person { get; set; }

    /// <summary>Code challenge methods of the requests so far.</summary>
    public ConcurrentQueue<string?> ChallengeMethods { get; } = [];

    public static async Task<TestIdentityProvider> StartAsync()
    {
        TestIdentityProvider provider = new();
        await provider.app.StartAsync();
        return provider;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private WebApplication Build()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization();
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.EnableDegradedMode().AddEphemeralEncryptionKey().AddEphemeralSigningKey();
            server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
            server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token").SetUserInfoEndpointUris("connect/userinfo");
            server.RegisterScopes(Scopes.Profile, Scopes.Email);
            server.UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(b => b.UseInlineHandler(Validate));
            server.AddEventHandler<ValidateTokenRequestContext>(b => b.UseInlineHandler(Validate));
            server.AddEventHandler<HandleAuthorizationRequestContext>(b => b.UseInlineHandler(Authorise));
            server.AddEventHandler<HandleUserInfoRequestContext>(b => b.UseInlineHandler(Tell));
        });
        WebApplication built = builder.Build();
        built.UseAuthentication();
        return built;
    }

    private ValueTask Validate(ValidateAuthorizationRequestContext context)
    {
        ChallengeMethods.Enqueue(context.Request.CodeChallengeMethod);
        if (context.ClientId != ClientId || !Uri.TryCreate(context.RedirectUri, UriKind.Absolute, out Uri? back) || back.AbsolutePath != "/signin-oidc")
        {
            context.Reject(Errors.InvalidClient);
        }

        return default;
    }

    private static ValueTask Validate(ValidateTokenRequestContext context)
    {
        if (context.ClientId != ClientId || context.ClientSecret != ClientSecret)
        {
            context.Reject(Errors.InvalidClient);
        }

        return default;
    }

    private ValueTask Authorise(HandleAuthorizationRequestContext context)
    {
        if (Person is not { } person)
        {
            context.Reject(Errors.AccessDenied, "The person went back.");
            return default;
        }

        ClaimsIdentity identity = new("provider", Claims.Name, "roles");
        identity.SetClaim(Claims.Subject, person.Subject).SetClaim(Claims.Name, person.Name);
        identity.SetClaim(Claims.Email, person.Email).SetClaim(Claims.EmailVerified, person.IsEmailVerified).SetClaim("country", person.Country);
        if (!person.RolesInUserInfo)
        {
            identity.SetClaims("roles", [.. person.Roles]);
        }

        identity.SetScopes(context.Request.GetScopes()).SetDestinations(_ => [Destinations.AccessToken, Destinations.IdentityToken]);
        context.SignIn(new ClaimsPrincipal(identity));
        return default;
    }

    private ValueTask Tell(HandleUserInfoRequestContext context)
    {
        if (Person is { RolesInUserInfo: true, Roles: { Length: > 0 } roles })
        {
            context.Claims["roles"] = new OpenIddictParameter(ImmutableArray.CreateRange<string?>(roles));
        }

        return default;
    }
}
