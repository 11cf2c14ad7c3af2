using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Dsm.Exchange.Access;

/// <summary>Adds to the signed-in user what <see cref="HubRights"/> asks for: the state, the providers, the name shown, the language.</summary>
public sealed class HubClaims(UserManager<HubUser> users, RoleManager<IdentityRole> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<HubUser, IdentityRole>(users, roles, options)
{
    /// <summary>Claim with the id of a data provider the user works for; may repeat.</summary>
    public const string Provider = "dsm:provider";

    /// <summary>Claim with the name shown to others.</summary>
    public const string DisplayName = "dsm:name";

    /// <summary>Claim with the user's language, two letters.</summary>
    public const string Language = "dsm:language";

    /// <inheritdoc/>
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(HubUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        ClaimsIdentity identity = await base.GenerateClaimsAsync(user).ConfigureAwait(false);
        if (user.Country is { Length: > 0 } country)
        {
            identity.AddClaim(new Claim(HubRights.CountryClaim, country));
        }

        identity.AddClaims(user.Providers.Select(p => new Claim(Provider, p)));
        identity.AddClaim(new Claim(DisplayName, user.DisplayName));
        identity.AddClaim(new Claim(Language, user.Language));
        return identity;
    }
}
