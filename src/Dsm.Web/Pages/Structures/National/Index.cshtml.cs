using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Structures.National;

/// <summary>What states keep beside the regional structures, by state, as far as the reader may see it.</summary>
public sealed class IndexModel(StructureRegistry registry, RegionView region) : PageModel
{
    /// <summary>Names of the region.</summary>
    public RegionView Region => region;

    /// <summary>The states in order, with their spaces.</summary>
    public IReadOnlyList<(string State, IReadOnlyList<NationalSpace> Spaces)> States { get; private set; } = [];

    /// <summary>Lists them.</summary>
    public void OnGet() => States = [.. region.States.Select(s => (s, NationalSpace.Of(registry, s, HubRights.Reading(User))))];
}
