using System.Security.Claims;
using Dsm.Exchange.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Dsm.Web.Hosting;

/// <summary>
/// Turns a sign-in at the OpenID Connect provider into one here. An account is found by the provider's subject, else by a verified
/// e-mail address; a mapped role lets an unknown person in when that is configured. Roles and state follow the provider at each sign-in.
/// </summary>
public sealed class ExternalSignIn(SignInManager<HubUser> signIn, UserManager<HubUser> users, AccountIssuer issuer, HubOptions options, ILogger<ExternalSignIn> log)
{
    /// <summary>Completes the sign-in that the provider has sent back.</summary>
    /// <returns>True when the person is signed in now.</returns>
    public async Task<bool> CompleteAsync()
    {
        ExternalLoginInfo? login = await signIn.GetExternalLoginInfoAsync();
        if (login is null)
        {
            return false;
        }

        HubUser? user = await users.FindByLoginAsync(login.LoginProvider, login.ProviderKey) ?? await AdoptAsync(login);
        if (user is null || await users.IsLockedOutAsync(user))
        {
            log.LogInformation("Sign-in by {Provider} refused: no account for this person.", login.LoginProvider);
            await signIn.Context.SignOutAsync(IdentityConstants.ExternalScheme);
            return false;
        }

        await FollowAsync(user, login.Principal);
        await signIn.SignInAsync(user, isPersistent: false, login.LoginProvider);
        await signIn.Context.SignOutAsync(IdentityConstants.ExternalScheme);
        return true;
    }

    private async Task<HubUser?> AdoptAsync(ExternalLoginInfo login)
    {
        string? email = login.Principal.FindFirstValue("email");
        bool verified = string.Equals(login.Principal.FindFirstValue("email_verified"), "true", StringComparison.OrdinalIgnoreCase);
        HubUser? user = email is { Length: > 0 } && verified ? await users.FindByEmailAsync(email) : null;
        if (user is null && options.Oidc.CreateAccounts && RolesOf(login.Principal).Count > 0)
        {
            user = new HubUser
            {
                UserName = verified && email is { Length: > 0 } ? email : $"{login.LoginProvider}:{login.ProviderKey}",
                Email = email,
                EmailConfirmed = verified,
                DisplayName = login.Principal.FindFirstValue("name") ?? email ?? login.ProviderKey,
            };
            if (!(await users.CreateAsync(user)).Succeeded)
            {
                return null;
            }
        }

        return user is not null && (await users.AddLoginAsync(user, login)).Succeeded ? user : null;
    }

    // Without a role mapping the roles given here stay.
    private async Task FollowAsync(HubUser user, ClaimsPrincipal person)
    {
        if (options.Oidc.Roles.Count > 0)
        {
            await issuer.EnsureRolesAsync();
            HashSet<string> wanted = RolesOf(person);
            IList<string> current = await users.GetRolesAsync(user);
            await users.RemoveFromRolesAsync(user, current.Except(wanted));
            await users.AddToRolesAsync(user, wanted.Except(current));
        }

        if (options.Oidc.CountryClaim.Length > 0 && person.FindFirstValue(options.Oidc.CountryClaim) is { Length: > 0 } country && user.Country != country)
        {
            user.Country = country;
            await users.UpdateAsync(user);
        }
    }

    /// <summary>Where the provider sends people back to: <c>/{language}/sign-in/return</c>.</summary>
    public static async Task<IResult> ReturnAsync(string language, string? returnUrl, ExternalSignIn external)
    {
        bool local = returnUrl is { Length: > 0 } && returnUrl[0] == '/' && !returnUrl.StartsWith("//", StringComparison.Ordinal) && !returnUrl.StartsWith("/\\", StringComparison.Ordinal);
        return await external.CompleteAsync()
            ? TypedResults.LocalRedirect(local ? returnUrl! : $"/{language}/")
            : TypedResults.LocalRedirect($"/{language}/sign-in?refused=true");
    }

    private HashSet<string> RolesOf(ClaimsPrincipal person) =>
        [.. person.FindAll(options.Oidc.RoleClaim).Select(c => options.Oidc.Roles.GetValueOrDefault(c.Value)).OfType<string>().Where(HubRoles.All.Contains)];
}
