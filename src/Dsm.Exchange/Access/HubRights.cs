using System.Security.Claims;

namespace Dsm.Exchange.Access;

/// <summary>Who may do what. Every write asks here; anonymous callers may write nothing.</summary>
public static class HubRights
{
    /// <summary>Claim that names the state of a user.</summary>
    public const string CountryClaim = "dsm:country";

    /// <summary>What restricted data a user may see.</summary>
    public static ReaderAccess Reading(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (user.Identity?.IsAuthenticated != true)
        {
            return ReaderAccess.Public;
        }

        bool all = user.IsInRole(HubRoles.SystemAdministrator) || user.IsInRole(HubRoles.Coordinator);
        bool own = user.IsInRole(HubRoles.CountryAdministrator) || user.IsInRole(HubRoles.FocalPoint);
        return new ReaderAccess(all, own && Country(user) is { } country ? [country] : []);
    }

    /// <summary>True when a user may send data for a state and run its harvests.</summary>
    public static bool MaySubmitFor(ClaimsPrincipal user, string state)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.Identity?.IsAuthenticated == true
            && (user.IsInRole(HubRoles.SystemAdministrator) || user.IsInRole(HubRoles.Coordinator)
                || ((user.IsInRole(HubRoles.CountryAdministrator) || user.IsInRole(HubRoles.FocalPoint)) && Country(user) == state));
    }

    /// <summary>True when a user may see receipts and runs of a state.</summary>
    public static bool MaySeeWorkOf(ClaimsPrincipal user, string state) => MaySubmitFor(user, state);

    private static string? Country(ClaimsPrincipal user) => user.FindFirstValue(CountryClaim);
}
