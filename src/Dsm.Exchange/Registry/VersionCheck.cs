using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry;

/// <summary>What a version number promises: finished versions stay, and a new number is as large as its differences need.</summary>
internal static class VersionCheck
{
    /// <summary>The finished work that a new version goes on from: the one before it that is no draft; null for the first.</summary>
    public static Maintainable? Former(StructureTarget target, Maintainable artefact)
        => target.After.Versions(artefact.Type, artefact.AgencyId, artefact.Id).LastOrDefault(v => !Finality.IsDraft(v.Version) && v.Version < artefact.Version);

    /// <summary>The smallest number that a change of a finished version needs, not in use yet.</summary>
    public static SdmxVersion Next(StructureTarget target, Maintainable before, Maintainable after)
    {
        Maintainable[] versions = [.. target.Before.Versions(before.Type, before.AgencyId, before.Id)];
        return DraftVersions.Required(versions, DraftVersions.Base(versions) ?? before, after);
    }

    /// <summary>Checks a change. <paramref name="isOwn"/>: the agency is the region's, not one whose numbers the hub only repeats.</summary>
    public static void Check(StructureTarget target, Maintainable? before, Maintainable after, bool isOwn)
    {
        if (before is not null && Finality.IsFinal(before))
        {
            if (!Finality.IsFinal(after))
            {
                target.Say(after.Reference, ExchangeIssues.VersionStaysFinal, after.Urn);
            }
            else if (!Finality.Allows(before, after))
            {
                target.Say(after.Reference, ExchangeIssues.VersionIsFinal, after.Urn, Next(target, before, after));
            }
        }
        else if (before is null && after.Version.IsStable && Former(target, after) is { Version.IsStable: true } former)
        {
            ArtefactComparison comparison = StructureComparison.Compare(former, after);
            if (!comparison.HasRequiredVersion)
            {
                target.Say(
                    after.Reference, isOwn ? ExchangeIssues.VersionTooSmall : ExchangeIssues.ForeignVersionTooSmall, after.Urn, former.Version, comparison.RequiredVersion);
            }
        }
    }
}
