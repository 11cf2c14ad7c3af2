using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry;

/// <summary>Whether an agency may get a space.</summary>
internal static class SpaceCheck
{
    /// <summary>What forbids it: the maintainer's rights, and references that would lead from what all see into what few see.</summary>
    public static ImmutableArray<Issue> Issues(RegistrySnapshot now, AgencySpace space, Maintainer by)
    {
        if (!by.MayMaintain(space.AgencyId) || (!by.MaintainsAll && now.Spaces.Of(space.AgencyId)?.State != space.State))
        {
            return [new Issue(ExchangeIssues.NotMaintainer, Location.None, by.Name, space.AgencyId)];
        }

        AgencySpaces then = new(now.Spaces.All.Where(s => s.AgencyId != space.AgencyId).Append(space));
        return [.. now.Structures.All.SelectMany(a => a.References.Select(r => (From: a, Reference: r, To: now.Structures.Find(r))))
            .Where(p => p.To is not null && AgencySpaces.IsWithin(p.To.AgencyId, space.AgencyId) && !ReferenceCheck.MayRefer(p.From, p.To, then))
            .Select(p => new Issue(ExchangeIssues.ReferenceToRestricted, Location.None, now.Spaces.IsSeen(p.From.AgencyId, by.Reading) ? p.From.Urn : "?", p.To!.Urn))
            .DistinctBy(i => string.Join(' ', i.Arguments))];
    }
}
