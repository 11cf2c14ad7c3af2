using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Dsm.Exchange;
using Dsm.Exchange.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Web.Hosting;

/// <summary>How a sign-in by the provider ended.</summary>
public enum ExternalSignInResult
{
    /// <summary>The person is signed in now.</summary>
    SignedIn,

    /// <summary>The provider knows the person, the hub does not let them in.</summary>
    Refused,

    /// <summary>There is no answer of the provider, or none that is still valid.</summary>
    Failed,
}

/// <summary>
/// Turns a sign-in at the OpenID Connect provider into one here. An account is found by the provider's subject, else by a verified
/// e-mail address; a mapped role lets an unknown person in when that is configured. Roles and state follow the provider at each sign-in.
/// </summary>
public sealed class ExternalSignIn(
    SignInManager<HubUser> signIn,
    UserManager<HubUser> users,
    AccountIssuer issuer,
    HubOptions options,
    RegionOptions region,
    ILogger<ExternalSignIn> log)
{
    /// <summary>Completes the sign-in that the provider has sent back.</summary>
    public async Task<ExternalSignInResult> CompleteAsync()
    {
        ExternalLoginInfo? login = await signIn.GetExternalLoginInfoAsync();
        if (login is null)
        {
            return ExternalSignInResult.Failed;
        }

        HubUser? user = await users.FindByLoginAsync(login.LoginProvider, login.ProviderKey) ?? await AdoptAsync(login);
        if (user is null || await users.IsLockedOutAsync(user))
        {
            log.LogInformation("Sign-in by {Provider} refused: {Subject} has no account, or a locked one.", login.LoginProvider, login.ProviderKey);
            await signIn.Context.SignOutAsync(IdentityConstants.ExternalScheme);
            return ExternalSignInResult.Refused;
        }

        await FollowAsync(user, login.Principal);
        await signIn.SignInAsync(user, isPersistent: false, login.LoginProvider);
        await signIn.Context.SignOutAsync(IdentityConstants.ExternalScheme);
        return ExternalSignInResult.SignedIn;
    }

    private async Task<HubUser?> AdoptAsync(ExternalLoginInfo login)
    {
        string? email = login.Principal.FindFirstValue("email");
        bool verified = string.Equals(login.Principal.FindFirstValue("email_verified"), "true", StringComparison.OrdinalIgnoreCase);
        HubUser[] known = email is { Length: > 0 } && verified ? await FindByEmailAsync(email) : [];
        if (known.Length > 1 || (known.Length == 1 && await HasLoginAsync(known[0], login.LoginProvider)))
        {
            log.LogWarning("The e-mail address of {Subject} does not say which account is meant: several have it, or it is another person's.", login.ProviderKey);
            return null;
        }

        HubUser? user = known.SingleOrDefault() ?? await CreateAsync(login, email, verified);
        return user is not null && Succeeded(await users.AddLoginAsync(user, login), login) ? user : null;
    }

    private Task<HubUser[]> FindByEmailAsync(string email)
    {
        string normalised = users.NormalizeEmail(email);
        return users.Users.Where(u => u.NormalizedEmail == normalised).Take(2).ToArrayAsync();
    }

    // An address that passed to another person at the provider must not take the account along.
    private async Task<bool> HasLoginAsync(HubUser user, string provider)
        => (await users.GetLoginsAsync(user)).Any(l => l.LoginProvider == provider);

    private async Task<HubUser?> CreateAsync(ExternalLoginInfo login, string? email, bool verified)
    {
        if (!options.Oidc.CreateAccounts || RolesOf(login.Principal).Count == 0)
        {
            return null;
        }

        // Names have few kinds of characters, subjects of providers have any.
        string subject = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(login.ProviderKey)))[..20];
        bool isName = verified && email is { Length: > 0 } && email.All(users.Options.User.AllowedUserNameCharacters.Contains);
        HubUser user = new()
        {
            UserName = isName ? email : "oidc-" + subject,
            Email = verified ? email : null,
            EmailConfirmed = verified,
            DisplayName = login.Principal.FindFirstValue("name") ?? email ?? login.ProviderKey,
        };
        return Succeeded(await users.CreateAsync(user), login) ? user : null;
    }

    private bool Succeeded(IdentityResult result, ExternalLoginInfo login)
    {
        if (!result.Succeeded)
        {
            log.LogWarning("Sign-in of {Subject}: {Errors}", login.ProviderKey, string.Join("; ", result.Errors.Select(e => e.Description)));
        }

        return result.Succeeded;
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

        if (options.Oidc.CountryClaim.Length > 0)
        {
            string? country = person.FindFirstValue(options.Oidc.CountryClaim);
            string? state = country is not null && region.States.Contains(country) ? country : null;
            if (user.Country != state)
            {
                user.Country = state;
                await users.UpdateAsync(user);
            }
        }
    }

    /// <summary>Where the provider sends people back to: <c>/{language}/sign-in/return</c>.</summary>
    public static async Task<IResult> ReturnAsync(string language, string? returnUrl, ExternalSignIn external)
    {
        string target = RedirectHttpResult.IsLocalUrl(returnUrl) ? returnUrl! : $"~/{language}/";
        string again = $"~/{language}/sign-in?returnUrl={Uri.EscapeDataString(target)}";
        return TypedResults.LocalRedirect(await external.CompleteAsync() switch
        {
            ExternalSignInResult.SignedIn => target,
            ExternalSignInResult.Refused => again + "&refused=true",
            _ => again + "&failed=true",
        });
    }

    private HashSet<string> RolesOf(ClaimsPrincipal person) =>
        [.. person.FindAll(options.Oidc.RoleClaim).Select(c => options.Oidc.Roles.GetValueOrDefault(c.Value)).OfType<string>().Where(HubRoles.All.Contains)];
}
