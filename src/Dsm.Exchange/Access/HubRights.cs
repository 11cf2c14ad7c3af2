using System.Collections.Immutable;
using System.Security.Claims;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Proposals;

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

    /// <summary>
    /// Whose structures a user may change: the system administrator all, the structure maintainer those of all agencies but the national
    /// spaces, the country administrator those of his state's national space; anybody else none.
    /// </summary>
    /// <param name="user">The user.</param>
    /// <param name="spaces">The spaces of agencies, <see cref="RegistrySnapshot.Spaces"/>.</param>
    public static Maintainer Maintainer(ClaimsPrincipal user, AgencySpaces spaces)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(spaces);
        Maintainer nobody = new(user.FindFirstValue(HubClaims.DisplayName) is { Length: > 0 } shown ? shown : user.Identity?.Name ?? "") { Reading = Reading(user) };
        if (user.Identity?.IsAuthenticated != true)
        {
            return nobody;
        }

        if (user.IsInRole(HubRoles.SystemAdministrator))
        {
            return nobody with { MaintainsAll = true };
        }

        bool region = user.IsInRole(HubRoles.StructureMaintainer);
        ImmutableArray<string> own = user.IsInRole(HubRoles.CountryAdministrator) && Country(user) is { } country ? spaces.AgenciesOf(country) : [];
        return nobody with
        {
            MaintainsAll = region,
            Agencies = own,
            Foreign = [.. spaces.All.Where(s => s.State is not null).Select(s => s.AgencyId).Except(own)],
        };
    }

    /// <summary>
    /// A user as one who proposes and discusses changes of structures: everybody with a role works for an office or ministry and may;
    /// readers without an account, and accounts without a role, read what was accepted.
    /// </summary>
    public static Participant Participant(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        bool may = user.Identity?.IsAuthenticated == true && HubRoles.All.Any(user.IsInRole);
        return new Participant(user.Identity?.Name ?? "", Country(user), may, Reading(user));
    }

    /// <summary>True when a user may have the hub post messages to an address: those with a role.</summary>
    public static bool MaySubscribeAddresses(ClaimsPrincipal user) => Participant(user).MayPropose;

    private static string? Country(ClaimsPrincipal user) => user.FindFirstValue(CountryClaim);
}
