using Dsm.Exchange.Access;
using Dsm.Exchange.Overview;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Data;

/// <summary>The indicators: what each is and which states provide it.</summary>
public sealed class IndexModel(CoverageMatrix matrix, RegionView region) : PageModel
{
    /// <summary>Names of the region.</summary>
    public RegionView Region => region;

    /// <summary>Cells with figures by URN of the dataflow.</summary>
    public ILookup<string, CoverageCell> Cells { get; private set; } = Array.Empty<CoverageCell>().ToLookup(c => c.FlowUrn);

    /// <summary>Reads the overview.</summary>
    public async Task OnGetAsync(CancellationToken ct)
        => Cells = (await matrix.ReadAsync(HubRights.Reading(User), ct)).Where(c => c.Observations > 0).ToLookup(c => c.FlowUrn);
}
