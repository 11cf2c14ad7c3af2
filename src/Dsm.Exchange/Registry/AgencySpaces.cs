using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Dsm.Exchange.Access;

namespace Dsm.Exchange.Registry;

/// <summary>The spaces of all agencies at one moment. Immutable.</summary>
public sealed class AgencySpaces(IEnumerable<AgencySpace> spaces)
{
    /// <summary>No space.</summary>
    public static AgencySpaces None { get; } = new([]);

    /// <summary>The spaces, by agency.</summary>
    public ImmutableArray<AgencySpace> All { get; } = [.. spaces.OrderBy(s => s.AgencyId, StringComparer.Ordinal)];

    /// <summary>
    /// The spaces of a region: of each state the agency of its code below the region's (<c>EECA.ARM</c>), public, unless another is written down.
    /// </summary>
    internal static AgencySpaces Of(RegionOptions region, IEnumerable<AgencySpace> written)
    {
        Dictionary<string, AgencySpace> spaces = region.Agency.Length == 0
            ? []
            : region.States.Select(s => new AgencySpace { AgencyId = $"{region.Agency}.{s}", State = s }).ToDictionary(s => s.AgencyId);
        foreach (AgencySpace space in written)
        {
            spaces[space.AgencyId] = space;
        }

        return new AgencySpaces(spaces.Values);
    }

    /// <summary>The space an agency stands in: the nearest of those at or above it; null when there is none.</summary>
    public AgencySpace? Of(string agencyId)
    {
        AgencySpace? nearest = null;
        foreach (AgencySpace space in All)
        {
            nearest = IsWithin(agencyId, space.AgencyId) && space.AgencyId.Length > (nearest?.AgencyId.Length ?? 0) ? space : nearest;
        }

        return nearest;
    }

    /// <summary>The agencies of a state's national spaces.</summary>
    public ImmutableArray<string> AgenciesOf(string state) => [.. All.Where(s => s.State == state).Select(s => s.AgencyId)];

    /// <summary>True when a reader may see the artefacts of an agency.</summary>
    public bool IsSeen(string agencyId, ReaderAccess access)
    {
        ArgumentNullException.ThrowIfNull(access);
        return access.SeesAllRestricted || Of(agencyId) is not { IsRestricted: true } space || IsSeen(space, access);
    }

    /// <summary>Tells apart readers who see different spaces; empty for those who see all.</summary>
    internal string Hidden(ReaderAccess access)
    {
        string[] hidden = access.SeesAllRestricted ? [] : [.. All.Where(s => s.IsRestricted && !IsSeen(s, access)).Select(s => s.AgencyId)];
        return hidden.Length == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', hidden))).AsSpan(0, 6));
    }

    /// <summary>True when an agency is another one or stands below it.</summary>
    internal static bool IsWithin(string agencyId, string other)
        => agencyId.StartsWith(other, StringComparison.Ordinal) && (agencyId.Length == other.Length || agencyId[other.Length] == '.');

    private static bool IsSeen(AgencySpace space, ReaderAccess access) => space.State is { } state && access.States.Contains(state);
}
