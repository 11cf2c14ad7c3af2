using Dsm.Exchange.Access;
using Dsm.Exchange.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Tests.Queries;

/// <summary>Accounts of people who keep queries.</summary>
internal static class People
{
    /// <summary>Adds an account; returns its id.</summary>
    public static async Task<string> AddAsync(this HubDatabase database, string name, string? state = null, params string[] providers)
    {
        HubUser user = new() { UserName = name, NormalizedUserName = name.ToUpperInvariant(), DisplayName = "Display " + name, Country = state, Providers = [.. providers] };
        await using HubDbContext db = database.CreateContext();
        db.Users.Add(user);
        await db.SaveChangesAsync();
        return user.Id;
    }

    /// <summary>Gives an account a role.</summary>
    public static async Task GiveAsync(this HubDatabase database, string userId, string role)
    {
        await using HubDbContext db = database.CreateContext();
        if (!await db.Roles.AnyAsync(r => r.Id == role))
        {
            db.Roles.Add(new IdentityRole(role) { Id = role, NormalizedName = role.ToUpperInvariant() });
        }

        db.UserRoles.Add(new IdentityUserRole<string> { UserId = userId, RoleId = role });
        await db.SaveChangesAsync();
    }
}
