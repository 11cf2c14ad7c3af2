using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Access;

/// <summary>Makes accounts with random passwords. One scope, one caller at a time.</summary>
public sealed class AccountIssuer(UserManager<HubUser> users, RoleManager<IdentityRole> roles)
{
    // Without letters and digits that look alike: passwords are read from a screen.
    private const string Letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>A random password of 20 characters (about 115 bits).</summary>
    public static string NewPassword() => RandomNumberGenerator.GetString(Letters, 20);

    /// <summary>True when nobody has an account yet.</summary>
    public async Task<bool> IsEmptyAsync(CancellationToken ct) => !await users.Users.AnyAsync(ct).ConfigureAwait(false);

    /// <summary>Makes the roles that are missing.</summary>
    public async Task EnsureRolesAsync()
    {
        foreach (string role in HubRoles.All)
        {
            if (!await roles.RoleExistsAsync(role).ConfigureAwait(false))
            {
                Require(await roles.CreateAsync(new IdentityRole(role)).ConfigureAwait(false));
            }
        }
    }

    /// <summary>Makes the account when it is missing; gives it the issued password when it has another one.</summary>
    public async Task EnsureAsync(IssuedAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        HubUser? user = await users.FindByNameAsync(account.UserName).ConfigureAwait(false);
        if (user is null)
        {
            user = new HubUser { UserName = account.UserName, DisplayName = account.DisplayName, Country = account.Country, EmailConfirmed = true };
            Require(await users.CreateAsync(user, account.Password).ConfigureAwait(false));
        }
        else if (!await users.CheckPasswordAsync(user, account.Password).ConfigureAwait(false))
        {
            string token = await users.GeneratePasswordResetTokenAsync(user).ConfigureAwait(false);
            Require(await users.ResetPasswordAsync(user, token, account.Password).ConfigureAwait(false));
        }

        if (!await users.IsInRoleAsync(user, account.Role).ConfigureAwait(false))
        {
            Require(await users.AddToRoleAsync(user, account.Role).ConfigureAwait(false));
        }
    }

    private static void Require(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException("The account could not be made: " + string.Join("; ", result.Errors.Select(e => e.Description)));
        }
    }
}
