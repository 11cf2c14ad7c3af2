using System.Collections.Immutable;
using Dsm.Exchange.Access;

namespace Dsm.Exchange.Registry;

/// <summary>Who changes structures, and those of which agencies. Made by <c>HubRights.Maintainer</c> of a signed-in user.</summary>
/// <param name="Name">Name for the log.</param>
public sealed record Maintainer(string Name)
{
    /// <summary>The hub itself: the folder of structures, roll-backs by the hub.</summary>
    public static Maintainer Hub { get; } = new("hub") { MaintainsAll = true, Reading = ReaderAccess.Everything };

    /// <summary>True for all agencies but those of <see cref="Foreign"/>.</summary>
    public bool MaintainsAll { get; init; }

    /// <summary>Agencies whose artefacts may be changed, with their sub-agencies.</summary>
    public ImmutableArray<string> Agencies { get; init; } = [];

    /// <summary>Agencies that are others' all the same, with their sub-agencies.</summary>
    public ImmutableArray<string> Foreign { get; init; } = [];

    /// <summary>What is seen: answers name nothing else, and nothing else can be referred to.</summary>
    public ReaderAccess Reading { get; init; } = ReaderAccess.Public;

    /// <summary>True when nothing at all may be changed.</summary>
    public bool MaintainsNothing => !MaintainsAll && Agencies.IsEmpty;

    /// <summary>True when artefacts of an agency may be changed. Of several agencies that it stands below the nearest decides.</summary>
    public bool MayMaintain(string agencyId) => Math.Max(Nearest(Agencies, agencyId), MaintainsAll ? 0 : -1) > Nearest(Foreign, agencyId);

    private static int Nearest(ImmutableArray<string> agencies, string agencyId)
        => agencies.Where(a => AgencySpaces.IsWithin(agencyId, a)).Select(a => a.Length).DefaultIfEmpty(-1).Max();
}
