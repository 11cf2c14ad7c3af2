using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;

namespace Dsm.Web.Pages.Structures.National;

/// <summary>A state's agency with what it keeps beside the regional structures, as one reader sees it.</summary>
/// <param name="Space">The space.</param>
/// <param name="Artefacts">The latest finished version of each artefact, or its draft when there is none yet; none when the space is hidden from the reader.</param>
/// <param name="IsSeen">True when the reader sees the space.</param>
public sealed record NationalSpace(AgencySpace Space, IReadOnlyList<Maintainable> Artefacts, bool IsSeen)
{
    /// <summary>The spaces of a state.</summary>
    public static IReadOnlyList<NationalSpace> Of(StructureRegistry registry, string state, ReaderAccess access)
    {
        ArgumentNullException.ThrowIfNull(registry);
        AgencySpaces spaces = registry.Current.Spaces;
        StructureSet seen = registry.For(access).Structures;
        return [.. spaces.AgenciesOf(state).Select(agency => new NationalSpace(
            spaces.All.First(s => s.AgencyId == agency),
            [.. seen.All.Where(a => spaces.Of(a.AgencyId)?.AgencyId == agency).GroupBy(a => (a.Type.Class, a.AgencyId, a.Id)).Select(g => DraftVersions.Base(g) ?? g.Last())],
            spaces.IsSeen(agency, access)))];
    }
}
